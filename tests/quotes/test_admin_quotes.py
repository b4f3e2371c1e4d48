"""The quote's page: read in its article, corrected through `quotes.review` only."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.revisions import StaleRevisionError
from quotes import review
from quotes.admin.quotes import QuoteAdmin
from quotes.models import Quote
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def change(quote: Quote) -> str:
    return reverse("admin:quotes_quote_change", args=[quote.pk])


def opened(browser: Client, quote: Quote) -> dict[str, Any]:
    return form_with(browser.get(change(quote)), "speaker_text", "reason")


def saved(browser: Client, quote: Quote, data: dict[str, Any], **typed: str) -> Any:
    return browser.post(change(quote), {**data, **typed})


def test_correction_is_saved_with_actor_and_reason(editor: Client) -> None:
    quote = factories.quote()

    response = saved(editor, quote, opened(editor, quote), speaker_role="chair", reason="Printed")

    assert response.status_code == 302
    quote.refresh_from_db()
    latest = quote.history.latest()
    assert quote.speaker_role == "chair"
    assert (latest.actor_name, latest.history_change_reason) == ("ada", "Printed")
    assert [(v.number, v.why, v.by_name) for v in quote.versions.order_by("number")][1:] == [
        (2, "Printed", "ada")
    ]


def test_correction_without_a_reason_is_refused(editor: Client) -> None:
    quote = factories.quote()

    response = saved(editor, quote, opened(editor, quote), speaker_role="chair", reason=" ")

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {"reason": ["This field is required."]}
    assert "chair" in response.content.decode()
    assert Quote.objects.get(pk=quote.pk).speaker_role == ""


def test_saving_what_the_page_shows_changes_nothing(editor: Client) -> None:
    body = "He said: “one two\nthree” and then: “four  five.”"
    quote = factories.quote(
        "one two\nthree",
        "four  five.",
        article=factories.article(body),
        note=" First line\n\n Second line \n",
    )
    before = Quote.objects.values().get(pk=quote.pk)

    response = saved(editor, quote, opened(editor, quote), reason="Looked at it")

    assert response.status_code == 302
    assert Quote.objects.values().get(pk=quote.pk) == before
    assert [span.words for span in quote.spans.all()] == ["one two\nthree", "four  five."]
    assert quote.versions.count() == 1


def test_words_are_found_in_the_article(editor: Client) -> None:
    quote = factories.quote()

    saved(
        editor,
        quote,
        opened(editor, quote),
        words="And then,\r\nwe will count them again.",
        reason="The other sentence",
    )

    quote.refresh_from_db()
    assert quote.text == "And then, […] we will count them again."
    assert quote.versions.count() == 2


@pytest.mark.parametrize(
    ("words", "after", "message"),
    [
        ("We will count every ship.", "", "are not in the body"),
        ("said", "", "are ambiguous: they stand in the body 2 times; say after which words"),
        ("Speaker A", "no such words", "the after words 'no such words' are not in the body"),
        ("every boat.\nWe will", "", "overlap the span before them or stand before it"),
        ("", "", "This field is required."),
    ],
)
def test_words_that_are_not_in_one_place_are_refused(
    editor: Client, words: str, after: str, message: str
) -> None:
    quote = factories.quote()

    response = saved(editor, quote, opened(editor, quote), words=words, after=after, reason="x")

    [error] = response.context["adminform"].form.errors["words"]
    assert message.lower() in error.lower()
    quote.refresh_from_db()
    assert quote.text == factories.WORDS


def test_words_in_several_places_are_told_apart(editor: Client) -> None:
    quote = factories.quote()

    saved(editor, quote, opened(editor, quote), words="said", after="Others", reason="x")

    quote.refresh_from_db()
    assert quote.start == quote.article.body.rindex("said")


def test_published_quote_keeps_a_speaker_text(editor: Client) -> None:
    quote = factories.quote()

    response = saved(editor, quote, opened(editor, quote), speaker_text="", reason="Oops")

    assert response.context["adminform"].form.non_field_errors() == [
        "Not possible yet: the words that the article uses for the speaker missing."
    ]
    assert Quote.objects.get(pk=quote.pk).speaker_text == "Speaker A"


def test_stale_save_shows_both_texts_and_loses_neither(editor: Client) -> None:
    quote = factories.quote()
    mine = opened(editor, quote)
    review.correct(
        quote=Quote.objects.get(pk=quote.pk),
        by=factories.user(username="bob"),
        why="Bob’s reason",
        note="Bob’s note",
        channel="speech",
    )

    response = saved(editor, quote, mine, note="Ada’s note", reason="Ada’s reason")

    assert response.status_code == 200
    [conflict] = response.context["conflicts"]
    assert (conflict.who, conflict.why) == ("bob", "Bob’s reason")
    assert [(r.label, r.before, r.theirs, r.yours, r.taken_over) for r in conflict.rows] == [
        ("Channel", "", "Speech", "", True),
        ("Note", "", "Bob’s note", "Ada’s note", False),
    ]
    page = form_with(response, "speaker_text", "reason")
    assert (page["note"], page["channel"], page["reason"]) == (
        "Ada’s note",
        "speech",
        "Ada’s reason",
    )
    assert Quote.objects.get(pk=quote.pk).note == "Bob’s note"

    assert saved(editor, quote, page).status_code == 302
    quote.refresh_from_db()
    assert (quote.note, quote.channel) == ("Ada’s note", "speech")
    assert [h.note for h in quote.history.all()][:2] == ["Ada’s note", "Bob’s note"]


def test_stale_words_are_a_conflict(editor: Client) -> None:
    quote = factories.quote()
    mine = opened(editor, quote)
    review.correct(
        quote=Quote.objects.get(pk=quote.pk),
        by=factories.user(),
        why="Shorter",
        spans=factories.spans(quote.article.body, "We will count"),
    )

    response = saved(editor, quote, mine, cue="said", reason="x")

    rows = {row.label: row for row in response.context["conflicts"][0].rows}
    assert rows["Words"].theirs == "We will count"
    assert rows["Words"].yours == factories.WORDS
    assert Quote.objects.get(pk=quote.pk).text == "We will count"


def test_save_after_another_between_look_and_write_is_a_conflict(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = factories.quote()
    mine = opened(editor, quote)
    page, looks = QuoteAdmin._changeform_view, []

    def first_stale(**values: Any) -> None:
        raise StaleRevisionError(values["quote"])

    def look(self: QuoteAdmin, *args: Any) -> Any:
        # The first look is before, the second after the other's save.
        if looks:
            monkeypatch.undo()
            other = Quote.objects.get(pk=quote.pk)
            review.correct(quote=other, by=factories.user(), why="First", note="First")
        looks.append(1)
        return page(self, *args)

    monkeypatch.setattr(review, "correct", first_stale)
    monkeypatch.setattr(QuoteAdmin, "_changeform_view", look)
    response = saved(editor, quote, mine, note="Second", reason="x")

    assert [row.theirs for row in response.context["conflicts"][0].rows] == ["First"]
    assert Quote.objects.get(pk=quote.pk).note == "First"


def test_missing_revision_is_not_a_way_round(editor: Client) -> None:
    quote = factories.quote()
    data = {k: v for k, v in opened(editor, quote).items() if k != "base_revision"}

    response = saved(editor, quote, data, note="Mine", reason="x")

    assert [row.label for row in response.context["conflicts"][0].rows] == ["Note"]
    assert Quote.objects.get(pk=quote.pk).note == ""


def test_status_and_text_are_not_fields(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    saved(
        editor,
        quote,
        opened(editor, quote),
        status="published",
        text="Other words",
        public_id="AAAAAAAA",
        note="Changed",
        reason="x",
    )

    quote.refresh_from_db()
    assert (quote.status, quote.text, quote.public_id, quote.note) == (
        "candidate",
        factories.WORDS,
        None,
        "Changed",
    )


def test_page_marks_the_words_in_the_article_and_escapes_it(editor: Client) -> None:
    body = "<script>alert(1)</script> “Mark <b>me</b>,” he said, “and me.” \u202eEnd"
    quote = factories.quote(
        "Mark <b>me</b>,", "and me.", article=factories.article(body, boilerplate=[[0, 25]])
    )

    content = editor.get(change(quote)).content.decode()

    assert (
        '<span class="otr-furniture">&lt;script&gt;alert(1)&lt;/script&gt;</span> “'
        f'<mark class="otr-published" id="q{quote.pk}">Mark &lt;b&gt;me&lt;/b&gt;,</mark>” he said, “'
        '<mark class="otr-published">and me.</mark>”' in content
    )
    assert "<script>alert" not in content


def test_add_finds_the_words_and_makes_a_candidate(editor: Client) -> None:
    article = factories.article()
    address = reverse("admin:quotes_quote_add")
    page = editor.get(address, {"article": article.pk})

    response = editor.post(
        address,
        {
            **form_with(page, "speaker_text", "reason"),
            "words": "And then,\r\nwe will count them again.",
            "kind": "direct",
            "speaker_text": "Speaker A",
            "reason": "Read closely",
        },
    )

    assert response.status_code == 302
    quote = Quote.objects.get()
    assert quote.text == "And then, […] we will count them again."
    assert (quote.status, quote.article_id, quote.method) == ("candidate", article.pk, "editor")
    assert [(h.history_type, h.history_change_reason) for h in quote.history.all()] == [
        ("+", "Read closely")
    ]


def test_add_keeps_what_was_typed_when_the_words_are_not_there(editor: Client) -> None:
    article = factories.article()
    data = {
        "article": str(article.pk),
        "words": "Nobody said this",
        "kind": "direct",
        "cue": "whispered",
        "reason": "Read closely",
    }

    response = editor.post(reverse("admin:quotes_quote_add"), data)

    assert "are not in the body" in str(response.context["adminform"].form.errors["words"])
    page = form_with(response, "speaker_text", "reason")
    assert {name: page[name] for name in data} == data
    assert not Quote.objects.exists()


@pytest.mark.parametrize("article", ["", "abc", "0", "9" * 30])
def test_add_without_an_article_is_refused(editor: Client, article: str) -> None:
    response = editor.post(
        reverse("admin:quotes_quote_add"), {"article": article, "words": "One", "reason": "x"}
    )

    assert set(response.context["adminform"].form.errors) == {"article", "kind"}


def test_view_on_site_only_once_published(editor: Client) -> None:
    response = editor.get(change(factories.quote(status="candidate")))

    assert not response.context["has_absolute_url"]
    assert "viewsitelink" not in response.content.decode()


@pytest.mark.parametrize("status", ["accepted", "published", "withdrawn"])
def test_reviewed_quote_can_not_be_deleted(status: str) -> None:
    quote = factories.quote(status=status)
    superuser = client(factories.user("admin", is_superuser=True))

    response = superuser.post(
        reverse("admin:quotes_quote_delete", args=[quote.pk]), {"post": "yes", "reason": "x"}
    )

    assert response.status_code == 403
    assert Quote.objects.filter(pk=quote.pk).exists()
    assert not superuser.get(change(quote)).context["has_delete_permission"]


def test_candidate_is_deleted_with_a_reason(editor: Client) -> None:
    quote = factories.quote(status="candidate")
    address = reverse("admin:quotes_quote_delete", args=[quote.pk])

    refused = editor.post(address, {"post": "yes", "reason": ""})
    assert "Say why: the reason stands in the history." in refused.content.decode()
    assert Quote.objects.filter(pk=quote.pk).exists()

    assert editor.post(address, {"post": "yes", "reason": "A test"}).status_code == 302
    assert not Quote.objects.filter(pk=quote.pk).exists()
    last = Quote.history.filter(id=quote.pk).latest()
    assert (last.history_type, last.actor_name, last.history_change_reason) == (
        "-",
        "ada",
        "A test",
    )


def test_coded_candidate_can_not_be_deleted(editor: Client) -> None:
    quote = factories.quote(status="candidate")
    factories.stance(quote, factories.target(), "supports")

    response = editor.get(reverse("admin:quotes_quote_delete", args=[quote.pk]))

    assert response.status_code == 403


def test_delete_of_many_is_not_offered(editor: Client) -> None:
    quote = factories.quote(status="candidate")

    response = editor.post(
        reverse("admin:quotes_quote_changelist"),
        {"action": "delete_selected", "_selected_action": [quote.pk], "post": "yes"},
        follow=True,
    )

    assert "No action selected." in response.content.decode()
    assert Quote.objects.filter(pk=quote.pk).exists()


def test_coder_reads_the_quote_without_a_form_to_change_it() -> None:
    quote = factories.quote()
    factories.target()
    coder = client(factories.user("coder"))

    response = coder.get(change(quote))

    assert response.context["has_change_permission"] is False
    with pytest.raises(AssertionError, match="no form"):
        form_with(response, "speaker_text")
    assert form_with(response, "stance_revision", "rationale")
    assert response.context["steps"] == []
    assert coder.post(change(quote), {"note": "x", "reason": "x"}).status_code == 403
