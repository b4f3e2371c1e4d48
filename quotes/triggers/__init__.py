"""What the database refuses beyond its constraints, and what it derives by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from base import triggers
from base.triggers import Trigger
from people.triggers import TRIGGERS as PEOPLE
from quotes.triggers.address import TRIGGERS as ADDRESS
from quotes.triggers.change import TRIGGERS as CHANGE
from quotes.triggers.history import history_triggers
from quotes.triggers.quote import TRIGGERS as QUOTE
from quotes.triggers.quote import text_is_spans
from quotes.triggers.search import search_triggers
from quotes.triggers.stance import TRIGGERS as STANCE


def all_triggers(vendor: str) -> list[Trigger]:
    """Return every trigger that a database of this vendor must have."""
    return [
        *PEOPLE,
        *QUOTE,
        text_is_spans(vendor),
        *STANCE,
        *ADDRESS,
        *CHANGE,
        *history_triggers(),
        *search_triggers(vendor),
    ]


@contextmanager
def suspended() -> Iterator[None]:
    """Run a block without the triggers: only to empty a test database."""
    with triggers.suspended(connection, all_triggers(connection.vendor)):
        yield
