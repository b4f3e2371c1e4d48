"""Stances that follow from related claims: shown apart and marked, never counted as coded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.models import Q

from base.visible import visible
from quotes.choices import TargetKind
from quotes.inference import Relation, infer
from quotes.models import Quote, Stance, Target, TargetRelation
from quotes.wording import VERBS

WORDS = {
    "equivalent": ("says the same as", "says the same as"),
    "negation": ("says the opposite of", "says the opposite of"),
    "part-of": ("is a part of", "has as a part"),
}


@dataclass(frozen=True)
class InferredStance:
    """A stance that nobody coded, and the coded one that it follows from."""

    value: str
    verb: str
    target: Target
    from_target: Target
    from_verb: str

    @property
    def url(self) -> str:
        return self.target.get_absolute_url()

    @property
    def label(self) -> str:
        return visible(self.target.label)

    @property
    def from_label(self) -> str:
        return visible(self.from_target.label)

    def as_record(self) -> dict[str, Any]:
        return {
            "target": self.target.slug,
            "label": self.target.label,
            "value": self.value,
            "basis": "inferred",
            "inferred_from": self.from_target.slug,
        }


@dataclass(frozen=True)
class Related:
    """A claim that is related to another, in words."""

    words: str
    target: Target
    why: str

    @property
    def label(self) -> str:
        return visible(self.target.label)


def relations() -> list[TargetRelation]:
    """Return the relations in force between claims that readers may see, in one query or two."""
    # Every list asks, and most collections have none: what is public need not be worked out then.
    # Written out: composing this question took ten times as long as asking it.
    with connections[router.db_for_read(TargetRelation)].cursor() as cursor:
        cursor.execute("SELECT 1 FROM quotes_targetrelation WHERE undone_at IS NULL LIMIT 1")
        if cursor.fetchone() is None:
            return []
    public = Target.objects.published().in_force()
    rows = TargetRelation.objects.filter(undone_at__isnull=True, claim__in=public, other__in=public)
    return list(rows.select_related("claim", "other").order_by("pk"))


def inferred(
    stances: Iterable[Stance], known: Iterable[TargetRelation] | None = None
) -> list[InferredStance]:
    """Return what follows from the stances of one quote; `known` saves the query for many."""
    coded = _coded(stances)
    if not coded:
        return []
    rows = list(relations() if known is None else known)
    targets = _targets(rows)
    found = infer(coded, [Relation(row.claim_id, row.kind, row.other_id) for row in rows])
    return [
        InferredStance(
            one.value,
            VERBS[one.value],
            targets[one.claim],
            targets[one.source],
            VERBS[one.source_value],
        )
        for one in found
    ]


def mark_inferred(quotes: Iterable[Quote]) -> None:
    """Give each quote of a list, its stances fetched, what follows from them; one query."""
    claiming = [quote for quote in quotes if _coded(quote.stances.all())]
    known = relations() if claiming else []
    for quote in claiming if known else ():
        quote.inferred_stances = inferred(quote.stances.all(), known)  # type: ignore[attr-defined]


def related(target: Target) -> list[Related]:
    """Return the claims that readers see as related to a target."""
    public = Target.objects.published().in_force()
    rows = TargetRelation.objects.filter(
        Q(claim=target, other__in=public) | Q(other=target, claim__in=public),
        undone_at__isnull=True,
    )
    found = []
    for row in rows.select_related("claim", "other").order_by("pk"):
        forth = row.claim_id == target.pk
        words = WORDS[row.kind][0 if forth else 1]
        found.append(Related(words, row.other if forth else row.claim, row.why))
    return found


def _coded(stances: Iterable[Stance]) -> dict[int, str]:
    """Return the values coded of claims: of a subject nothing follows."""
    claims = (stance for stance in stances if stance.target.kind == TargetKind.CLAIM)
    return {stance.target_id: stance.value for stance in claims}


def _targets(rows: Iterable[TargetRelation]) -> Mapping[int, Target]:
    return {target.pk: target for row in rows for target in (row.claim, row.other)}
