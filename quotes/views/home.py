"""The first page and the page about the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.models import Quote
from quotes.overview import overview
from quotes.views.site import page_citation

NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    quotes, found = Quote.objects.published(), overview()
    return render(
        request,
        "quotes/home.html",
        {
            "counts": found,
            "newest": quotes.for_cards().order_by("-published_at", "-pk")[:NEWEST],
            "targets": found.targets,
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
