"""DNA databases: read as DNA counts, reported before anything is read, harmless from strangers."""

# ruff: noqa: S608  # SQL of the test's own making

import sqlite3
import tempfile
from datetime import date
from pathlib import Path

import pytest

from quotes.interchange.dna import Mapping, dry_run, read
from quotes.interchange.records import Coding, ImportRefusedError, Unit

# The tables and columns of DNA 3 that matter here; the values are invented.
TABLES = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL,
  Coder INTEGER, Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '',
  Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '',
  Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL,
  DataType TEXT NOT NULL, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER,
  DocumentId INTEGER, Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER,
  Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER,
  Value INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
  VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
  VariableId INTEGER, Value TEXT);
INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'coder two');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
  (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2);
INSERT INTO ENTITIES VALUES (1, 1, 'Speaker A'), (2, 1, 'Speaker B'), (3, 3, 'media pressure');
"""
TEXT = "\U0001f600 Speaker A said\r\nthese words."
DEFAULT = Mapping("DNA Statement", "person", "concept", "agreement")
# 12 November 2008, 00:00 UTC.
DAY = 1226448000


def database(more: str = "", text: str = TEXT) -> bytes:
    # A file: the newer SQLite that may stand in for Python's own has no way to memory.
    with tempfile.NamedTemporaryFile(suffix=".dna") as file:
        return _written(file.name, more, text)


def _written(name: str, more: str, text: str) -> bytes:
    connection = sqlite3.connect(name)
    connection.executescript(TABLES)
    connection.execute(
        "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Date) "
        "VALUES (7, 'A title', ?, 1, 'A. Writer', 'Example News', ?)",
        (text, DAY),
    )
    connection.commit()
    connection.executescript(more)
    connection.close()
    return Path(name).read_bytes()


def statement(
    key: int, start: int, stop: int, *, coder: int = 1, person: int = 1, agree: int = 1
) -> str:
    return (
        f"INSERT INTO STATEMENTS VALUES ({key}, 1, 7, {start}, {stop}, {coder});"
        f"INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES ({key}, 1, {person});"
        f"INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES ({key}, 3, 3);"
        f"INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES ({key}, 4, {agree});"
    )


# "these words" in UTF-16 units of the raw text: the emoji is two, the line end is two.
START = TEXT.index("these") + 1


def test_statement_is_a_unit_with_a_coding() -> None:
    more = statement(1, START, START + 11) + statement(2, START, START + 11, coder=2, agree=0)

    found = read(database(more), DEFAULT)

    document = found.documents[0]
    assert (document.id, document.title, document.published) == (
        "dna-7",
        "A title",
        date(2008, 11, 12),
    )
    assert (document.outlet, document.author) == ("Example News", "A. Writer")
    start = document.text.index("these")
    assert found.units == (Unit("dna-1", "dna-7", ((start, start + 11),), "Speaker A"),)
    assert found.codings == (
        Coding("dna-1", "media pressure", "Admin", "asserts"),
        Coding("dna-1", "media pressure", "coder two", "denies"),
    )
    assert found.values == {"media pressure": ("asserts", "denies", "reports")}


def test_two_actors_on_one_stretch_are_two_units() -> None:
    more = statement(1, 3, 9) + statement(2, 3, 9, person=2)

    found = read(database(more), DEFAULT)

    assert [(unit.id, unit.speaker) for unit in found.units] == [
        ("dna-1", "Speaker A"),
        ("dna-2", "Speaker B"),
    ]


def test_repeated_and_empty_statements_are_noted() -> None:
    more = (
        statement(1, 3, 9)
        + statement(2, 3, 9, agree=0)
        + "INSERT INTO STATEMENTS VALUES (3, 1, 7, 3, 9, 1), (4, 2, 7, 3, 9, 1);"
    )

    found = read(database(more), DEFAULT)

    assert [(c.unit, c.value) for c in found.codings] == [("dna-1", "asserts"), ("dna-2", "denies")]
    assert found.notes == (
        "1 statements without actor, concept or agreement are left out",
        "1 statements repeat a coding and are units of their own",
        "1 statements of other types are left out",
    )


def test_report_says_what_would_be_read() -> None:
    report = dry_run(database(statement(1, 3, 9)))

    assert (report.n_documents, report.coders) == (1, ("Admin", "coder two"))
    assert report.types[0].variables[3] == ("agreement", "boolean")
    assert [(one.label, one.n_statements) for one in report.types] == [
        ("DNA Statement", 1),
        ("Annotation", 0),
    ]
    assert (report.mapping, report.n_units, report.n_codings) == (DEFAULT, 1, 1)


def test_report_without_a_fitting_type_asks_for_names() -> None:
    report = dry_run(database("UPDATE VARIABLES SET Variable = 'x' || ID;"))

    assert (report.mapping, report.n_units) == (None, 0)
    assert report.notes == (
        "No statement type has an actor, a concept and an agreement: name them.",
    )


def test_integer_agreement_has_three_values() -> None:
    more = statement(1, 3, 9) + (
        "UPDATE VARIABLES SET DataType = 'integer' WHERE ID = 4;"
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1, 4, 0);"
    )

    assert read(database(more), DEFAULT).codings[0].value == "reports"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (statement(1, 3, 99), "3 to 99 lies outside document 7, which has 31 UTF-16 units"),
        (statement(1, 9, 3), "9 to 3 lies outside"),
        (statement(1, 3, 9) + "UPDATE STATEMENTS SET Start = 'x';", "no proper offsets"),
        (statement(1, 3, 9) + "UPDATE STATEMENTS SET DocumentId = 8;", "there is no document 8"),
        ("DROP TABLE ENTITIES;", "there is no table ENTITIES"),
        (
            "DROP TABLE ENTITIES; CREATE VIEW ENTITIES AS SELECT 1 AS ID, 'x' AS Value;",
            "there is no table ENTITIES",
        ),
        ("ALTER TABLE DATASHORTTEXT RENAME Entity TO Value;", "another version of DNA"),
        ("UPDATE DOCUMENTS SET Date = 1226448000000;", "no date of DNA 3"),
        ("UPDATE DOCUMENTS SET Text = x'ff';", "its text is no text"),
        ("DELETE FROM STATEMENTTYPES;", "there is no statement type “DNA Statement”"),
        ("DELETE FROM VARIABLES WHERE ID = 4;", "no variable “agreement”"),
        ("UPDATE VARIABLES SET DataType = 'blob' WHERE ID = 4;", "unknown type blob"),
    ],
)
def test_broken_database_is_refused(more: str, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        read(database(more), DEFAULT)


def test_agreement_of_another_scale_is_refused() -> None:
    more = statement(1, 3, 9) + (
        "UPDATE VARIABLES SET DataType = 'integer' WHERE ID = 4;"
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1, 4, 5);"
    )

    with pytest.raises(ImportRefusedError, match="statement 1: 5 is none of -1, 0, 1"):
        read(database(more), DEFAULT)


@pytest.mark.parametrize(
    "data", [b"", b"no database", b"SQLite format 3\x00", b"SQLite format 3\x00" + b"x" * 5000]
)
def test_file_that_is_no_database_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError):
        dry_run(data)


@pytest.mark.parametrize("place", range(100, 60_000, 2_999))
def test_damaged_database_is_refused_or_read(place: int) -> None:
    data = bytearray(database(statement(1, 3, 9)))
    for at in range(place, min(place + 64, len(data))):
        data[at] ^= 0xFF

    try:
        dry_run(bytes(data))
    except ImportRefusedError:
        pass
