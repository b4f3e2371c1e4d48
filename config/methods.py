"""The methods that the editors' pages know; another is refused before a view takes it for GET."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class KnownMethodsMiddleware:
    """Answer 405 to PUT, DELETE, TRACE and their like (ASVS 5.0 13.4.4).

    Views of the stock admin look for POST and treat everything else as GET; every other view says
    itself what it takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)
