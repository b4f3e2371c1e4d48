"""The first page and the page about the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.card_rows import card_rows
from quotes.models import Quote
from quotes.overview import overview
from quotes.views.site import page_citation

NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = overview()
    return render(
        request,
        "quotes/home.html",
        {
            "counts": found,
            "newest": _newest(),
            "targets": found.targets,
        },
    )


def _newest() -> list[Quote]:
    """Return what was added last: first which, from the index alone, then their rows by key."""
    quotes = Quote.objects.published()
    newest = quotes.order_by("-published_at", "-pk").values_list("pk", flat=True)
    return card_rows(list(newest[:NEWEST]))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "quotes/about.html",
        {
            "contact": settings.CONTACT,
            "panel": page_citation(request, settings.SITE_NAME, "The database as a whole"),
        },
    )
