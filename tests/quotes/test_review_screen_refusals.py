"""What the review screen refuses: told, with nothing changed and nothing typed lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from people.models import Person
from quotes import review
from quotes.models import Article, Quote
from tests import factories
from tests.candidates import BODY, candidate
from tests.forms import client, form_with
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
