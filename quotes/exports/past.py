"""A search as it was at a moment: the same quotes, in the versions that stood then.

What has not changed since is found by the ordinary search; what has is read from its versions
(docs/decisions/0012-searches-as-of-a-moment.md).
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from heapq import merge
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from base.parameters import Fault
from people.models import Membership, Organization, Person
from quotes.choices import SEALED_REASONS, AddressKind, Status
from quotes.exports.columns import Record
from quotes.exports.matching import MATCHERS, NO_CONDITION, Wanted, dates, matches
from quotes.exports.records import BATCH, batch_of
from quotes.listing import Listing
from quotes.models import (
    Outlet,
    PublishedAddress,
    Quote,
    QuoteRedirect,
    QuoteVersion,
    Target,
    Withdrawal,
)
from quotes.permanence import protected_slugs

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
# Parameters that name a row by its address, with what once made that address public.
NAMED = {
    "speaker": (AddressKind.PERSON, lambda: Person.objects.published().unprotected()),
    "organization": (AddressKind.ORGANIZATION, lambda: Organization.objects.published()),
    "outlet": (AddressKind.OUTLET, lambda: Outlet.objects.published()),
    "target": (AddressKind.TARGET, lambda: Target.objects.published()),
}
ORDERS = ("newest", "oldest")
Position = tuple[Any, ...]


def read_moment(given: Sequence[str]) -> datetime | Fault:
    """Return the moment that `as_of` names, or what is wrong with it."""
    text = given[0] if len(given) == 1 else ""
    try:
        found = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        return Fault("as_of", "Write a moment in UTC: 2026-11-22T07:30:00Z.")
    if found > timezone.now():
        return Fault("as_of", "That moment is still to come.")
    return found


def written(moment: datetime) -> str:
    """Return a moment as `as_of` takes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Past:
    """The quotes that a search found at a moment. The parameters are those of the list."""

    def __init__(self, data: QueryDict, at: datetime) -> None:
        self.at = at
        self.gone = {name: _gone(name, data.getlist(name)) for name in NAMED}
        present = data.copy()
        for name, values in self.gone.items():
            present.setlist(name, [v for v in data.getlist(name) if v not in values])
        self.listing = Listing(present)
        self.data = data

    @cached_property
    def faults(self) -> list[Fault]:
        found = list(self.listing.faults)
        if not found:
            known = {*MATCHERS, *NO_CONDITION}
            found = [
                Fault(name, "This can't be asked of a moment in the past.")
                for name in self.data
                if name not in known
            ]
        if not found and self.listing.sort not in ORDERS:
            ways = " or ".join(f"sort={order}" for order in ORDERS)
            found = [Fault("sort", f"The order of a moment in the past: {ways}.")]
        return found

    @cached_property
    def wanted(self) -> Wanted:
        named = {
            name: {value for value in self.data.getlist(name) if value}
            for name in NAMED
            if any(self.data.getlist(name))
        }
        return Wanted(self.listing.filter.chosen, named, self.at)

    @cached_property
    def keys(self) -> Sequence[int]:
        """The quotes' primary keys in the order asked for."""
        rows = merge(sorted(self._changed()), self._unchanged())
        return array("q", (position[-1] for position in rows))

    def records(self, chosen: Sequence[int] | None = None, *, root: str) -> Iterator[Record]:
        """Yield the versions that stood then, of all quotes or of the keys given."""
        wanted = self.keys if chosen is None else chosen
        for start in range(0, len(wanted), BATCH):
            yield from self._batch(list(wanted[start : start + BATCH]), root)

    def _batch(self, keys: Sequence[int], root: str) -> Iterator[Record]:
        hidden = closed(keys)
        still_open = [key for key in keys if key not in hidden]
        versions = QuoteVersion.objects.filter(quote__in=still_open, created_at__lte=self.at)
        ordered = versions.order_by("quote_id", "number")
        return batch_of(still_open, ordered, root=root, as_of=self.at)

    def _unchanged(self) -> Iterator[Position]:
        """Yield what the search finds now and nothing has touched since, in order."""
        if any(self.gone[name] and not self.listing.data.getlist(name) for name in NAMED):
            return
        found = self.listing.quotes.prefetch_related(None).filter(published_at__lte=self.at)
        rows = found.exclude(pk__in=self._touched().values("pk"))
        for day, key in rows.values_list("date_earliest", "pk").iterator(chunk_size=10_000):
            yield self._position(day, key)

    def _changed(self) -> Iterator[Position]:
        """Yield what was public then, has changed since, and met the search as it stood."""
        touched = self._touched().filter(published_at__lte=self.at).order_by("pk")
        keys = list(touched.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            away = _away(batch, self.at)
            for key, record in self._shown([key for key in batch if key not in away]):
                if matches(record.shown, self.wanted):
                    yield self._position(dates(record.shown).earliest, key)

    def _shown(self, keys: Sequence[int]) -> Iterator[tuple[int, Record]]:
        ids = dict(Quote.objects.filter(pk__in=keys).values_list("public_id", "pk"))
        for record in self._batch(keys, ""):
            yield ids[record.shown["id"]], record

    def _touched(self) -> QuerySet[Quote]:
        """Return the quotes of which anything that a search looks at has changed since."""
        later = {
            "versions": QuoteVersion.objects.filter(created_at__gt=self.at),
            "withdrawals": Withdrawal.objects.filter(
                Q(withdrawn_at__gt=self.at) | Q(lifted_at__gt=self.at)
            ),
            "redirects": QuoteRedirect.objects.filter(
                Q(made_at__gt=self.at) | Q(undone_at__gt=self.at)
            ),
        }
        touched = Q()
        for rows in later.values():
            touched |= Q(pk__in=rows.values("quote_id"))
        if "organization" in self.wanted.named:
            # Roles are no part of a quote's record, but a search for a body looks at them.
            roles = Membership.history.filter(history_date__gt=self.at)
            touched |= Q(speaker__in=roles.values("person_id"))
        return Quote.objects.filter(touched)

    def _position(self, day: date | None, key: int) -> Position:
        """Return what sorts a quote as the list does: those without a date last."""
        sign = 1 if self.listing.sort == "oldest" else -1
        return (day is None, sign * (day.toordinal() if day else 0), sign * key, key)


def _gone(name: str, values: Iterable[str]) -> set[str]:
    """Return the addresses that answer no search today and were public once."""
    given = {value for value in values if value}
    if not given:
        return set()
    kind, rows = NAMED[name]
    unknown = given - set(rows().filter(slug__in=given).values_list("slug", flat=True))
    public = PublishedAddress.objects.filter(kind=kind, key__in=unknown)
    found = set(public.values_list("key", flat=True))
    return found - protected_slugs(list(found)) if name == "speaker" else found


def _away(keys: Sequence[int], at: datetime) -> set[int]:
    """Return those of the quotes that were withdrawn or merged at a moment."""
    withdrawn = Withdrawal.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=at), quote__in=keys, withdrawn_at__lte=at
    )
    merged = QuoteRedirect.objects.filter(
        Q(undone_at__isnull=True) | Q(undone_at__gt=at), quote__in=keys, made_at__lte=at
    )
    return {key for rows in (withdrawn, merged) for key in rows.values_list("quote_id", flat=True)}


def closed(keys: Sequence[int]) -> set[int]:
    """Return those of the quotes whose versions nobody may read any more, as `permanence` has it.

    Withdrawn to protect a person, or merged into one that was.
    """
    sealed = Withdrawal.objects.filter(lifted_at__isnull=True, reason__in=SEALED_REASONS)
    own = sealed.filter(quote__in=keys).values_list("quote_id", flat=True)
    merged = QuoteRedirect.objects.filter(
        undone_at__isnull=True,
        quote__in=keys,
        quote__status=Status.MERGED,
        survivor__in=sealed.values("quote_id"),
    )
    return {*own, *merged.values_list("quote_id", flat=True)}
