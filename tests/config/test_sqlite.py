"""The SQLite in use has no known fault in the journal in use, whatever Python brought."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.sqlite import is_sound

ROOT = Path(__file__).resolve().parents[2]
# What a process uses that has this library and, or not, the package with a newer one.
LOOK = """
import sqlite3, sys
sqlite3.sqlite_version_info = {version}
if {without_package}:
    sys.modules["pysqlite3"] = None
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    print(cursor.fetchone()[0], connection.Database.sqlite_version)
"""
OLD, SOUND = (3, 40, 1), (3, 51, 3)


def look(folder: Path, version: tuple[int, ...], *, without_package: bool) -> tuple[str, str]:
    code = LOOK.format(version=version, without_package=without_package)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/found.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    journal, version_used = done.stdout.split()
    return journal, version_used


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((4, 0, 0), True),
    ],
)
def test_releases_with_the_fault_are_known(version: tuple[int, ...], expected: bool) -> None:
    assert is_sound(version) is expected


def test_old_library_gives_way_to_the_package(tmp_path: Path) -> None:
    journal, version = look(tmp_path, OLD, without_package=False)

    assert journal == "wal"
    assert is_sound(tuple(map(int, version.split("."))))


def test_without_the_package_an_old_library_uses_the_rollback_journal(tmp_path: Path) -> None:
    assert look(tmp_path, OLD, without_package=True)[0] == "delete"


def test_sound_library_is_used_as_it_is(tmp_path: Path) -> None:
    assert look(tmp_path, SOUND, without_package=True)[0] == "wal"
