"""A cited search as a page: the quotes in the versions that stood at its moment."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from base.parameters import Fault
from quotes.exports.columns import Record
from quotes.exports.past import SORTED, uncitable, written
from quotes.exports.selection import Selection
from quotes.exports.state import as_of_now
from quotes.histogram import histogram
from quotes.listing import LABELS, PAGE_SIZE, Listing
from quotes.shown import Shown, shown
from quotes.views.site import site_of


@dataclass(frozen=True)
class Row:
    """One version as a list shows it."""

    shown: Shown
    record: Record


def as_of_page(request: HttpRequest) -> HttpResponse:
    """Show a page of a search as of a moment; 400 names what can't be used."""
    selection = Selection(request.GET, own=("page",))
    number = _number(request.GET.getlist("page"))
    faults = selection.faults or ([number] if isinstance(number, Fault) else [])
    if faults or isinstance(number, Fault):
        return _refused(request, selection, faults)
    pages = max(1, -(-len(selection.keys) // PAGE_SIZE))
    if number > pages:
        return redirect(f"{request.path}?{selection.query}")
    start = (number - 1) * PAGE_SIZE
    root = site_of(request).url.rstrip("/")
    records = selection.records(selection.keys[start : start + PAGE_SIZE], root=root)
    context = {
        "selection": selection,
        "moment": selection.at,
        "rows": [Row(shown(record.shown), record) for record in records],
        "page": number,
        "pages": pages,
        "before": number - 1,
        "after": number + 1 if number < pages else 0,
    }
    response = render(request, "quotes/as_of.html", context)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _number(given: list[str]) -> int | Fault:
    text = given[0] if len(given) == 1 else ""
    if not given:
        return 1
    if text.isascii() and text.isdigit() and len(text) <= 7 and int(text) >= 1:
        return int(text)
    return Fault("page", "Pages are counted from 1.")


def _refused(request: HttpRequest, selection: Selection, faults: list[Fault]) -> HttpResponse:
    listing = selection.listing.repaired
    context = {
        "faults": [(LABELS.get(fault.parameter), fault) for fault in faults],
        "listing": listing,
        "histogram": histogram(listing),
        "repaired_query": listing.query,
    }
    return render(request, "quotes/list_refused.html", context, status=400)


def citable_query(listing: Listing) -> str:
    """Return the query that finds the same rows for ever, where a search can be asked so.

    An order by relevance is left out of it; a search that has no past is cited as it is.
    """
    query = listing.query
    if listing.sort not in SORTED:
        listing = Listing(QueryDict(listing.query_with({"sort": []})))
        query = listing.query
    if uncitable(listing):
        return query
    return "&".join(part for part in (query, f"as_of={written(as_of_now())}") if part)
