"""How many published quotes take which stance, by target."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from quotes.choices import VALUES_BY_KIND, CoderKind
from quotes.models import Quote, Stance, StanceCoding, Target


@dataclass(frozen=True)
class ValueCount:
    value: str
    count: int


@dataclass
class TargetSummary:
    """A target with its values in the codebook's order, those without a quote left out."""

    target: Target
    counts: list[ValueCount]

    @property
    def total(self) -> int:
        return sum(entry.count for entry in self.counts)


def by_target(quotes: QuerySet[Quote]) -> list[TargetSummary]:
    """Return the targets that the quotes take a stance on, those with most quotes first."""
    rows = (
        Stance.objects.published()
        .filter(quote__in=quotes.order_by())
        .order_by()
        .values_list("target", "value")
        .annotate(count=Count("pk"))
    )
    return summaries({(target, value): count for target, value, count in rows})


def summaries(counts: Mapping[tuple[int, str], int]) -> list[TargetSummary]:
    """Return targets with their counts by (key, value), those with most quotes first."""
    found: dict[int, dict[str, int]] = {}
    for (target, value), count in counts.items():
        found.setdefault(target, {})[value] = count
    targets = Target.objects.published().in_bulk(list(found)) if found else {}
    made = [TargetSummary(target, _in_order(target, found[pk])) for pk, target in targets.items()]
    return sorted(made, key=lambda summary: (-summary.total, summary.target.label))


def coder_counts(quote: Quote) -> dict[int, int]:
    """Return how many people coded a quote, by target."""
    rows = (
        StanceCoding.objects.released()
        .filter(quote=quote, coder__kind=CoderKind.PERSON)
        .order_by()
        .values_list("target")
        .annotate(count=Count("coder", distinct=True))
    )
    return dict(rows)


def _in_order(target: Target, counts: dict[str, int]) -> list[ValueCount]:
    return [entry for entry in _each_value(target, counts) if entry.count]


def _each_value(target: Target, counts: dict[str, int]) -> list[ValueCount]:
    return [ValueCount(value, counts.get(value, 0)) for value in VALUES_BY_KIND[target.kind]]
