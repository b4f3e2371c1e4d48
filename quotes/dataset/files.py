"""The tables as files: CSV with checksums, and one SQLite file. No clock, and the key's order."""

import csv
import hashlib
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.dataset.tables import TABLES, Table

SQLITE_TYPES = {"integer": "INTEGER"}
PAGE = 4096


@dataclass(frozen=True)
class FileFacts:
    """A file of the dataset, as a checksum list names it."""

    path: str
    sha256: str
    bytes: int
    rows: int = 0


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as RFC 4180."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def lines(table: Table, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a table's CSV file."""
    yield csv_text([[field.name for field in table.fields]])
    for row in rows:
        yield csv_text([row])


class CsvFile:
    """A table as CSV (RFC 4180, UTF-8), written a batch at a time."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self.file = (folder / table.path).open("wb")
        self.digest = hashlib.sha256()
        self.bytes = self.rows = 0
        self._put([[field.name for field in table.fields]])

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        self._put(rows)
        self.rows += len(rows)

    def _put(self, rows: Iterable[Sequence[Any]]) -> None:
        data = csv_text(rows).encode()
        self.file.write(data)
        self.digest.update(data)
        self.bytes += len(data)

    def close(self) -> FileFacts:
        self.file.close()
        return FileFacts(self.table.path, self.digest.hexdigest(), self.bytes, self.rows)


class SqliteFile:
    """All tables in one SQLite file: the same rows in the same order make the same bytes."""

    def __init__(self, path: Path, tables: Iterable[Table]) -> None:
        self.path = path
        self.rows = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            f"page_size={PAGE}",
            "journal_mode=OFF",
            "synchronous=OFF",
            "user_version=1",
        ):
            self.rows.execute(f"PRAGMA {pragma}")
        self.rows.execute("BEGIN")
        for table in tables:
            self.rows.execute(_create(table))

    def write(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(table.fields))
        # The names are those of the dictionary, never a reader's.
        self.rows.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608

    def close(self) -> FileFacts:
        self.rows.execute("COMMIT")
        self.rows.close()
        return facts(self.path)


def _create(table: Table) -> str:
    columns = [
        f'"{field.name}" {SQLITE_TYPES.get(field.type, "TEXT")}'
        + (" NOT NULL" if field.required else "")
        for field in table.fields
    ]
    key = ", ".join(f'"{name}"' for name in table.key)
    columns.append(f"PRIMARY KEY ({key})")
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'


class Files:
    """Where the rows of a snapshot go: a CSV file for each table, and SQLite where it is wanted."""

    def __init__(self, folder: Path, tables: Sequence[str], *, sqlite: bool) -> None:
        self.csv = {name: CsvFile(folder, TABLES[name]) for name in tables}
        wanted = [TABLES[name] for name in tables]
        self.sqlite = SqliteFile(folder / "dataset.sqlite", wanted) if sqlite else None

    def write(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        self.csv[name].write(rows)
        if self.sqlite:
            self.sqlite.write(TABLES[name], rows)

    def close(self) -> tuple[dict[str, FileFacts], list[FileFacts]]:
        """Return the facts of each table's file, and those of the others."""
        found = {name: file.close() for name, file in self.csv.items()}
        return found, [self.sqlite.close()] if self.sqlite else []


def facts(path: Path) -> FileFacts:
    """Return the checksum and size of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(path.name, digest, path.stat().st_size)
