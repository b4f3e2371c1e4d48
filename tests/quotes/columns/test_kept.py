"""Keys that the text index found are kept for as long as the record stays as it is."""

import numpy as np

from quotes.search.columns.kept import Kept


def test_array_is_read_once_and_nobody_writes_to_it() -> None:
    kept, read = Kept(most=1_000), []

    def make() -> np.ndarray:
        read.append(1)
        return np.arange(3)

    first, again = kept.get("word", make), kept.get("word", make)

    assert first is again
    assert read == [1]
    assert not first.flags.writeable


def test_what_was_not_asked_for_longest_goes_when_there_is_no_room() -> None:
    kept = Kept(most=3 * 80)
    for word in "abc":
        kept.get(word, lambda: np.zeros(10))
    kept.get("a", lambda: np.zeros(10))

    kept.get("d", lambda: np.zeros(10))

    assert set(kept.arrays) == {"a", "c", "d"}
    assert kept.size == 3 * 80


def test_what_is_larger_than_the_room_is_answered_and_not_kept() -> None:
    kept = Kept(most=10)

    assert len(kept.get("the", lambda: np.zeros(10))) == 10
    assert (kept.size, len(kept.arrays)) == (0, 0)
