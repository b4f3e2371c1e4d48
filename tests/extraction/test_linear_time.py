"""Time grows with the text and no faster, whatever the text is."""

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from quotes.extraction import extract

SIZE = 40_000
# Four times the text may take at most this many times the time.
GROWTH = 6.0
# Below this many seconds a ratio says nothing.
NOISE = 0.02

TEXTS: dict[str, Callable[[int], str]] = {
    "openers": lambda n: "“" * n,
    "openers and words": lambda n: "“a " * (n // 3),
    "straight marks": lambda n: '" ' * (n // 2),
    "spaces": lambda n: " " * n,
    "line breaks": lambda n: "\n" * n,
    "capitals": lambda n: "A a " * (n // 4),
    "one word": lambda n: "A" * n,
    "one line of capitals": lambda n: "ABCD " * (n // 5),
    "nesting": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "apostrophes": lambda n: "'" * n,
    "single marks": lambda n: "‘a s’ " * (n // 6),
    "one paragraph of quotations": lambda n: "“A b c d,” he said. " * (n // 20),
    "paragraphs never closed": lambda n: "“A b c d, he said\n" * (n // 18),
    "labels": lambda n: "JANE DOE: hello there you all\n" * (n // 30),
    "names": lambda n: "Jane Doe, " * (n // 10),
    "initials": lambda n: "A." * (n // 2),
    "cues": lambda n: "said " * (n // 5),
    "clauses": lambda n: "Jane, who said " * (n // 15),
    "brackets": lambda n: "(Jane " * (n // 6),
    "hyphens": lambda n: "a-" * (n // 2),
    "commas": lambda n: ", " * (n // 2),
    "turns": lambda n: "JANE DOE: hello there you all.\nJO ROE: Hello.\n" * (n // 46),
    "turns over paragraphs": lambda n: "DOE: hello.\nROE: Hello.\nHello to you.\n" * (n // 38),
    "labels without end": lambda n: "Jane Doe, " * (n // 10) + ":",
    "hard-wrapped": lambda n: "word and word by\nword said Jane Doe\n" * (n // 36),
    "broken words": lambda n: "word-\n" * (n // 6),
    "soft hyphens": lambda n: "word\u00ad" * (n // 5),
    "quoted as": lambda n: "quoted Jane as saying " * (n // 22),
    "in the words of": lambda n: "in the words of " * (n // 16),
}


@pytest.fixture(autouse=True)
def nothing_else_to_collect() -> Iterator[None]:
    """Keep what other tests left in memory out of the garbage collector's time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        extract(text)
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", TEXTS)
def test_time_is_linear(name: str) -> None:
    build = TEXTS[name]
    extract("warm up")

    once, four_times = seconds(build(SIZE)), seconds(build(4 * SIZE))

    assert four_times <= GROWTH * max(once, NOISE)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["nesting", "one paragraph of quotations", "clauses", "single marks"]
)
def test_ten_megabytes_of_the_worst_in_ten_seconds(name: str) -> None:
    text = TEXTS[name](10_000_000)

    begun = time.process_time()
    extract(text)

    assert time.process_time() - begun <= 10
