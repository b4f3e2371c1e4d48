"""What the pages of an analysis share: refusing, tidying, their files, what stands beside them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.analysis.charts.svg import Chart, DataTable
from quotes.analysis.formats.text import NotWritableError
from quotes.analysis.layout import TooManyNodesError
from quotes.analysis.statements import StatementsRefusedError
from quotes.listing import LABELS
from quotes.scope import OptionsForm, Scope
from quotes.views.keeping import kept

TABS = (
    ("quotes", "List"),
    ("compare", "Compare"),
    ("network", "Network"),
    ("camps", "Camps"),
    ("responsibility", "Who blames whom"),
)
SVG = "image/svg+xml"


Scoped = Callable[..., HttpResponse]
REFUSALS = (StatementsRefusedError, NotWritableError, TooManyNodesError)


def scoped_view(form: type[OptionsForm]) -> Callable[[Scoped], Scoped]:
    """Make a view of a function of a request and its Scope, for reading alone.

    It answers queries with faults, and what can't be computed, with what to change; and from
    memory, where the answer took long.
    """

    def made(view: Scoped) -> Scoped:
        @require_safe
        @kept
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            scope = Scope(request.GET, form)
            if (found := elsewhere(request, scope)) is not None:
                return found
            try:
                return view(request, scope, *args, **kwargs)
            except REFUSALS as refusal:
                return too_much(request, scope, refusal)

        return answer

    return made


def elsewhere(request: HttpRequest, scope: Scope) -> HttpResponse | None:
    """Return the answer to a query with faults or not in its shortest form; None for a fit one."""
    if scope.moved:
        return HttpResponsePermanentRedirect(address(request.path, scope.repaired))
    if scope.faults:
        return refused(request, scope)
    if not scope.tidy:
        # The form of a page without scripts sends its empty fields too.
        return redirect(address(request.path, scope.query()))
    return None


def refused(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Name what is wrong and offer the nearest query that works; show no number."""
    context = {
        "faults": [(LABELS.get(fault.parameter), fault) for fault in scope.faults],
        "repaired": address(request.path, scope.repaired),
    }
    return render(request, "analysis/refused.html", context, status=400)


def too_much(request: HttpRequest, scope: Scope, refusal: ValueError) -> HttpResponse:
    """Say that what was asked for can't be computed, and what to narrow."""
    context = {"scope": scope, "why": str(refusal), "tabs": tabs(scope.listing.query, "")}
    return render(request, "analysis/too_much.html", context, status=400)


def page(
    request: HttpRequest, template: str, scope: Scope, context: dict[str, Any]
) -> HttpResponse:
    response = render(request, template, {"scope": scope, **context})
    if request.GET:
        # Endless combinations of the same quotes are of no use to a search engine.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def tabs(query: str, here: str) -> list[dict[str, Any]]:
    """Return the views of one filter: as a list, compared, as a network, in camps."""
    return [
        {"label": label, "url": address(reverse(name), query), "here": name == here}
        for name, label in TABS
    ]


def choices(
    scope: Scope, name: str, labels: Iterable[tuple[str, str]], **also: str
) -> list[dict[str, Any]]:
    """Return the choices of an option as links that change it (and what else must go with it)."""
    now = scope.options[name]
    return [
        {
            "label": label,
            "query": scope.query(
                **{name: "" if value == scope.form.defaults.get(name) else value}, **also
            ),
            "here": value == now,
        }
        for value, label in labels
    ]


def address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def table_csv(table: DataTable) -> str:
    """Return the table beside a chart as CSV, text unchanged."""
    return rows_csv([table.head, *([cell.text for cell in row] for row in table.rows)])


def rows_csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def file(text: str, media_type: str, name: str) -> HttpResponse:
    """Return a file for saving; a picture opens in the browser."""
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    kind = "inline" if media_type == SVG else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def chart_file(chart: Chart, ending: str, name: str) -> HttpResponse:
    """Return a chart's picture, or its table as CSV."""
    if ending == "svg":
        return file(chart.svg, SVG, f"{name}.svg")
    return file(table_csv(chart.table), "text/csv", f"{name}.csv")
