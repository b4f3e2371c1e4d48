"""Counts and pages of any number of published quotes, from integer columns in memory.

The database's text index says which quotes match; here they are counted and put in order. The
columns are read from SQL in seconds, mapped from files so that processes share them, and kept
fresh by the change log. Whenever they can't be trusted `columns()` gives None, and SQL answers:
docs/scaling.md, decision 0011.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from quotes.changes import state
from quotes.choices import Status
from quotes.search.columns.conditions import (
    All,
    Condition,
    Days,
    HasStance,
    Keys,
    Not,
    OneAtLeast,
    OneOf,
)
from quotes.search.columns.orders import ORDERS, days, micros
from quotes.search.columns.read import UnreadableError, read_part, to_numbers
from quotes.search.columns.selection import Found, Selection
from quotes.search.columns.snapshot import snapshot
from quotes.search.columns.store import Columns, Store, build

__all__ = [
    "ORDERS",
    "All",
    "Columns",
    "Condition",
    "Days",
    "Found",
    "HasStance",
    "Keys",
    "Not",
    "OneAtLeast",
    "OneOf",
    "Selection",
    "UnreadableError",
    "build",
    "columns",
    "days",
    "micros",
    "read_part",
    "to_numbers",
]
TRIES = 3
# One for each database: a replica may be a few changes behind.
_stores: defaultdict[str, Store] = defaultdict(Store)


@contextmanager
def columns(using: str = DEFAULT_DB_ALIAS) -> Iterator[Columns | None]:
    """Yield the columns for one snapshot of the database, and that snapshot for further reads.

    None means that SQL must answer: the collection is small, the columns are not built yet, or
    this is within a transaction, whose own changes nobody else may see. No writes in the block.
    """
    connection = connections[using]
    if connection.in_atomic_block or not _worth_it(using):
        yield None
        return
    for attempt in range(TRIES):
        with snapshot(connection):
            now = state(using)
            found = _stores[using].at(now, connection)
            if found is None and attempt + 1 < TRIES and _stores[using].is_past(now):
                continue
            yield found
            return


def _worth_it(using: str) -> bool:
    """Say whether there are so many published quotes that counting them in SQL is felt."""
    least = settings.COLUMNS_FROM
    if not least:
        return False
    if _stores[using].base is not None:
        return True
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM quotes_quote WHERE status = %s LIMIT 1 OFFSET %s",
            [Status.PUBLISHED.value, least - 1],
        )
        return cursor.fetchone() is not None
