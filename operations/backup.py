"""A copy of the whole record, made while the site runs, and proved before it is called one.

A backup is a folder: the copy itself (`data.sqlite3` or `data.pgdump`) and `manifest.json`, which
says what is in it. It appears under its name only when it is complete; a run that is cut off
leaves a folder ending in `.partial`, which the next run removes. A copy of a live SQLite file made
with `cp` is bad more often than not, so SQLite's own online backup makes it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from operations.digest import Table, digest
from operations.second import second_database

PARTIAL = ".partial"
MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(RuntimeError):
    """No backup was made, or what lies there is none; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, as written beside it."""

    made: str
    vendor: str
    file: str
    sha256: str
    migrations: tuple[str, ...]
    tables: dict[str, Table]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def make(folder: Path, *, now: datetime | None = None) -> Path:
    """Write a backup of the default database below `folder` and return its own folder.

    Raises BackupError, and leaves nothing behind, when the copy fails or doesn't hold together.
    """
    moment = now or timezone.now()
    target = folder / f"ontherecord-{moment:%Y%m%dT%H%M%S.%fZ}"
    partial = target.with_name(target.name + PARTIAL)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(f"ontherecord-*{PARTIAL}"):
            shutil.rmtree(left)
        partial.mkdir(mode=0o700)
        vendor = connections["default"].vendor
        file, tables = (_sqlite if vendor == "sqlite" else _postgresql)(partial)
        manifest = Manifest(
            made=moment.isoformat(),
            vendor=vendor,
            file=file.name,
            sha256=sha256(file),
            migrations=applied_migrations(),
            tables=tables,
        )
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
        (partial / MANIFEST).write_text(text + "\n", encoding="utf-8")
        for path in (file, partial / MANIFEST):
            _settle(path)
        partial.rename(target)
        _settle(folder)
    except (OSError, sqlite3.Error, subprocess.SubprocessError) as error:
        raise BackupError(f"No backup was made: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


def read_manifest(backup: Path) -> Manifest:
    """Return what a backup says of itself, once its file is seen to be the one it speaks of.

    Raises BackupError for a folder that is no backup, or whose file is damaged.
    """
    try:
        written: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        tables = {name: Table(**table) for name, table in written.pop("tables").items()}
        migrations = tuple(written.pop("migrations"))
        manifest = Manifest(**written, migrations=migrations, tables=tables)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{backup} is no backup: {error}") from error
    if manifest.format != FORMAT:
        raise BackupError(f"{backup} is of format {manifest.format}; this version reads {FORMAT}.")
    file = backup / manifest.file
    if file.parent != backup or not file.is_file():
        raise BackupError(f"{backup} lacks its file {manifest.file}.")
    if sha256(file) != manifest.sha256:
        raise BackupError(f"{file} is damaged: its SHA-256 is not the one of its manifest.")
    return manifest


def complete(folder: Path) -> list[Path]:
    """Return the finished backups below a folder, the oldest first."""
    return sorted(path.parent for path in folder.glob(f"ontherecord-*Z/{MANIFEST}"))


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` finished backups; return what was removed."""
    removed = complete(folder)[: -keep or None]
    for path in removed:
        shutil.rmtree(path)
    return removed


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def applied_migrations() -> tuple[str, ...]:
    found = MigrationRecorder(connections["default"]).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in found))


def postgresql_tool(name: str) -> list[str]:
    """Return the command and the options that reach the default database, without its password."""
    binary = shutil.which(name)
    if binary is None:
        raise BackupError(f"{name} is not installed; it comes with PostgreSQL's client package.")
    given = connections["default"].get_connection_params()
    options = {"--host": "host", "--port": "port", "--username": "user"}
    words = [f"{option}={given[key]}" for option, key in options.items() if given.get(key)]
    return [binary, *words, "--no-password", f"--dbname={given['dbname']}"]


def postgresql_environment() -> dict[str, str]:
    password = connections["default"].get_connection_params().get("password")
    # In the environment, not among the words: those everybody on the machine can read.
    return dict(os.environ) | ({"PGPASSWORD": str(password)} if password else {})


def _sqlite(partial: Path) -> tuple[Path, dict[str, Table]]:
    """Copy with SQLite's online backup, then check the copy and count what is in it."""
    file = partial / "data.sqlite3"
    source = sqlite3.connect(
        f"file:{connections['default'].settings_dict['NAME']}?mode=ro", uri=True
    )
    copy = sqlite3.connect(file)
    try:
        # In one step: between two of them a writer would let it begin anew, again and again. With
        # the write-ahead log nobody waits for it; without, writers wait until it is done.
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for check in ("integrity_check", "foreign_key_check"):
            answer = copy.execute(f"PRAGMA {check}").fetchall()
            if answer not in ([], [("ok",)]):
                raise BackupError(f"The copy fails SQLite's {check}: {answer[0]}")
    finally:
        copy.close()
        source.close()
    with second_database("backup", file) as alias:
        return file, digest(alias)


def _postgresql(partial: Path) -> tuple[Path, dict[str, Table]]:
    """Dump and count in one and the same snapshot, so that both speak of the same rows."""
    file = partial / "data.pgdump"
    connection = connections["default"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        command = [*postgresql_tool("pg_dump"), "--format=custom", f"--snapshot={snapshot}"]
        options = ["--no-owner", "--no-privileges", f"--file={file}"]
        run([*command, *options])
        return file, digest()


def run(command: list[str]) -> None:
    """Run one of PostgreSQL's tools; its own words become the error's."""
    done = subprocess.run(
        command, env=postgresql_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _settle(path: Path) -> None:
    """Wait until a file or folder is on the disk: a name must not survive what it names."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
