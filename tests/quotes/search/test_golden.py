"""Every search of the golden list finds what was worked out by hand, on either database."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.db import connection

from quotes.models import Quote
from quotes.search import parse, postgresql, search_quotes
from quotes.search.query import relevance
from quotes.search.tree import Phrase
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


def test_pairs_of_common_words_are_those_that_are_indexed() -> None:
    migration = import_module("quotes.migrations.0081_common_pairs")

    assert set(migration.COMMON.split()) >= postgresql.COMMON
    words = sorted(postgresql.COMMON)
    pairs = [" ".join(pair) for pair in pairwise(words)]
    assert postgresql.common_pairs(Phrase(tuple(words))) == pairs
    assert postgresql.common_pairs(Phrase(("of", "pressure", "the"))) == []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT otr_common_pairs(%s, 'pressure of it')", [" ".join(words)])
            assert sorted(cursor.fetchone()[0]) == sorted([*pairs, "of it"])
            # Not null: what has no pair is found by leaving one out.
            cursor.execute("SELECT otr_common_pairs('of boats', '')")
            assert cursor.fetchone()[0] == []
