"""Who takes which side on what: a table of people, organisations or outlets and targets."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from base import parameters
from base.visible import visible
from quotes.analysis.charts import bars
from quotes.analysis.charts.svg import Chart
from quotes.analysis.tally import MEAN, Tally, signed
from quotes.analysis.windows import Window
from quotes.choices import StanceValue
from quotes.comparison import ORDERS, Comparison, Row, compare
from quotes.models import Target
from quotes.record import VALUES
from quotes.scope import OptionsForm, Scope
from quotes.statements import ACTORS, PARAMETERS, Named
from quotes.views import scoped
from quotes.views.scoped import scoped_view
from quotes.views.site import page_citation

KINDS = (("person", "People"), ("organization", "Organisations"), ("outlet", "Outlets"))
PAGES = {"person": "person", "organization": "organization", "outlet": "outlet"}
UNNAMED = {
    "person": "No one named",
    "organization": "For no organisation",
    "outlet": "Outlet not printed",
}
LABELS = {value.value: str(value.label) for value in StanceValue}
# How far a mean leans, for the tone behind a cell; the number stands in it.
LEANS = ((0.6, "for-strongly"), (0.2, "for"), (-0.2, "divided"), (-0.6, "against"))


class CompareForm(OptionsForm):
    rows = parameters.WordField(words=ACTORS, required=False)
    order = parameters.WordField(words=ORDERS, required=False)
    by = parameters.RowField(rows=lambda: Target.objects.published(), required=False)
    page = parameters.PageField(required=False)
    defaults = {"rows": "person", "order": "most", "page": "1"}


@scoped_view(CompareForm)
def matrix(request: HttpRequest, scope: Scope) -> HttpResponse:
    found = _found(scope)
    if found.page > found.pages:
        return redirect(scoped.address(request.path, scope.query(page="")))
    chart = _chart(scope, found)
    links = Links(scope, found.kind)
    context = {
        "found": found,
        "tabs": scoped.tabs(scope.listing.query, "compare"),
        "kinds": scoped.choices(scope, "rows", KINDS, page="", by=""),
        "orders": scoped.choices(scope, "order", ORDERS.items(), page=""),
        "columns": [_column(scope, found, place) for place in range(len(found.targets))],
        "rows": [_row(found, row, links) for row in found.rows],
        "chart": chart,
        "formula": MEAN,
        "row_name": dict(KINDS)[found.kind],
        "legend": [value for value in VALUES if found.total.counts.get(value)],
        "ordered": ORDERS[scope.options["order"]],
        "csv": scoped.address(reverse("compare_file", args=["csv"]), scope.query(page="")),
        "svg": scoped.address(reverse("compare_file", args=["svg"]), scope.query())
        if chart
        else "",
        "previous": scope.query(page=str(found.page - 1)) if found.page > 1 else None,
        "next": scope.query(page=str(found.page + 1)) if found.page < found.pages else None,
        "panel": page_citation(request, "Who takes which side", "This table, as it was seen today"),
    }
    return scoped.page(request, "analysis/compare.html", scope, context)


@scoped_view(CompareForm)
def matrix_file(request: HttpRequest, scope: Scope, ending: str) -> HttpResponse:
    """Return every row as CSV, a line for each actor and target; or the picture of one target."""
    if ending == "svg":
        if (chart := _chart(scope, _found(scope))) is None:
            raise Http404
        return scoped.chart_file(chart, "svg", "compare")
    return scoped.file(
        scoped.rows_csv(_lines(_found(scope, all_rows=True))), "text/csv", "compare.csv"
    )


def _found(scope: Scope, *, all_rows: bool = False) -> Comparison:
    options = scope.options
    return compare(
        scope.listing,
        options["rows"],
        order=options["order"],
        by=_by(scope),
        page=options["page"],
        all_rows=all_rows,
    )


# Stands for the stances of an address until they are filled in.
STANCES = "~stances~"


class Links:
    """Lists of one actor's quotes on one target: written once, then filled in for each cell."""

    ACTOR, TARGET = "~actor~", "~target~"

    def __init__(self, scope: Scope, kind: str) -> None:
        both = {PARAMETERS[kind]: self.ACTOR, "target": self.TARGET}
        self.both = list_url(scope, **both, stance="")

    def of(self, actor: str, target: str) -> str:
        """Return the address of a list, to which a stance can be added."""
        return self.both.replace(self.ACTOR, quote(actor)).replace(self.TARGET, quote(target))


def _by(scope: Scope) -> str:
    """Return the address of the target by whose column rows are ordered, "" for all."""
    return "".join(target.slug for target in scope.options["by"] or ())


def _column(scope: Scope, found: Comparison, place: int) -> dict[str, Any]:
    target = found.targets[place]
    by = _by(scope) == target.slug
    return {
        "target": target,
        "label": visible(target.label),
        "sort": scope.query(by="" if by else target.slug, page=""),
        "sorted": by,
        "only": scope.query(target=target.slug, by="", page=""),
        "total": cell(found.totals[place], list_url(scope, target=target.slug, stance="")),
    }


def _row(found: Comparison, row: Row, links: Links) -> dict[str, Any]:
    slug = row.actor.slug if row.actor else ""
    return {
        "label": row.actor.label if row.actor else UNNAMED[found.kind],
        "url": actor_url(found.kind, row.actor),
        "cells": [
            cell(tally, links.of(slug, target.slug) if slug else "")
            for target, tally in zip(found.targets, row.cells, strict=True)
        ],
        "total": row.total.total,
    }


def actor_url(kind: str, actor: Named | None) -> str:
    return reverse(PAGES[kind], args=[actor.slug]) if actor else ""


def cell(tally: Tally, base: str) -> dict[str, Any]:
    """Return a cell: its numbers, each leading to its quotes (base "": nowhere), and its mean."""
    return {
        "parts": [
            (value, LABELS[value], tally.counts[value], base and f"{base}&stance={value}")
            for value in VALUES
            if tally.counts.get(value)
        ],
        "mean": signed(tally.mean),
        "n": tally.n,
        "total": tally.total,
        "lean": lean(tally.mean),
    }


def list_url(scope: Scope, **filters: str | list[str]) -> str:
    return scoped.address(reverse("quotes"), scope.list_query(**filters))


def stretch_urls(scope: Scope, **filters: str) -> Callable[[list[str], Window], str]:
    """Return what gives the address of the list of some stances in a stretch of time."""
    # Put together once: a picture has hundreds. The days come last, as in the list's own form.
    base = list_url(scope, **filters, stance=STANCES, date_from="", date_to="")

    def address(values: list[str], window: Window) -> str:
        stances = "&".join(f"stance={value}" for value in values)
        listed = base.replace(f"stance={STANCES}", stances)
        return f"{listed}&date_from={window.start}&date_to={window.end}"

    return address


def lean(mean: float | None) -> str:
    if mean is None:
        return "nothing"
    return next((name for least, name in LEANS if mean >= least), "against-strongly")


def _chart(scope: Scope, found: Comparison) -> Chart | None:
    """Return the picture of one target; over several, sides of different things would be summed."""
    if len(found.targets) != 1 or not found.rows:
        return None
    target = found.targets[0]
    kind = PARAMETERS[found.kind]
    rows = [
        bars.Sides(
            row.actor.label if row.actor else UNNAMED[found.kind],
            row.total.counts,
            list_url(scope, **{kind: row.actor.slug}, target=target.slug) if row.actor else "",
        )
        for row in found.rows
    ]
    return bars.sides(rows, id_="sides", title=f"Who takes which side: {visible(target.label)}")


def _lines(found: Comparison) -> Iterable[list[object]]:
    yield ["actor", "label", "target", "target_label", *VALUES, "n", "mean"]
    for row in found.rows:
        for target, tally in zip(found.targets, row.cells, strict=True):
            if tally.total:
                label = row.actor.label if row.actor else UNNAMED[found.kind]
                counts = [tally.counts.get(value, 0) for value in VALUES]
                mean = "" if tally.mean is None else round(tally.mean, 6)
                slug = row.actor.slug if row.actor else ""
                yield [slug, label, target.slug, target.label, *counts, tally.n, mean]
