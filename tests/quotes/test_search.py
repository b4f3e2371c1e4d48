"""The same searches, the same results, on both databases."""

import pytest

from quotes import review
from quotes.models import Quote, SearchRow
from quotes.search import SearchError, mark, parse, rebuild, search_quotes
from tests import factories

BODY = (
    "The minister said he had no regrets. “I wasn’t bowing to media or political pressure.” "
    "Speaker A called the inspectors’ findings “damning” and the café’s naïve plans “fine”."
)


@pytest.fixture
def quotes() -> dict[str, Quote]:
    article = factories.article(BODY, headline="Social workers under pressure")
    made = {
        "pressure": "I wasn’t bowing to media or political pressure.",
        "regrets": "he had no regrets",
        "damning": "damning",
        "fine": "fine",
    }
    return {
        name: factories.quote(words, article=article, speaker=factories.person("Speaker Alder"))
        for name, words in made.items()
    }


def found(text: str, quotes: dict[str, Quote]) -> set[str]:
    names = {quote.pk: name for name, quote in quotes.items()}
    return {names[quote.pk] for quote in search_quotes(Quote.objects.published(), text)}


EVERYTHING = {"pressure", "regrets", "damning", "fine"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bow", {"pressure", "regrets"}),
        ("media pressure", {"pressure", "regrets"}),
        ('"political pressure"', {"pressure", "regrets"}),
        ('"media pressure"', set()),
        ('"bow to"', set()),
        ("no regrets", {"pressure", "regrets"}),
        ("no", {"pressure", "regrets"}),
        ("wasn't", {"pressure", "regrets"}),
        ("WASN’T", {"pressure", "regrets"}),
        ("cafe naive", EVERYTHING - {"regrets"}),
        ("alder", EVERYTHING),
        ("worker", EVERYTHING),
        ("social workers", EVERYTHING),
        ("submarine", set()),
    ],
)
def test_search_finds_the_same_on_both_databases(
    quotes: dict[str, Quote], text: str, expected: set[str]
) -> None:
    assert found(text, quotes) == expected


@pytest.mark.django_db
def test_search_ranks_the_quote_before_its_surroundings(quotes: dict[str, Quote]) -> None:
    ranked = search_quotes(Quote.objects.published(), "damning").order_by("-relevance")

    assert ranked[0] == quotes["damning"]


@pytest.mark.django_db
def test_phrase_does_not_run_from_one_field_into_the_next(quotes: dict[str, Quote]) -> None:
    assert found('"alder social"', quotes) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["candidate", "accepted", "rejected", "withdrawn"])
def test_search_never_sees_an_unpublished_quote(status: str) -> None:
    factories.quote(status=status, speaker_role="canary")

    assert SearchRow.objects.count() == 0
    assert list(search_quotes(Quote.objects.all(), "canary")) == []


@pytest.mark.django_db
def test_search_follows_a_correction_at_once() -> None:
    quote = factories.quote()
    review.correct(quote=quote, by=factories.user(), why="Role found", speaker_role="admiral")

    assert list(search_quotes(Quote.objects.published(), "admiral")) == [quote]
    rows = SearchRow.objects.values_list("words", "stems", "around_words", "around_stems")
    before = list(rows)
    assert rebuild() == 1
    assert list(rows) == before


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ('media "pressure', "media pressure"),
        ("x" * 300, "x" * 200),
        ("…", ""),
        ("", ""),
        (" ".join(["word"] * 21), " ".join(["word"] * 20)),
    ],
)
def test_search_that_can_not_be_made_says_so_and_offers_another(text: str, repaired: str) -> None:
    with pytest.raises(SearchError) as error:
        parse(text)

    assert error.value.repaired == repaired


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE",
        "a:b",
        "NEAR(a b)",
        "AND",
        "a AND OR b",
        "(((",
        "*",
        "a* -b ^c",
        "a\x00b",
        "\\",
    ],
)
def test_search_takes_any_sign_for_a_sign(text: str) -> None:
    if any(letter.isalnum() for letter in text):
        assert list(search_quotes(Quote.objects.published(), text)) == []
    else:
        with pytest.raises(SearchError, match="no word"):
            search_quotes(Quote.objects.published(), text)


def test_mark_gives_back_the_text_in_pieces() -> None:
    text = "Media pressure, <b>pressures</b> and the Pressured."

    pieces = mark(text, parse("media pressure").stems)

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, hit in pieces if hit] == ["Media pressure", "pressures", "Pressured"]
