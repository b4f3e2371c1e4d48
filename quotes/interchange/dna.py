"""Discourse Network Analyzer 3 databases (.dna, SQLite) in, after a report of what would come.

A DNA statement is a stretch of a document with an actor, a concept and an agreement: a unit with
one coding. Its offsets count UTF-16 units, as Java does, and are turned into code points here. The
file is a stranger's: it is opened as one that never changes, read by SELECT on plain tables only,
with a time limit, and gone afterwards.
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from quotes.interchange.records import Coding, Document, ImportRefusedError, Project, Unit, check

MOST_BYTES = 500_000_000
MOST_STATEMENTS = 1_000_000
SECONDS = 60.0
_MAGIC = b"SQLite format 3\x00"
_TABLES = {
    "CODERS": ("ID", "Name"),
    "DOCUMENTS": ("ID", "Title", "Text", "Author", "Source", "Date"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "DataType", "StatementTypeId"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"),
    "ENTITIES": ("ID", "Value"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
# What DNA's own default statement types call their variables.
_ACTORS = ("person", "organization", "actor")
_CONCEPTS = ("concept", "claim", "frame")
_QUALIFIERS = ("agreement", "qualifier", "position")


@dataclass(frozen=True)
class Mapping:
    """Which variables of a statement type are the actor, the concept and the agreement."""

    statement_type: str
    actor: str
    concept: str
    qualifier: str
    positive: str = "asserts"
    negative: str = "denies"
    neutral: str = "reports"


@dataclass(frozen=True)
class StatementType:
    label: str
    n_statements: int
    variables: tuple[tuple[str, str], ...]
    """Name and data type: short text, long text, boolean or integer."""


@dataclass(frozen=True)
class Report:
    """What a file holds and what would be read of it, before anything is."""

    n_documents: int
    coders: tuple[str, ...]
    types: tuple[StatementType, ...]
    mapping: Mapping | None
    """What the names of the variables suggest; None where they do not tell."""
    n_units: int
    n_codings: int
    notes: tuple[str, ...]


def dry_run(data: bytes, mapping: Mapping | None = None) -> Report:
    """Report what `read` would give, with the mapping given or the one that names suggest.

    Raises ImportRefusedError for a file that is no sound DNA 3 database.
    """
    with _Database(data) as database:
        types = tuple(database.types())
        mapping = mapping or _suggested(types)
        project = database.project(mapping) if mapping else Project("")
        notes = project.notes
        if mapping is None:
            notes = ("No statement type has an actor, a concept and an agreement: name them.",)
        return Report(
            n_documents=database.count("DOCUMENTS"),
            coders=tuple(sorted(database.coders().values())),
            types=types,
            mapping=mapping,
            n_units=len(project.units),
            n_codings=len(project.codings),
            notes=notes,
        )


def read(data: bytes, mapping: Mapping) -> Project:
    """Read the statements of one type. Raises ImportRefusedError; then nothing is read."""
    with _Database(data) as database:
        return database.project(mapping)


def _suggested(types: tuple[StatementType, ...]) -> Mapping | None:
    for one in sorted(types, key=lambda one: -one.n_statements):
        names = {name.casefold(): name for name, _kind in one.variables}
        picked = [
            next((names[word] for word in words if word in names), None)
            for words in (_ACTORS, _CONCEPTS, _QUALIFIERS)
        ]
        if picked[0] and picked[1] and picked[2]:
            return Mapping(one.label, picked[0], picked[1], picked[2])
    return None


class _Database:
    """A DNA file in a place of its own, read by SELECT on its tables only."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise ImportRefusedError(f"more than {MOST_BYTES} bytes")
        if not data.startswith(_MAGIC):
            raise ImportRefusedError("not an SQLite file, so not a .dna database")
        # Not from memory: the newer SQLite that may stand in for Python's own can't do that.
        self.file = tempfile.NamedTemporaryFile(suffix=".dna")  # noqa: SIM115  # until __exit__
        self.file.write(data)
        self.file.flush()
        self.connection = sqlite3.connect(f"file:{self.file.name}?mode=ro&immutable=1", uri=True)
        self.deadline = time.monotonic() + SECONDS
        try:
            self.connection.execute("PRAGMA trusted_schema = OFF")
            self.connection.execute("PRAGMA cell_size_check = ON")
            self.connection.set_progress_handler(self._late, 100_000)
            if self.rows("PRAGMA quick_check(1)") != [("ok",)]:
                raise ImportRefusedError("the SQLite file is damaged")
            self._check_tables()
            self.connection.set_authorizer(_authorize)
        except (sqlite3.Error, ImportRefusedError) as error:
            self._close()
            if isinstance(error, sqlite3.Error):
                raise ImportRefusedError(f"not a sound SQLite file: {error}") from error
            raise

    def __enter__(self) -> "_Database":
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def _close(self) -> None:
        self.connection.close()
        self.file.close()

    def _late(self) -> bool:
        return time.monotonic() > self.deadline

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:  # a damaged file's messages may be no text
            raise ImportRefusedError(f"the SQLite file cannot be read: {error}") from error

    def _check_tables(self) -> None:
        kinds = dict(
            self.rows(
                "SELECT upper(name), type || ' ' || ifnull(sql, '') FROM sqlite_master "
                "WHERE type IN ('table', 'view')"
            )
        )
        for table, columns in _TABLES.items():
            made = str(kinds.get(table, ""))
            if not made.startswith("table") or "CREATE VIRTUAL" in made.upper():
                raise ImportRefusedError(f"not a DNA 3 database: there is no table {table}")
            found = {row[1] for row in self.rows(f"PRAGMA table_info({table})")}
            if missing := sorted(set(columns) - found):
                raise ImportRefusedError(
                    f"{table} has no column {missing[0]}: a database of another version of DNA "
                    "than 3.0. Open and save it with DNA 3 first."
                )

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  # our own names

    def coders(self) -> dict[int, str]:
        return {int(key): str(name) for key, name in self.rows("SELECT ID, Name FROM CODERS")}

    def types(self) -> Iterator[StatementType]:
        for key, label in self.rows("SELECT ID, Label FROM STATEMENTTYPES ORDER BY ID"):
            variables = self.rows(
                "SELECT Variable, DataType FROM VARIABLES WHERE StatementTypeId = ? ORDER BY ID",
                key,
            )
            n = self.rows("SELECT count(*) FROM STATEMENTS WHERE StatementTypeId = ?", key)[0][0]
            yield StatementType(str(label), int(n), tuple((str(a), str(b)) for a, b in variables))

    def project(self, mapping: Mapping) -> Project:
        notes: list[str] = []
        documents, raw = self.documents()
        statements = self.statements(mapping)
        units, codings = _Units(documents, raw, mapping, notes).read(statements)
        elsewhere = self.count("STATEMENTS") - len(statements)
        if elsewhere:
            notes.append(f"{elsewhere} statements of other types are left out")
        rows = (tuple(documents.values()), tuple(units), tuple(codings))
        values: dict[str, tuple[str, ...]] = {}
        for coding in codings:
            every = (mapping.positive, mapping.negative, mapping.neutral)
            values.setdefault(coding.target, tuple(dict.fromkeys(every)))
        project = Project("DNA", *rows, values, tuple(notes))
        check(project)
        return project

    def documents(self) -> tuple[dict[int, Document], dict[int, str]]:
        documents, raw = {}, {}
        sql = "SELECT ID, Title, Text, Author, Source, Date FROM DOCUMENTS ORDER BY ID"
        for key, title, text, author, source, seconds in self.rows(sql):
            if not isinstance(text, str) or not isinstance(key, int):
                raise ImportRefusedError(f"document {key}: its text is no text")
            raw[key] = text
            documents[key] = Document(
                id=f"dna-{key}",
                title=str(title),
                text=text.replace("\r\n", "\n").replace("\r", "\n"),
                published=_day(key, seconds),
                outlet=str(source or ""),
                author=str(author or ""),
            )
        return documents, raw

    def statements(self, mapping: Mapping) -> list[tuple[Any, ...]]:
        """Return ID, document, start, stop, coder, actor, concept and agreement of each."""
        found = self.rows("SELECT ID FROM STATEMENTTYPES WHERE Label = ?", mapping.statement_type)
        if len(found) != 1:
            raise ImportRefusedError(f"there is no statement type “{mapping.statement_type}”")
        kind = found[0][0]
        actor, concept, agreement = (
            self.values_of(kind, name)
            for name in (mapping.actor, mapping.concept, mapping.qualifier)
        )
        sql = (
            "SELECT s.ID, s.DocumentId, s.Start, s.Stop, c.Name FROM STATEMENTS s "
            "LEFT JOIN CODERS c ON c.ID = s.Coder WHERE s.StatementTypeId = ? "
            "ORDER BY s.DocumentId, s.Start, s.Stop, s.ID LIMIT ?"
        )
        rows = self.rows(sql, kind, MOST_STATEMENTS + 1)
        if len(rows) > MOST_STATEMENTS:
            raise ImportRefusedError(f"more than {MOST_STATEMENTS} statements")
        return [
            (*row, actor.get(row[0]), concept.get(row[0]), agreement.get(row[0])) for row in rows
        ]

    def values_of(self, kind: int, name: str) -> dict[int, Any]:
        """Return the value of a variable for each statement."""
        sql = "SELECT ID, DataType FROM VARIABLES WHERE StatementTypeId = ? AND Variable = ?"
        found = self.rows(sql, kind, name)
        if len(found) != 1:
            raise ImportRefusedError(f"this statement type has no variable “{name}”")
        key, data_type = found[0]
        queries = {
            "boolean": "SELECT StatementId, Value FROM DATABOOLEAN WHERE VariableId = ?",
            "integer": "SELECT StatementId, Value FROM DATAINTEGER WHERE VariableId = ?",
            "long text": "SELECT StatementId, Value FROM DATALONGTEXT WHERE VariableId = ?",
            "short text": "SELECT d.StatementId, e.Value FROM DATASHORTTEXT d "
            "JOIN ENTITIES e ON e.ID = d.Entity WHERE d.VariableId = ?",
        }
        if data_type not in queries:
            raise ImportRefusedError(f"“{name}” is of the unknown type {data_type}")
        rows = self.rows(queries[data_type], key)
        if data_type == "boolean":
            return {statement: 1 if value else -1 for statement, value in rows}
        return dict(rows)


def _authorize(action: int, *_arguments: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _day(key: int, seconds: object) -> date | None:
    """Return the day of a document: DNA 3 stores seconds since 1970 in UTC."""
    if not isinstance(seconds, int):
        return None
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ImportRefusedError(f"document {key}: {seconds} is no date of DNA 3") from error


class _Units:
    """From statements to units and codings: statements on one stretch by one actor are one unit."""

    def __init__(
        self,
        documents: dict[int, Document],
        raw: dict[int, str],
        mapping: Mapping,
        notes: list[str],
    ) -> None:
        self.documents, self.raw, self.mapping, self.notes = documents, raw, mapping, notes
        self.places: dict[int, list[int] | None] = {}

    def read(self, statements: list[tuple[Any, ...]]) -> tuple[list[Unit], list[Coding]]:
        units: dict[str, Unit] = {}
        codings: dict[tuple[str, str, str], Coding] = {}
        at: dict[tuple[object, ...], str] = {}
        empty = again = 0
        for key, document, start, stop, coder, actor, concept, agreement in statements:
            if not actor or not concept or agreement is None:
                empty += 1
                continue
            name = at.setdefault((document, start, stop, actor), f"dna-{key}")
            coder = str(coder or "unknown")
            if (name, concept, coder) in codings:
                # The same coder on the same words and concept again: a unit of its own.
                name, again = f"dna-{key}", again + 1
            if name not in units:
                span = self.span(key, document, start, stop)
                units[name] = Unit(name, self.documents[document].id, (span,), str(actor))
            value = self.value(key, agreement)
            codings[name, concept, coder] = Coding(name, str(concept), coder, value)
        if empty:
            self.notes.append(
                f"{empty} statements without actor, concept or agreement are left out"
            )
        if again:
            self.notes.append(f"{again} statements repeat a coding and are units of their own")
        return list(units.values()), list(codings.values())

    def value(self, key: int, agreement: object) -> str:
        words = {1: self.mapping.positive, -1: self.mapping.negative, 0: self.mapping.neutral}
        if not isinstance(agreement, int) or agreement not in words:
            raise ImportRefusedError(f"statement {key}: {agreement!r} is none of -1, 0, 1")
        return words[agreement]

    def span(self, key: int, document: int, start: object, stop: object) -> tuple[int, int]:
        """Return code points of the text with LF line ends for UTF-16 offsets of the raw text."""
        if document not in self.documents:
            raise ImportRefusedError(f"statement {key}: there is no document {document}")
        if not isinstance(start, int) or not isinstance(stop, int):
            raise ImportRefusedError(f"statement {key}: it has no proper offsets")
        raw = self.raw[document]
        if document not in self.places:
            self.places[document] = _code_points(raw)
        points = self.places[document]
        length = len(points) - 1 if points else len(raw)
        if not 0 <= start < stop <= length:
            raise ImportRefusedError(
                f"statement {key}: {start} to {stop} lies outside document {document}, which has "
                f"{length} UTF-16 units"
            )
        first, last = (points[start], points[stop]) if points else (start, stop)
        return first - raw.count("\r\n", 0, first), last - raw.count("\r\n", 0, last)


def _code_points(text: str) -> list[int] | None:
    """Return the code point at each UTF-16 offset, or None where the two are the same."""
    if all(letter < "\U00010000" for letter in text):
        return None
    points: list[int] = []
    for at, letter in enumerate(text):
        points += [at] * (2 if letter >= "\U00010000" else 1)
    return [*points, len(text)]
