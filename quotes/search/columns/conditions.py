"""What a quote must meet to be in a selection, asked of a part's columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotes.search.columns.part import MANY, NO_DAY, STANCE_WORDS, Array, Part


@dataclass(frozen=True)
class Condition:
    """One condition, to be asked of rows of a part."""

    def meets(self, part: Part, rows: Array | None) -> Array:
        """Return for each row (all of the part, if None) whether it meets the condition."""
        raise NotImplementedError


@dataclass(frozen=True)
class OneOf(Condition):
    """A column has one of some values: keys, numbers, or words in a column of words."""

    column: str
    values: Collection[Any]

    def meets(self, part: Part, rows: Array | None) -> Array:
        values = codes(part, self.column, self.values)
        column = getattr(part, self.column)
        if self.column in MANY:
            return _any(part, self.column, rows, is_in(column, values))
        return is_in(_taken(column, rows), values)


@dataclass(frozen=True)
class HasStance(Condition):
    """One stance that is on one of the targets and has one of the values, where some are given.

    `pairs` are values too: of one target each.
    """

    targets: Collection[int] = ()
    values: Collection[str] = ()
    pairs: Collection[tuple[int, str]] = ()

    def fits(self, part: Part) -> Array:
        """Return for each stance of the part whether it is such a one."""
        found = np.ones(len(part.stance_target), dtype=bool)
        if self.targets:
            found &= is_in(part.stance_target, self.targets)
        if self.values or self.pairs:
            wanted = is_in(part.stance_value, codes(part, STANCE_WORDS, self.values))
            for target, value in self.pairs:
                of_value = is_in(part.stance_value, codes(part, STANCE_WORDS, [value]))
                wanted |= of_value & (part.stance_target == target)
            found &= wanted
        return found

    def meets(self, part: Part, rows: Array | None) -> Array:
        return _any(part, "stance_target", rows, self.fits(part))


@dataclass(frozen=True)
class Days(Condition):
    """Its date may be from `start` to `end`; `of` is one of filters.DATES_OF."""

    start: int | None
    end: int | None
    of: str = "either"

    def meets(self, part: Part, rows: Array | None) -> Array:
        prefix = "published_" if self.of == "published" else ""
        first = _taken(getattr(part, f"{prefix}first"), rows)
        last = _taken(getattr(part, f"{prefix}last"), rows)
        found = last != NO_DAY
        if self.of == "said":
            found &= _taken(part.said, rows)
        if self.start is not None:
            found &= last >= self.start
        if self.end is not None:
            found &= first <= self.end
        return found


@dataclass(frozen=True)
class Keys(Condition):
    """It has one of the keys, as those that the text index gives."""

    ids: Array

    def meets(self, part: Part, rows: Array | None) -> Array:
        found = np.zeros(len(part), dtype=bool)
        found[part.rows(self.ids)] = True
        return _taken(found, rows)


@dataclass(frozen=True)
class Not(Condition):
    part: Condition

    def meets(self, part: Part, rows: Array | None) -> Array:
        return ~self.part.meets(part, rows)


@dataclass(frozen=True)
class All(Condition):
    parts: Sequence[Condition]

    def meets(self, part: Part, rows: Array | None) -> Array:
        return np.logical_and.reduce([one.meets(part, rows) for one in self.parts])


@dataclass(frozen=True)
class OneAtLeast(Condition):
    parts: Sequence[Condition]

    def meets(self, part: Part, rows: Array | None) -> Array:
        return np.logical_or.reduce([one.meets(part, rows) for one in self.parts])


def is_in(column: Array, values: Collection[int]) -> Array:
    """Return for each value of a column whether it is one of some."""
    found = np.zeros(len(column), dtype=bool)
    if len(values) > 8:
        return np.isin(column, np.fromiter(values, dtype=np.int64))
    for value in values:
        found |= column == value
    return found


def codes(part: Part, column: str, values: Collection[Any]) -> Collection[int]:
    """Return the codes of words; a word that no quote has has none."""
    if column not in part.codes:
        return values
    known = part.codes[column]
    return [known[word] for word in values if word in known]


def _taken(column: Array, rows: Array | None) -> Array:
    return column if rows is None else column[rows]


def _any(part: Part, column: str, rows: Array | None, fits: Array) -> Array:
    """Return for each row whether one of its values in a column of many fits."""
    found = np.zeros(len(part), dtype=bool)
    found[getattr(part, f"{MANY[column]}_row")[fits]] = True
    return _taken(found, rows)
