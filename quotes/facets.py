"""The options of the filter panel, each with how many published quotes it would show."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from base.visible import visible
from quotes.choices import VALUES_BY_KIND, Channel, Kind, StanceValue
from quotes.filters import CHANNELS, QuoteFilter
from quotes.models import Quote
from quotes.querysets import held_then

SHOWN = 8
MOST = 60
Rows = list[tuple[str, str, int]]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """One group of options; the first few are always in sight, the rest behind a click."""

    name: str
    legend: str
    options: tuple[Option, ...]
    only_one: bool = False
    left_out: int = 0

    @property
    def first(self) -> tuple[Option, ...]:
        return self.options[:SHOWN]

    @property
    def rest(self) -> tuple[Option, ...]:
        return self.options[SHOWN:]


def facets(found: QuoteFilter) -> list[Facet]:
    """Return the panel's groups, counted without their own filter; one query for all of them."""
    parts = [
        *_speakers(found),
        *_organizations(found),
        *_outlets(found),
        *_targets(found),
        *_stances(found),
        *_words(found, "kind"),
        *_words(found, "channel"),
    ]
    counts: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for name, value, label, count in parts[0].union(*parts[1:], all=True):
        before = counts[name].get(value, (label, 0))[1]
        counts[name][value] = (label, before + count)
    return [
        _rows_facet(found, "target", "About", counts["target"], only_one=True),
        _stance_facet(found, counts["stance"]),
        _rows_facet(found, "speaker", "Speaker", counts["speaker"]),
        _rows_facet(found, "organization", "Organisation", counts["organization"]),
        _rows_facet(found, "outlet", "Published by", counts["outlet"]),
        _words_facet(found, "kind", "Kind of quote", Kind.values, counts["kind"], Kind),
        _words_facet(found, "channel", "Said in", CHANNELS, counts["channel"], Channel),
    ]


def _grouped(
    quotes: QuerySet[Quote], name: str, value: str, label: str = ""
) -> QuerySet[Quote, Any]:
    """Return rows (facet, value, label, count) of a queryset."""
    text = CharField()
    return (
        quotes.order_by()
        .annotate(
            facet_name=Value(name, output_field=text),
            option_value=F(value),
            option_label=F(label or value),
        )
        .values("facet_name", "option_value", "option_label")
        .annotate(total=Count("pk", distinct=True))
        .values_list("facet_name", "option_value", "option_label", "total")
    )


def _speakers(found: QuoteFilter) -> list[QuerySet[Quote, Any]]:
    quotes = found.filtered(without=["speaker"]).filter(speaker__protected=False)
    return [_grouped(quotes, "speaker", "speaker__slug", "speaker__name")]


def _organizations(found: QuoteFilter) -> list[QuerySet[Quote, Any]]:
    """What was said for a body, and what its people said otherwise; the two share no quote."""
    quotes = found.filtered(without=["organization"])
    member = "speaker__memberships__organization"
    by_members = quotes.filter(
        Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F(member)),
        held_then(F("date_earliest"), F("date_latest"), "speaker__memberships__"),
        speaker__protected=False,
        speaker__memberships__organization__isnull=False,
    )
    return [
        _grouped(
            quotes.filter(on_behalf_of__isnull=False),
            "organization",
            "on_behalf_of__slug",
            "on_behalf_of__name",
        ),
        _grouped(by_members, "organization", f"{member}__slug", f"{member}__name"),
    ]


def _outlets(found: QuoteFilter) -> list[QuerySet[Quote, Any]]:
    quotes = found.filtered(without=["outlet"]).filter(article__outlet__isnull=False)
    return [_grouped(quotes, "outlet", "article__outlet__slug", "article__outlet__name")]


def _targets(found: QuoteFilter) -> list[QuerySet[Quote, Any]]:
    quotes = found.filtered(without=["target", "stance"]).filter(stances__isnull=False)
    if values := found.chosen["stance"]:
        quotes = found.filtered(without=["target", "stance"]).filter(stances__value__in=values)
    return [_grouped(quotes, "target", "stances__target__slug", "stances__target__label")]


def _stances(found: QuoteFilter) -> list[QuerySet[Quote, Any]]:
    quotes = found.filtered(without=["target", "stance"])
    if targets := found.chosen["target"]:
        quotes = quotes.filter(stances__target__in=targets)
    else:
        quotes = quotes.filter(stances__isnull=False)
    return [_grouped(quotes, "stance", "stances__value")]


def _words(found: QuoteFilter, name: str) -> list[QuerySet[Quote, Any]]:
    quotes = found.filtered(without=[name]).exclude(**{name: ""})
    return [_grouped(quotes, name, name)]


def _rows_facet(
    found: QuoteFilter,
    name: str,
    legend: str,
    counts: dict[str, tuple[str, int]],
    *,
    only_one: bool = False,
) -> Facet:
    """Most frequent first; what is selected always stands there, at 0 if need be."""
    selected = {row.slug: str(row) for row in found.chosen[name]}
    rows: Rows = [(slug, label, count) for slug, (label, count) in counts.items()]
    rows += [(slug, label, 0) for slug, label in selected.items() if slug not in counts]
    rows.sort(key=lambda row: (row[0] not in selected, -row[2], row[1]))
    options = tuple(
        Option(slug, visible(label), count, slug in selected) for slug, label, count in rows[:MOST]
    )
    return Facet(name, legend, options, only_one, left_out=max(0, len(rows) - MOST))


def _stance_facet(found: QuoteFilter, counts: dict[str, tuple[str, int]]) -> Facet:
    """The values that the chosen target can have, in the codebook's order."""
    values: Collection[str] = StanceValue.values
    if found.chosen["target"]:
        values = VALUES_BY_KIND[found.chosen["target"][0].kind]
    return _words_facet(found, "stance", "Stance", values, counts, StanceValue)


def _words_facet(
    found: QuoteFilter,
    name: str,
    legend: str,
    values: Collection[str],
    counts: dict[str, tuple[str, int]],
    labels: type[Kind] | type[Channel] | type[StanceValue],
) -> Facet:
    """The words that have quotes, in the order of their vocabulary."""
    selected = found.chosen[name]
    options = tuple(
        Option(value, str(labels(value).label), counts.get(value, ("", 0))[1], value in selected)
        for value in [*values, *(value for value in selected if value not in values)]
        if value in counts or value in selected
    )
    return Facet(name, legend, options)
