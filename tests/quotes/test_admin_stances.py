"""Coding on the quote's page: one's own coding, the target's values only, nothing overwritten."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from quotes import stances
from quotes.choices import TargetKind
from quotes.models import Quote, Stance, StanceCoding, Target
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def address(quote: Quote, target: Target) -> str:
    return reverse("admin:quotes_quote_stance", args=[quote.pk, target.pk])


def opened(browser: Client, quote: Quote, target: Target) -> dict[str, Any]:
    page = browser.get(reverse("admin:quotes_quote_change", args=[quote.pk]))
    return form_with(page, "stance_revision", action=f"/stances/{target.pk}/")


@pytest.mark.parametrize("group", ["coder", "editor", "admin"])
def test_tag_on_the_quotes_page_becomes_coding_stance_and_version(group: str) -> None:
    quote, target = factories.quote(), factories.target()
    user = factories.user(group)
    browser = client(user)

    response = browser.post(
        address(quote, target),
        {
            **opened(browser, quote, target),
            "value": "criticises",
            "confidence": "high",
            "rationale": "First line\r\nsecond",
        },
    )

    assert response["Location"] == f"/admin/quotes/quote/{quote.pk}/change/#target{target.pk}"
    coding = StanceCoding.objects.get()
    assert coding.coder.user == user
    assert (coding.value, coding.confidence, coding.memo) == (
        "criticises",
        "high",
        "First line\nsecond",
    )
    stance = Stance.objects.get()
    assert (stance.value, stance.basis) == ("criticises", "single")
    assert stance.history.latest().history_change_reason == "First coding"
    assert '"value":"criticises"' in quote.versions.get(number=2).snapshot


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (
            TargetKind.SUBJECT,
            ["supports", "criticises", "mixed", "neutral", "no_stance", "unclear"],
        ),
        (TargetKind.CLAIM, ["asserts", "denies", "questions", "reports", "no_stance", "unclear"]),
    ],
)
def test_values_are_those_of_the_targets_kind(editor: Client, kind: str, values: list[str]) -> None:
    quote, target = factories.quote(), factories.target(kind)

    form = editor.get(address(quote, target)).context["form"]

    assert [value for value, _ in form.fields["value"].choices] == values


def test_value_of_the_other_kind_is_refused(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()

    response = editor.post(
        address(quote, target), {**opened(editor, quote, target), "value": "denies"}
    )

    assert "Select a valid choice" in str(response.context["form"].errors["value"])
    assert not Stance.objects.exists()


def test_coder_changes_nobody_elses_coding() -> None:
    quote, target = factories.quote(), factories.target()
    other = factories.user("coder")
    factories.stance(quote, target, "supports", by=other)
    mine = client(factories.user("coder"))

    mine.post(
        address(quote, target),
        {**opened(mine, quote, target), "value": "criticises", "coder": other.coder.pk},
    )

    assert sorted(StanceCoding.objects.values_list("value", flat=True)) == [
        "criticises",
        "supports",
    ]
    assert Stance.objects.get().basis == "disputed"


def test_coder_can_not_adjudicate() -> None:
    quote, target = factories.quote(), factories.target()
    browser = client(factories.user("coder"))
    data = {"value": "supports", "adjudicated": "on", "rationale": "Because"}

    browser.post(address(quote, target), {**opened(browser, quote, target), **data})

    assert Stance.objects.get().basis == "single"


def test_editor_settles_a_dispute_with_a_rationale(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    factories.stance(quote, target, "criticises")
    data = {**opened(editor, quote, target), "value": "mixed", "adjudicated": "on"}

    refused = editor.post(address(quote, target), data)
    assert refused.context["form"].non_field_errors() == ["An adjudicated stance needs its reason."]
    assert StanceCoding.objects.count() == 2

    editor.post(address(quote, target), {**data, "rationale": "Both, in one breath"})
    stance = Stance.objects.get()
    assert (stance.value, stance.basis, stance.rationale) == (
        "mixed",
        "adjudicated",
        "Both, in one breath",
    )


def test_second_tag_keeps_evidence_and_asks_for_a_reason(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()
    user = factories.user("coder")
    browser = client(user)
    span = quote.spans.get()
    stances.code(
        quote=quote,
        target=target,
        coder=stances.coder_of(user),
        value="supports",
        confidence="low",
        evidence=[(span.start, span.end)],
        by=user,
    )
    data = {**opened(browser, quote, target), "value": "neutral"}
    assert (data["reason"], data["confidence"]) == ("", "low")

    refused = browser.post(address(quote, target), data)
    assert refused.context["form"].errors == {"reason": ["This field is required."]}

    browser.post(address(quote, target), {**data, "reason": "Read again"})
    coding = StanceCoding.objects.get()
    assert (coding.value, coding.confidence) == ("neutral", "low")
    assert coding.evidence == [[span.start, span.end]]
    assert coding.history.latest().history_change_reason == "Read again"


def test_stale_stance_shows_both_and_loses_neither(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    mine = {
        **opened(editor, quote, target),
        "value": "criticises",
        "rationale": "Mine",
        "adjudicated": "on",
        "reason": "My reason",
    }
    stances.tag(
        quote=quote,
        target=target,
        value="mixed",
        by=factories.user(username="bob"),
        rationale="Theirs",
        adjudicated=True,
        why="Bob’s reason",
    )

    response = editor.post(address(quote, target), mine)

    content = response.content.decode()
    assert response.context["conflict"] is True
    assert "bob saved it" in content
    assert "<q>Bob’s reason</q>" in content
    assert "Rationale: Theirs" in content
    assert Stance.objects.get().rationale == "Theirs"
    again = form_with(response, "stance_revision", "reason")
    assert {name: again[name] for name in ("value", "rationale", "adjudicated", "reason")} == {
        name: mine[name] for name in ("value", "rationale", "adjudicated", "reason")
    }

    assert editor.post(address(quote, target), again).status_code == 302
    stance = Stance.objects.get()
    assert (stance.value, stance.rationale) == ("criticises", "Mine")
    assert [h.rationale for h in stance.history.all()][:2] == ["Mine", "Theirs"]


def test_untag_takes_the_stance_and_keeps_the_codings(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()
    stance = factories.stance(quote, target, "supports")
    remove = reverse("admin:quotes_quote_untag", args=[quote.pk, target.pk])
    data = form_with(editor.get(remove), "revision", "reason")

    refused = editor.post(remove, data)
    assert refused.context["form"].errors == {"reason": ["This field is required."]}

    editor.post(remove, {**data, "reason": "Out of scope"})
    assert not Stance.objects.exists()
    assert StanceCoding.objects.count() == 1
    last = Stance.history.filter(id=stance.pk).latest()
    assert (last.history_type, last.history_change_reason) == ("-", "Out of scope")
    assert quote.versions.count() == 3


def test_untag_of_a_stance_changed_meanwhile_asks_again(editor: Client) -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    remove = reverse("admin:quotes_quote_untag", args=[quote.pk, target.pk])
    data = {**form_with(editor.get(remove), "revision", "reason"), "reason": "Out of scope"}
    factories.stance(quote, target, "criticises")

    response = editor.post(remove, data)

    assert response.context["form"].non_field_errors() == [
        "It was changed meanwhile. Look again, then decide."
    ]
    assert Stance.objects.exists()


def test_untag_is_for_editors() -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    coder = client(factories.user("coder"))

    address = reverse("admin:quotes_quote_untag", args=[quote.pk, target.pk])
    assert coder.post(address, {"revision": 1, "reason": "x"}).status_code == 403
    assert Stance.objects.exists()


def test_viewer_sees_stances_and_no_form() -> None:
    quote, target = factories.quote(), factories.target()
    factories.stance(quote, target, "supports")
    viewer = client(factories.user("viewer"))

    page = viewer.get(reverse("admin:quotes_quote_change", args=[quote.pk]))

    assert [panel.form for panel in page.context["panels"]] == [None]
    assert "Public stance: <strong>Supports</strong>" in page.content.decode()
    assert viewer.get(address(quote, target)).status_code == 403


def test_many_targets_are_chosen_from_a_list(editor: Client) -> None:
    quote = factories.quote()
    targets = [factories.target() for _ in range(7)]
    factories.stance(quote, targets[2], "supports")

    page = editor.get(reverse("admin:quotes_quote_change", args=[quote.pk]))

    assert [panel.target for panel in page.context["panels"]] == [targets[2]]
    assert page.context["other_targets"] == [t for t in targets if t != targets[2]]
    choose = reverse("admin:quotes_quote_stances", args=[quote.pk])
    assert editor.get(choose, {"target": targets[0].pk})["Location"] == address(quote, targets[0])
    for wrong in ("abc", "0", "", "9" * 40, "\x00"):
        assert editor.get(choose, {"target": wrong}).status_code == 404


def test_stances_and_codings_have_no_forms_of_their_own() -> None:
    factories.stance(factories.quote(), factories.target(), "supports")
    superuser = client(factories.user("admin", is_superuser=True))

    for model in (Stance, StanceCoding):
        row = model.objects.get()
        where = f"admin:quotes_{model._meta.model_name}"
        assert superuser.get(reverse(f"{where}_add")).status_code == 403
        change = reverse(f"{where}_change", args=[row.pk])
        assert superuser.get(change).status_code == 200
        assert superuser.post(change, {"value": "criticises"}).status_code == 403
        assert superuser.post(reverse(f"{where}_delete", args=[row.pk])).status_code == 403
