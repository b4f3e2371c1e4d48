"""The filtered list, and all the values of one of its facets."""

from django import forms
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base import parameters
from quotes.citing import Panel
from quotes.filters import FACETS, NOT
from quotes.histogram import histogram
from quotes.inferred import mark_inferred
from quotes.listing import LABELS, Listing
from quotes.search.examples import EXAMPLES, LIMITS
from quotes.views.past import as_of_page, citable_query
from quotes.views.scoped import tabs
from quotes.views.site import page_citation

VALUES_ON_A_PAGE = 100


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    if "as_of" in request.GET:
        return as_of_page(request)
    listing = Listing(request.GET)
    if listing.moved:
        return HttpResponsePermanentRedirect(_address(listing.repaired.query))
    if listing.faults:
        return _refused(request, listing, listing.faults)
    # The form of a page without scripts sends its empty fields too; the address to keep has none.
    if not listing.tidy:
        return redirect(_address(listing.query_here))
    if listing.count and not listing.keys:
        return redirect(_address(listing.query))
    mark_inferred(listing.shown)
    response = render(
        request,
        "quotes/list.html",
        {
            "listing": listing,
            "panel": _citation(request, listing),
            "tabs": tabs(listing.query, "quotes"),
            "histogram": histogram(listing),
            "previous_url": _page(listing.previous_query),
            "next_url": _page(listing.next_query),
        },
    )
    if listing.selected:
        # Endless combinations of the same quotes are of no use to a search engine.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


class FindForm(forms.Form):
    """What the page of a facet's values takes besides the list's own parameters."""

    find = parameters.WordsField(longest=80, required=False)


@require_safe
def facet_values(request: HttpRequest, name: str) -> HttpResponse:
    """Show every value of a facet under the other filters, to be searched and chosen from."""
    if name not in FACETS:
        raise Http404
    data = request.GET.copy()
    asked = QueryDict(mutable=True)
    asked.setlist("find", data.pop("find", []))
    form = FindForm(asked)
    listing = Listing(data)
    if faults := [*parameters.faults(asked, form), *listing.faults]:
        return _refused(request, listing, faults)
    facet = listing.facet(name)
    find = form.cleaned_data["find"]
    pages = Paginator((facet.finding(find) if find else facet).options, VALUES_ON_A_PAGE)
    rows = pages.get_page(listing.page)
    context = {
        "listing": listing,
        "facet": facet,
        "find": find,
        "rows": rows,
        "kept": _kept(listing, {(row.name, row.value) for row in rows}),
        "all": _kept(listing, set()),
    }
    response = render(request, "quotes/facet.html", context)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Explain the search language by examples."""
    context = {"examples": EXAMPLES, "limits": LIMITS}
    return render(request, "quotes/search_help.html", context)


def _kept(listing: Listing, shown: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters that a form has to carry along: all that it has no field for."""
    pairs = QueryDict(listing.query).lists()
    return [
        (parameter, value)
        for parameter, values in pairs
        for value in values
        if (parameter.removeprefix(NOT), value) not in shown
    ]


def _citation(request: HttpRequest, listing: Listing) -> Panel:
    address = request.build_absolute_uri(_address(citable_query(listing)))
    return page_citation(request, listing.sentence, "This search and its results", address=address)


def _refused(
    request: HttpRequest, listing: Listing, faults: list[parameters.Fault]
) -> HttpResponse:
    """Name what is wrong and offer the nearest search that works; show no quote."""
    context = {
        "faults": [(LABELS.get(fault.parameter.removeprefix(NOT)), fault) for fault in faults],
        "listing": listing.repaired,
        "histogram": histogram(listing.repaired),
        "repaired_query": listing.repaired.query,
    }
    return render(request, "quotes/list_refused.html", context, status=400)


def _page(query: str | None) -> str:
    """Return the address of another page, "" where there is none."""
    return "" if query is None else _address(query)


def _address(query: str) -> str:
    return f"{reverse('quotes')}?{query}" if query else reverse("quotes")
