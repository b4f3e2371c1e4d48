"""How many quotes each value of each facet would show, counted in SQL.

One query for all facets: the plain way, complete at any size, and what a faster way is held
against.
"""

from collections import defaultdict
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, ExtractYear

from quotes.choices import StanceBasis
from quotes.conditions import by_disputed, of_values
from quotes.filters import QuoteFilter
from quotes.models import Quote
from quotes.querysets import held_then, public_role

# facet -> value -> (label, how many); the label of a stored word is the word.
Counts = dict[str, dict[str, tuple[str, int]]]
Rows = QuerySet[Quote, Any]


def counts(found: QuoteFilter) -> Counts:
    """Return the counts of every facet, each without its own filter.

    `position` has the values of each target, as in `media-pressure:denies`.
    """
    parts = [
        *_targets(found),
        *_stances(found),
        *_speakers(found),
        *_organizations(found),
        *_roles(found),
        *_outlets(found),
        *_years(found),
        _grouped(found.without_facet("kind"), "kind", "kind"),
        _grouped(found.without_facet("channel").exclude(channel=""), "channel", "channel"),
        _grouped(found.without_facet("language"), "language", "article__language"),
        *_disputed(found),
    ]
    totals: Counts = defaultdict(dict)
    for name, value, label, count in parts[0].union(*parts[1:], all=True):
        before = totals[name].get(value, (label, 0))[1]
        totals[name][value] = (label, before + count)
    return totals


def _grouped(
    quotes: QuerySet[Quote], name: str, value: Any, label: Any = None, *, distinct: bool = False
) -> Rows:
    """Return rows (facet, value, label, count) of a queryset.

    `distinct` where a quote may come to one value in two ways; counting so takes its time.
    """
    text = CharField()
    value = F(value) if isinstance(value, str) else value
    label = F(label) if isinstance(label, str) else label
    return (
        quotes.order_by()
        .annotate(
            facet_name=Value(name, output_field=text),
            option_value=Cast(value, text),
            option_label=Cast(label if label is not None else value, text),
        )
        .values("facet_name", "option_value", "option_label")
        .annotate(total=Count("pk", distinct=distinct))
        .values_list("facet_name", "option_value", "option_label", "total")
    )


def _targets(found: QuoteFilter) -> list[Rows]:
    """Targets of a stance with one of the chosen values."""
    values = found.chosen["stance"]
    wanted = of_values(values, "stances__") if values else Q(stances__isnull=False)
    quotes = found.filtered(without=["target", "not_target", "stance"]).filter(wanted)
    return [_grouped(quotes, "target", "stances__target__slug", "stances__target__label")]


def _stances(found: QuoteFilter) -> list[Rows]:
    """Values on the chosen targets, all together and of each target."""
    targets = found.chosen["target"]
    wanted = Q(stances__target__in=targets) if targets else Q(stances__isnull=False)
    quotes = found.filtered(without=["stance", "not_stance", "target"]).filter(wanted)
    pair = Concat("stances__target__slug", Value(":"), "stances__value")
    return [
        _grouped(quotes, "stance", "stances__value", distinct=True),
        _grouped(quotes, "position", pair),
    ]


def _speakers(found: QuoteFilter) -> list[Rows]:
    quotes = found.without_facet("speaker").filter(speaker__protected=False)
    return [_grouped(quotes, "speaker", "speaker__slug", "speaker__name")]


def _organizations(found: QuoteFilter) -> list[Rows]:
    """What was said for a body, and what its people said otherwise; the two share no quote."""
    quotes = found.without_facet("organization")
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
        _grouped(by_members, "organization", f"{member}__slug", f"{member}__name", distinct=True),
    ]


def _roles(found: QuoteFilter) -> list[Rows]:
    quotes = found.without_facet("role").filter(public_role()).exclude(speaker_role="")
    return [_grouped(quotes, "role", "speaker_role")]


def _outlets(found: QuoteFilter) -> list[Rows]:
    quotes = found.without_facet("outlet").filter(article__outlet__isnull=False)
    return [_grouped(quotes, "outlet", "article__outlet__slug", "article__outlet__name")]


def _years(found: QuoteFilter) -> list[Rows]:
    quotes = found.without_facet("year").filter(date_earliest__isnull=False)
    return [_grouped(quotes, "year", ExtractYear("date_earliest"))]


def _disputed(found: QuoteFilter) -> list[Rows]:
    quotes = found.without_facet("disputed")
    by_coders = quotes.filter(stances__basis=StanceBasis.DISPUTED)
    return [
        _grouped(by_coders, "disputed", Value("coders", output_field=CharField()), distinct=True),
        _grouped(
            quotes.filter(by_disputed(["notice"])),
            "disputed",
            Value("notice", output_field=CharField()),
        ),
    ]
