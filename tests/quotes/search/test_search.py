"""Search sees what is published, at once, and ranks and marks it. golden.py has what it finds."""

import pytest

from quotes import review
from quotes.models import Quote, SearchRow, SearchWord
from quotes.search import mark, parse, rebuild, relevance, search_quotes
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


@pytest.mark.django_db
def test_search_ranks_the_quote_before_its_surroundings(quotes: dict[str, Quote]) -> None:
    found = search_quotes(Quote.objects.published(), "damning")
    ranked = found.annotate(relevance=relevance("default", parse("damning")))
    ranked = ranked.order_by("-relevance")

    assert ranked[0] == quotes["damning"]


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
    known = set(SearchWord.objects.values_list("word", flat=True))
    assert {"admiral", "boat"} <= known
    SearchWord.objects.create(word="leftover")
    assert rebuild() == 1
    assert list(rows) == before
    assert set(SearchWord.objects.values_list("word", flat=True)) <= known


def test_mark_gives_back_the_text_in_pieces() -> None:
    text = "Media pressure, <b>pressures</b> and the Pressured."

    pieces = mark(text, parse("media pressure").stems)

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, hit in pieces if hit] == ["Media pressure", "pressures", "Pressured"]
