"""Words folded and stemmed."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from quotes.search.words import stem

STARTS = ("nation", "relat", "operat", "organi")
ENDS = ("alization", "fulness", "ousli", "ively", "ingly", "ement", "izations", "ers", "ed", "s")
WORDS = [start + end for start in STARTS for end in ENDS]


@pytest.fixture
def threads_that_often_switch() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_words_stemmed_by_several_threads_are_stemmed_as_by_one(
    threads_that_often_switch: None,
) -> None:
    plain = stem.__wrapped__
    wanted = [plain(word) for word in WORDS]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [plain(word) for word in WORDS], range(40)))

    assert all(stems == wanted for stems in found)
