"""What happens to published quotes and to people, decided in the admin: seen first, then done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person, PersonMerge, PersonRedirect
from quotes import merging, notices
from quotes.models import Notice, Quote, QuoteRedirect, Report
from quotes.speakers import merge_people
from tests import factories
from tests.forms import Data, client, form_with

pytestmark = pytest.mark.django_db
PARTS = ("We will count every boat.", "we will count them again.")


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


@pytest.fixture
def head() -> Client:
    return client(factories.user("admin", username="bea"))


def step(quote: Quote, name: str) -> str:
    return reverse("admin:quotes_quote_step", args=[quote.pk, name])


def page(name: str, row: Any) -> str:
    return reverse(f"admin:{name}", args=[row.pk])


def fill(browser: Client, address: str, **typed: str) -> Data:
    """Return a page's form with what was typed, as a browser would send it."""
    return form_with(browser.get(address), *typed) | typed


def look(browser: Client, address: str, **typed: str) -> tuple[Any, Data]:
    """Send a form that is previewed; return the page of the preview, and the form it has now."""
    response = browser.post(address, fill(browser, address, **typed))
    assert response.status_code == 200, response
    return response, form_with(response, "seen", *typed)


def test_merge_is_shown_before_it_is_done(editor: Client) -> None:
    quote, into = factories.quote(), factories.quote()
    address = f"http://testserver/q/{str(into.public_id).lower()}/v1"

    seen, again = look(editor, step(quote, "merge"), into=address, reason="The same words")
    quote.refresh_from_db()
    assert (quote.status, QuoteRedirect.objects.count()) == ("published", 0)
    assert f"{quote.public_id} will lead to {into.public_id}" in seen.content.decode()

    response = editor.post(step(quote, "merge"), again)

    assert response.status_code == 302
    row = QuoteRedirect.objects.get()
    assert (row.quote, row.survivor, row.why) == (quote, into, "The same words")
    assert row.made_by.username == "ada"
    assert editor.get(f"/q/{quote.public_id}")["Location"] == f"/q/{into.public_id}"


def test_merge_is_shown_anew_when_the_other_quote_changed_meanwhile(editor: Client) -> None:
    quote, into = factories.quote(), factories.quote()
    _, again = look(editor, step(quote, "merge"), into=str(into.public_id), reason="The same")
    into.note = "Changed meanwhile"
    into.save()

    response = editor.post(step(quote, "merge"), again)

    assert response.status_code == 200
    assert QuoteRedirect.objects.count() == 0
    assert "Nothing is done yet" in response.content.decode()


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("00000000", "There is no published quote with that id."),
        ("nonsense", "There is no published quote with that id."),
        ("", "This field is required."),
        ("itself", "That is this quote itself."),
    ],
)
def test_merge_into_nothing_is_refused(editor: Client, into: str, said: str) -> None:
    quote = factories.quote()
    typed = str(quote.public_id) if into == "itself" else into

    response = editor.post(
        step(quote, "merge"), fill(editor, step(quote, "merge"), into=typed, reason="x")
    )

    assert response.context["form"].errors["into"] == [said]


def test_unmerge_is_the_admins(editor: Client, head: Client) -> None:
    quote, into = factories.quote(), factories.quote()
    merging.merge(quote=quote, into=into, by=factories.user(), why="The same")

    assert editor.get(step(quote, "unmerge")).status_code == 403
    offered = head.get(page("quotes_quote_change", quote)).context["steps"]
    assert [found.name for found in offered] == ["unmerge"]
    head.post(step(quote, "unmerge"), fill(head, step(quote, "unmerge"), reason="They differ"))

    quote.refresh_from_db()
    assert quote.status == "published"
    assert editor.get(f"/q/{quote.public_id}").status_code == 200


def test_split_and_its_undoing(editor: Client, head: Client) -> None:
    quote = factories.quote(*PARTS)
    kept, part = PARTS

    seen, again = look(editor, step(quote, "split"), kept=kept, part=part, reason="Two answers")
    assert Quote.objects.count() == 1
    assert "Gets an address of its own" in seen.content.decode()
    editor.post(step(quote, "split"), again)

    other = Quote.objects.exclude(pk=quote.pk).get()
    quote.refresh_from_db()
    assert (quote.text, other.text, other.status) == (kept, part, "published")
    head.post(step(other, "unsplit"), fill(head, step(other, "unsplit"), reason="One answer"))
    quote.refresh_from_db()
    assert quote.text == " […] ".join(PARTS)
    assert head.get(f"/q/{other.public_id}")["Location"] == f"/q/{quote.public_id}"


@pytest.mark.parametrize(
    ("kept", "part", "field"),
    [
        (PARTS[0], "Words that nobody said.", "part"),
        ("\n".join(PARTS), PARTS[1], "part"),
        ("", PARTS[1], "kept"),
    ],
)
def test_split_that_does_not_fit_is_refused(
    editor: Client, kept: str, part: str, field: str
) -> None:
    quote = factories.quote(*PARTS)

    response = editor.post(
        step(quote, "split"),
        fill(editor, step(quote, "split"), kept=kept, part=part, reason="x"),
    )

    assert field in response.context["form"].errors
    assert Quote.objects.count() == 1


def test_reply_is_given_and_taken_back(editor: Client, head: Client) -> None:
    quote = factories.quote()
    typed = {"kind": "disputed", "text": "I said <no> such thing.", "dated": "2009-01-05"}
    address = step(quote, "reply")
    data = form_with(editor.get(address), "text") | typed | {"reason": "She wrote to us"}

    seen = editor.post(address, data)
    assert "I said &lt;no&gt; such thing." in seen.content.decode()
    assert not Notice.objects.exists()
    editor.post(address, data | {"seen": form_with(seen, "seen")["seen"]})

    notice = Notice.objects.get()
    assert (notice.kind, notice.text, str(notice.dated)) == tuple(typed.values())
    assert "I said &lt;no&gt; such thing." in editor.get(f"/q/{quote.public_id}").content.decode()
    assert editor.get(step(quote, "take-back")).status_code == 403
    back = form_with(head.get(step(quote, "take-back")), "reason")
    head.post(step(quote, "take-back"), back | {"notice": str(notice.pk), "reason": "Not hers"})
    assert notices.shown(quote) == []
    assert "such thing" not in head.get(f"/q/{quote.public_id}").content.decode()


def test_reply_from_the_future_is_refused(editor: Client) -> None:
    quote = factories.quote()
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = {"kind": "reply", "text": "x", "dated": tomorrow.isoformat(), "reason": "x"}

    response = editor.post(
        step(quote, "reply"), form_with(editor.get(step(quote, "reply")), "text") | data
    )

    assert response.context["form"].errors == {"dated": ["A reply can’t be dated in the future."]}


def test_unlisted_and_listed_again(editor: Client) -> None:
    quote = factories.quote()

    editor.post(step(quote, "unlist"), fill(editor, step(quote, "unlist"), reason="She asked"))
    quote.refresh_from_db()
    assert quote.unlisted
    assert "noindex" in editor.get(f"/q/{quote.public_id}")["X-Robots-Tag"]
    assert quote.history.latest().history_change_reason == "She asked"
    editor.post(step(quote, "relist"), fill(editor, step(quote, "relist"), reason="It is over"))

    quote.refresh_from_db()
    assert not quote.unlisted
    assert quote.versions.count() == 1


@pytest.mark.parametrize("name", ["merge", "split", "reply", "unlist", "take-back", "unsplit"])
def test_step_that_does_not_fit_says_so(head: Client, name: str) -> None:
    quote = factories.quote(status="accepted")

    response = head.get(step(quote, name))

    assert "there is nothing to do here" in response.content.decode()


def test_people_are_merged_and_stand_again(editor: Client, head: Client) -> None:
    older, younger = factories.person("Ann One"), factories.person("Ann Wun")
    quote = factories.quote(speaker=younger)
    address = page("people_person_merge", younger)
    link = editor.get(page("people_person_change", younger)).content.decode()
    assert address in link

    seen, again = look(editor, address, other="ann one", reason="One woman")
    assert Person.objects.count() == 2
    assert "Ann Wun becomes another name of theirs" in seen.content.decode()
    assert "1 quote, which will be" in seen.content.decode()
    editor.post(address, again)

    quote.refresh_from_db()
    assert (quote.speaker, PersonRedirect.objects.get().slug) == (older, younger.slug)
    merge = PersonMerge.objects.get()
    assert editor.get(page("people_personmerge_undo", merge)).status_code == 403
    undo = page("people_personmerge_undo", merge)
    head.post(undo, fill(head, undo, reason="Two women"))
    quote.refresh_from_db()
    assert str(quote.speaker) == "Ann Wun"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("Nobody Such", "There is nobody of that name."),
        ("Ann", "be merged with themselves."),
        ("Double", "Several people have that name"),
    ],
)
def test_people_who_can_not_be_merged(editor: Client, other: str, said: str) -> None:
    person = factories.person("Ann")
    factories.person("Double")
    factories.person("Double")
    address = page("people_person_merge", person)

    response = editor.post(address, fill(editor, address, other=other, reason="x"))

    assert said in response.context["form"].errors.as_text()
    assert not PersonMerge.objects.exists()


def test_only_the_newest_merge_is_undone(head: Client) -> None:
    by = factories.user()
    one, two, three = (factories.person() for _ in range(3))
    first = merge_people(one=one, other=two, by=by, why="The same")
    merge_people(one=one, other=three, by=by, why="The same too")
    address = page("people_personmerge_undo", first)

    response = head.post(address, fill(head, address, reason="x"))

    assert "Undo the newest merge of this person first." in str(response.context["form"].errors)


def test_report_is_decided_with_an_answer(editor: Client) -> None:
    report = Report.objects.create(
        reference="R-1", kind="removal", text="<b>Take it away</b>", contact="a@example.org"
    )
    address = page("quotes_report_decide", report)
    shown = editor.get(address)
    assert "&lt;b&gt;Take it away" in shown.content.decode()
    data = form_with(shown, "answer")

    empty = editor.post(address, data | {"state": "declined", "answer": " "})
    assert empty.context["form"].errors == {"answer": ["Say what was done, or why nothing was."]}
    editor.post(address, data | {"state": "declined", "answer": "It is accurate."})

    report.refresh_from_db()
    assert (report.state, report.answer) == ("declined", "It is accurate.")
    assert report.decided_by is not None
    stale = editor.post(address, data | {"state": "done", "answer": "x"})
    assert "Someone changed this" in str(stale.context["form"].errors)


def test_text_without_quotes_is_put_right_and_searched_anew(editor: Client) -> None:
    article = factories.article("We w|ll count every b0at, she sa|d.")
    address = page("quotes_article_text", article)
    assert address in editor.get(page("quotes_article_change", article)).content.decode()
    right = "Speaker A told the committee: “We will count every boat.”"

    editor.post(address, fill(editor, address, text=right, reason="The scan was poor"))

    article.refresh_from_db()
    assert (article.body, article.history.latest().history_change_reason) == (
        right,
        "The scan was poor",
    )
    assert [quote.text for quote in article.quotes.all()] == ["We will count every boat."]
    assert address not in editor.get(page("quotes_article_change", article)).content.decode()
    again = editor.post(address, fill(editor, address, text="Other", reason="x"))
    assert "so it stays as it is" in again.context["form"].errors.as_text()


@pytest.mark.parametrize("text", ["", " \n", "Taken"])
def test_text_that_can_not_be_taken_is_refused(editor: Client, text: str) -> None:
    factories.article("Taken")
    article = factories.article("Nobody says anything here.")
    address = page("quotes_article_text", article)

    response = editor.post(address, fill(editor, address, text=text, reason="x"))

    assert response.context["form"].errors
    article.refresh_from_db()
    assert article.body == "Nobody says anything here."
