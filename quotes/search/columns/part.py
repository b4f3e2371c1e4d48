"""The published quotes as integer arrays: one number per quote and column, newest quote first.

Plain numpy. A row is a quote's place in the arrays, not its key; `Part.id` holds the keys.
"""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
FIRST_DAY = date(1970, 1, 1)
# No date. The first day that numpy's 32 bits can't be mistaken for one.
NO_DAY = np.int32(-(2**31))
BEFORE_ALL, AFTER_ALL = NO_DAY + 1, np.int32(2**31 - 1)
# Columns of words are codes into a vocabulary; the others hold keys or plain numbers.
WORD_COLUMNS = ("kind", "channel", "language", "role", "basis")
STANCE_WORDS = "stance_value"
FLAGS = ("said", "coders", "notice")
# Columns with any number of values a quote, and whose they are: the values of row i stand at
# [at[i]:at[i + 1]], and `row` has i there.
MANY = {"body": "body", "stance_target": "stance", STANCE_WORDS: "stance"}
# From how many rows on a whole column is gone through: a value in so many, one after the other,
# is reached sooner than by its place.
DENSE = 16


@dataclass(frozen=True)
class Part:
    """Some published quotes. Days count from 1970-01-01."""

    id: Array
    day: Array  # date_earliest
    # What a range of days is compared with: a quote of an open date reaches to all days.
    first: Array
    last: Array
    published_first: Array
    published_last: Array
    year: Array  # 0: unknown
    said: Array  # whether the day it was said is known
    added: Array  # published_at, in microseconds
    speaker: Array  # 0: none, or protected
    outlet: Array
    article: Array
    kind: Array
    channel: Array
    language: Array
    role: Array
    basis: Array  # of the attribution
    coders: Array  # whether coders disagree on a stance
    notice: Array  # whether a notice disputes it
    body: Array
    body_row: Array
    body_at: Array
    stance_target: Array
    stance_row: Array
    stance_at: Array
    stance_again: Array  # whether an earlier stance of the row has the value too
    stance_value: Array
    row_of: Array  # the row of each key, -1 where no published quote has it
    by_added: Array  # all rows, most recently added first
    words: dict[str, list[str]]
    whole: dict[str, Any] = field(default_factory=dict, compare=False)
    """Counts over all rows, kept once they are made."""

    def __len__(self) -> int:
        return len(self.id)

    @cached_property
    def dated(self) -> int:
        """How many quotes have a date; they come first."""
        return int(np.count_nonzero(self.day != NO_DAY))

    @cached_property
    def codes(self) -> dict[str, dict[str, int]]:
        return {
            name: {word: code for code, word in enumerate(words)}
            for name, words in self.words.items()
        }

    def published_days(self, dead: Array | None) -> set[tuple[date, date]]:
        """Return the closed ranges of days on which articles may have been published, each once."""
        first, last = self.published_first, self.published_last
        kept = (first > BEFORE_ALL) & (last < AFTER_ALL)
        if dead is not None:
            kept &= ~dead
        first, last = first[kept].astype(np.int64), last[kept]
        # A day and how many follow it as one number.
        pairs = np.unique((first << 32) + (last - first)).tolist()
        found = set()
        for pair in pairs:
            start = FIRST_DAY + timedelta(days=pair >> 32)
            found.add((start, start + timedelta(days=pair & 0xFFFFFFFF)))
        return found

    def rows(self, ids: Array) -> Array:
        """Return the rows of the keys that are here, in order and each once."""
        ids = ids[(ids >= 0) & (ids < len(self.row_of))]
        found = self.row_of[ids]
        found = found[found >= 0]
        if len(found) < len(self) // 50:
            return np.unique(found)
        here = np.zeros(len(self), dtype=bool)
        here[found] = True
        return np.flatnonzero(here)

    def places(self, column: str, rows: Array) -> Array:
        """Return where the values of some rows stand in a column of many."""
        of = MANY[column]
        if len(rows) * DENSE > len(self):
            chosen = np.zeros(len(self), dtype=bool)
            chosen[rows] = True
            return np.flatnonzero(chosen[getattr(self, f"{of}_row")])
        at = getattr(self, f"{of}_at")
        start = at[rows]
        lengths = at[rows + 1] - start
        before = np.cumsum(lengths) - lengths
        return np.arange(int(lengths.sum())) + np.repeat(start - before, lengths)


ARRAYS = tuple(one.name for one in fields(Part) if one.name not in ("words", "whole"))
PLAIN = tuple(name for name in ARRAYS[: ARRAYS.index("body")] if name not in WORD_COLUMNS)


def assemble(columns: dict[str, Any]) -> Part:
    """Return the part that columns in any order make.

    Takes an array or list of words for each plain column; for those of many (`body`, `stance`) a
    tuple of them that begins with the keys of the quotes.
    """
    ids = columns["id"].astype(np.int32)
    day = columns["day"].astype(np.int32)
    undated = day == NO_DAY
    order = np.lexsort((-ids.astype(np.int64), -day.astype(np.int64), undated))
    words: dict[str, list[str]] = {}
    made: dict[str, Any] = {}
    for name in PLAIN:
        made[name] = columns[name].astype(_kind_of_number(name))[order]
    for name in WORD_COLUMNS:
        words[name], codes = _coded(columns[name])
        made[name] = codes[order]
    rows = np.full(int(ids.max(initial=0)) + 1, -1, dtype=np.int32)
    rows[made["id"]] = np.arange(len(ids), dtype=np.int32)
    made["row_of"] = rows
    newest_added = np.lexsort((-made["id"].astype(np.int64), -made["added"]))
    made["by_added"] = newest_added.astype(np.int32)
    made["body_row"], made["body_at"], made["body"] = _spread(rows, len(ids), *columns["body"])
    of, target, value = columns["stance"]
    words[STANCE_WORDS], codes = _coded(value)
    row, at, made["stance_target"], made[STANCE_WORDS] = _spread(rows, len(ids), of, target, codes)
    made |= {"stance_row": row, "stance_at": at, "stance_again": _again(row, made[STANCE_WORDS])}
    return Part(words=words, **made)


def _kind_of_number(name: str) -> type[np.generic]:
    kinds: dict[str, type[np.generic]] = {"year": np.int16, "added": np.int64}
    return np.bool_ if name in FLAGS else kinds.get(name, np.int32)


def _coded(values: list[str]) -> tuple[list[str], Array]:
    """Return the words that occur, and each value as its place among them."""
    words = sorted(set(values))
    codes = {word: code for code, word in enumerate(words)}
    kind = np.int8 if len(words) < 128 else np.int32
    return words, np.fromiter((codes[word] for word in values), dtype=kind, count=len(values))


def _spread(rows: Array, length: int, ids: Array, *values: Array) -> list[Array]:
    """Return whose each value is, where each row's begin, and the values by row, each once."""
    owner = rows[ids.astype(np.int64)]
    order = np.lexsort((*reversed(values), owner))
    owner, kept = owner[order], [value[order] for value in values]
    if len(owner):
        same = owner[1:] == owner[:-1]
        for value in kept:
            same &= value[1:] == value[:-1]
        first = np.concatenate(([True], ~same))
        owner, kept = owner[first], [value[first] for value in kept]
    at = np.searchsorted(owner, np.arange(length + 1)).astype(np.int32)
    return [owner, at, *(v if v.dtype == np.int8 else v.astype(np.int32) for v in kept)]


def _again(row: Array, value: Array) -> Array:
    """Return for each value whether its row has the same one at an earlier place."""
    order = np.lexsort((np.arange(len(row)), value, row))
    again = np.zeros(len(row), dtype=bool)
    again[order[1:]] = (row[order][1:] == row[order][:-1]) & (value[order][1:] == value[order][:-1])
    return again
