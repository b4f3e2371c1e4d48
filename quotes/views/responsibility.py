"""Who blames whom: a table, a directed network, and files of both."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from base import parameters
from quotes.analysis.charts.directed import Arrow, directed
from quotes.analysis.charts.svg import Chart
from quotes.analysis.formats.graphml import MEDIA_TYPE
from quotes.analysis.layout import TooManyNodesError
from quotes.choices import ResponsibilityAct
from quotes.responsibilities import ACTS, Line, arrows, graphml, lines, table
from quotes.scope import OptionsForm, Scope
from quotes.views import scoped
from quotes.views.scoped import scoped_view
from quotes.views.site import page_citation

SHOWN = 200
ORDERS = {
    "most": "most quotes first",
    "sender": "by who",
    "addressee": "by whom",
    "issue": "by issue",
}


class ResponsibilityForm(OptionsForm):
    act = parameters.WordsOfField(words=ACTS, required=False)
    order = parameters.WordField(words=ORDERS, required=False)
    defaults = {"order": "most"}


@scoped_view(ResponsibilityForm)
def responsibility(request: HttpRequest, scope: Scope) -> HttpResponse:
    rows = _ordered(lines(scope.listing, scope.options["act"] or ()), scope.options["order"])
    chart, crowd = _picture(rows)
    shown = rows[:SHOWN]
    context = {
        "rows": shown,
        "n_rows": len(rows),
        "n_quotes": len({one for row in rows for one in row.quotes}),
        "chart": chart if rows else None,
        "crowd": crowd,
        "tabs": scoped.tabs(scope.listing.query, "responsibility"),
        "acts": _acts(scope),
        "orders": scoped.choices(scope, "order", ORDERS.items()),
        "svg": _file_url(scope, "svg"),
        "files": [
            ("Directed network (GraphML)", _file_url(scope, "graphml")),
            ("Table (CSV)", _file_url(scope, "csv")),
        ],
        "words": (
            ("Rule", "each attribution of responsibility in each published quote is counted once"),
            ("Weight", "an arrow's weight is the number of quotes behind it"),
        ),
        "panel": page_citation(request, "Who blames whom", "This table, as it was seen today"),
    }
    return scoped.page(request, "analysis/responsibility.html", scope, context)


@scoped_view(ResponsibilityForm)
def responsibility_file(request: HttpRequest, scope: Scope, ending: str) -> HttpResponse:
    rows = lines(scope.listing, scope.options["act"] or ())
    if ending == "svg":
        return scoped.chart_file(_chart(rows), "svg", "responsibility")
    if ending == "graphml":
        return scoped.file("".join(graphml(rows)), MEDIA_TYPE, "responsibility.graphml")
    return scoped.file(scoped.rows_csv(table(rows)), "text/csv", "responsibility.csv")


def _ordered(rows: list[Line], order: str) -> list[Line]:
    keys: dict[str, Any] = {
        "sender": lambda row: row.sender.label.casefold(),
        "addressee": lambda row: row.addressee.label.casefold(),
        "issue": lambda row: row.issue.casefold(),
    }
    return sorted(rows, key=keys[order]) if order in keys else rows


def _acts(scope: Scope) -> list[dict[str, Any]]:
    chosen = tuple(scope.options["act"] or ())
    found = [{"label": "all", "query": scope.query(act=""), "here": not chosen}]
    for act in ResponsibilityAct:
        label = str(act.label).lower()
        found.append(
            {"label": label, "query": scope.query(act=act.value), "here": chosen == (act,)}
        )
    return found


def _picture(rows: list[Line]) -> tuple[Chart | None, str]:
    try:
        return _chart(rows), ""
    except TooManyNodesError as refusal:
        return None, str(refusal)


def _chart(rows: list[Line]) -> Chart:
    names = sorted({actor.label for row in rows for actor in (row.sender, row.addressee)})
    drawn = [
        Arrow(
            *(row.sender.label, row.addressee.label, row.act, len(ids), row.act_label),
            href=f"/q/{ids[0]}" if len(ids) == 1 else "#table",
        )
        for row, _issues, ids in arrows(rows)
    ]
    return directed(names, drawn, id_="responsibility", title="Who holds whom responsible")


def _file_url(scope: Scope, ending: str) -> str:
    return scoped.address(reverse("responsibility_file", args=[ending]), scope.query(order=""))
