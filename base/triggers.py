"""Rules that only a trigger can keep, on SQLite and PostgreSQL alike.

SQLite rebuilds a table in many migrations and drops its triggers without a word, so the triggers
are taken away before each `migrate` and created anew after it; `missing()` proves that each one
stands as it is written here (docs/decisions/0004).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "otr_"


@dataclass(frozen=True)
class Refusal:
    """Refuse a write for which `condition` (SQL over NEW and OLD) holds, with `message`.

    `event` is e.g. "INSERT", "DELETE" or "UPDATE OF body, sha256". `lock` is a statement that
    PostgreSQL runs first, where a concurrent write of another row could get past the condition.
    """

    name: str
    table: str
    event: str
    condition: str
    message: str
    lock: str = ""

    def sqlite(self) -> str:
        return (
            f'CREATE TRIGGER "{PREFIX}{self.name}" BEFORE {self.event} ON "{self.table}" '
            f"FOR EACH ROW WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def postgresql_body(self) -> str:
        # A DELETE that returned NEW (null) would be silently skipped.
        result = "OLD" if self.event == "DELETE" else "NEW"
        return (
            f"BEGIN {self.lock}{';' if self.lock else ''} IF {self.condition} THEN "
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; "
            f"END IF; RETURN {result}; END"
        )

    @property
    def timing(self) -> str:
        return "BEFORE"


@dataclass(frozen=True)
class Consequence:
    """Run a statement after a write; SQL for each database.

    A `deferred` one waits on PostgreSQL until its transaction commits, where a row that every
    writer needs would otherwise stay locked from the first write on. SQLite has one writer.
    """

    name: str
    table: str
    event: str
    sqlite_statement: str
    postgresql_statement: str
    condition: str = ""
    deferred: bool = False

    def sqlite(self) -> str:
        when = f"WHEN {self.condition} " if self.condition else ""
        return (
            f'CREATE TRIGGER "{PREFIX}{self.name}" AFTER {self.event} ON "{self.table}" '
            f"FOR EACH ROW {when}BEGIN {self.sqlite_statement}; END"
        )

    def postgresql_body(self) -> str:
        statement = f"{self.postgresql_statement};"
        if self.condition:
            statement = f"IF {self.condition} THEN {statement} END IF;"
        return f"BEGIN {statement} RETURN NULL; END"

    @property
    def timing(self) -> str:
        return "AFTER"


Trigger = Refusal | Consequence


def install(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    """Create the triggers of the tables that exist, each in place of one of the same name.

    A database that stands between two migrations may lack a column that a trigger names; that
    trigger comes with the migration that adds the column.
    """
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        columns: dict[str, set[str]] = {}
        for trigger in triggers:
            table = trigger.table
            if table not in tables:
                continue
            if table not in columns:
                cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
                columns[table] = {column[0] for column in cursor.description}
            if _watched(trigger) <= columns[table]:
                for statement in _creation(connection.vendor, trigger):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    """Drop the triggers, as far as they and their tables exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers:
            if trigger.table in tables:
                cursor.execute(_removal(connection.vendor, trigger))


def missing(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> list[str]:
    """Return the names of the triggers that are absent, disabled or not as written here."""
    found = _installed(connection)
    return [
        trigger.name
        for trigger in triggers
        if found.get(trigger.name) != _expected(connection, trigger)
    ]


@contextmanager
def suspended(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> Iterator[None]:
    """Run a block without the triggers. For emptying a test database, never for a program."""
    triggers = list(triggers)
    remove(connection, triggers)
    try:
        yield
    finally:
        install(connection, triggers)


def _watched(trigger: Trigger) -> set[str]:
    """Return the columns whose change sets the trigger off, if it names some."""
    _, _, names = trigger.event.partition(" OF ")
    return {name.strip().strip('"') for name in names.split(",")} if names else set()


def _creation(vendor: str, trigger: Trigger) -> list[str]:
    if vendor == "sqlite":
        return [_removal(vendor, trigger), trigger.sqlite()]
    name = f"{PREFIX}{trigger.name}"
    kind, when = "TRIGGER", ""
    if isinstance(trigger, Consequence) and trigger.deferred:
        kind, when = "CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED "
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $body${trigger.postgresql_body()}$body$",
        _removal(vendor, trigger),
        f'CREATE {kind} {name} {trigger.timing} {trigger.event} ON "{trigger.table}" '
        f"{when}FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _removal(vendor: str, trigger: Trigger) -> str:
    if vendor == "sqlite":
        return f'DROP TRIGGER IF EXISTS "{PREFIX}{trigger.name}"'
    return f'DROP TRIGGER IF EXISTS {PREFIX}{trigger.name} ON "{trigger.table}"'


def _expected(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    return trigger.sqlite() if connection.vendor == "sqlite" else trigger.postgresql_body()


def _installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the definition of each of our triggers that the database has."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {
            name.removeprefix(PREFIX): text
            for name, text in cursor.fetchall()
            if name.startswith(PREFIX)
        }
