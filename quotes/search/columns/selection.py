"""Conditions over the columns -> how many quotes, how many for each value, which on a page."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from quotes.search.columns.conditions import Condition, HasStance
from quotes.search.columns.orders import ORDERS, Key, Order
from quotes.search.columns.part import MANY, STANCE_WORDS, Array, Part

Names = Collection[str]
# Values in order, and how often each occurs.
Tally = tuple[Array, Array]
# Not a column: the target and the value of each stance.
PAIRS = "pairs"
# Nor this: the values of stances, on whatever target, once a quote.
VALUES = "values"
# Beyond this an array with a counter for each value is larger than sorting them is slow.
MOST_COUNTERS = 4_000_000


class Selection:
    """The rows of one part that meet conditions, each with the name of its filter.

    `ids` are the keys that a search for words found, None without one; `dead` marks rows that are
    no longer as they stand here.
    """

    def __init__(
        self,
        part: Part,
        conditions: Mapping[str, Condition],
        ids: Array | None = None,
        dead: Array | None = None,
    ) -> None:
        self.part = part
        self.dead = dead
        self.base: Array | None = None if ids is None else part.rows(ids)
        if dead is not None and self.base is not None:
            self.base = self.base[~dead[self.base]]
        self.rests: dict[int, tuple[Array, Array]] = {}
        self.met = {name: one.meets(part, self.base) for name, one in conditions.items()}

    @cached_property
    def all_rows(self) -> Array | None:
        return self._rows(self.met.values())

    @cached_property
    def lost(self) -> Array:
        return np.flatnonzero(self.dead) if self.dead is not None else np.array([], dtype=np.int64)

    def rows(self, without: Names = ()) -> Array | None:
        """Return the rows that meet all conditions but those of some filters.

        None stands for all rows but those lost.
        """
        if not any(name in self.met for name in without):
            return self.all_rows
        return self._rows([mask for name, mask in self.met.items() if name not in without])

    def _rows(self, masks: Collection[Array]) -> Array | None:
        if not masks:
            return self.base
        chosen = np.logical_and.reduce(list(masks))
        if self.base is not None:
            return self.base[chosen]
        return np.flatnonzero(chosen if self.dead is None else chosen & ~self.dead)

    @property
    def live_rows(self) -> Any:
        """The rows that meet all conditions, to index columns with."""
        if self.all_rows is not None:
            return self.all_rows
        return slice(None) if self.dead is None else np.flatnonzero(~self.dead)

    def total(self, without: Names = ()) -> int:
        rows = self.rows(without)
        return len(self.part) - len(self.lost) if rows is None else len(rows)

    def counts(self, column: str, without: Names) -> Counter[Any]:
        """Return how many rows have each value of a column (as key, number or word)."""
        return self._counted(column, self.rows(without))

    def tally(self, column: str, without: Names) -> list[Tally]:
        """Return how many rows have each value of a column of keys, in parts to be added up."""
        rows = self.rows(without)
        rest = self._rest(rows)
        if rest is None:
            return [_tally(self.part, column, rows)]
        whole = self.part.whole
        if (name := f"tally of {column}") not in whole:
            whole[name] = _tally(self.part, column, None)
        if not len(rest):
            return [whole[name]]
        keys, numbers = _tally(self.part, column, rest)
        return [whole[name], (keys, -numbers)]

    def pairs(self, fits: HasStance, without: Names) -> Counter[tuple[int, str]]:
        """Return how many rows have each (target, value), of the stances that fit."""
        rows = self.rows(without)
        if fits == HasStance():
            return self._counted(PAIRS, rows)
        return _pairs(self.part, self._places(rows, fits.fits(self.part)))

    def stance_values(self, fits: HasStance, without: Names) -> Counter[str]:
        """Return how many rows have a stance with each value, of the stances that fit.

        A row that has a value on several targets counts once.
        """
        part, rows = self.part, self.rows(without)
        if fits == HasStance():
            return self._counted(VALUES, rows)
        fitting = fits.fits(part)
        if len(fits.targets) == 1:
            return _values(part, self._places(rows, fitting))
        found: Counter[str] = Counter()
        for code, word in enumerate(part.words[STANCE_WORDS]):
            has = np.zeros(len(part), dtype=bool)
            has[part.stance_row[fitting & (part.stance_value == code)]] = True
            found[word] = int(np.count_nonzero(has if rows is None else has[rows]))
            found[word] -= int(np.count_nonzero(has[self.lost])) if rows is None else 0
        return +found

    def stances(self, fits: HasStance) -> Array:
        """Return where the rows' stances stand in the part, of those that fit."""
        return self._places(self.all_rows, fits.fits(self.part))

    def _places(self, rows: Array | None, kept: Array) -> Array:
        """Return where the stances of some rows stand, of those that are kept."""
        if rows is None:
            if self.dead is not None:
                kept = kept & ~self.dead[self.part.stance_row]
            return np.flatnonzero(kept)
        places = self.part.places(STANCE_WORDS, rows)
        return places[kept[places]]

    def _counted(self, what: str, rows: Array | None) -> Counter[Any]:
        rest = self._rest(rows)
        if rest is None:
            return _count(self.part, what, rows)
        whole = _whole(self.part, what)
        if not len(rest):
            return whole
        left = whole.copy()
        left.subtract(_count(self.part, what, rest))
        return +left

    def _rest(self, rows: Array | None) -> Array | None:
        """Return the rows that are not among these where they are the fewer, else None.

        What most quotes have is counted by what the others have: the counts of all are known.
        """
        if rows is None:
            return self.lost
        if 2 * len(rows) <= len(self.part):
            return None
        if id(rows) not in self.rests:
            others = np.ones(len(self.part), dtype=bool)
            others[rows] = False
            # With the rows themselves, which so keep their identity.
            self.rests[id(rows)] = rows, np.flatnonzero(others)
        return self.rests[id(rows)][1]

    def in_order(self, order: Order) -> Any:
        rows = self.live_rows
        return order.rows(self.part, None if isinstance(rows, slice) else rows)


def _whole(part: Part, what: str) -> Counter[Any]:
    """Return the counts of a whole part, which every visit to the plain list asks for."""
    if what not in part.whole:
        part.whole[what] = _count(part, what, None)
    return part.whole[what]


def _count(part: Part, what: str, rows: Array | None) -> Counter[Any]:
    """Count a column, PAIRS or VALUES over some rows, or all."""
    if what in (PAIRS, VALUES):
        places = (
            np.arange(len(part.stance_row)) if rows is None else part.places(STANCE_WORDS, rows)
        )
        if what == PAIRS:
            return _pairs(part, places)
        return _values(part, places[~part.stance_again[places]])
    values = _taken(part, what, rows)
    if values.dtype == bool:
        count = int(np.count_nonzero(values))
        return +Counter({True: count, False: len(values) - count})
    return _named(values, part.words.get(what))


def _taken(part: Part, what: str, rows: Array | None) -> Array:
    """Return the values of a column in some rows, or all."""
    values: Array = getattr(part, what)
    if rows is None:
        return values
    return values[part.places(what, rows) if what in MANY else rows]


def _tally(part: Part, what: str, rows: Array | None) -> Tally:
    return _numbers(_taken(part, what, rows))


def _pairs(part: Part, places: Array) -> Counter[tuple[int, str]]:
    words = part.words[STANCE_WORDS]
    width = max(1, len(words))
    pairs = part.stance_target[places].astype(np.int64) * width + part.stance_value[places]
    return Counter(
        {(pair // width, words[pair % width]): n for pair, n in _named(pairs, None).items()}
    )


def _values(part: Part, places: Array) -> Counter[str]:
    return _named(part.stance_value[places], part.words[STANCE_WORDS])


def _numbers(values: Array) -> Tally:
    """Count values, none of them below 0."""
    if int(values.max(initial=0)) < MOST_COUNTERS:
        numbers = np.bincount(values)
        found = np.flatnonzero(numbers)
        return found, numbers[found]
    return np.unique(values, return_counts=True)


def _named(values: Array, words: list[str] | None) -> Counter[Any]:
    """Count values, none of them below 0; as words where they are codes of some."""
    found, numbers = _numbers(values)
    names: list[Any] = found.tolist()
    if words is not None:
        names = [words[code] for code in names]
    return Counter(dict(zip(names, numbers.tolist(), strict=True)))


@dataclass(frozen=True)
class Found:
    """One selection over parts that share no quote: the base first, then what changed since.

    `without` are names of filters that a count ignores.
    """

    selections: Sequence[Selection]

    def total(self, without: Names = ()) -> int:
        return sum(selection.total(without) for selection in self.selections)

    def counts(self, column: str, without: Names = ()) -> Counter[Any]:
        """Return how many quotes have each value of a column."""
        return _sum(selection.counts(column, without) for selection in self.selections)

    def tally(self, column: str, without: Names = ()) -> Tally:
        """Return the values of a column of keys and how many quotes have each; 0 is none.

        As arrays: a common word has fifty thousand speakers, of whom a page names two dozen.
        """
        parts = [part for one in self.selections for part in one.tally(column, without)]
        keys, numbers = parts[0]
        if len(parts) > 1:
            keys, places = np.unique(np.concatenate([k for k, _ in parts]), return_inverse=True)
            added = np.concatenate([n for _, n in parts])
            numbers = np.bincount(places, weights=added).astype(np.int64)
        kept = (numbers > 0) & (keys != 0)
        return keys[kept], numbers[kept]

    def distinct(self, column: str) -> int:
        """Return how many values a column of keys has among the quotes."""
        return len(self.tally(column)[0])

    def pairs(self, fits: HasStance, without: Names = ()) -> Counter[tuple[int, str]]:
        """Return how many quotes have each (target, value), of the stances that fit."""
        return _sum(selection.pairs(fits, without) for selection in self.selections)

    def targets(self, fits: HasStance, without: Names = ()) -> Counter[int]:
        """Return how many quotes have a stance on each target, of the stances that fit."""
        # A quote has one stance on a target, so that the values of one share no quote.
        found: Counter[int] = Counter()
        for (target, _), count in self.pairs(fits, without).items():
            found[target] += count
        return found

    def stance_values(self, fits: HasStance, without: Names = ()) -> Counter[str]:
        """Return how many quotes have a stance with each value, of the stances that fit."""
        return _sum(selection.stance_values(fits, without) for selection in self.selections)

    def page(self, name: str, *, size: int, skip: int = 0, after: Key | None = None) -> list[int]:
        """Return the keys of a page: `size` quotes past `skip`, of those after the key `after`."""
        order = ORDERS[name]
        small = sum(one.total() for one in self.selections[1:])
        candidates: list[tuple[Key, int]] = []
        for number, one in enumerate(self.selections):
            rows = one.in_order(order)
            start = 0 if after is None else past(rows, after, one.part, order)
            stop = len(rows)
            if number == 0:
                # Of the large part only what can be on the page, wherever the few others stand.
                passed = min(max(0, skip - small), stop - start)
                start, skip = start + passed, skip - passed
                stop = start + skip + small + size
            candidates += [
                (order.key(one.part, int(row)), int(one.part.id[row])) for row in rows[start:stop]
            ]
        candidates.sort()
        return [quote_id for _, quote_id in candidates[skip : skip + size]]

    def ahead(self, name: str, key: Key, *, at: bool = False) -> int:
        """Return how many quotes stand before a key; with `at`, the one that has it counts too."""
        order = ORDERS[name]
        return sum(
            past(one.in_order(order), key, one.part, order, at=at) for one in self.selections
        )


def past(rows: Any, key: Key, part: Part, order: Order, *, at: bool = True) -> int:
    """Return the index of the first row after a key (or at it, without `at`), by halving."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        here = order.key(part, int(rows[middle]))
        if here < key or (at and here == key):
            low = middle + 1
        else:
            high = middle
    return low


def _sum(counters: Iterable[Counter[Any]]) -> Counter[Any]:
    first, *others = counters
    if not others:
        return first
    total = first.copy()
    for counter in others:
        total.update(counter)
    return total
