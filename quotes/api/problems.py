"""What goes wrong, as RFC 9457 has it: `application/problem+json`, naming what to mend."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from base.limits import RETRY_AFTER, was_cut_off
from base.parameters import Fault

PROBLEM = "application/problem+json"
TITLES = {
    400: "A parameter can't be used",
    403: "Not published",
    404: "Not found",
    405: "Only GET and HEAD",
    406: "Only JSON",
    410: "Withdrawn",
    429: "Too many requests",
    500: "The answer could not be made",
    503: "Not available at the moment",
}


class ParameterError(exceptions.APIException):
    """400: parameters that can't be used, with an address that works."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, faults: Sequence[Fault], repaired: str) -> None:
        super().__init__(f"{faults[0].shown_parameter}: {faults[0].message}")
        self.more = {
            "errors": [
                {"parameter": fault.shown_parameter, "message": fault.message, "code": fault.code}
                for fault in faults
            ],
            "repaired": repaired,
        }


class GoneError(exceptions.APIException):
    """410: what was public and is not any more, why, since when; nothing of what it said."""

    status_code = status.HTTP_410_GONE

    def __init__(self, label: str, more: dict[str, Any]) -> None:
        super().__init__(label)
        self.more = more


class TooLongError(exceptions.APIException):
    """503: a question that takes the database longer than it may."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    title = "This takes too long to answer"
    default_detail = "Ask for less: rarer words, or a filter by speaker, outlet, target or year."
    wait = int(RETRY_AFTER)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the answer to an exception; None for one that nobody expected."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing at this address.")
    if was_cut_off(error):
        error = TooLongError()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    code = error.status_code
    kind = {400: "parameter", 410: "withdrawn", 429: "throttled"}.get(code, str(code))
    data = {
        "type": f"/errors/{kind}",
        "title": getattr(error, "title", TITLES.get(code, "Error")),
        "status": code,
        "detail": str(error.detail),
        **getattr(error, "more", {}),
    }
    response = Response(data, status=code, content_type=PROBLEM)
    if (wait := getattr(error, "wait", None)) is not None:
        response["Retry-After"] = str(max(1, round(wait)))
    if code == status.HTTP_405_METHOD_NOT_ALLOWED:
        response["Allow"] = "GET, HEAD"
    return response


def broken(code: int, headers: Mapping[str, str]) -> HttpResponse:
    """Return the answer to a fault that is ours, made of nothing but this."""
    detail = "The fault is ours and has been written down. Ask again in a minute."
    data = {"type": f"/errors/{code}", "title": TITLES[code], "status": code, "detail": detail}
    headers = {**headers, "Access-Control-Allow-Origin": "*"}
    return JsonResponse(data, status=code, content_type=PROBLEM, headers=headers)
