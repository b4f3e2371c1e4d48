"""When did anything last change that a download, a feed or the API shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections, router
from django.utils import timezone

from people.models import Membership, Organization, Person
from quotes.changes import state
from quotes.models import Notice, Outlet, QuoteRedirect, QuoteVersion, Target, Withdrawal

# Raised when a format changes, so that no cache takes an old file for the new one.
FORMATS = 1
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
# What a row of a download is made of, each with the column that tells when it changed.
MOMENTS: tuple[tuple[Any, str], ...] = (
    (QuoteVersion, "created_at"),
    (Withdrawal, "withdrawn_at"),
    (Withdrawal, "lifted_at"),
    (QuoteRedirect, "made_at"),
    (QuoteRedirect, "undone_at"),
    (Notice, "made_at"),
    (Notice, "undone_at"),
    # What the filters look at besides.
    *(
        (model.history.model, "history_date")
        for model in (Person, Membership, Organization, Outlet, Target)
    ),
)


def last_change() -> datetime:
    """Return when anything public last changed; a day long past in an empty database."""
    return max(_greatest(), default=BEGINNING)


def data_version() -> str:
    """Return a word that is another one after every change of what is public."""
    now = state()
    return f"{FORMATS}-{now.epoch}-{now.seq}"


def _greatest() -> list[datetime]:
    """Return the greatest value of each column that has one, in one query.

    Written out: every page asks, and composing this of querysets took longer than asking it.
    """
    sql = " UNION ALL ".join(
        f'SELECT MAX("{column}") FROM "{model._meta.db_table}"'  # noqa: S608  # our own names
        for model, column in MOMENTS
    )
    with connections[router.db_for_read(QuoteVersion)].cursor() as cursor:
        cursor.execute(sql)
        found = [moment for (moment,) in cursor.fetchall() if moment]
    # SQLite has text for a moment, in UTC.
    return [m if isinstance(m, datetime) else datetime.fromisoformat(f"{m}+00:00") for m in found]


def as_of_now() -> datetime:
    """Return the moment that names the present state: the end of the second of the last change.

    The same until the next change, and exact: while that second still runs, it is the change's
    own microsecond.
    """
    changed = last_change()
    whole = changed.replace(microsecond=0)
    end = whole if whole == changed else whole + timedelta(seconds=1)
    return end if end <= timezone.now() else changed
