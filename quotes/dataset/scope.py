"""What the quotes of a snapshot name: each person, body, article once, in order.

Of the whole record it is gathered from the quotes themselves while they are written, and kept on
disk; for one small table by itself the database is asked.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from people.models import Organization, Person
from quotes.exports.columns import Record
from quotes.models import Outlet, Quote, Target, Utterance

AT_ONCE = 500
PERSON, BODY, OUTLET, TARGET, UTTERANCE, ARTICLE, QUOTE = (
    *("person", "organization", "outlet", "target", "utterance", "article", "quote"),
)


class Scope(Protocol):
    """Which rows belong to a snapshot, by the keys that addresses have."""

    def keys(self, kind: str) -> Iterator[list[str]]:
        """Yield the keys of a kind in batches, in the order of their code points."""

    def has(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Return those of the keys that belong."""


class Named:
    """What the quotes written so far name, on disk: constant memory at any length."""

    def __init__(self) -> None:
        # Not SQLite's own temporary database: how it was built says whether that is in memory.
        handle, path = tempfile.mkstemp(prefix="ontherecord-dataset-")
        os.close(handle)
        self.rows = sqlite3.connect(path)
        # Without a name the file ends with this process, however that ends.
        Path(path).unlink()
        self.rows.execute("PRAGMA journal_mode=OFF")
        self.rows.execute("PRAGMA synchronous=OFF")
        self.rows.execute(
            "CREATE TABLE named (kind TEXT, key TEXT, at TEXT, data TEXT, "
            "PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )

    def add(self, records: Iterable[Record]) -> None:
        """Remember what records name. Of one article in several versions the newest stays."""
        self._write(row for record in records for row in _named(record))

    def add_keys(self, kind: str, keys: Iterable[str]) -> None:
        self._write((kind, key, "", "") for key in keys)

    def _write(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self.rows.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, "
            "data = excluded.data WHERE (excluded.at, excluded.data) > (at, data)",
            rows,
        )

    def keys(self, kind: str) -> Iterator[list[str]]:
        for rows in self._batches(kind):
            yield [key for key, _data in rows]

    def articles(self) -> Iterator[Mapping[str, Any]]:
        """Yield the record of each article, by id."""
        for rows in self._batches(ARTICLE):
            for _key, data in rows:
                yield json.loads(data)

    def has(self, kind: str, keys: Iterable[str]) -> set[str]:
        found = self.rows.execute
        one = "SELECT 1 FROM named WHERE kind = ? AND key = ?"
        return {key for key in keys if found(one, (kind, key)).fetchone()}

    def _batches(self, kind: str) -> Iterator[list[tuple[str, str]]]:
        # By key, since more may be added while these are read.
        after = ""
        query = "SELECT key, data FROM named WHERE kind = ? AND key > ? ORDER BY key LIMIT ?"
        while rows := self.rows.execute(query, (kind, after, AT_ONCE)).fetchall():
            yield rows
            after = rows[-1][0]


def _named(record: Record) -> Iterator[tuple[str, str, str, str]]:
    shown = record.shown
    article = shown["article"]
    keys = {
        QUOTE: shown["id"],
        PERSON: (shown["speaker"] or {}).get("slug", ""),
        BODY: (shown["on_behalf_of"] or {}).get("slug", ""),
        OUTLET: article["outlet"],
        UTTERANCE: shown["utterance"] or "",
    }
    for kind, key in keys.items():
        if key:
            yield kind, key, "", ""
    for stance in shown["stances"]:
        yield TARGET, stance["target"], "", ""
    data = json.dumps(article, ensure_ascii=False, sort_keys=True)
    yield ARTICLE, article["id"], record.recorded.isoformat(timespec="microseconds"), data


class Present:
    """What is public now, asked of the database."""

    sources: Mapping[str, Any] = {
        PERSON: (lambda: Person.objects.published().unprotected(), "slug"),
        BODY: (Organization.objects.published, "slug"),
        OUTLET: (Outlet.objects.published, "name"),
        TARGET: (Target.objects.published, "slug"),
        UTTERANCE: (Utterance.objects.published, "public_id"),
        QUOTE: (Quote.objects.published, "public_id"),
    }

    def keys(self, kind: str) -> Iterator[list[str]]:
        rows, name = self.sources[kind]
        # Sorted here: each database has an order of its own for text.
        found = sorted(rows().order_by().values_list(name, flat=True))
        for start in range(0, len(found), AT_ONCE):
            yield found[start : start + AT_ONCE]

    def has(self, kind: str, keys: Iterable[str]) -> set[str]:
        rows, name = self.sources[kind]
        return set(rows().filter(**{f"{name}__in": list(keys)}).values_list(name, flat=True))
