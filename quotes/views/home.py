"""The first page and the page about the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import Organization, Person
from quotes.models import Article, Outlet, Quote
from quotes.stance_counts import by_target
from quotes.views.site import page_citation

NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    quotes = Quote.objects.published()
    return render(
        request,
        "quotes/home.html",
        {
            "counts": collection_counts(),
            "newest": quotes.for_cards().order_by("-published_at", "-pk")[:NEWEST],
            "targets": by_target(quotes),
        },
    )


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


def collection_counts() -> dict[str, int]:
    """Return how many published things of each kind there are."""
    return {
        "quotes": Quote.objects.published().count(),
        "people": Person.objects.published().unprotected().count(),
        "organizations": Organization.objects.published().count(),
        "articles": Article.objects.published().count(),
        "outlets": Outlet.objects.published().count(),
    }
