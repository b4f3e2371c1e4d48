"""Orders of the list, and places in them that stay: what a page after or before a quote begins at.

A place is written `KEY_ID`: by what the list is sorted there, and the quote's id, which decides
between quotes of one key. `after=2008-12-07_4MJ2T8QV` goes on from there whatever is published,
corrected or withdrawn above it. (Keyset paging: a page costs the same however deep it is.)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from base.ids import canonical_id
from quotes.models import Quote

UNDATED = "undated"
_CURSOR = re.compile(r"([0-9TZ:.-]{1,32}|undated)_([0-9A-Za-z]{8})")


@dataclass(frozen=True)
class Cursor:
    """A place in a list."""

    key: str
    public_id: str

    def __str__(self) -> str:
        return f"{self.key}_{self.public_id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the place that a text names, or None when it can't be one."""
        found = _CURSOR.fullmatch(text)
        public_id = canonical_id(found.group(2)) if found else None
        return cls(found.group(1), public_id) if found and public_id else None


@dataclass(frozen=True)
class Order:
    """A column and a direction; quotes without the value come last, equal ones by key."""

    column: str
    descending: bool
    read: Callable[[str], Any]
    write: Callable[[Any], str]

    @property
    def has_places(self) -> bool:
        """Whether a page can begin at a quote; else it can only have a number."""
        return self.column != "relevance"

    def ordering(self, *, backwards: bool = False) -> list[OrderBy]:
        """Return what to sort by; backwards, those without a value come first."""
        down = self.descending != backwards
        nulls: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
        column = F(self.column)
        return (
            [column.desc(**nulls), F("pk").desc()] if down else [column.asc(**nulls), F("pk").asc()]
        )

    def cursor(self, quote: Quote) -> Cursor:
        """Return the place of a quote, which has the column's value as an attribute."""
        return Cursor(self.write(getattr(quote, self.column)), str(quote.public_id))

    def refusal(self, cursor: Cursor) -> str:
        """Say why a place is none in this order; "" when it is one."""
        try:
            self.read(cursor.key)
        except ValueError:
            return f"“{cursor}” is not a place in a list sorted like this."
        if not Quote.objects.filter(public_id=cursor.public_id).exists():
            return f"There is no quote {cursor.public_id} to go on from."
        return ""

    def beyond(self, cursor: Cursor, *, backwards: bool = False) -> Q:
        """Return the condition of coming after a place, or before it."""
        value = self.read(cursor.key)
        key = Quote.objects.values_list("pk", flat=True).get(public_id=cursor.public_id)
        sign = "lt" if self.descending != backwards else "gt"
        column, later = self.column, Q(**{f"pk__{sign}": key})
        if value is None:
            found = Q(**{f"{column}__isnull": True}) & later
            return found | Q(**{f"{column}__isnull": False}) if backwards else found
        found = Q(**{f"{column}__{sign}": value}) | (Q(**{column: value}) & later)
        return found if backwards else found | Q(**{f"{column}__isnull": True})


def _read_day(text: str) -> date | None:
    return None if text == UNDATED else date.fromisoformat(text)


def _write_day(day: date | None) -> str:
    return UNDATED if day is None else day.isoformat()


def _read_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    return moment


def _write_moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _no_place(text: str) -> float:
    raise ValueError("Relevance makes no places.")


def _no_name(value: float) -> str:
    raise ValueError("Relevance makes no places.")


ORDERS = {
    "newest": Order("date_earliest", True, _read_day, _write_day),
    "oldest": Order("date_earliest", False, _read_day, _write_day),
    "added": Order("published_at", True, _read_moment, _write_moment),
    # How well a quote matches changes with every quote that is added: there is no place to keep.
    "relevance": Order("relevance", True, _no_place, _no_name),
}
