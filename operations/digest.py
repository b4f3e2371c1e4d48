"""What a database holds, as one number a table: the same on SQLite and on PostgreSQL.

Two databases with equal digests hold the same rows, value for value, whoever wrote them; so a
backup, a restore and a move from one database to the other are proved, not believed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

# Who is logged in now is no part of the record, and a restored site should ask everybody again.
LEFT_OUT = frozenset({"sessions.session"})
CHUNK = 2_000


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and the SHA-256 over all of them in the order of their keys."""

    rows: int
    sha256: str


def models() -> list[type[Model]]:
    """Return every model with a table of its own that a copy must hold, in the order of names."""
    found = apps.get_models(include_auto_created=True)
    kept = [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def digest(using: str = "default") -> dict[str, Table]:
    """Return {table: Table} for the database behind an alias, read row by row."""
    return {model._meta.db_table: _table(model, using) for model in models()}


def differences(before: dict[str, Table], after: dict[str, Table]) -> list[str]:
    """Return a sentence for each table that is not the same in both."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            found.append(f"{name}: only in {'the second' if one is None else 'the first'}")
        elif one.rows != other.rows:
            found.append(f"{name}: {one.rows} rows and {other.rows}")
        elif one != other:
            found.append(f"{name}: {one.rows} rows in both, with other values")
    return found


def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the fields that hold values of their own; what the database computes is left out."""
    return [
        field for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def _table(model: type[Model], using: str) -> Table:
    total, rows = hashlib.sha256(), 0
    for row in _rows(model, using):
        total.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain).encode())
        total.update(b"\n")
        rows += 1
    return Table(rows, total.hexdigest())


def _rows(model: type[Model], using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    return rows.iterator(chunk_size=CHUNK)


def _plain(value: Any) -> str:
    """Return a value that JSON lacks as text, the same whichever database it came from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
