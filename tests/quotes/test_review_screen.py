"""The review screen as a page: what it shows and what its buttons do."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Organization, PersonName
from quotes import review
from quotes.models import Article, Quote
from tests import factories
from tests.candidates import BODY, candidate
from tests.forms import client
from tests.screen import address, card, press, said, selected

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
