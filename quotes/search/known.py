"""The names of the speakers of published quotes, folded: one text, gone through at once.

Fifty thousand people are a megabyte, in which the words of a search are found in a millisecond.
Kept for each process and database with the number of the record's last change, as columns are
(`quotes.search.columns`): whoever asks at a later number reads first what the change log says has
changed since. A change of a name leaves one of the person's quotes in the log
(`quotes/triggers/change.py`).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db import connections, router

from people.models import Person, PersonName
from quotes.changes import State, changed_quotes, state
from quotes.models import Quote
from quotes.search.columns.part import Array
from quotes.search.words import folded_name

# Changed quotes past which all names are read anew; within one statement's number of values.
MOST_CHANGED = 500
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"  # in the order of their codes
_CODES = np.array([ord(letter) for letter in LETTERS], dtype=np.uint32)


@dataclass(frozen=True)
class Known:
    """Folded names: `text` holds one after the other, each between line breaks and spaces.

    The name that begins at `starts[i]` is one of the row with the key `keys[i]`.
    """

    text: str
    starts: Array
    keys: Array

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> "Known":
        """Return the names of (key, folded name); a folded name begins and ends with a space."""
        keys, lines = [], []
        for key, name in names:
            keys.append(key)
            lines.append(f"{name}\n")
        lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
        return cls("".join(lines), _starts(lengths), np.array(keys, dtype=np.int64))

    def having(self, parts: Collection[str]) -> list[int]:
        """Return the keys of rows with one name that has all parts, in order."""
        found: Array | None = None
        for part in parts:
            places = [match.start() for match in re.finditer(re.escape(part), self.text)]
            names = np.unique(np.searchsorted(self.starts, places, side="right") - 1)
            found = names if found is None else np.intersect1d(found, names, assume_unique=True)
        return [] if found is None else np.unique(self.keys[found]).tolist()

    def with_others(self, keys: Collection[int], others: "Known") -> "Known":
        """Return the same with other names for some keys."""
        lengths = np.diff(self.starts, append=len(self.text))
        left = ~np.isin(self.keys, np.fromiter(keys, dtype=np.int64))
        pieces, end = [], 0
        for name in np.flatnonzero(~left).tolist():
            start = int(self.starts[name])
            pieces.append(self.text[end:start])
            end = start + int(lengths[name])
        lengths = np.concatenate((lengths[left], np.diff(others.starts, append=len(others.text))))
        text = "".join((*pieces, self.text[end:], others.text))
        return Known(text, _starts(lengths), np.concatenate((self.keys[left], others.keys)))

    @cached_property
    def words(self) -> list[str]:
        """The words of all names, each once, sorted."""
        return sorted(set(self.text.split()))

    @cached_property
    def _letters(self) -> Array:
        """How often each word has each letter: a row for each word."""
        return _letters(self.words)

    def alike(self, word: str, cutoff: float, most: int) -> list[str]:
        """Return up to `most` words that share so many letters with a word, whatever the order.

        As a share of the letters of both, as `difflib` has it: no ratio of its is above this one.
        """
        shared = np.minimum(self._letters, _letters([word])).sum(axis=1, dtype=np.int64)
        ratio = 2 * shared / (self._letters.sum(axis=1, dtype=np.int64) + len(word))
        rows = np.flatnonzero(ratio >= cutoff)
        rows = rows[np.argsort(-ratio[rows], kind="stable")[:most]]
        return [self.words[row] for row in rows.tolist()]


def _starts(lengths: Array) -> Array:
    return np.cumsum(lengths) - lengths


def _letters(words: list[str]) -> Array:
    """Return how often each word has each of LETTERS, and as the last any other."""
    width = len(LETTERS) + 1
    letters = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    places = np.searchsorted(_CODES, letters).clip(max=width - 2)
    places[_CODES[places] != letters] = width - 1
    rows = np.repeat(np.arange(len(words)), list(map(len, words)))
    counts = np.bincount(rows * width + places, minlength=len(words) * width)
    return counts.reshape(-1, width).astype(np.int16)


_held: dict[str, tuple[State, Known]] = {}


def speakers() -> Known:
    """Return the names of unprotected people whom published quotes name as their speaker.

    As the database that answers this request has them now. Within a transaction nothing is kept:
    nobody else may see its changes.
    """
    using = router.db_for_read(Person)
    if connections[using].in_atomic_block:
        return _read()
    now = state(using)
    then, known = _held.get(using, (None, None))
    if then == now and known is not None:
        return known
    made = None
    if then is not None and known is not None:
        ids = changed_quotes(then, now=now, most=MOST_CHANGED, using=using)
        if ids is not None:
            made = _renewed(known, ids)
    made = made or _read()
    # A snapshot that was overtaken meanwhile leaves in place what is newer.
    if then is None or then.epoch != now.epoch or then.seq < now.seq:
        _held[using] = now, made
    return made


def _read(keys: Collection[int] | None = None) -> Known:
    people = Person.objects.published().unprotected()
    if keys is not None:
        people = people.filter(pk__in=keys)
    rows = list(people.order_by().values_list("pk", "name"))
    shown = {key for key, _ in rows}
    others = PersonName.objects.order_by().values_list("person", "name")
    if keys is not None:
        others = others.filter(person__in=keys)
    rows += [(key, name) for key, name in others if key in shown]
    return Known.of((key, folded_name(name)) for key, name in rows)


def _renewed(known: Known, ids: Collection[int]) -> Known:
    """Return the names after some quotes have changed: those of their speakers read anew."""
    if not ids:
        return known
    quotes = Quote.objects.filter(pk__in=ids, speaker__isnull=False).order_by()
    keys = set(quotes.values_list("speaker", flat=True))
    return known.with_others(keys, _read(keys)) if keys else known
