"""The way back: a backup into an empty database, and one database into another.

Both end with the same proof: every table holds the same rows, value for value.
"""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.models import Model

from base import triggers
from operations.backup import BackupError, Manifest, postgresql_tool, read_manifest, run
from operations.digest import CHUNK, columns, differences, digest, models
from operations.second import second_database
from quotes.triggers import all_triggers


def restore(backup: Path, *, replace: bool = False) -> Manifest:
    """Bring a backup into the default database, which must be of the backup's kind and empty.

    With `replace`, what a SQLite database holds now is kept beside it under a name ending in
    `.before-restore`. Raises BackupError; the database is then as it was before.
    """
    manifest = read_manifest(backup)
    if manifest.vendor != connection.vendor:
        raise BackupError(
            f"The backup is from {manifest.vendor}, the database is {connection.vendor}. Restore "
            "it into its own kind first, then use `manage.py transfer`."
        )
    if connection.vendor == "sqlite":
        _into_sqlite(backup / manifest.file, replace=replace)
    else:
        _into_postgresql(backup / manifest.file)
    if wrong := differences(manifest.tables, digest()):
        raise BackupError(f"Restored, and not the same: {'; '.join(wrong)}")
    return manifest


def transfer(source: Path) -> int:
    """Copy every row of a SQLite file into PostgreSQL, the default database; return how many.

    PostgreSQL must be migrated to the same state and hold no records. One transaction: on any
    error it is as before. Raises BackupError.
    """
    if connection.vendor != "postgresql":
        raise BackupError(
            "The way leads from SQLite to PostgreSQL: set DATABASE_URL to the latter."
        )
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    with second_database("transfer", source) as alias:
        _same_migrations(alias)
        _nothing_there()
        before = digest(alias)
        with transaction.atomic(), triggers.suspended(connection, all_triggers(connection.vendor)):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
            for model in reversed(_in_order()):
                model._base_manager.using("default").all()._raw_delete("default")
            for model in _in_order():
                _copy(model, alias)
            # Now, not at the end: a trigger can't be made on a table whose checks are pending.
            connection.check_constraints()
            _continue_numbers()
            if wrong := differences(before, digest()):
                raise BackupError(f"Copied, and not the same: {'; '.join(wrong)}")
    return sum(table.rows for table in before.values())


def _into_sqlite(file: Path, *, replace: bool) -> None:
    target = Path(connection.settings_dict["NAME"])
    if target.exists() and target.stat().st_size:
        if not replace:
            raise BackupError(f"{target} exists. Stop the site and use --replace to put it aside.")
        # What is in the log belongs to the file that is put aside.
        with sqlite3.connect(target) as old:
            busy = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        old.close()
        if busy:
            raise BackupError(f"{target} is in use. Stop the site first.")
    connection.close()
    fresh = target.with_name(target.name + ".restoring")
    shutil.copyfile(file, fresh)
    if target.exists():
        target.replace(target.with_name(target.name + ".before-restore"))
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    fresh.replace(target)


def _into_postgresql(file: Path) -> None:
    if connection.introspection.table_names():
        raise BackupError("The database has tables. Restore into one made by `createdb`.")
    connection.close()
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    run([*postgresql_tool("pg_restore"), *options, str(file)])


def _same_migrations(alias: str) -> None:
    states = []
    for name in (alias, "default"):
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            states.append(set(cursor.fetchall()))
    if states[0] != states[1]:
        missing = sorted(states[0] ^ states[1])[0]
        raise BackupError(
            f"The two are not at the same migration ({'.'.join(missing)}): run `manage.py migrate` "
            "on both."
        )


def _nothing_there() -> None:
    for model in models():
        if model._meta.app_label in ("people", "quotes") and model._base_manager.exists():
            raise BackupError(
                f"The database is not empty: it has {model._meta.verbose_name_plural}."
            )


def _in_order() -> list[type[Model]]:
    """Return the models so that each comes after those it points at, as far as that can be."""
    kept, done, order = set(models()), set(), []

    def visit(model: type[Model]) -> None:
        if model in done or model not in kept:
            return
        done.add(model)
        for field in model._meta.concrete_fields:
            if field.remote_field:
                visit(field.remote_field.model)
        order.append(model)

    for model in models():
        visit(model)
    return order


def _copy(model: type[Model], alias: str) -> None:
    """Copy the rows of one table, values and keys as they are."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    batch: list[Model] = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(model.from_db("default", names, row))
        if len(batch) == CHUNK:
            _insert(model, batch)
            batch = []
    _insert(model, batch)


def _insert(model: type[Model], batch: list[Model]) -> None:
    if batch:
        rows: Any = model._base_manager.using("default").all()
        # raw: values as they are, so that no column fills itself with today's date.
        rows._insert(batch, fields=columns(model), raw=True, using="default")


def _continue_numbers() -> None:
    """Let the next row have the next number."""
    statements = connection.ops.sequence_reset_sql(no_style(), models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
