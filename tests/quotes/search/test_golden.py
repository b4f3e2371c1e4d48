"""Every search of the golden list finds what was worked out by hand, on either database."""

import pytest

from quotes.models import Quote
from quotes.search import parse, search_quotes
from quotes.search.query import relevance
from tests.quotes.search import golden

pytestmark = pytest.mark.django_db


def test_every_search_finds_the_same_on_both_databases() -> None:
    letters = golden.collection()
    wrong = {}
    for text, expected in golden.SEARCHES:
        found = "".join(
            sorted(
                letters[pk]
                for pk in search_quotes(Quote.objects.all(), text).values_list("pk", flat=True)
            )
        )
        if found != expected:
            wrong[text] = f"{found} instead of {expected}"

    assert wrong == {}
    assert len(golden.SEARCHES) >= 80


def test_every_search_with_words_can_be_ranked() -> None:
    golden.collection()
    for text, expected in golden.SEARCHES:
        query = parse(text)
        if query.ranked:
            quotes = search_quotes(Quote.objects.all(), text)
            ranked = quotes.annotate(relevance=relevance("default", query)).order_by(
                "-relevance", "pk"
            )
            assert len(list(ranked)) == len(expected), text
