"""The review screen as a page: what it shows, what its buttons do, what it refuses."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Organization, Person, PersonName
from quotes import review
from quotes.models import Article, Quote
from tests import factories
from tests.candidates import BODY, candidate
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db
EMOJI = "Speaker A said: “We saw 🚢🚢 boats.” Nobody else spoke."


@pytest.fixture
def ada() -> User:
    return factories.user("editor", username="ada")


@pytest.fixture
def editor(ada: User) -> Client:
    return client(ada)


@pytest.fixture
def article() -> Article:
    return factories.article(BODY)


def address(article: Article, quote: Quote | None = None) -> str:
    found = reverse("admin:quotes_article_review", args=[article.pk])
    return f"{found}?quote={quote.pk}" if quote else found


def card(browser: Client, quote: Quote) -> dict[str, Any]:
    return form_with(browser.get(address(quote.article, quote)), "speaker_name")


def press(browser: Client, quote: Quote, action: str, **typed: Any) -> Any:
    data = {**card(browser, quote), "action": action, **typed}
    return browser.post(address(quote.article), data, follow=True)


def selected(body: str, words: str) -> dict[str, Any]:
    start = body.index(words)
    return {"sel_start": start, "sel_end": start + len(words), "sel_words": words}


def said(response: Any) -> str:
    done = response.context.get("done")
    return done.said if done else " ".join(map(str, response.context["messages"]))


def test_text_on_the_page_is_the_article_character_for_character(editor: Client) -> None:
    body = f"{EMOJI}\n\n<b>&amp; “tags”</b>\n  two  spaces\u00a0here\n"
    quote = factories.quote(
        "We saw 🚢🚢 boats.", article=factories.article(body), status="candidate"
    )

    response = editor.get(address(quote.article))

    pieces = response.context["shown"].pieces
    assert "".join(piece.text for piece in pieces) == body
    marked = [piece.text for piece in pieces if piece.quotes]
    assert marked == ["We saw 🚢🚢 boats."]
    assert "&lt;b&gt;&amp;amp; “tags”&lt;/b&gt;\n  two  spaces" in response.content.decode()


def test_screen_opens_at_the_first_candidate_and_proposes_its_speaker(
    editor: Client, article: Article
) -> None:
    done = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")
    waiting = candidate(article, "Nobody will,", "Bert Sample", "Bert Sample")
    review.settle(quote=done, by=factories.user(), card=review.Card())

    response = editor.get(address(article))

    form = response.context["form"]
    assert response.context["current"] == waiting
    assert (form["speaker_name"].value(), form["new_person"].value()) == ("Bert Sample", True)
    assert (response.context["settled"], response.context["total"]) == (1, 2)


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("Example", ""), ("Harbour Council", ""), ("Anna\u00a0Example", "Anna Example")],
)
def test_only_a_full_name_of_a_person_is_proposed_as_new(
    editor: Client, article: Article, name: str, proposed: str
) -> None:
    quote = candidate(article, "Twice.", "She", name)

    assert card(editor, quote)["speaker_name"] == proposed


def test_proposal_knows_other_names_bodies_and_namesakes(editor: Client, article: Article) -> None:
    anna = factories.person("Anna Maria Example")
    PersonName.objects.create(person=anna, name="Anna Example")
    Organization.objects.create(name="Harbour Council")
    twins = [factories.person("Bert Sample") for _ in range(2)]
    by_alias = candidate(article, "Twice.", "She", "Anna Example")
    body = candidate(article, "All of them,", "The council", "Harbour Council")
    shared = candidate(article, "Nobody will,", "Bert Sample", "Bert Sample")

    assert card(editor, by_alias)["speaker_name"] == "Anna Maria Example"
    assert card(editor, body)["body_name"] == "Harbour Council"
    response = editor.get(address(article, shared))
    assert response.context["proposal"].alternatives == tuple(
        f"Bert Sample #{twin.pk}" for twin in twins
    )


def test_one_press_accepts_goes_on_and_says_what_else_it_settled(
    editor: Client, article: Article
) -> None:
    first = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")
    second = candidate(article, "All of them,", "Example", "Anna Example")

    response = press(editor, first, "accept")

    assert response.redirect_chain[-1][0] == address(article, second)
    assert said(response) == (
        "Accepted “We will count every boat,”. Anna Example is now the speaker of 1 more candidate."
    )
    first.refresh_from_db()
    assert (first.status, str(first.speaker)) == ("accepted", "Anna Example")


def test_saving_a_note_does_not_take_over_a_speaker_that_is_only_proposed(
    editor: Client, article: Article
) -> None:
    quote = candidate(article, "Twice.", "She", "Anna Example")

    assert said(press(editor, quote, "save", note="Heard\r\non the pier")) == "Saved."

    quote.refresh_from_db()
    assert (quote.note, quote.speaker, quote.status) == ("Heard\non the pier", None, "candidate")
    assert said(press(editor, quote, "save")) == "Nothing to save."


def test_card_writes_every_field(editor: Client, article: Article) -> None:
    quote = candidate(article, "Twice.", "She")
    typed = {
        "speaker_name": "Anna Example",
        "new_person": "on",
        "body_name": "Harbour Council",
        "new_body": "on",
        "speaker_text": "the chair",
        "speaker_role": "chair",
        "kind": "mixed",
        "cue": "added",
        "basis": "role",
        "said": "2021-03",
        "said_basis": "inferred",
        "said_note": "Thursday",
        "channel": "speech",
        "note": "Aside",
    }

    press(editor, quote, "accept", **typed)

    quote.refresh_from_db()
    shown = {name: str(getattr(quote, name)) for name in typed if hasattr(quote, name)}
    assert shown == {name: typed[name] for name in shown}
    assert (str(quote.speaker), str(quote.on_behalf_of)) == ("Anna Example", "Harbour Council")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"speaker_name": "Nobody Known"}, "speaker_name"),
        ({"speaker_name": "Anna #999999"}, "speaker_name"),
        ({"speaker_name": "A\x00b"}, "speaker_name"),
        ({"speaker_name": "x" * 100_000}, "speaker_name"),
        ({"speaker_name": "Zero\u200bWidth Name", "new_person": "on"}, None),
        ({"body_name": "Unknown Body"}, "body_name"),
        ({"said": "yesterday"}, "said"),
        ({"said": "2021-03-04"}, "__all__"),
        ({"kind": "shouted"}, "kind"),
        ({"words": "not in the article"}, "words"),
        ({"words": "said"}, "words"),
        ({"words": "x" * 100_000}, "words"),
        ({"note": "x" * 100_000}, "note"),
    ],
)
def test_what_can_not_be_saved_is_told_and_kept_on_the_card(
    editor: Client, article: Article, typed: dict[str, str], field: str | None
) -> None:
    quote = candidate(article, "All of them,", "Example")

    response = press(editor, quote, "accept", **typed)

    assert response.status_code == 200
    assert response.context["done"].refused
    if field:
        form = response.context["form"]
        assert field in form.errors
        name = next(iter(typed))
        assert form[name].value() == typed[name]
    assert Quote.objects.get(pk=quote.pk).status == "candidate"
    assert Person.objects.count() == 0


@pytest.mark.parametrize("action", ["span", "part", "add"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"sel_start": "0", "sel_end": "99999", "sel_words": "x"},
        {"sel_start": "-1", "sel_end": "4", "sel_words": "x"},
        {"sel_start": "5", "sel_end": "5", "sel_words": ""},
        {"sel_start": "9" * 30, "sel_end": "9" * 31, "sel_words": "x"},
        {"sel_start": "٣", "sel_end": "5", "sel_words": "x"},
        {"sel_start": "abc", "sel_end": "", "sel_words": ""},
        {"sel_start": "0", "sel_end": "7", "sel_words": "Speaker B"},
        # Counted in UTF-16 units instead of code points: one too far for each ship.
        {"sel_start": "33", "sel_end": "38", "sel_words": "boats"},
        # Half of a ship: a surrogate reaches the server as a replacement character.
        {"sel_start": "24", "sel_end": "25", "sel_words": "\ufffd"},
        {"sel_start": "0", "sel_end": "100000", "sel_words": "x" * 100_000},
        {},
    ],
)
def test_selection_that_is_not_in_the_text_changes_nothing(
    editor: Client, action: str, wrong: dict[str, str]
) -> None:
    quote = factories.quote(
        "We saw 🚢🚢 boats.", article=factories.article(EMOJI), status="candidate"
    )

    response = press(editor, quote, action, **wrong)

    assert response.status_code == 200
    assert response.context["done"].refused
    assert list(Quote.objects.values_list("text", flat=True)) == ["We saw 🚢🚢 boats."]


def test_selection_counts_code_points(editor: Client) -> None:
    quote = factories.quote("We saw", article=factories.article(EMOJI), status="candidate")

    press(editor, quote, "span", **selected(EMOJI, "🚢 boats"))
    quote.refresh_from_db()
    assert quote.text == "🚢 boats"

    response = press(editor, quote, "part", **selected(EMOJI, "“We saw"))
    quote.refresh_from_db()
    assert quote.text == "We saw […] 🚢 boats"
    assert said(response).startswith("A part was added")

    response = press(editor, quote, "add", **selected(EMOJI, "Nobody else"))
    assert response.context["current"].text == "Nobody else"


def test_plain_form_corrects_adds_splits_and_joins(editor: Client, article: Article) -> None:
    quote = candidate(article, "We will count", "Anna Example")

    press(editor, quote, "save", words="We will count every boat,")
    press(editor, quote, "split", split_after="We will count", sel_start="")
    assert [q.text for q in article.quotes.order_by("start")] == ["We will count", "every boat,"]
    press(editor, quote, "join-behind")
    quote.refresh_from_db()
    assert quote.text == "We will count every boat,"
    response = press(editor, quote, "add", missed_words="Nobody will,", missed_after="")
    assert response.context["current"].text == "Nobody will,"
    assert said(press(editor, quote, "join-before")) == "There is no quote on that side to join."


def test_reject_undo_and_publish(editor: Client, article: Article) -> None:
    first = candidate(article, "Twice.", "She")
    second = candidate(article, "Nobody will,", "Bert Sample", "Bert Sample")

    press(editor, first, "reject", reject_reason="duplicate", reject_why="Of 3")
    press(editor, second, "accept")
    press(editor, second, "undo")
    response = press(editor, second, "accept")
    assert response.context["counts"]["accepted"] == 1
    assert said(press(editor, second, "publish")) == "1 quote published."
    again = editor.post(address(article), {"action": "publish"})
    assert said(again).startswith("No quote is accepted yet")

    second.refresh_from_db()
    assert second.status == "published"
    page = editor.get(address(article, second)).content.decode()
    assert second.get_absolute_url() in page
    assert 'id="card"' not in page


def test_reject_without_a_fitting_reason_is_told(editor: Client, article: Article) -> None:
    quote = candidate(article, "Twice.", "She")

    for typed in ({"reject_reason": "dislike"}, {"reject_reason": "other"}, {}):
        assert press(editor, quote, "reject", **typed).context["done"].refused
    assert (
        press(editor, quote, "reject", reject_reason="other", reject_why="x" * 501)
        .context["done"]
        .refused
    )
    assert Quote.objects.get(pk=quote.pk).status == "candidate"


@pytest.mark.parametrize("action", ["accept", "save", "reject", "span", "split", "join-behind"])
def test_old_copy_is_told_who_was_there_and_nothing_is_lost(
    editor: Client, article: Article, action: str
) -> None:
    quote = candidate(article, "All of them,", "Example")
    candidate(article, "Twice.", "She")
    data = card(editor, quote)
    bob = factories.user(username="bob")
    review.correct(quote=Quote.objects.get(pk=quote.pk), by=bob, why="A look", note="Bob's note")

    response = editor.post(
        address(article),
        {
            **data,
            "action": action,
            "cue": "declared",
            "reject_reason": "duplicate",
            "split_after": "All",
            **selected(BODY, "Twice"),
        },
    )

    assert response.context["done"].refused
    assert "bob" in said(response)
    form = response.context["form"]
    if action in ("accept", "save"):
        assert form["cue"].value() == "declared"
        assert form["note"].value() == "Bob's note"
        assert "theirs and yours" in response.content.decode()
        again = form_with(response, "speaker_name")
        editor.post(address(article), {**again, "action": action})
        quote.refresh_from_db()
        assert (quote.cue, quote.note) == ("declared", "Bob's note")
    else:
        assert Quote.objects.get(pk=quote.pk).text == "All of them,"


@pytest.mark.parametrize("action", ["", "delete", "accept\x00", "publish-all"])
def test_unknown_button_changes_nothing(editor: Client, article: Article, action: str) -> None:
    quote = candidate(article, "Twice.", "She")

    response = press(editor, quote, action)

    assert said(response) == "There is no such button. Nothing was changed."
    assert Quote.objects.get(pk=quote.pk).history.count() == 1


@pytest.mark.parametrize("wanted", ["abc", "0", "999999", "9" * 40, "-1", "١"])
def test_quote_that_is_not_there(editor: Client, article: Article, wanted: str) -> None:
    quote = candidate(article, "Twice.", "She")

    assert editor.get(f"{address(article)}?quote={wanted}").context["current"] == quote
    data = {**card(editor, quote), "quote": wanted, "action": "accept"}
    assert said(editor.post(address(article), data)).startswith("That quote is no longer there")
    assert Quote.objects.get(pk=quote.pk).status == "candidate"


def test_quote_of_another_article_is_not_reached(editor: Client, article: Article) -> None:
    candidate(article, "Twice.", "She")
    other = factories.quote(status="candidate")
    data = {**card(editor, other), "action": "accept"}

    assert editor.post(address(article), data).context["done"].refused
    assert Quote.objects.get(pk=other.pk).status == "candidate"


def test_published_quote_is_not_changed_from_here(editor: Client) -> None:
    public = factories.quote()
    waiting = factories.quote("And then,", article=public.article, status="candidate")
    data = {**card(editor, waiting), "quote": public.pk, "base_revision": public.revision}

    for action in ("save", "accept", "reject", "span", "split"):
        typed = {"action": action, "cue": "x", "reject_reason": "duplicate", "note": "x"}
        more = {**selected(public.article.body, "Others"), "words": "And then,"}
        assert (
            editor.post(address(public.article), {**data, **typed, **more}).context["done"].refused
        )
    public.refresh_from_db()
    assert (public.status, public.cue, public.note) == ("published", "told", "")


def test_missing_article_is_not_found(editor: Client) -> None:
    assert editor.get(reverse("admin:quotes_article_review", args=[999_999])).status_code == 404


@pytest.mark.parametrize("group", ["viewer", "coder"])
def test_review_is_for_editors(article: Article, group: str) -> None:
    quote = candidate(article, "Twice.", "She")
    browser = client(factories.user(group))

    assert browser.get(address(article)).status_code == 403
    data = {"quote": quote.pk, "base_revision": quote.revision, "action": "accept"}
    assert browser.post(address(article), data).status_code == 403
    assert Quote.objects.get(pk=quote.pk).status == "candidate"


def test_article_without_quotes_says_what_to_do(editor: Client) -> None:
    article = factories.article("Nothing was said.")

    response = editor.get(address(article))

    assert "No quotes were found in this article" in response.content.decode()
    for action in ("accept", "save", "reject", "publish", "undo", "split"):
        assert editor.post(address(article), {"action": action}).context["done"].refused


def test_fragment_is_the_middle_of_the_page_only(editor: Client, article: Article) -> None:
    quote = candidate(article, "Twice.", "She")
    data = {**card(editor, quote), "action": "accept"}

    response = editor.post(address(article), data, headers={"X-Review-Fragment": "1"})

    content = response.content.decode()
    assert response.status_code == 200
    assert content.startswith('<div id="workspace"')
    assert 'data-said="Accepted “Twice.”.' in content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_screen_do_not_grow(
    editor: Client,
    article: Article,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for words in ("We will count every boat,", "All of them,", "Nobody will,")[:count]:
        candidate(article, words, "Anna Example", "Anna Example")
    for other in range(count):
        factories.quote("And then,", article=factories.article(f"And then, {other}"), by=None)
    editor.get(address(article))

    with django_assert_num_queries(15):
        editor.get(address(article))


def test_names_are_offered_by_name_and_other_name(editor: Client) -> None:
    anna = factories.person("Anna Maria Example")
    PersonName.objects.create(person=anna, name="Annie Sample")
    twins = [factories.person("Bert Sample") for _ in range(2)]
    Organization.objects.create(name="Sample Council", classification="council")
    names = reverse("admin:quotes_article_names")

    found = editor.get(names, {"q": "sample"}).json()["names"]
    assert [row["value"] for row in found] == [
        "Anna Maria Example",
        *(f"Bert Sample #{twin.pk}" for twin in twins),
    ]
    assert found[0]["label"] == "Annie Sample"
    bodies = editor.get(names, {"q": "sample", "kind": "body"}).json()["names"]
    assert bodies == [{"value": "Sample Council", "label": "council"}]
    for query in ("", "\x00", "x" * 100_000):
        assert editor.get(names, {"q": query}).json() == {"names": []}
