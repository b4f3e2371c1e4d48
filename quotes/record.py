"""7: the quotes of a listing and the stances they take, in columns to be counted.

The columns are the list's own (quotes/search/columns): of a large collection they are in memory,
of a small one they are read for the question. So there is one memory and one change log.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from quotes.analysis.statements import NO_DATE, Flags, Integers
from quotes.choices import StanceValue
from quotes.column_conditions import stances
from quotes.found import Found
from quotes.listing import Listing
from quotes.search.columns.part import AFTER_ALL, NO_DAY, STANCE_WORDS, Part

VALUES = tuple(StanceValue.values)
PLACES = {value: place for place, value in enumerate(VALUES)}
# 1970-01-01, from which the columns count, as a proleptic ordinal.
FIRST_DAY = 719_163


@dataclass(frozen=True, eq=False)
class Held:
    """For whom quotes speak: the bodies of the quote at place i stand at [at[i]:at[i + 1]]."""

    at: Integers
    body: Integers


class Record:
    """Stances in columns of equal length, those of one quote next to each other.

    Keys are primary keys, 0 for none; a speaker whose name is protected is none. `value` is a
    place in VALUES; days are proleptic ordinals, NO_DATE where unknown. A column is put together
    when it is first asked for.
    """

    def __init__(
        self, length: int, column: Callable[[str], Integers], held: Callable[[], Held]
    ) -> None:
        self._length, self._column, self._held = length, column, held

    def __len__(self) -> int:
        return self._length

    @cached_property
    def quote(self) -> Integers:
        return self._column("quote")

    @cached_property
    def target(self) -> Integers:
        return self._column("target")

    @cached_property
    def speaker(self) -> Integers:
        return self._column("speaker")

    @cached_property
    def outlet(self) -> Integers:
        return self._column("outlet")

    @cached_property
    def article(self) -> Integers:
        return self._column("article")

    @cached_property
    def value(self) -> Integers:
        return self._column("value")

    @cached_property
    def earliest(self) -> Integers:
        return self._column("earliest")

    @cached_property
    def latest(self) -> Integers:
        return self._column("latest")

    @cached_property
    def place(self) -> Integers:
        """Where the quote's bodies are told."""
        return self._column("place")

    def rows(self, keep: Flags | Integers) -> "Record":
        """Return the rows at these places."""
        places = np.flatnonzero(keep) if keep.dtype == bool else keep
        return Record(len(places), lambda name: getattr(self, name)[places], self._held)

    def bodies(self) -> tuple[Integers, Integers]:
        """Return pairs (row, organisation) in the order of rows; 0 where a row has none.

        A quote counts for the body that it was said for, and for each in which its speaker held a
        role then.
        """
        held = self._held()
        start = held.at[self.place]
        lengths = held.at[self.place + 1] - start
        pairs = np.maximum(lengths, 1)
        row = np.repeat(np.arange(len(self)), pairs)
        within = np.arange(len(row)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
        # One more, so that a row without a body has a place to look at.
        body = np.append(held.body, 0)[np.repeat(start, pairs) + within]
        return row, np.where(np.repeat(lengths, pairs) > 0, body, 0)


def of_listing(listing: Listing) -> Record:
    """Return the stances that a listing's quotes take.

    Where a target or stances are chosen only these count, so that every number leads to a list
    of just as many quotes.
    """
    return of_found(listing.found)


def of_found(found: Found) -> Record:
    """Return the stances of what a filter found; what is chosen of them narrows them too."""
    chosen = found.asked.chosen
    fits = stances(chosen["stance"], targets=[target.pk for target in chosen["target"]])
    pieces = [(one.part, one.stances(fits)) for one in found.selections]

    def column(name: str) -> Integers:
        read = COLUMNS[name]
        columns = [read(part, places) for part, places in pieces]
        if name == "place":
            before = np.cumsum([0, *(len(part) for part, _places in pieces[:-1])])
            columns = [places + first for places, first in zip(columns, before, strict=True)]
        return columns[0] if len(columns) == 1 else np.concatenate(columns)

    def held() -> Held:
        at, body = pieces[0][0].body_at, pieces[0][0].body
        for part, _places in pieces[1:]:
            at = np.concatenate((at, part.body_at[1:] + at[-1]))
            body = np.concatenate((body, part.body))
        return Held(at, body)

    return Record(sum(len(places) for _part, places in pieces), column, held)


def crossed(found: Found, one: str, other: str) -> Counter[tuple[Any, Any]]:
    """Return how many of the quotes found have each two values of two columns.

    Columns are `outlet` (keys), `kind` and `basis`.
    """
    counts: Counter[tuple[Any, Any]] = Counter()
    for selection in found.selections:
        part, rows = selection.part, selection.live_rows
        first, second = (getattr(part, name)[rows].astype(np.int64) for name in (one, other))
        width = int(second.max(initial=0)) + 1
        pairs, times = np.unique(first * width + second, return_counts=True)
        names = [part.words.get(name) for name in (one, other)]
        for pair, n in zip(pairs.tolist(), times.tolist(), strict=True):
            codes = zip(divmod(pair, width), names, strict=True)
            counts[tuple(words[code] if words else code for code, words in codes)] += n
    return counts


def _of_quote(name: str) -> Callable[[Part, Integers], Integers]:
    return lambda part, places: getattr(part, name)[part.stance_row[places]].astype(np.int64)


def _target(part: Part, places: Integers) -> Integers:
    return part.stance_target[places].astype(np.int64)


def _value(part: Part, places: Integers) -> Integers:
    codes = np.array([PLACES[word] for word in part.words[STANCE_WORDS]], dtype=np.int64)
    return codes[part.stance_value[places]]


def _earliest(part: Part, places: Integers) -> Integers:
    days = _of_quote("day")(part, places)
    return np.where(days == NO_DAY, NO_DATE, days + FIRST_DAY)


def _latest(part: Part, places: Integers) -> Integers:
    days = _of_quote("last")(part, places)
    return np.where((days == NO_DAY) | (days == AFTER_ALL), NO_DATE, days + FIRST_DAY)


COLUMNS: dict[str, Callable[[Part, Integers], Integers]] = {
    "quote": _of_quote("id"),
    "speaker": _of_quote("speaker"),
    "outlet": _of_quote("outlet"),
    "article": _of_quote("article"),
    "target": _target,
    "value": _value,
    "earliest": _earliest,
    "latest": _latest,
    "place": lambda part, places: part.stance_row[places].astype(np.int64),
}
