"""Targets: what stances are about; who takes which side of one, since when; its codebook entry."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.analysis.charts import bars
from quotes.analysis.charts.svg import Chart
from quotes.analysis.positions import ends
from quotes.analysis.tally import MEAN, SHARE, signed
from quotes.comparison import Comparison, Row, compare
from quotes.entries import entry, merged_here
from quotes.inferred import related
from quotes.models import Target
from quotes.overview import stances_of_all
from quotes.positions import columns, over_time, shares, stand, target_title
from quotes.record import Record, of_listing
from quotes.scope import OptionsForm, Scope
from quotes.statements import PARAMETERS
from quotes.views import scoped
from quotes.views.addresses import public_target
from quotes.views.cards_of import Cards
from quotes.views.compare import KINDS, UNNAMED, actor_url, list_url, stretch_urls
from quotes.views.keeping import kept
from quotes.views.site import page_citation

ROWS = 12
NEWEST = 5


@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    return render(request, "quotes/targets.html", {"targets": stances_of_all()})


@require_safe
@kept
def target(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_target(request, slug)
    if isinstance(found, HttpResponse):
        return found
    scope = Scope(request.GET, OptionsForm, fixed={"target": slug})
    if answer := scoped.elsewhere(request, scope):
        return answer
    record = of_listing(scope.listing)
    compared = {kind: _compared(scope, record, found, kind) for kind, _name in KINDS}
    cards = Cards()
    context = {
        "target": found,
        "entry": entry(found),
        "related": related(found),
        "merged_here": merged_here(found),
        "tables": [_table(scope, found, compared[kind], name) for kind, name in KINDS],
        "values": found.values,
        "total": len(record),
        "charts": [
            _figure(scope, name, chart)
            for name in ("sides", "timeline", "shares")
            if (chart := _chart(scope, found, record, name, compared["person"]))
        ],
        "sides": [
            {
                "sign": sign,
                "first": cards.want(first),
                "last": cards.want(last),
                "one": first == last,
            }
            for sign, places in ends(columns(record)).items()
            for first, last in [[stand(record, place) for place in places]]
        ],
        "formulas": (MEAN, SHARE),
        "tabs": scoped.tabs(scope.listing.query, ""),
        "panel": page_citation(request, found.label, "This codebook entry and its counts"),
        "newest": scope.listing.first(NEWEST),
    }
    cards.fetch()
    return scoped.page(request, "analysis/target.html", scope, context)


@require_safe
@kept
def target_file(request: HttpRequest, slug: str, name: str, ending: str) -> HttpResponse:
    """Return one of the page's pictures, or its numbers."""
    found = public_target(request, slug)
    if isinstance(found, HttpResponse):
        return found
    scope = Scope(request.GET, OptionsForm, fixed={"target": slug})
    if answer := scoped.elsewhere(request, scope):
        return answer
    record = of_listing(scope.listing)
    chart = _chart(scope, found, record, name, _compared(scope, record, found, "person"))
    if chart is None:
        raise Http404
    return scoped.chart_file(chart, ending, f"{slug}-{name}")


def _compared(scope: Scope, record: Record, target: Target, kind: str) -> Comparison:
    return compare(scope.listing, kind, record=record, targets=[target], a_page=ROWS)


def _table(scope: Scope, target: Target, found: Comparison, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": found.kind,
        "rows": [_row(scope, target, found.kind, row) for row in found.rows],
        "totals": [
            {"n": n, "url": list_url(scope, stance=value) if n else ""}
            for value in target.values
            for n in [found.total.counts.get(value, 0)]
        ],
        "total": found.total.total,
        "total_url": scoped.address(reverse("quotes"), scope.list_query()),
        "mean": signed(found.total.mean),
        "n": found.total.n,
        "left": found.n_actors - sum(row.actor is not None for row in found.rows),
        "all": scoped.address(reverse("compare"), _compare_query(scope, found.kind)),
    }


def _compare_query(scope: Scope, kind: str) -> str:
    query = scope.list_query()
    return query if kind == "person" else f"rows={kind}&{query}"


def _row(scope: Scope, target: Target, kind: str, row: Row) -> dict[str, Any]:
    slug = row.actor.slug if row.actor else ""
    return {
        "label": row.actor.label if row.actor else UNNAMED[kind],
        "url": actor_url(kind, row.actor),
        "cells": [
            {
                "value": value,
                "n": n,
                "url": list_url(scope, **{PARAMETERS[kind]: slug}, stance=value)
                if n and slug
                else "",
            }
            for value in target.values
            for n in [row.total.counts.get(value, 0)]
        ],
        "total": row.total.total,
        "total_url": list_url(scope, **{PARAMETERS[kind]: slug}) if slug else "",
        "mean": signed(row.total.mean),
        "n": row.total.n,
    }


def _figure(scope: Scope, name: str, chart: Chart) -> dict[str, Any]:
    def url(ending: str) -> str:
        address = reverse("target_file", args=[scope.fixed["target"], name, ending])
        return scoped.address(address, scope.query())

    return {"name": name, "chart": chart, "svg": url("svg"), "csv": url("csv")}


def _chart(
    scope: Scope, target: Target, record: Record, name: str, people: Comparison
) -> Chart | None:
    if not len(record):
        return None
    if name == "sides":
        return _sides(scope, target, people)
    if name == "timeline":
        title = target_title("Positions over time", target)

        return over_time(
            record, target=target, id_="timeline", title=title, href=stretch_urls(scope)
        )
    positive = [value for value in target.values if value in ("supports", "asserts")]
    negative = [value for value in target.values if value in ("criticises", "denies")]
    address = stretch_urls(scope)
    return shares(
        record,
        id_="shares",
        title=target_title("Share for, over time", target),
        href=lambda window: address([*positive, *negative], window),
    )


def _sides(scope: Scope, target: Target, found: Comparison) -> Chart:
    """Draw the people who speak most, as the first table has them."""
    rows = [
        bars.Sides(
            row.actor.label if row.actor else UNNAMED["person"],
            row.total.counts,
            list_url(scope, speaker=row.actor.slug) if row.actor else "",
        )
        for row in found.rows
    ]
    return bars.sides(rows, id_="who", title=target_title("Who takes which side", target))
