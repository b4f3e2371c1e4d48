"""`collection.toml`: who is in the collection and what stances are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from quotes.collection.faults import Place
from quotes.collection.fields import STANCE_VALUES
from quotes.collection.reading import Row, label_of
from quotes.collection.records import (
    CodebookExample,
    CoderEntry,
    MembershipEntry,
    OrganizationEntry,
    OutletEntry,
    PersonEntry,
    TargetEntry,
    UtteranceEntry,
)


class Keyed(Protocol):
    """An entry that others refer to by its key."""

    @property
    def key(self) -> str:
        """The key."""


E = TypeVar("E", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything of `collection.toml`, by key where others refer to it."""

    title: str
    description: str
    people: dict[str, PersonEntry]
    organizations: dict[str, OrganizationEntry]
    memberships: tuple[MembershipEntry, ...]
    outlets: dict[str, OutletEntry]
    coders: dict[str, CoderEntry]
    utterances: dict[str, UtteranceEntry]
    targets: dict[str, TargetEntry]


def read_entries(table: object, place: Place) -> Entries:
    """Read `collection.toml`; references between its entries are checked."""
    top = Row("collection.toml", table, place)
    about = Row("collection", top.table("collection"), place.inside("collection"))
    people = by_key(_person(row) for row in rows(top, "people"))
    organizations = by_key(_organization(row) for row in rows(top, "organizations"))
    memberships = tuple(_membership(row, people, organizations) for row in rows(top, "memberships"))
    return Entries(
        title=about.text("title"),
        description=about.text("description"),
        people=people,
        organizations=organizations,
        memberships=memberships,
        outlets=by_key(_outlet(row) for row in rows(top, "outlets")),
        coders=by_key(_coder(row) for row in rows(top, "coders")),
        utterances=by_key(_utterance(row) for row in rows(top, "utterances")),
        targets=by_key(_target(row) for row in rows(top, "targets")),
    )


def rows(parent: Row, name: str, table_name: str = "") -> list[Row]:
    """Return the entries of a list of tables; a key given twice is a fault."""
    seen: set[str] = set()
    result = []
    for number, table in enumerate(parent.tables(name), start=1):
        place = parent.place.inside(label_of(table, name, number))
        row = Row(table_name or name, table, place)
        if (key := row.text("key")) in seen and key:
            place.fault(f"the key {key!r} is given twice")
        seen.add(key)
        result.append(row)
    return result


def by_key(entries: Iterable[E]) -> dict[str, E]:
    """Index entries by key, leaving out those whose key was refused."""
    return {entry.key: entry for entry in entries if entry.key}


def known(row: Row, name: str, entries: Iterable[str], what: str) -> str | None:
    """Return a reference; one that points nowhere is a fault."""
    key = row.reference(name)
    if key is not None and key not in set(entries):
        row.place.fault(f"{name} is {key!r}, but there is no {what} of that key")
        return None
    return key


def _person(row: Row) -> PersonEntry:
    return PersonEntry(
        key=row.text("key"),
        name=row.text("name"),
        sort_name=row.text("sort_name"),
        other_names=row.texts("other_names"),
        summary=row.text("summary"),
        protected=row.flag("protected"),
    )


def _organization(row: Row) -> OrganizationEntry:
    return OrganizationEntry(
        key=row.text("key"),
        name=row.text("name"),
        other_names=row.texts("other_names"),
        summary=row.text("summary"),
    )


def _membership(row: Row, people: Iterable[str], organizations: Iterable[str]) -> MembershipEntry:
    return MembershipEntry(
        person=known(row, "person", people, "person") or "",
        organization=known(row, "organization", organizations, "organization") or "",
        role=row.text("role"),
        since=row.text("since"),
        until=row.text("until"),
        note=row.text("note"),
    )


def _outlet(row: Row) -> OutletEntry:
    return OutletEntry(
        key=row.text("key"),
        name=row.text("name"),
        url=web_address(row, "url"),
        note=row.text("note"),
    )


def web_address(row: Row, name: str) -> str:
    """Return an address; only http and https ones are let in."""
    url = row.text(name)
    if url and not url.startswith(("http://", "https://")):
        row.place.fault(f"{name} is {url!r}; only http and https addresses are accepted")
        return ""
    return url


def _coder(row: Row) -> CoderEntry:
    return CoderEntry(
        key=row.text("key"),
        name=row.text("name"),
        kind=row.text("kind"),
        description=row.text("description"),
    )


def _utterance(row: Row) -> UtteranceEntry:
    return UtteranceEntry(key=row.text("key"), title=row.text("title"), note=row.text("note"))


def _target(row: Row) -> TargetEntry:
    kind, proposition = row.text("kind"), row.text("proposition")
    if kind == "claim" and not proposition:
        row.place.fault("a claim needs its proposition")
    if kind == "subject" and proposition:
        row.place.fault("a subject has no proposition; only a claim has one")
    return TargetEntry(
        key=row.text("key"),
        label=row.text("label"),
        kind=kind,
        proposition=proposition,
        version=row.number("version"),
        change_reason=row.text("change_reason"),
        brief_definition=row.text("brief_definition"),
        full_definition=row.text("full_definition"),
        when_to_use=row.text("when_to_use"),
        when_not_to_use=row.text("when_not_to_use"),
        values=_values(row, kind),
        example=_example(row, "example"),
        counter_example=_example(row, "counter_example"),
    )


def _values(row: Row, kind: str) -> dict[str, str]:
    place = row.place.inside("values")
    table = Row("targets.values", row.table("values"), place)
    allowed = STANCE_VALUES.get(kind, ())
    values = {}
    for value in dict.fromkeys(value for values in STANCE_VALUES.values() for value in values):
        meaning = table.text(value)
        if value in allowed and not meaning:
            place.fault(f"{value} is missing: say what it means for this {kind}")
        elif meaning and allowed and value not in allowed:
            place.fault(f"{value} is not a value of a {kind}")
        elif meaning:
            values[value] = meaning
    return values


def _example(row: Row, name: str) -> CodebookExample:
    example = Row(f"targets.{name}", row.table(name), row.place.inside(name))
    article, mark, quote = example.text("quote").partition("#")
    if example.text("quote") and not (article and mark and quote):
        example.place.fault("quote must be written as 'annotation-file#quote-key'")
    return CodebookExample(
        article=article,
        quote=quote,
        text=example.text("text"),
        value=example.text("value"),
        explanation=example.text("explanation"),
    )
