"""Steps of review by button and in bulk: only through `quotes.review`, nothing silently skipped."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from quotes import review
from quotes.models import Quote
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db
LIST = "/admin/quotes/quote/"


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def step(quote: Quote, name: str) -> str:
    return reverse("admin:quotes_quote_step", args=[quote.pk, name])


def page(quote: Quote) -> str:
    return reverse("admin:quotes_quote_change", args=[quote.pk])


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        ("candidate", ["accept", "reject"]),
        ("accepted", ["publish", "reject", "reopen"]),
        ("published", ["withdraw", "reply", "unlist", "merge", "split"]),
        ("rejected", ["accept", "reopen"]),
        ("withdrawn", []),
    ],
)
def test_page_offers_the_steps_that_can_be_taken(
    editor: Client, status: str, buttons: list[str]
) -> None:
    response = editor.get(page(factories.quote(status=status)))

    assert [found.name for found in response.context["steps"]] == buttons


def test_accept_and_publish_by_their_buttons(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    for name, status in (("accept", "accepted"), ("publish", "published")):
        button = form_with(editor.get(page(quote)), "revision", action=f"/review/{name}/")
        response = editor.post(step(quote, name), button, follow=True)
        quote.refresh_from_db()
        assert quote.status == status
        assert said(response) == [f"The quote was {status}."]
    assert quote.reviewer.username == "ada"  # type: ignore[union-attr]
    assert [h.history_change_reason for h in quote.history.all()][:2] == [
        "Published",
        "Checked against the article",
    ]


def test_publish_says_what_is_missing(editor: Client) -> None:
    quote = factories.quote(status="accepted", speaker_text="")

    response = editor.post(
        step(quote, "publish"), {"revision": quote.revision, "reason": "Published"}
    )

    assert response.context["form"].non_field_errors() == [
        "Not possible yet: the words that the article uses for the speaker missing."
    ]
    assert Quote.objects.get(pk=quote.pk).status == "accepted"


def test_step_from_the_wrong_status_is_explained(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    response = editor.get(step(quote, "publish"))

    assert (
        "This quote is candidate; only a quote that is accepted can go this way."
        in response.content.decode()
    )


def test_reject_needs_a_reason(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    refused = editor.post(step(quote, "reject"), {"revision": quote.revision, "reason": " "})
    assert refused.context["form"].errors == {"reason": ["This field is required."]}

    editor.post(step(quote, "reject"), {"revision": quote.revision, "reason": "A headline"})
    quote.refresh_from_db()
    assert quote.status == "rejected"
    assert quote.history.latest().history_change_reason == "A headline"


def test_step_on_a_quote_changed_meanwhile_asks_for_another_look(editor: Client) -> None:
    quote = factories.quote(status="candidate")
    button = form_with(editor.get(page(quote)), "revision", action="/review/accept/")
    review.correct(
        quote=Quote.objects.get(pk=quote.pk),
        by=factories.user(username="bob"),
        why="Half of it",
        spans=factories.spans(quote.article.body, "We will count"),
    )

    response = editor.post(step(quote, "accept"), button)

    assert response.context["form"].non_field_errors() == [
        "bob changed this quote after you opened it: “Half of it”. Nothing was done yet. "
        "Look again, then decide."
    ]
    assert ">We will count</mark>" in response.content.decode()
    assert Quote.objects.get(pk=quote.pk).status == "candidate"
    again = form_with(response, "revision", "reason")
    assert editor.post(step(quote, "accept"), again).status_code == 302
    assert Quote.objects.get(pk=quote.pk).status == "accepted"


def test_withdraw_asks_for_a_reason_of_the_vocabulary(editor: Client) -> None:
    quote = factories.quote()
    data = form_with(editor.get(step(quote, "withdraw")), "reason", "public_note")
    assert data["reason"] == ""

    refused = editor.post(step(quote, "withdraw"), {**data, "reason": "dislike"})
    assert "Select a valid choice" in str(refused.context["form"].errors["reason"])

    editor.post(
        step(quote, "withdraw"), {**data, "reason": "court-order", "public_note": "Order 1"}
    )
    withdrawal = quote.withdrawals.get()
    assert (withdrawal.reason, withdrawal.public_note, withdrawal.exposes) == (
        "court-order",
        "Order 1",
        "nothing",
    )
    assert withdrawal.withdrawn_by.username == "ada"


def test_restore_is_for_admins(editor: Client) -> None:
    quote = factories.quote(status="withdrawn")
    admin = client(factories.user("admin"))
    data = {"revision": Quote.objects.get(pk=quote.pk).revision, "reason": "The order was lifted"}

    assert editor.get(step(quote, "restore")).status_code == 403
    assert editor.post(step(quote, "restore"), data).status_code == 403
    assert admin.post(step(quote, "restore"), data).status_code == 302

    quote.refresh_from_db()
    assert quote.status == "published"
    assert quote.withdrawals.get().lifted_why == "The order was lifted"


@pytest.mark.parametrize("name", ["accept", "publish", "reject", "reopen", "withdraw", "restore"])
def test_coder_takes_no_step(name: str) -> None:
    quote = factories.quote(status="candidate")
    coder = client(factories.user("coder"))

    assert coder.get(step(quote, name)).status_code == 403
    data = {"revision": quote.revision, "reason": "x"}
    assert coder.post(step(quote, name), data).status_code == 403


def test_unknown_step_is_not_found(editor: Client) -> None:
    assert editor.get(step(factories.quote(), "delete")).status_code == 404


# --- Bulk ---------------------------------------------------------------------------------------


def chosen(editor: Client, name: str, *quotes: Quote) -> Any:
    return editor.post(
        LIST, {"action": f"{name}_chosen", "_selected_action": [quote.pk for quote in quotes]}
    )


def bulk(quotes: list[Quote], **typed: Any) -> dict[str, Any]:
    return {"quote": [f"{q.pk}:{q.revision}" for q in quotes], "reason": "Read", **typed}


def test_bulk_says_first_what_will_go_and_what_not(editor: Client) -> None:
    ready = factories.quote(status="accepted")
    silent = factories.quote(status="accepted", speaker_text="")
    candidate = factories.quote(status="candidate")

    response = chosen(editor, "publish", ready, silent, candidate)

    assert response.context["go"] == [ready]
    assert response.context["stay"] == {
        "Not possible yet: the words that the article uses for the speaker missing.": [silent],
        "This quote is candidate; only a quote that is accepted can go this way.": [candidate],
    }
    content = response.content.decode()
    assert content.count("1 will stay as it is") == 2
    assert "1 will be published" in content
    assert Quote.objects.filter(status="published").count() == 0


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("accept", "candidate", "accepted"),
        ("publish", "accepted", "published"),
        ("reject", "candidate", "rejected"),
    ],
)
def test_bulk_takes_the_step_with_its_reason(
    editor: Client, name: str, before: str, after: str
) -> None:
    quotes = [factories.quote(status=before) for _ in range(3)]
    confirm = form_with(chosen(editor, name, *quotes), "quote", "reason")
    assert confirm["reason"] == {
        "accept": "Checked against the article",
        "publish": "Published",
    }.get(name, "")

    response = editor.post(
        reverse("admin:quotes_quote_bulk", args=[name]), bulk(quotes), follow=True
    )

    assert said(response) == [f"3 quotes were {after}."]
    for quote in quotes:
        quote.refresh_from_db()
        assert quote.status == after
        latest = quote.history.latest()
        assert (latest.actor_name, latest.history_change_reason) == ("ada", "Read")


def test_bulk_without_a_reason_asks_again(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    response = editor.post(
        reverse("admin:quotes_quote_bulk", args=["reject"]), bulk([quote], reason="")
    )

    assert response.context["form"].errors == {"reason": ["This field is required."]}
    assert response.context["go"] == [quote]
    assert Quote.objects.get(pk=quote.pk).status == "candidate"


def test_bulk_leaves_what_changed_meanwhile_and_says_so(editor: Client) -> None:
    changed, gone, fine = (factories.quote(status="candidate") for _ in range(3))
    data = bulk([changed, gone, fine])
    review.correct(quote=Quote.objects.get(pk=changed.pk), by=factories.user(), why="x", note="New")
    key = gone.pk
    gone.delete()

    response = editor.post(reverse("admin:quotes_quote_bulk", args=["accept"]), data, follow=True)

    assert said(response) == [
        "1 quote was accepted.",
        f"{changed} was left: someone changed it meanwhile.",
        f"Quote {key} is no longer there.",
    ]
    assert Quote.objects.get(pk=changed.pk).status == "candidate"


def test_bulk_takes_no_more_than_its_limit(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.admin.bulk.MOST", 1)
    quotes = [factories.quote(status="candidate") for _ in range(2)]

    response = editor.post(
        LIST,
        {
            "action": "accept_chosen",
            "select_across": "1",
            "_selected_action": [quote.pk for quote in quotes],
        },
        follow=True,
    )

    assert said(response) == ["Choose at most 1 quotes at once. Nothing has been changed."]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"quote": ["abc:1", "1", "1:2:3", "١:1", f"{'9' * 30}:1"], "reason": "x"},
    ],
)
def test_bulk_with_nothing_readable_changes_nothing(editor: Client, data: dict[str, Any]) -> None:
    response = editor.post(reverse("admin:quotes_quote_bulk", args=["accept"]), data, follow=True)

    assert said(response) == ["No quotes were chosen. Nothing has been changed."]


def test_bulk_is_closed_to_coders_and_to_other_steps(editor: Client) -> None:
    quote = factories.quote(status="candidate")
    coder = client(factories.user("coder"))

    address = reverse("admin:quotes_quote_bulk", args=["accept"])
    assert coder.post(address, bulk([quote])).status_code == 403
    address = reverse("admin:quotes_quote_bulk", args=["withdraw"])
    assert editor.post(address, bulk([quote])).status_code == 404
    assert Quote.objects.get(pk=quote.pk).status == "candidate"
