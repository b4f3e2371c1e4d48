"""The filtered list."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.citing import Panel
from quotes.listing import LABELS, Listing
from quotes.views.scoped import tabs
from quotes.views.site import page_citation


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    listing = Listing(request.GET)
    if listing.moved:
        return HttpResponsePermanentRedirect(_address(listing.repaired.query))
    if listing.faults:
        return _refused(request, listing)
    # The form of a page without scripts sends its empty fields too; the address to keep has none.
    if not listing.tidy:
        return redirect(_address(listing.page_query(listing.page)))
    if listing.page > listing.pages:
        return redirect(_address(listing.query))
    response = render(
        request,
        "quotes/list.html",
        {
            "listing": listing,
            "panel": _citation(request, listing),
            "tabs": tabs(listing.query, "quotes"),
            **_paging(listing),
        },
    )
    if listing.selected:
        # Endless combinations of the same quotes are of no use to a search engine.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _citation(request: HttpRequest, listing: Listing) -> Panel:
    return page_citation(request, listing.sentence, "This search, as it was seen today")


def _refused(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Name what is wrong and offer the nearest search that works; show no quote."""
    context = {
        "faults": [(LABELS.get(fault.parameter), fault) for fault in listing.faults],
        "listing": listing.repaired,
        "repaired_query": listing.repaired.query,
    }
    return render(request, "quotes/list_refused.html", context, status=400)


def _paging(listing: Listing) -> dict[str, str]:
    """Return the addresses of the pages before and after, "" where there is none."""
    page, pages = listing.page, listing.pages
    return {
        "previous_url": _address(listing.page_query(page - 1)) if page > 1 else "",
        "next_url": _address(listing.page_query(page + 1)) if page < pages else "",
    }


def _address(query: str) -> str:
    return f"{reverse('quotes')}?{query}" if query else reverse("quotes")
