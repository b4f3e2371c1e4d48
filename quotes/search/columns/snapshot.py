"""Several reads that see one state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

# Not `atomic()`: on SQLite that takes the write lock (transaction_mode), and a reader must not.
BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Run a block of reads in one snapshot. Not within a transaction, and no writes in it."""
    if connection.in_atomic_block:
        raise ValueError("A snapshot can't begin within a transaction.")
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
