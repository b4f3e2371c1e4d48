"""A second database beside the default one, for as long as a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections


@contextmanager
def second_database(alias: str, path: Path) -> Iterator[str]:
    """Open a SQLite file under an alias of its own; close and forget it afterwards."""
    base = dict(connections.settings["default"])
    options = {"transaction_mode": "IMMEDIATE", "timeout": 10}
    base |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    base |= {"HOST": "", "PORT": "", "USER": "", "PASSWORD": "", "CONN_MAX_AGE": 0}
    connections.settings[alias] = base
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
