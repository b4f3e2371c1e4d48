"""What changed from one history row to the next, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.text import capfirst

# Written by the program with every save; saying so would hide what a person did.
UNINTERESTING = frozenset(("revision", "created_at", "updated_at", "search_row"))
# Word by word takes time with the square of the length; beyond this both texts stand whole.
MOST_WORDS = 1_500


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: kept, or there on this side only."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """One change: who, when, why, and each field before and after."""

    row: Any
    kind: str
    differences: tuple[Difference, ...]


def entries(rows: Sequence[Any], older: Any | None) -> list[Entry]:
    """Return the changes that the history rows (newest first) made; `older` stands before them."""
    before = [*rows[1:], older]
    names = _names_of_related([row for row in (*rows, older) if row is not None])
    kinds = {"+": "Added", "~": "Changed", "-": "Deleted"}
    return [
        Entry(row, kinds[row.history_type], tuple(_differences(row, previous, names)))
        for row, previous in zip(rows, before, strict=True)
    ]


def word_pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, each piece marked when the other text does not have it."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return _whole(before), _whole(after)
    left, right = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(Piece("".join(old[i1:i2]), tag != "equal"))
        right.append(Piece("".join(new[j1:j2]), tag != "equal"))
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _differences(row: Any, previous: Any | None, names: dict[Any, str]) -> Iterator[Difference]:
    for field in _fields(row):
        after = _shown(field, getattr(row, field.attname), names)
        before = _shown(field, getattr(previous, field.attname), names) if previous else ""
        if row.history_type == "-":
            before, after = after, ""
        if before != after:
            yield Difference(capfirst(field.verbose_name), *word_pieces(before, after))


def _fields(row: Any) -> Iterator[Any]:
    for field in row.tracked_fields:
        if field.name not in UNINTERESTING and not field.primary_key:
            yield field


def _shown(field: Any, value: Any, names: dict[Any, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), f"no longer there ({value})")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(value)


def _names_of_related(rows: Sequence[Any]) -> dict[Any, str]:
    """Return the names of all rows that these point at, with one query for each model."""
    wanted: dict[Any, set[Any]] = {}
    for row in rows:
        for field in _fields(row):
            value = getattr(row, field.attname)
            if isinstance(field, models.ForeignKey) and value is not None:
                wanted.setdefault(field.related_model, set()).add(value)
    return {
        (model, key): str(found)
        for model, keys in wanted.items()
        for key, found in model._base_manager.in_bulk(keys).items()
    }
