"""7: the stances of published quotes in columns, narrowed by a listing, ready to be counted.

A row is one public stance: a quote and a target. Who takes it can be counted by person, by
organisation (what is said for it, or by someone who held a role in it then: the same rule as the
filter of that name) or by outlet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from base.visible import visible
from people.models import Membership, Organization, Person
from quotes.analysis.statements import NO_DATE, Flags, Integers, Statements, from_columns
from quotes.analysis.tally import SIDE_OF, SIGNS
from quotes.conditions import of_values
from quotes.listing import Listing
from quotes.models import Article, Outlet, Stance, Target
from quotes.record import PLACES, VALUES, Record, kept, read

ACTORS = ("person", "organization", "outlet")
# The filter of the list that keeps what one actor said.
PARAMETERS = {"person": "speaker", "organization": "organization", "outlet": "outlet"}
MODELS: dict[str, Any] = {"person": Person, "organization": Organization, "outlet": Outlet}
# What a value counts as in networks and means; non-values are no statements.
IS_VALUE = np.array([SIDE_OF[value] != "none" for value in VALUES])
SIGN = np.array([SIGNS[SIDE_OF[value]] for value in VALUES], dtype=np.int64)
_CHUNK = 20_000
_MOST_KEYS = 5_000


@dataclass(frozen=True)
class Named:
    """An actor or target as the public may know it."""

    key: int
    slug: str
    label: str


def of_listing(listing: Listing) -> Record:
    """Return the stances that a listing's quotes take.

    Where a target or stances are chosen only these count, so that every number leads to a list of
    just as many quotes.
    """
    whole = kept()
    return _queried(listing) if whole is None else _picked(listing, whole)


def _picked(listing: Listing, whole: Record) -> Record:
    """Pick the rows out of all; one query for filters that the columns do not know."""
    chosen = listing.filter.chosen
    narrowing = {one.name for one in listing.selected}
    keep = np.ones(len(whole), dtype=bool)
    for name, column in (("speaker", whole.speaker), ("outlet", whole.outlet)):
        if name in narrowing:
            keep &= np.isin(column, [row.pk for row in chosen[name]])
    if narrowing - {"speaker", "outlet", "target", "stance"}:
        keys = listing.filter.filtered().order_by().values_list("pk", flat=True)
        keep &= np.isin(whole.quote, np.fromiter(keys.iterator(_CHUNK), dtype=np.int64))
    if chosen["target"]:
        keep &= np.isin(whole.target, [target.pk for target in chosen["target"]])
    if chosen["stance"]:
        keep &= _of_values(whole, chosen["stance"])
    return whole if keep.all() else whole.rows(np.flatnonzero(keep))


def _of_values(whole: Record, values: Collection[str]) -> Flags:
    """Say of each row whether it has one of the values, `denies` or `slug:denies`."""
    pairs = [text.rpartition(":") for text in values]
    slugs = {slug for slug, _colon, _value in pairs if slug}
    keys = dict(Target.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
    keep = np.zeros(len(whole), dtype=bool)
    for slug, _colon, value in pairs:
        has = whole.value == PLACES[value]
        keep |= has & (whole.target == keys.get(slug, 0)) if slug else has
    return keep


def _queried(listing: Listing) -> Record:
    """Read the rows by query; two queries."""
    stances = Stance.objects.published()
    if listing.selected:
        stances = stances.filter(quote__in=listing.filter.filtered().order_by().values("pk"))
    chosen = listing.filter.chosen
    if chosen["target"]:
        stances = stances.filter(target__in=chosen["target"])
    if chosen["stance"]:
        stances = stances.filter(of_values(chosen["stance"]))
    return read(stances)


def by_actor(record: Record, kind: str, listing: Listing) -> tuple[Record, Integers]:
    """Return the rows, and of each the key of its actor; 0 where none may be named.

    By organisation a row comes once for each body that it counts for.
    """
    if kind == "outlet":
        return record, record.outlet
    if kind == "person":
        return record, record.speaker
    places, bodies = _bodies(record)
    chosen = [body.pk for body in listing.filter.chosen["organization"]]
    if chosen:
        # As with targets: only who was asked for, or the numbers would lead elsewhere.
        keep = np.isin(bodies, chosen)
        places, bodies = places[keep], bodies[keep]
    return record.rows(places), bodies


def _bodies(record: Record) -> tuple[Integers, Integers]:
    """Return pairs (row, organisation), each once, in the order of rows."""
    spoken_for = np.flatnonzero(record.body)
    places, bodies = [spoken_for], [record.body[spoken_for]]
    order = np.argsort(record.speaker, kind="stable")
    speakers = record.speaker[order]
    roles = Membership.objects.filter(organization__isnull=False, person__protected=False)
    for person, body, start, end in roles.values_list(
        "person_id", "organization_id", "start_earliest", "end_latest"
    ):
        low, high = np.searchsorted(speakers, (person, person + 1))
        mine = order[low:high]
        if start:
            mine = mine[record.latest[mine] >= start.toordinal()]
        if end:
            early = record.earliest[mine]
            mine = mine[(early != NO_DATE) & (early <= end.toordinal())]
        places.append(mine)
        bodies.append(np.full(len(mine), body))
    row, whom = np.concatenate(places), np.concatenate(bodies)
    none = np.ones(len(record), dtype=bool)
    none[row] = False
    alone = np.flatnonzero(none)
    # One number for each pair, sorted; a body named twice for one row counts once.
    width = int(whom.max(initial=0)) + 1
    pairs = np.sort(np.concatenate([row * width + whom, alone * width]))
    pairs = pairs[np.append(True, np.diff(pairs) != 0)] if len(pairs) else pairs
    return pairs // width, pairs % width


def named(kind: str, keys: Iterable[int]) -> dict[int, Named]:
    """Return actors by key; one query."""
    wanted = {int(key) for key in keys if key}
    rows = MODELS[kind].objects.all()
    if kind == "person":
        rows = rows.unprotected()
    if len(wanted) <= _MOST_KEYS:
        rows = rows.filter(pk__in=wanted)
    found = rows.order_by().values_list("pk", "slug", "name")
    return {pk: Named(pk, slug, visible(name)) for pk, slug, name in found if pk in wanted}


def numbered(keys: Integers) -> tuple[Integers, Integers]:
    """Return the different keys, sorted, and each row's place among them; no sorting of rows."""
    there = np.zeros(int(keys.max(initial=0)) + 1, dtype=bool)
    there[keys] = True
    found = np.flatnonzero(there)
    places = np.zeros(len(there), dtype=np.int64)
    places[found] = np.arange(len(found))
    return found, places[keys]


def quotes_in(record: Record) -> int:
    """Return how many quotes the rows are of; they are sorted by quote."""
    return int((np.diff(record.quote) != 0).sum()) + bool(len(record))


def targets_of(record: Record) -> list[Target]:
    """Return the targets that the stances are about, those with most first; one query."""
    often = {key: n for key, n in enumerate(np.bincount(record.target).tolist()) if n}
    found = Target.objects.filter(pk__in=often)
    return sorted(found, key=lambda target: (-often[target.pk], target.label, target.pk))


@dataclass(frozen=True, eq=False)
class Discourse:
    """Statements of actors on targets for the formulas of networks, with what they are called."""

    statements: Statements
    labels: Mapping[str, str]
    """Names of nodes by id: "actor:ed-balls", "concept:social-workers"."""
    unnamed: int
    """Statements of nobody who can be named, which are left out."""


def discourse(listing: Listing, kind: str, *, record: Record | None = None) -> Discourse:
    """Return the statements that a listing's quotes make; articles named by key."""
    record = of_listing(listing) if record is None else record
    record = record.rows(IS_VALUE[record.value])
    record, actor = by_actor(record, kind, listing)
    unnamed = int((actor == 0).sum())
    record, actor = record.rows(actor != 0), actor[actor != 0]
    actors, actor = numbered(actor)
    concepts, concept = numbered(record.target)
    articles, article = numbered(record.article)
    people = named(kind, actors.tolist())
    about = {target.pk: target for target in Target.objects.filter(pk__in=concepts.tolist())}
    statements = from_columns(
        names=(
            tuple(people[key].slug for key in actors.tolist()),
            tuple(about[key].slug for key in concepts.tolist()),
            tuple(str(key) for key in articles.tolist()),
        ),
        quotes=record.public_id.tolist(),
        columns=(actor, concept, SIGN[record.value], record.earliest, record.latest, article),
    )
    labels = {f"actor:{one.slug}": one.label for one in people.values()}
    labels |= {f"concept:{one.slug}": visible(one.label) for one in about.values()}
    return Discourse(statements, labels, unnamed)


def article_ids(keys: Iterable[str]) -> dict[str, str]:
    """Return the public ids of articles by the names that statements give them."""
    found = Article.objects.filter(pk__in={int(key) for key in keys})
    return {str(pk): public_id for pk, public_id in found.values_list("pk", "public_id")}
