"""The rows of each table at a moment, in the order of its key."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from people.models import Membership, Organization, Person, PersonName, PersonRedirect
from quotes.choices import TargetMoveKind
from quotes.dataset.scope import BODY, OUTLET, PERSON, QUOTE, TARGET, UTTERANCE, Named, Scope
from quotes.exports.columns import moment
from quotes.exports.past import closed
from quotes.models import Outlet, QuoteRedirect, Target, TargetMove, Utterance, Withdrawal
from quotes.permanence import gone

Row = tuple[Any, ...]
AT_ONCE = 1_000


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def people(scope: Scope, at: datetime) -> Iterator[Row]:
    for slugs in scope.keys(PERSON):
        rows = _people(slugs, at)
        names: dict[int, set[str]] = defaultdict(set)
        past = PersonName.history.as_of(at).filter(person_id__in=rows)
        for person, name in past.values_list("person_id", "name"):
            names[person].add(name)
        for pk, row in rows.items():
            slug, name, sort_name, summary, identifiers = row
            others = as_json(sorted(names[pk]))
            yield slug, name, sort_name, others, summary, as_json(identifiers)


def _people(slugs: list[str], at: datetime) -> dict[int, Row]:
    """Return people as they were, by primary key in the order of their addresses.

    Who is protected by now is left out, whatever held then.
    """
    past = Person.history.as_of(at).filter(slug__in=slugs, protected=False)
    rows = past.values_list("id", "slug", "name", "sort_name", "summary", "identifiers")
    found = {row[0]: row[1:] for row in sorted(rows, key=lambda row: row[1])}
    hidden = Person.objects.filter(pk__in=found, protected=True).values_list("pk", flat=True)
    for pk in hidden:
        del found[pk]
    return found


def memberships(scope: Scope, at: datetime) -> Iterator[Row]:
    """Yield roles; the bodies that they name belong to the snapshot from then on."""
    for slugs in scope.keys(PERSON):
        people = _people(slugs, at)
        past = Membership.history.as_of(at).filter(person_id__in=people)
        columns = ("start_earliest", "start", "end", "role", "organization_id")
        roles = defaultdict(list)
        for person, *values in past.values_list("person_id", *columns):
            roles[person].append(values)
        ids = {row[-1] for rows in roles.values() for row in rows}
        bodies = Organization.history.as_of(at).filter(id__in=ids - {None})
        address = dict(bodies.values_list("id", "slug"))
        if isinstance(scope, Named):
            scope.add_keys(BODY, sorted(address.values()))
        for pk, (slug, *_) in people.items():
            held = [
                (str(day or ""), start, end, role, address.get(body, ""))
                for day, start, end, role, body in roles[pk]
            ]
            for number, (_, start, end, role, body) in enumerate(sorted(held), 1):
                yield slug, number, body, role, start, end


def organizations(scope: Scope, at: datetime) -> Iterator[Row]:
    columns = ("slug", "name", "other_names", "classification", "summary", "identifiers")
    for slugs in scope.keys(BODY):
        past = Organization.history.as_of(at).filter(slug__in=slugs).values_list(*columns)
        for slug, name, others, kind, summary, ids in sorted(past, key=lambda row: row[0]):
            yield slug, name, as_json(others), kind, summary, as_json(ids)


def outlets(scope: Scope, at: datetime) -> Iterator[Row]:
    for names in scope.keys(OUTLET):
        past = Outlet.history.as_of(at).filter(name__in=names)
        yield from sorted(past.values_list("name", "slug", "url"))


def targets(scope: Scope, at: datetime) -> Iterator[Row]:
    columns = (
        *("slug", "label", "kind", "proposition", "brief_definition", "full_definition"),
        *("when_to_use", "when_not_to_use", "value_definitions", "version"),
    )
    for slugs in scope.keys(TARGET):
        past = Target.history.as_of(at).filter(slug__in=slugs).values_list(*columns)
        for *texts, values, number in sorted(past, key=lambda row: row[0]):
            yield *texts, as_json(values), number


def utterances(scope: Scope, at: datetime) -> Iterator[Row]:
    for ids in scope.keys(UTTERANCE):
        past = Utterance.history.as_of(at).filter(public_id__in=ids)
        yield from sorted(past.values_list("public_id", "title", "note"))


def articles(scope: Named, at: datetime) -> Iterator[Row]:
    for shown in scope.articles():
        # A version from before a column existed says nothing of it.
        value = {name: shown.get(name, "") for name in ("archive_url", "archived", "kind", "pages")}
        yield (
            *(shown["id"], shown["outlet"], shown["headline"], shown["byline"]),
            *(shown["published"], shown["date_basis"], shown["date_note"], shown["url"]),
            *(value["archive_url"], value["archived"], value["kind"], value["pages"]),
            *(shown["language"], shown["sha256"]),
        )


def redirects(scope: Scope, at: datetime) -> Iterator[Row]:
    yield from _kind(scope, PERSON, _moved_people(at))
    yield from _kind(scope, QUOTE, _merged_quotes(at))
    yield from _kind(scope, TARGET, _merged_targets(at))


def _kind(scope: Scope, kind: str, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield redirects of a kind that lead to what the snapshot holds."""
    found = sorted(rows)
    here = scope.has(kind, {row[1] for row in found})
    for old, new, why, when in found:
        if new in here:
            yield kind, old, new, why, moment(when)


def _moved_people(at: datetime) -> Iterator[Row]:
    rows = PersonRedirect.objects.filter(created_at__lte=at, person__protected=False)
    found = list(rows.values_list("slug", "person_id", "reason", "created_at"))
    past = Person.history.as_of(at).filter(id__in={row[1] for row in found})
    address = dict(past.values_list("id", "slug"))
    return ((old, address[key], why, when) for old, key, why, when in found if key in address)


def _merged_quotes(at: datetime) -> Iterator[Row]:
    rows = _in_force(QuoteRedirect, "made_at", "undone_at", at)
    keys = ("quote__public_id", "survivor__public_id", "why", "made_at")
    return iter(rows.values_list(*keys))


def _merged_targets(at: datetime) -> Iterator[Row]:
    rows = _in_force(TargetMove, "made_at", "undone_at", at).filter(kind=TargetMoveKind.MERGE)
    return iter(rows.values_list("target__slug", "into__slug", "why", "made_at"))


def _in_force(model: Any, since: str, until: str, at: datetime) -> Any:
    """Return the decisions that held at a moment."""
    later = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": at})
    return model.objects.filter(later, **{f"{since}__lte": at})


def withdrawals(scope: Scope, at: datetime) -> Iterator[Row]:
    """Yield what was taken back, with no more than its page says today."""
    held = _in_force(Withdrawal, "withdrawn_at", "lifted_at", at)
    sealed = closed(list(held.values_list("quote", flat=True)))
    found = []
    for row in held.select_related("quote__speaker").iterator(chunk_size=AT_ONCE):
        note = "" if row.quote_id in sealed else gone(row.quote, row).note
        found.append((str(row.quote.public_id), row.reason, note, moment(row.withdrawn_at)))
    yield from sorted(found)


# What is written once the quotes are. Roles before bodies, which they name.
AFTER: Mapping[str, Callable[..., Iterator[Row]]] = {
    "people": people,
    "memberships": memberships,
    "organizations": organizations,
    "outlets": outlets,
    "targets": targets,
    "utterances": utterances,
    "articles": articles,
    "redirects": redirects,
    "withdrawals": withdrawals,
}
