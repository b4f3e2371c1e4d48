"""Does a recorded version meet a search: what SQL asks of rows, asked of a record.

One function for each parameter of `QuoteFilter`; one without a function here can't be asked of the
past, and `tests/quotes/test_as_of.py` fails until it has one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from base.dates import DateBounds, bounds
from people.models import Membership, Organization, Person
from quotes.models import Outlet
from quotes.search.query import Query, parse
from quotes.search.words import folded_text, stem, stemmed_text

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What was asked, at a moment.

    `chosen` are the cleaned values of the parameters; `named` the addresses given for people,
    bodies, outlets and targets, which are compared as they stood in the record.
    """

    chosen: Mapping[str, Any]
    named: Mapping[str, Collection[str]]
    at: datetime

    @cached_property
    def query(self) -> Query:
        return parse(self.chosen["q"])

    @cached_property
    def outlets(self) -> set[str]:
        """The names that the chosen outlets had then: a record keeps the name."""
        rows = Outlet.history.as_of(self.at).filter(slug__in=self.named["outlet"])
        return set(rows.values_list("name", flat=True))

    @cached_property
    def held(self) -> dict[str, list[tuple[date | None, date | None]]]:
        """When each speaker held a role in a chosen body, by the speaker's address then."""
        bodies = Organization.history.as_of(self.at).filter(slug__in=self.named["organization"])
        keys = list(bodies.values_list("id", flat=True))
        rows = Membership.history.as_of(self.at).filter(organization_id__in=keys)
        roles = list(rows.values_list("person_id", "start_earliest", "end_latest"))
        people = Person.history.as_of(self.at).filter(id__in={role[0] for role in roles})
        slugs = dict(people.filter(protected=False).values_list("id", "slug"))
        found: dict[str, list[tuple[date | None, date | None]]] = {}
        for person, start, end in roles:
            if person in slugs:
                found.setdefault(slugs[person], []).append((start, end))
        return found


def dates(shown: Snapshot) -> DateBounds:
    """Return the days that lists sort a record by."""
    return bounds(shown["said"] or shown["article"]["published"])


def matches(shown: Snapshot, wanted: Wanted) -> bool:
    """Say whether a record meets every parameter."""
    return all(
        MATCHERS[name](shown, wanted)
        for name in MATCHERS
        if wanted.chosen.get(name) or wanted.named.get(name)
    )


def _words(shown: Snapshot, wanted: Wanted) -> bool:
    """Compare with the text that `quotes.search.index.search_words` makes searchable."""
    speaker, body = shown["speaker"], shown["on_behalf_of"]
    texts = (
        shown["text"],
        speaker["name"] if speaker else shown["speaker_text"],
        body["name"] if body else "",
        shown["article"]["headline"],
        # Empty in the record of a protected speaker, as in the index.
        shown["speaker_role"],
        shown["prefix"],
        shown["suffix"],
    )
    words = [f" {part} " for part in (folded_text(texts[0]), folded_text(*texts[1:]))]
    stems = set(stemmed_text(*texts).split())
    return all(
        any(f" {' '.join(term.words)} " in text for text in words)
        if term.exact
        else stem(term.words[0]) in stems
        for term in wanted.query.terms
    )


def _speaker(shown: Snapshot, wanted: Wanted) -> bool:
    return (shown["speaker"] or {}).get("slug") in wanted.named["speaker"]


def _organization(shown: Snapshot, wanted: Wanted) -> bool:
    if (shown["on_behalf_of"] or {}).get("slug") in wanted.named["organization"]:
        return True
    found = dates(shown)
    # As in SQL, an unknown date is neither before nor after anything.
    return any(
        (start is None or (found.latest is not None and start <= found.latest))
        and (end is None or (found.earliest is not None and end >= found.earliest))
        for start, end in wanted.held.get((shown["speaker"] or {}).get("slug", ""), ())
    )


def _target(shown: Snapshot, wanted: Wanted) -> bool:
    values = wanted.chosen["stance"]
    return any(
        row["target"] in wanted.named["target"] and (not values or row["value"] in values)
        for row in shown["stances"]
    )


def _stance(shown: Snapshot, wanted: Wanted) -> bool:
    if wanted.named.get("target"):
        return True  # _target has seen to it: the value must be that target's
    return any(row["value"] in wanted.chosen["stance"] for row in shown["stances"])


def _outlet(shown: Snapshot, wanted: Wanted) -> bool:
    return shown["article"]["outlet"] in wanted.outlets


def _word(name: str) -> Callable[[Snapshot, Wanted], bool]:
    return lambda shown, wanted: shown[name] in wanted.chosen[name]


def _dated(shown: Snapshot, wanted: Wanted) -> DateBounds | None:
    """Return the days that the search looks at, None where it leaves the record out."""
    if wanted.chosen["date_of"] == "published":
        return bounds(shown["article"]["published"])
    return None if wanted.chosen["date_of"] == "said" and not shown["said"] else dates(shown)


def _date_from(shown: Snapshot, wanted: Wanted) -> bool:
    found = _dated(shown, wanted)
    if found is None or found.latest is None:
        return bool(found and found.earliest)
    return bool(found.latest >= wanted.chosen["date_from"][1])


def _date_to(shown: Snapshot, wanted: Wanted) -> bool:
    found = _dated(shown, wanted)
    if found is None or found.earliest is None:
        return bool(found and found.latest)
    return bool(found.earliest <= wanted.chosen["date_to"][1])


MATCHERS: dict[str, Callable[[Snapshot, Wanted], bool]] = {
    "q": _words,
    "speaker": _speaker,
    "organization": _organization,
    "target": _target,
    "stance": _stance,
    "outlet": _outlet,
    "kind": _word("kind"),
    "channel": _word("channel"),
    "date_from": _date_from,
    "date_to": _date_to,
}
# These say how to read another parameter, or in which order.
NO_CONDITION = ("date_of", "sort", "page")
