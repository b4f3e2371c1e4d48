"""One speaker's positions, or those on one target: where they changed, and what was said again.

In columns, as a person may be quoted ten thousand times: what is counted is counted over all, and
only what is shown is taken out by its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from quotes.analysis.statements import NO_DATE, Flags, Integers

RULE = (
    "a change is a statement for and a statement against the same target by the same person, next "
    "to each other in time among the statements that take a side"
)
_LATE = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Stands:
    """Stances in columns of equal length; what is returned of them is places in these.

    `over` is what each is on, `value` any number for the stance and `sign` its side: +1, -1, or 0
    for none. Days are proleptic ordinals, NO_DATE where unknown; `key` puts those of one day in a
    fixed order.
    """

    over: Integers
    value: Integers
    sign: Integers
    earliest: Integers
    latest: Integers
    key: Integers

    @property
    def dated(self) -> Flags:
        known: Flags = (self.earliest != NO_DATE) & (self.latest != NO_DATE)
        return known


@dataclass(frozen=True)
class Change:
    """Opposite stands, the one that can be the earlier first; `is_ordered` says whether it is."""

    before: int
    after: int
    is_ordered: bool


@dataclass(frozen=True, eq=False)
class Repeat:
    """The same value on the same target more than once: the places, in time, the undated last."""

    over: int
    value: int
    places: Integers


def changes(found: Stands, *, most: int | None = None) -> tuple[list[Change], int]:
    """Return the changes of side, by what they are on and earliest first; and how many there are.

    Only dated stands that take a side are compared. A change is the first stand of the other side,
    and before it the last that is surely earlier; where the dates of all overlap the order is not
    known, and of stands whose order is not known among themselves one pair tells all there is.
    """
    rows = _continuing(found, np.flatnonzero((found.sign != 0) & found.dated))
    over, sign = found.over[rows], found.sign[rows]
    earliest, latest = found.earliest[rows], found.latest[rows]
    # Runs are of one side; each begins where the side, or what it is on, is another.
    runs = np.flatnonzero(_differs(over, sign))
    if len(runs) < 2:
        return [], 0
    turns = runs[1:]
    same = over[turns] == over[turns - 1]
    ordered = np.minimum.reduceat(latest, runs)[:-1] < earliest[turns]
    doubtful_before = np.append(False, (same & ~ordered)[:-1])
    again = ~ordered & doubtful_before & (np.diff(runs) == 1)
    kept = np.flatnonzero(same & ~again)
    shown = [
        Change(
            int(rows[_before(latest, int(runs[at]), int(turns[at]), int(earliest[turns[at]]))]),
            int(rows[turns[at]]),
            bool(ordered[at]),
        )
        for at in kept[:most].tolist()
    ]
    return shown, len(kept)


def _before(latest: Integers, start: int, end: int, day: int) -> int:
    """Return the place, from `start` to `end`, of the last that is surely before a day."""
    run = latest[start:end]
    surely = np.where(run < day, run, NO_DATE)
    return start + int(np.argmax(surely)) if surely.any() else end - 1


def _continuing(found: Stands, rows: Integers) -> Integers:
    """Return rows in time; of those with the same dates, first the ones of the side before."""
    rows = rows[in_time(found, rows, by_over=True)]
    if not len(rows):
        return rows
    over, sign = found.over[rows], found.sign[rows]
    begins = _differs(over, found.earliest[rows], found.latest[rows])
    group = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    sums = np.add.reduceat(sign, starts)
    mixed = np.abs(sums) != np.diff(np.append(starts, len(rows)))
    first = _differs(over[starts])
    # The side a group ends with: its own, or the other than the one it begins with; which is the
    # one before it. So sides alternate from the last group that tells its own.
    tells = ~mixed | first
    ends = np.where(mixed, -sign[starts], sign[starts])
    numbers = np.arange(len(starts))
    told = np.maximum.accumulate(np.where(tells, numbers, 0))
    ends = ends[told] * np.where((numbers - told) % 2, -1, 1)
    begin = np.where(mixed, -ends, ends)
    return rows[np.lexsort((np.arange(len(rows)), sign != begin[group], group))]


def _differs(*columns: Integers) -> Flags:
    """Return for each row whether one of the columns has another value than in the row before."""
    differs = np.zeros(len(columns[0]), dtype=bool)
    differs[:1] = True
    for column in columns:
        differs[1:] |= column[1:] != column[:-1]
    return differs


def repeats(found: Stands, *, most: int | None = None) -> Iterator[Repeat]:
    """Yield what was taken more than once, the most frequent first."""
    width = int(found.value.max(initial=0)) + 1
    pairs = found.over * width + found.value
    names, times = np.unique(pairs, return_counts=True)
    often = np.lexsort((names, -times))
    for at in often[times[often] > 1][:most].tolist():
        places = np.flatnonzero(pairs == names[at])
        over, value = divmod(int(names[at]), width)
        yield Repeat(over, value, places[in_time(found, places)])


def in_time(found: Stands, rows: Integers, *, by_over: bool = False) -> Integers:
    """Return the order of some rows by their first day, the undated last."""
    earliest, latest = (
        np.where(days == NO_DATE, _LATE, days)
        for days in (found.earliest[rows], found.latest[rows])
    )
    over = (found.over[rows],) if by_over else ()
    return np.lexsort((found.key[rows], latest, earliest, *over))


def ends(found: Stands) -> dict[int, tuple[int, int]]:
    """Return for each side taken (+1, -1) its first and latest dated stand."""
    sides = {}
    for sign in (1, -1):
        rows = np.flatnonzero((found.sign == sign) & found.dated)
        if len(rows):
            rows = rows[in_time(found, rows)]
            sides[sign] = (int(rows[0]), int(rows[-1]))
    return sides
