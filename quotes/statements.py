"""7: the stances of published quotes in columns, narrowed by a listing, ready to be counted.

A row is one public stance: a quote and a target. Who takes it can be counted by person, by
organisation (what is said for it, or by someone who held a role in it then: the same rule as the
filter of that name) or by outlet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from base.visible import visible
from people.models import Organization, Person
from quotes.analysis.statements import Integers, Statements, from_columns
from quotes.analysis.tally import SIDE_OF, SIGNS
from quotes.listing import Listing
from quotes.models import Article, Outlet, Quote, Target
from quotes.record import VALUES, Record, of_listing

ACTORS = ("person", "organization", "outlet")
# The filter of the list that keeps what one actor said.
PARAMETERS = {"person": "speaker", "organization": "organization", "outlet": "outlet"}
MODELS: dict[str, Any] = {"person": Person, "organization": Organization, "outlet": Outlet}
# What a value counts as in networks and means; non-values are no statements.
IS_VALUE = np.array([SIDE_OF[value] != "none" for value in VALUES])
SIGN = np.array([SIGNS[SIDE_OF[value]] for value in VALUES], dtype=np.int64)
_MOST_KEYS = 5_000
_FEW_TIMES, _CHUNK = 4, 20_000


@dataclass(frozen=True)
class Named:
    """An actor or target as the public may know it."""

    key: int
    slug: str
    label: str


def by_actor(record: Record, kind: str, listing: Listing) -> tuple[Record, Integers]:
    """Return the rows, and of each the key of its actor; 0 where none may be named.

    By organisation a row comes once for each body that it counts for.
    """
    if kind == "outlet":
        return record, record.outlet
    if kind == "person":
        return record, record.speaker
    places, bodies = record.bodies()
    chosen = [body.pk for body in listing.filter.chosen["organization"]]
    if chosen:
        # As with targets: only who was asked for, or the numbers would lead elsewhere.
        keep = np.isin(bodies, chosen)
        places, bodies = places[keep], bodies[keep]
    return record.rows(places), bodies


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
    # Of statements of one day the first counts: whichever of the columns a quote stands in.
    record = record.rows(np.argsort(record.quote, kind="stable"))
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
        quotes=PublicIds(record.quote),
        columns=(actor, concept, SIGN[record.value], record.earliest, record.latest, article),
    )
    labels = {f"actor:{one.slug}": one.label for one in people.values()}
    labels |= {f"concept:{one.slug}": visible(one.label) for one in about.values()}
    return Discourse(statements, labels, unnamed)


class PublicIds:
    """Gives the public ids of quotes, read when they are asked for: few of them, or all."""

    def __init__(self, keys: Integers) -> None:
        self.keys = keys
        self.known: dict[int, str] = {}
        self.times = 0

    def __call__(self, places: Sequence[int]) -> list[str]:
        keys = self.keys[np.asarray(places, dtype=np.int64)].tolist()
        if missing := {key for key in keys if key not in self.known}:
            self.times += 1
            self._read(missing if self.times <= _FEW_TIMES else set(self.keys.tolist()))
        return [self.known[key] for key in keys]

    def _read(self, keys: set[int]) -> None:
        rows = Quote.objects.order_by().values_list("pk", "public_id")
        if len(keys) <= _MOST_KEYS:
            rows = rows.filter(pk__in=keys)
        self.known |= {pk: public_id for pk, public_id in rows.iterator(_CHUNK) if pk in keys}


def article_ids(keys: Iterable[str]) -> dict[str, str]:
    """Return the public ids of articles by the names that statements give them."""
    found = Article.objects.filter(pk__in={int(key) for key in keys})
    return {str(pk): public_id for pk, public_id in found.values_list("pk", "public_id")}
