"""What a model sees of a quote: its words, its pairs of words, who says it. Nothing around it."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+(?:['’]\w+)?")
MOST_WORDS = 400
# Seen in one example only, a feature can't be told from chance.
FEWEST_EXAMPLES = 2
MOST_FEATURES = 200_000
SPEAKER = "speaker: "

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Example(NamedTuple):
    """A quote as a model sees it, and the value that people gave."""

    text: str
    speaker: str = ""
    value: str = ""


def features(text: str, speaker: str = "") -> list[str]:
    """Return the distinct features of a quote, in a fixed order."""
    words = WORD.findall(text.casefold().replace("’", "'"))[:MOST_WORDS]
    pairs = (f"{one} {other}" for one, other in itertools.pairwise(words))
    found = [*words, *pairs]
    if speaker:
        found.append(SPEAKER + speaker)
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Matrix:
    """Examples x features, most cells empty: the cells in order of rows, each row of length 1."""

    starts: Places
    """Where each row's cells begin; every row has at least one, the constant."""
    columns: Places
    cells: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def rows(self) -> Places:
        """The row of each cell."""
        lengths = np.diff(np.append(self.starts, len(self.columns)))
        return np.repeat(np.arange(len(self.starts)), lengths)

    def times(self, weights: Floats) -> Floats:
        """Return the product with features x values."""
        return np.add.reduceat(weights[self.columns] * self.cells[:, None], self.starts, axis=0)

    def turned_times(self, errors: Floats, rows: Places) -> Floats:
        """Return the product of the turned matrix with examples x values; `rows` as above."""
        spread = errors[rows] * self.cells[:, None]
        return np.stack(
            [
                np.bincount(self.columns, weights=spread[:, at], minlength=self.width)
                for at in range(errors.shape[1])
            ],
            axis=1,
        )


class Vocabulary:
    """Which feature is which column; the first is the constant that every example has."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counts = Counter(
            name for example in examples for name in features(example.text, example.speaker)
        )
        kept = [
            name for name, times in counts.most_common(MOST_FEATURES) if times >= FEWEST_EXAMPLES
        ]
        self.names = ["", *sorted(kept)]
        self.places = {name: place for place, name in enumerate(self.names)}

    def matrix(self, examples: Iterable[Example]) -> Matrix:
        starts: list[int] = []
        columns: list[int] = []
        cells: list[float] = []
        for example in examples:
            found = [
                self.places[name]
                for name in features(example.text, example.speaker)
                if name in self.places
            ]
            starts.append(len(columns))
            columns += [0, *found]
            # Rows of length 1: a long quote weighs as much as a short one.
            cells += [(1 + len(found)) ** -0.5] * (1 + len(found))
        return Matrix(
            np.array(starts, dtype=np.int64),
            np.array(columns, dtype=np.int64),
            np.array(cells, dtype=np.float64),
            len(self.names),
        )
