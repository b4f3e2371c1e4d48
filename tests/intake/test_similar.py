"""Likeness of articles: copies are told from reports of one event."""

import itertools
import random
import time

import pytest

from quotes.collection import load_collection
from quotes.intake.similar import KEPT, THRESHOLD, shingles, similarity
from tests.intake.documents import text
from tests.parsing.test_seeds import SEEDS


def test_reports_of_one_event_are_far_from_the_threshold() -> None:
    sets = [shingles(a.body, [(b.start, b.end) for b in a.boilerplate]) for a in ARTICLES]

    assert max(similarity(a, b) for a, b in itertools.combinations(sets, 2)) < 0.05


def test_copy_with_a_new_opening_or_cut_short_is_over_the_threshold() -> None:
    for article in ARTICLES:
        own = shingles(article.body)
        changed = shingles("From our own reporter. " + article.body.replace("social", "care"))
        cut = shingles(article.body[: len(article.body) // 2])
        assert similarity(own, changed) > THRESHOLD
        assert similarity(own, cut) > 0.95


def test_copies_share_one_of_the_sequences_that_are_kept() -> None:
    """Of copies that share a third of their sequences, hardly any slips through."""
    chance, missed = random.Random(5), 0
    for _ in range(500):
        common = {chance.getrandbits(63) for _ in range(200)}
        one, other = (sorted(common | {chance.getrandbits(63) for _ in range(200)}) for _ in "12")
        missed += not set(one[:KEPT]) & set(other[:KEPT])

    assert missed <= 3


def test_furniture_does_not_make_articles_alike() -> None:
    furniture = "More from the Gazette " * 60
    one, other = text(1) + furniture, text(2) + furniture

    marked = [
        shingles(body, [(len(words), len(body))])
        for body, words in ((one, text(1)), (other, text(2)))
    ]

    assert similarity(shingles(one), shingles(other)) > similarity(*marked)
    assert similarity(*marked) == similarity(shingles(text(1)), shingles(text(2)))


def test_numbers_are_the_same_in_every_process() -> None:
    assert shingles("One two, three four five") == {2237958103129565683}
    assert similarity(shingles("too short"), shingles("too short")) == 0.0


@pytest.mark.parametrize("words", ["a " * 1_000_000, "x" * 2_000_000, "\n" * 2_000_000])
def test_long_texts_take_little_time(words) -> None:
    began = time.monotonic()

    shingles(words)

    assert time.monotonic() - began < 3


ARTICLES = load_collection(SEEDS).articles
