"""Does a recorded version meet a search: what SQL asks of rows, asked of a record.

One function for each parameter of `QuoteFilter`; one without a function here can't be asked of the
past, and `tests/quotes/test_as_of.py` fails until it has one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from base.dates import DateBounds, bounds
from people.models import Membership, Organization, Person
from quotes.choices import DISPUTING, StanceBasis
from quotes.exports.columns import Record
from quotes.exports.words import Texts, fits
from quotes.filters import FACETS, NOT
from quotes.models import Outlet
from quotes.search import Query

Span = tuple[date | None, date | None]
Values = Collection[str]


@dataclass(frozen=True)
class Wanted:
    """What was asked, at a moment.

    `given` are the facets' values as they were written, names compared as they stood in the
    record; `chosen` the cleaned values of the other parameters.
    """

    chosen: Mapping[str, Any]
    given: Mapping[str, Values]
    query: Query | None
    at: datetime
    _then: dict[tuple[str, frozenset[str]], Any] = field(default_factory=dict)

    def outlets(self, slugs: Values) -> set[str]:
        """Return the names that outlets had then: a record keeps the name."""
        key = ("outlet", frozenset(slugs))
        if key not in self._then:
            rows = Outlet.history.as_of(self.at).filter(slug__in=slugs)
            self._then[key] = set(rows.values_list("name", flat=True))
        return self._then[key]

    def held(self, slugs: Values) -> dict[str, list[Span]]:
        """Return when speakers held a role in some bodies, by the speaker's address then."""
        key = ("organization", frozenset(slugs))
        if key not in self._then:
            bodies = Organization.history.as_of(self.at).filter(slug__in=slugs)
            keys = list(bodies.values_list("id", flat=True))
            rows = Membership.history.as_of(self.at).filter(organization_id__in=keys)
            roles = list(rows.values_list("person_id", "start_earliest", "end_latest"))
            people = Person.history.as_of(self.at).filter(id__in={role[0] for role in roles})
            names = dict(people.filter(protected=False).values_list("id", "slug"))
            found: dict[str, list[Span]] = {}
            for person, start, end in roles:
                if person in names:
                    found.setdefault(names[person], []).append((start, end))
            self._then[key] = found
        return self._then[key]


def dates(record: Record) -> DateBounds:
    """Return the days that lists sort a record by."""
    return bounds(record.shown["said"] or record.shown["article"]["published"])


def matches(record: Record, wanted: Wanted) -> bool:
    """Say whether a record meets every parameter."""
    if wanted.query and not fits(wanted.query.root, Texts.of(record.shown, dates(record))):
        return False
    return all(
        MATCHERS[name](record, wanted)
        for name in MATCHERS
        if name != "q" and (wanted.given.get(name) or wanted.chosen.get(name))
    )


def _speaker(record: Record, values: Values, wanted: Wanted) -> bool:
    return (record.shown["speaker"] or {}).get("slug") in values


def _organization(record: Record, values: Values, wanted: Wanted) -> bool:
    if (record.shown["on_behalf_of"] or {}).get("slug") in values:
        return True
    found, speaker = dates(record), (record.shown["speaker"] or {}).get("slug", "")
    # As in SQL, an unknown date is neither before nor after anything.
    return any(
        (start is None or (found.latest is not None and start <= found.latest))
        and (end is None or (found.earliest is not None and end >= found.earliest))
        for start, end in wanted.held(values).get(speaker, ())
    )


def _outlet(record: Record, values: Values, wanted: Wanted) -> bool:
    return record.shown["article"]["outlet"] in wanted.outlets(values)


def _has_value(row: Mapping[str, Any], values: Values) -> bool:
    return row["value"] in values or f"{row['target']}:{row['value']}" in values


def _target(record: Record, values: Values, wanted: Wanted) -> bool:
    return any(row["target"] in values for row in record.shown["stances"])


def _stance(record: Record, values: Values, wanted: Wanted) -> bool:
    return any(_has_value(row, values) for row in record.shown["stances"])


def _coded(record: Record, wanted: Wanted) -> bool:
    """One stance that is on one of the targets and has one of the values, where some are given."""
    targets, values = wanted.given.get("target"), wanted.given.get("stance")
    return any(
        (not targets or row["target"] in targets) and (not values or _has_value(row, values))
        for row in record.shown["stances"]
    )


def _role(record: Record, values: Values, wanted: Wanted) -> bool:
    # Empty in the record of a protected speaker.
    return record.shown["speaker_role"] in values


def _word(name: str) -> Callable[[Record, Values, Wanted], bool]:
    return lambda record, values, wanted: record.shown[name] in values


def _language(record: Record, values: Values, wanted: Wanted) -> bool:
    return record.shown["article"]["language"] in values


def _year(record: Record, values: Values, wanted: Wanted) -> bool:
    day = dates(record).earliest
    return day is not None and f"{day.year:04d}" in values


def _disputed(record: Record, values: Values, wanted: Wanted) -> bool:
    if "coders" in values:
        bases = {row["basis"] for row in record.shown["stances"]}
        if StanceBasis.DISPUTED in bases:
            return True
    return "notice" in values and any(row["kind"] in DISPUTING for row in record.notices)


def _dated(record: Record, wanted: Wanted) -> DateBounds | None:
    """Return the days that the search looks at, None where it leaves the record out."""
    said = record.shown["said"]
    if wanted.chosen["date_of"] == "published":
        found = bounds(record.shown["article"]["published"])
    elif wanted.chosen["date_of"] == "said" and not said:
        return None
    else:
        found = dates(record)
    return found if found.earliest or found.latest else None


def _date_from(record: Record, wanted: Wanted) -> bool:
    found = _dated(record, wanted)
    if found is None:
        return False
    return found.latest is None or bool(found.latest >= wanted.chosen["date_from"][1])


def _date_to(record: Record, wanted: Wanted) -> bool:
    found = _dated(record, wanted)
    if found is None:
        return False
    return found.earliest is None or bool(found.earliest <= wanted.chosen["date_to"][1])


OF_FACET: dict[str, Callable[[Record, Values, Wanted], bool]] = {
    "target": _target,
    "stance": _stance,
    "speaker": _speaker,
    "organization": _organization,
    "role": _role,
    "outlet": _outlet,
    "year": _year,
    "kind": _word("kind"),
    "channel": _word("channel"),
    "language": _language,
    "disputed": _disputed,
}


def _asked(name: str) -> Callable[[Record, Wanted], bool]:
    if name in ("target", "stance"):
        return _coded
    return lambda record, wanted: OF_FACET[name](record, wanted.given[name], wanted)


def _left_out(name: str) -> Callable[[Record, Wanted], bool]:
    return lambda record, wanted: not OF_FACET[name](record, wanted.given[NOT + name], wanted)


MATCHERS: dict[str, Callable[[Record, Wanted], bool]] = {
    "q": lambda record, wanted: True,  # `matches` asks it first
    **{name: _asked(name) for name in FACETS},
    **{NOT + name: _left_out(name) for name in FACETS},
    "date_from": _date_from,
    "date_to": _date_to,
}
# These say how to read another parameter, in which order, or which part of the list to show.
NO_CONDITION = ("date_of", "sort", "page", "after", "before")
