"""What changed from one history row to the next, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from base.differences import Piece, word_pieces

# Written by the program with every save; saying so would hide what a person did.
UNINTERESTING = frozenset(("revision", "created_at", "updated_at", "search_row"))


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
