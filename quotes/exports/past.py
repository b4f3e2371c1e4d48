"""A search as it was at a moment: the same quotes, in the versions that stood then.

What has not changed since is found by the ordinary search; what has is read from its versions
(docs/decisions/0012-searches-as-of-a-moment.md).
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from heapq import merge
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from base.among import among
from base.parameters import Fault
from people.models import Membership, Organization, Person
from quotes.choices import SEALED_REASONS, AddressKind, Status
from quotes.exports.columns import Record
from quotes.exports.matching import MATCHERS, NO_CONDITION, Wanted, dates, matches
from quotes.exports.records import BATCH, batch_of
from quotes.exports.state import BEGINNING
from quotes.exports.words import without_past
from quotes.fields import LanguagesField, RolesField
from quotes.filters import FACETS, NOT
from quotes.listing import Listing
from quotes.models import (
    Notice,
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
# Facets that name a row by its address, with what once made that address public.
NAMED: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "speaker": (AddressKind.PERSON, lambda: Person.objects.published().unprotected()),
    "organization": (AddressKind.ORGANIZATION, Organization.objects.published),
    "outlet": (AddressKind.OUTLET, Outlet.objects.published),
    "target": (AddressKind.TARGET, Target.objects.published),
}
# Facets of texts, which a search takes only where a published quote has them.
TEXTS = {"role": RolesField, "language": LanguagesField}
# How well words match depends on every other text: that order has no past.
SORTED = {"newest": "date_earliest", "oldest": "date_earliest", "added": "published_at"}
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
        self.given = {
            name: values
            for name in (*FACETS, *(NOT + name for name in FACETS))
            if (values := [" ".join(value.split()) for value in data.getlist(name) if value])
        }
        # What no search finds today is asked of the versions alone.
        self.present = data.copy()
        for name, values in self.given.items():
            gone = _gone(name.removeprefix(NOT), values)
            self.present.setlist(name, [value for value in values if value not in gone])
        self.listing = Listing(self.present)
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
        return found or uncitable(self.listing)

    @cached_property
    def wanted(self) -> Wanted:
        found = self.listing.filter
        return Wanted(found.chosen, self.given, found.query, self.at)

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
        if not still_open:
            return iter(())
        versions = QuoteVersion.objects.filter(quote__in=among(still_open), created_at__lte=self.at)
        ordered = versions.order_by("quote_id", "number")
        return batch_of(still_open, ordered, root=root, as_of=self.at)

    def _unchanged(self) -> Iterator[Position]:
        """Yield what the search finds now and nothing has touched since, in order."""
        if any(not self.present.getlist(name) for name in self.given if name in FACETS):
            return
        found = self.listing.quotes.prefetch_related(None).filter(published_at__lte=self.at)
        rows = found.exclude(pk__in=self._touched().values("pk"))
        column = SORTED[self.listing.sort]
        for value, key in rows.values_list(column, "pk").iterator(chunk_size=10_000):
            yield self._position(value, key)

    def _changed(self) -> Iterator[Position]:
        """Yield what was public then, has changed since, and met the search as it stood."""
        touched = self._touched().filter(published_at__lte=self.at).order_by("pk")
        keys = list(touched.values_list("pk", flat=True))
        by_day = SORTED[self.listing.sort] == "date_earliest"
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            away = _away(batch, self.at)
            for key, record in self._shown([key for key in batch if key not in away]):
                if matches(record, self.wanted):
                    value = dates(record).earliest if by_day else record.added
                    yield self._position(value, key)

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
        if self.given.keys() & {"organization", f"{NOT}organization"}:
            # Roles are no part of a quote's record, but a search for a body looks at them.
            roles = Membership.history.filter(history_date__gt=self.at)
            touched |= Q(speaker__in=roles.values("person_id"))
        if self.given.keys() & {"disputed", f"{NOT}disputed"}:
            said = Notice.objects.filter(Q(made_at__gt=self.at) | Q(undone_at__gt=self.at))
            touched |= Q(pk__in=said.values("quote_id"))
        return Quote.objects.filter(touched)

    def _position(self, value: date | datetime | None, key: int) -> Position:
        """Return what sorts a quote as the list does: those without a date last."""
        sign = 1 if self.listing.sort == "oldest" else -1
        if isinstance(value, datetime):
            number = (value - BEGINNING) // timedelta(microseconds=1)
        else:
            number = value.toordinal() if value else 0
        return (value is None, sign * number, sign * key, key)


def uncitable(listing: Listing) -> list[Fault]:
    """Return what keeps a search without faults from being asked of the past."""
    if listing.sort not in SORTED:
        return [Fault("sort", f"The order of a moment in the past: {', '.join(SORTED)}.")]
    query = listing.filter.query
    if query and (name := without_past(query.root)):
        message = f"“{name}:” among the words can't be asked of a moment in the past; a filter can."
        return [Fault("q", message)]
    return []


def _gone(name: str, values: Collection[str]) -> Collection[str]:
    """Return the values of a facet that no search knows today and one may have known once."""
    if name in TEXTS:
        fit = [value for value in values if TEXTS[name].pattern.fullmatch(value)]
        return set(fit) - TEXTS[name]().known(fit) if fit else ()
    if name not in NAMED:
        return ()
    kind, rows = NAMED[name]
    # PostgreSQL can't be asked for a text with a NUL.
    values = [value for value in values if "\x00" not in value]
    unknown = set(values) - set(rows().filter(slug__in=values).values_list("slug", flat=True))
    public = PublishedAddress.objects.filter(kind=kind, key__in=unknown)
    found = set(public.values_list("key", flat=True))
    return found - protected_slugs(found) if name == "speaker" else found


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
    taken = Withdrawal.objects.filter(lifted_at__isnull=True, reason__in=SEALED_REASONS)
    # They are few, and asked of every thousand quotes of a download.
    sealed = set(taken.values_list("quote_id", flat=True))
    if not sealed or not keys:
        return set()
    merged = QuoteRedirect.objects.filter(
        undone_at__isnull=True,
        quote__in=among(keys),
        quote__status=Status.MERGED,
        survivor__in=among(sealed),
    )
    return {*sealed.intersection(keys), *merged.values_list("quote_id", flat=True)}
