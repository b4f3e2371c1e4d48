"""Settling what coders left disputed: unnamed codings, a reason, an error type, nothing lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from quotes import stances
from quotes.adjudication import division, overlay, voices, waiting
from quotes.models import Coder, Quote, Stance, StanceCoding, Target
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db
QUEUE = "/admin/quotes/stance/adjudication/"


def disputed(*values: str, target: Target | None = None, **coding: Any) -> Stance:
    quote, target = factories.quote(), target or factories.target()
    for value in values:
        stances.code(
            quote=quote,
            target=target,
            coder=factories.coder(),
            value=value,
            by=factories.user(),
            **coding,
        )
    return Stance.objects.get(quote=quote, target=target)


def settle(stance: Stance, **values: Any) -> Stance:
    given = {
        "value": "supports",
        "reason": "The second sentence decides.",
        "error_type": "coder-error",
        "by": factories.user(),
        **values,
    }
    return stances.adjudicate(quote=stance.quote, target=stance.target, **given)


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def address(stance: Stance) -> str:
    return reverse("admin:quotes_stance_adjudicate", args=[stance.pk])


def opened(browser: Client, stance: Stance) -> dict[str, Any]:
    return {
        **form_with(browser.get(address(stance)), "seen", "error_type"),
        "value": "criticises",
        "error_type": "guideline-gap",
        "rationale": "The entry says so.",
    }


def test_decision_is_public_and_leaves_the_codings_as_they_were() -> None:
    stance = disputed("supports", "criticises")
    before = list(StanceCoding.objects.order_by("pk").values())

    settle(stance)

    found = Stance.objects.get()
    assert (found.value, found.basis, found.error_type) == (
        "supports",
        "adjudicated",
        "coder-error",
    )
    assert list(StanceCoding.objects.order_by("pk").values()) == before
    page = Client().get(stance.quote.get_absolute_url()).content.decode()
    assert "coded by 2 coders; settled by an adjudicator" in page
    assert "The second sentence decides." in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"value": "asserts"}, "is not a value for"),
        ({"reason": " "}, "needs its reason"),
        ({"error_type": ""}, "Say why the coders differed"),
        ({"error_type": "weather"}, "Say why the coders differed"),
        ({"value": "neutral"}, "No coder gave this value"),
    ],
)
def test_unfit_decision_is_refused(values: dict[str, str], message: str) -> None:
    stance = disputed("supports", "criticises")

    with pytest.raises(ValidationError, match=message):
        settle(stance, **values)

    assert Stance.objects.get().basis == "disputed"


def test_overruling_everybody_needs_a_note_kept_in_the_history() -> None:
    stance = disputed("supports", "criticises")

    settle(stance, value="neutral", note="Both read the headline.")

    found = Stance.objects.get()
    assert found.value == "neutral"
    assert found.history.latest().history_change_reason == "Both read the headline."


def test_where_coders_agree_there_is_nothing_to_settle() -> None:
    with pytest.raises(ValidationError, match="nothing to settle"):
        settle(disputed("supports", "supports"))


def test_database_refuses_an_error_type_without_adjudication() -> None:
    stance = disputed("supports", "criticises")

    with pytest.raises(IntegrityError), transaction.atomic():
        Stance.objects.filter(pk=stance.pk).update(error_type="ambiguous")


def test_queue_starts_with_the_most_divided() -> None:
    less = disputed("supports", "supports", "criticises")
    most = disputed("supports", "criticises", "mixed")
    two = disputed("supports", "criticises")
    disputed("supports", "supports")

    assert waiting(factories.user()) == [most.pk, two.pk, less.pk]
    assert division({"supports": 2, "criticises": 1}) == pytest.approx(2 / 3)
    assert division({"supports": 1}) == 0.0


def test_machine_has_no_voice() -> None:
    stance = disputed("supports", "criticises")
    machine = factories.coder(kind="machine")
    by = factories.user()
    stances.code(quote=stance.quote, target=stance.target, coder=machine, value="mixed", by=by)

    assert sorted(one.coding.value for one in voices(stance)) == ["criticises", "supports"]
    with pytest.raises(ValidationError, match="No coder gave"):
        settle(stance, value="mixed")


def test_codings_are_unnamed_and_their_order_stays(editor: Client) -> None:
    stance = disputed("supports", "criticises", "mixed", memo="Read twice")

    pages = [editor.get(address(stance)) for _ in range(2)]

    orders = [[one.coding.pk for one in page.context["voices"]] for page in pages]
    assert orders[0] == orders[1]
    assert [one.letter for one in pages[0].context["voices"]] == ["A", "B", "C"]
    text = pages[0].content.decode()
    assert "Read twice" in text
    assert not [c for c in Coder.objects.all() if c.name in text or f">{c.slug}<" in text]


def test_order_differs_between_stances() -> None:
    orders = {
        tuple(one.coding.value for one in voices(disputed("supports", "criticises", "mixed")))
        for _ in range(12)
    }

    assert len(orders) > 1


def test_evidence_is_laid_over_the_words() -> None:
    quote = factories.quote()
    start = quote.spans.get().start
    target = factories.target()
    for value, end in (("supports", 7), ("criticises", 13)):
        stances.code(
            quote=quote,
            target=target,
            coder=factories.coder(),
            value=value,
            evidence=[(start, start + end)],
            by=factories.user(),
        )
    found = voices(Stance.objects.get())

    pieces = [(piece.text, piece.letters) for piece in overlay(quote, found) if piece.is_quote]

    whole = " ".join(one.letter for one in found)
    second = next(one.letter for one in found if one.coding.value == "criticises")
    assert pieces == [("We will", whole), (" count", second), (" every boat.", "")]


def test_settled_from_the_page_leads_to_the_next(editor: Client) -> None:
    first, second = disputed("supports", "criticises"), disputed("supports", "criticises")

    response = editor.post(address(first), opened(editor, first))

    assert response["Location"] == address(second)
    first.refresh_from_db()
    assert (first.value, first.basis, first.decided_by.username) == (  # type: ignore[union-attr]
        "criticises",
        "adjudicated",
        "ada",
    )
    last = editor.post(address(second), opened(editor, second), follow=True)
    assert last.redirect_chain[-1][0] == QUEUE
    assert "there is no stance to settle" in last.content.decode()


def test_note_that_is_missing_is_asked_for_beside_its_field(editor: Client) -> None:
    stance = disputed("supports", "criticises")

    response = editor.post(address(stance), {**opened(editor, stance), "value": "neutral"})

    assert response.context["form"].errors == {
        "note": ["No coder gave this value: say in the note why."]
    }
    assert response.context["form"]["rationale"].value() == "The entry says so."


def test_coding_changed_meanwhile_is_looked_at_first(editor: Client) -> None:
    stance = disputed("supports", "criticises")
    data = opened(editor, stance)
    coding = stance.quote.codings.first()
    stances.code(
        quote=stance.quote,
        target=stance.target,
        coder=coding.coder,  # type: ignore[union-attr]
        value="mixed",
        by=factories.user(),
    )

    response = editor.post(address(stance), data)
    assert "changed after you opened the page" in response.content.decode()
    assert Stance.objects.get().basis == "disputed"

    again = form_with(response, "seen", "error_type")
    editor.post(address(stance), {**again, "value": "mixed"})
    assert Stance.objects.get().value == "mixed"


@pytest.mark.parametrize("group", ["viewer", "coder"])
def test_coders_do_not_open_the_queue(group: str) -> None:
    stance = disputed("supports", "criticises")
    browser = client(factories.user(group))

    assert browser.get(QUEUE).status_code == 403
    assert browser.get(address(stance)).status_code == 403
    assert browser.post(address(stance), {}).status_code == 403


def test_earlier_coding_of_the_adjudicator_still_counts_for_agreement() -> None:
    quote, target, by = factories.quote(), factories.target(slug="boats"), factories.user()
    for user, value in ((by, "supports"), (factories.user(), "criticises")):
        factories.stance(quote, target, value, by=user)

    settle(Stance.objects.get(), by=by)

    found = Client().get("/agreement/boats").context["row"].found
    assert found.n_codings == 2


def test_queue_and_page_cost_the_same_at_one_row_and_at_three(
    editor: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    stance = disputed("supports", "criticises")
    # The page asks the queue how much is left, and which stance comes behind.
    counts = {QUEUE: 9, address(stance): 9}
    for url, queries in counts.items():
        with django_assert_num_queries(queries):
            editor.get(url)

    disputed("supports", "criticises", target=stance.target)
    disputed("supports", "criticises")
    quote = Quote.objects.get(pk=stance.quote_id)
    stances.code(
        quote=quote,
        target=stance.target,
        coder=factories.coder(),
        value="mixed",
        by=factories.user(),
    )
    for url, queries in counts.items():
        with django_assert_num_queries(queries):
            assert editor.get(url).status_code == 200
