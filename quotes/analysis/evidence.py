"""What stands behind the ties of a network: stances, dates and quotes, a row of ties at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.analysis.statements import NO_DATE, Flags, Integers, Statements

LATE = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, eq=False)
class Behind:
    """For each tie of one row: statements by stance (-1, 0, +1), first and last day, quote ids."""

    stances: Integers
    first: Integers
    """LATE where no statement has a date."""
    last: Integers
    quotes: list[tuple[str, ...]]


class Evidence:
    """The statements of each row, concept and stance, and how they make up ties.

    `counts` is rows x overs x stance. `related` says of each two stances whether statements with
    them make a tie; None for a two-mode network, where a tie is one cell of rows and overs.
    """

    def __init__(
        self, found: Statements, counts: Integers, keys: Integers, related: Flags | None
    ) -> None:
        self.counts = counts
        self.has: Flags = counts > 0
        self.related = related
        self.order = np.argsort(keys, kind="stable")
        self.starts = np.searchsorted(keys[self.order], np.arange(counts.size + 1))
        early = np.where(found.earliest == NO_DATE, LATE, found.earliest)[self.order]
        self.first = self._over_cells(np.minimum, early, LATE)
        self.last = self._over_cells(np.maximum, found.latest[self.order], NO_DATE)
        self.ids = found.quotes
        self.places = found.quote[self.order]

    def _over_cells(self, choose: np.ufunc, days: Integers, empty: int) -> Integers:
        cells = np.full(self.counts.size, empty, dtype=np.int64)
        filled = np.flatnonzero(self.has.ravel())
        if len(filled):
            cells[filled] = choose.reduceat(days, self.starts[filled])
        return cells.reshape(self.counts.shape)

    def behind(self, row: int, columns: Sequence[int], *, quotes: int) -> Behind:
        """Return what stands behind the ties of a row, at most `quotes` quote ids a tie."""
        if self.related is None:
            return self._of_cells(row, columns, quotes)
        others = np.array(columns, dtype=np.int64)
        # Of each end: its statements on a concept for which the other has a related stance.
        mine = self.has[row] & (self.has[others] @ self.related)
        theirs = self.has[others] & (self.has[row] @ self.related)
        stances = (mine * self.counts[row]).sum(axis=1) + (theirs * self.counts[others]).sum(axis=1)
        first = np.minimum(
            np.where(mine, self.first[row], LATE).min(axis=(1, 2), initial=LATE),
            np.where(theirs, self.first[others], LATE).min(axis=(1, 2), initial=LATE),
        )
        last = np.maximum(
            (mine * self.last[row]).max(axis=(1, 2), initial=NO_DATE),
            (theirs * self.last[others]).max(axis=(1, 2), initial=NO_DATE),
        )
        ids = [
            _joined(
                self._quotes(row, mine[at], quotes), self._quotes(other, theirs[at], quotes), quotes
            )
            for at, other in enumerate(columns)
        ]
        return Behind(stances, first, last, ids)

    def _of_cells(self, row: int, columns: Sequence[int], quotes: int) -> Behind:
        places = np.array(columns, dtype=np.int64)
        ids: list[tuple[str, ...]] = []
        for column in columns:
            mask = np.zeros(self.counts.shape[1:], dtype=bool)
            mask[column] = self.has[row, column]
            ids.append(tuple(sorted(self._quotes(row, mask, quotes))))
        return Behind(
            self.counts[row, places],
            self.first[row, places].min(axis=1, initial=LATE),
            self.last[row, places].max(axis=1, initial=NO_DATE),
            ids,
        )

    def _quotes(self, row: int, mask: Flags, most: int) -> list[str]:
        """Return the ids of a row's statements in the cells of the mask, the first `most`."""
        found: list[int] = []
        base = row * mask.size
        for cell in np.flatnonzero(mask).tolist():
            start, end = int(self.starts[base + cell]), int(self.starts[base + cell + 1])
            end = min(end, start + most - len(found))
            found += self.places[start:end].tolist()
            if len(found) >= most:
                break
        return self.ids(found) if found else []


def _joined(mine: list[str], theirs: list[str], most: int) -> tuple[str, ...]:
    """Join both ends' ids, sorted; where there are too many, each end gives its half."""
    mine = mine[: max(most // 2, most - len(theirs))]
    return tuple(sorted({*mine, *theirs[: most - len(mine)]}))
