"""Which SQLite library, and which journal: never the one with a known fault in WAL mode.

Releases before 3.51.3 (but 3.44.6 and 3.50.7) can, rarely, damage a database in WAL mode when a
checkpoint and a writer collide. Many systems ship such a release, so the package `pysqlite3`
brings a newer library; where neither is sound, the rollback journal is used, which has no such
fault and lets readers wait while a change is written (docs/decisions/0018).
"""

import sqlite3
import sys
from importlib import import_module

FIXED = (3, 51, 3)
BACKPORTS = ((3, 44, 6), (3, 50, 7))
WAL, ROLLBACK = "WAL", "DELETE"


def is_sound(version: tuple[int, ...]) -> bool:
    """Say whether a release of SQLite may be used in WAL mode."""
    backported = any(version[:2] == fix[:2] and version >= fix for fix in BACKPORTS)
    return version >= FIXED or backported


def journal() -> str:
    """Return the journal to use, after putting a sound library in place of one that is not.

    Must run before Django's SQLite backend is imported, which takes whatever `sqlite3` is then.
    """
    if is_sound(sqlite3.sqlite_version_info):
        return WAL
    try:
        newer = import_module("pysqlite3.dbapi2")
    except ImportError:
        return ROLLBACK
    if not is_sound(newer.sqlite_version_info):
        return ROLLBACK
    sys.modules["sqlite3"] = import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = newer
    return WAL
