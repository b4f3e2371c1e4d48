"""How many published quotes take which stance: by target, and by speaker within a target."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from base.visible import visible
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


@dataclass
class SpeakerRow:
    """One speaker's counts on a target, one for each of its values."""

    label: str
    slug: str
    counts: list[ValueCount] = field(default_factory=list)

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
    found: dict[int, dict[str, int]] = {}
    for target, value, count in rows:
        found.setdefault(target, {})[value] = count
    targets = Target.objects.published().in_bulk(list(found)) if found else {}
    summaries = [
        TargetSummary(target, _in_order(target, found[pk])) for pk, target in targets.items()
    ]
    return sorted(summaries, key=lambda summary: (-summary.total, summary.target.label))


def by_speaker(target: Target) -> list[SpeakerRow]:
    """Return who takes which side on a target, those who speak most first.

    People whose name is protected are counted under the role that the public sees.
    """
    rows = (
        Stance.objects.published()
        .filter(target=target)
        .order_by()
        .values_list(
            "quote__speaker__name",
            "quote__speaker__slug",
            "quote__speaker__protected",
            "quote__speaker__public_role",
            "quote__on_behalf_of__name",
            "value",
        )
        .annotate(count=Count("pk"))
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name, slug, protected, role, body, value, count in rows:
        if name is None:
            key = (f"For {visible(body)}, no person named" if body else "Speaker not named", "")
        else:
            key = (visible(role), "") if protected else (visible(name), slug)
        counts = found.setdefault(key, {})
        counts[value] = counts.get(value, 0) + count
    table = [
        SpeakerRow(label, slug, _each_value(target, counts))
        for (label, slug), counts in found.items()
    ]
    return sorted(table, key=lambda row: (-row.total, row.label))


def totals(rows: list[SpeakerRow]) -> list[ValueCount]:
    """Return the sum of each column."""
    columns = zip(*(row.counts for row in rows), strict=True)
    return [ValueCount(column[0].value, sum(one.count for one in column)) for column in columns]


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
