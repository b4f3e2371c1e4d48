"""One speaker's positions on one target: where they changed, and what was said again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from quotes.analysis.tally import SIDE_OF, SIGNS

RULE = (
    "a change is a statement for and a statement against the same target by the same person, next "
    "to each other in time among the statements that take a side"
)


@dataclass(frozen=True)
class Stand:
    """A stance as one quote takes it; its day is known between two, None on an open side."""

    value: str
    earliest: date | None
    latest: date | None
    quote: str
    article: int = 0
    outlet: int = 0

    @property
    def sign(self) -> int:
        return SIGNS[SIDE_OF[self.value]]

    @property
    def is_dated(self) -> bool:
        return self.earliest is not None and self.latest is not None


@dataclass(frozen=True)
class Change:
    """Opposite stands, the one that can be the earlier first; `is_ordered` says whether it is."""

    before: Stand
    after: Stand

    @property
    def is_ordered(self) -> bool:
        before, after = self.before.latest, self.after.earliest
        return before is not None and after is not None and before < after


@dataclass(frozen=True)
class Repeat:
    """The same value more than once: how often, in how many articles and outlets, since when."""

    value: str
    stands: tuple[Stand, ...]

    @property
    def articles(self) -> int:
        return len({stand.article for stand in self.stands})

    @property
    def outlets(self) -> int:
        return len({stand.outlet for stand in self.stands if stand.outlet})


def changes(stands: Iterable[Stand]) -> list[Change]:
    """Return the changes of side, earliest first: a stand before, and the first after.

    Only dated stands that take a side are compared. Before stands the last that is surely earlier;
    where the dates of all overlap the order is not known, and the change says so.
    """
    found: list[Change] = []
    run: list[Stand] = []
    """The stands since the last change, all of one side."""
    for stand in _continuing(stand for stand in stands if stand.is_dated and stand.sign):
        if run and run[-1].sign != stand.sign:
            change = Change(_before(run, stand), stand)
            # Of stands whose order is not known among themselves, one pair tells all there is.
            again = found and not found[-1].is_ordered and len(run) == 1
            if change.is_ordered or not again:
                found.append(change)
            run = []
        run.append(stand)
    return found


def _before(run: list[Stand], stand: Stand) -> Stand:
    surely = [one for one in run if Change(one, stand).is_ordered]
    return max(surely, key=lambda one: one.latest or date.min) if surely else run[-1]


def _continuing(stands: Iterable[Stand]) -> Iterator[Stand]:
    """Yield stands in time; of those with the same dates, first the ones of the side before."""
    sign = 0
    for _bounds, group in groupby(in_time(stands), key=lambda one: (one.earliest, one.latest)):
        rows = list(group)
        for stand in sorted(rows, key=lambda one: one.sign != (sign or rows[0].sign)):
            yield stand
        sign = stand.sign


def repeats(stands: Iterable[Stand]) -> list[Repeat]:
    """Return the values that were taken more than once, the most frequent first."""
    by_value: dict[str, list[Stand]] = {}
    for stand in in_time(stands):
        if SIDE_OF[stand.value] != "none":
            by_value.setdefault(stand.value, []).append(stand)
    found = [Repeat(value, tuple(rows)) for value, rows in by_value.items() if len(rows) > 1]
    return sorted(found, key=lambda repeat: (-len(repeat.stands), repeat.value))


def in_time(stands: Iterable[Stand]) -> list[Stand]:
    """Return stands by their first day, the undated last; a fixed order among those of one day."""
    return sorted(
        stands,
        key=lambda s: (s.earliest is None, s.earliest or date.max, s.latest or date.max, s.quote),
    )


def ends(stands: Iterable[Stand]) -> dict[int, tuple[Stand, Stand]]:
    """Return for each side taken (+1, -1) its first and latest dated stand."""
    found: dict[int, tuple[Stand, Stand]] = {}
    for stand in in_time(stand for stand in stands if stand.is_dated and stand.sign):
        first = found.get(stand.sign, (stand, stand))[0]
        found[stand.sign] = (first, stand)
    return found
