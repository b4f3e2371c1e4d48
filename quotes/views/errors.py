"""Error pages in the site's own design; none of them echoes what was asked for."""

import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from quotes.api import problems
from quotes.choices import AddressKind
from quotes.permanence import was_public
from quotes.views.addresses import gone_page

RETRY_AFTER = "5"  # seconds
# What programs read, and its manual, which is a page like others.
API, MANUAL = "/api/", "/api/docs"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


class GoneMiddleware:
    """For a page that is not there and was public once: 410, without a word of what it showed.

    Here and not in each view: people knows nothing of quotes, nor of what they made public. And not
    in the handler of 404, which development replaces by a page of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None:
            return None
        if match.url_name not in AddressKind.values:
            return None
        key = str(match.kwargs.get("slug") or match.kwargs.get("public_id") or "")
        if not (key and was_public(match.url_name, key)):
            return None
        return gone_page(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Render without the request: whatever broke it may break a context processor too.

    A database that is away, full or too slow mends itself or is mended: 503, and when to ask again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    code, headers = (503, {"Retry-After": RETRY_AFTER}) if away else (500, {})
    if request.path.startswith(API) and request.path != MANUAL:
        return problems.broken(code, headers)
    page = loader.render_to_string("500.html")
    return HttpResponse(page, status=code, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Answer a form without its token; the reason is for developers, not for the page."""
    return render(request, "403.html", status=403)
