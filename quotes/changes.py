"""What has changed since: the number of the last change, and the quotes changed after a number.

Triggers write the log (`quotes/triggers/change.py`); here it is read.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import F

from base.triggers import PREFIX
from quotes.models import Change, ChangeCounter
from quotes.triggers.change import ALL, KEPT, TRIGGERS


@dataclass(frozen=True)
class State:
    """A state of the public record. Two that are equal show the same."""

    epoch: int
    seq: int


def data_version() -> int:
    """Return a number that grows with every change of what the public sees. One query by key."""
    return state().seq


def state(using: str | None = None) -> State:
    """Return the state that a connection sees, changes of its own transaction included.

    Without a name it is that of the database which this request reads from.
    """
    connection = connections[using or router.db_for_read(ChangeCounter)]
    query = "SELECT epoch, seq FROM quotes_changecounter"
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        # What this transaction changed is counted at its commit, unless somebody asks before;
        # what it changes after that takes another number.
        names = ", ".join(f"{PREFIX}{trigger.name}" for trigger in TRIGGERS)
        query = (
            f"SET CONSTRAINTS {names} IMMEDIATE; SET CONSTRAINTS {names} DEFERRED; "
            f"SELECT set_config('otr.change', '', true); {query}"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return State(*row) if row else State(epoch=0, seq=0)


def changed_quotes(
    since: State, *, now: State, most: int, using: str | None = None
) -> Collection[int] | None:
    """Return the ids of the quotes changed after `since`, up to `now`.

    None means that all must be read anew: the log does not reach back so far, it says so itself,
    or more than `most` quotes have changed. Read `now` in the same snapshot.
    """
    if since.epoch != now.epoch or not now.seq - KEPT <= since.seq <= now.seq:
        return None
    if since == now:
        return ()
    with connections[using or router.db_for_read(Change)].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT quote_id FROM quotes_change WHERE seq > %s LIMIT %s",
            [since.seq, most + 1],
        )
        ids = {row[0] for row in cursor.fetchall()}
    return None if ALL in ids or len(ids) > most else ids


def everything_changed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count a change of all quotes: for whoever writes rows in bulk, past the triggers."""
    with transaction.atomic(using=using):
        counters = ChangeCounter.objects.using(using)
        counters.get_or_create(id=1, defaults={"seq": 0, "epoch": secrets.randbits(62)})
        counters.update(seq=F("seq") + 1)
        Change.objects.using(using).create(seq=counters.get().seq, quote_id=ALL)
