"""What every answer of the API has: freshness, links, the door open to pages elsewhere."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from base.parameters import Fault, WordsField, faults, refusal, repaired, shown
from quotes.api.problems import PROBLEM, ParameterError
from quotes.api.throttling import PerMinute
from quotes.views.freshness import Freshness

USUAL, MOST = 50, 500
EXPOSED = "Link, X-Total-Count, ETag, Last-Modified, Retry-After"


class PlainJSON(JSONRenderer):
    """JSON with every letter as itself."""

    charset = "utf-8"


class ApiView(APIView):
    """Answers GET and HEAD to anybody, alike for everybody."""

    http_method_names = ["get", "head"]
    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (PlainJSON,)
    throttle_classes = (PerMinute,)

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        fresh = Freshness(request._request)
        if (unchanged := fresh.unchanged) is not None:
            return unchanged
        return fresh.mark(self.answer(request, **kwargs))

    def answer(self, request: Request, **kwargs: str) -> Response:
        raise NotImplementedError

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # There is JSON and nothing else; who asks for something else gets it too.
        return super().perform_content_negotiation(request, force=True)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        # Public data, the same for everybody: any page may read it.
        final.headers["Access-Control-Allow-Origin"] = "*"
        final.headers["Access-Control-Expose-Headers"] = EXPOSED
        final.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        final.headers["X-Robots-Tag"] = "noindex"
        if final.headers.get("Content-Type", "").startswith(PROBLEM):
            final.headers["Content-Type"] = PROBLEM
        return final


class LimitField(forms.Field):
    """How many rows a page has, in ASCII digits."""

    def to_python(self, value: str | None) -> int:
        if not value:
            return USUAL
        fit = value.isascii() and value.isdigit() and len(value) <= 4
        if not fit or not 1 <= int(value) <= MOST:
            raise refusal(f"“{shown(value)}” is no number from 1 to {MOST}.", repaired=[str(MOST)])
        return int(value)


class NoForm(forms.Form):
    """An address that takes no parameters."""


class LimitForm(forms.Form):
    limit = LimitField(required=False)


class PlaceForm(LimitForm):
    """Where a page of a plain list begins: after the key of the last row of the one before."""

    after = WordsField(longest=100, required=False)


def read(request: Request, form_class: type[forms.Form]) -> Mapping[str, Any]:
    """Return a form's values; raise ParameterError where one can't be used."""
    form = form_class(request.query_params)
    if found := faults(request.query_params, form):
        raise_faults(request, found, repaired(request.query_params, form, found).urlencode())
    return form.cleaned_data


def raise_faults(request: Request, found: list[Fault], query: str) -> None:
    path = request.path
    raise ParameterError(found, request.build_absolute_uri(f"{path}?{query}" if query else path))


def link(request: HttpRequest | Request, relation: str, query: QueryDict) -> str:
    """Return an entry of the Link header (RFC 8288)."""
    text = query.urlencode()
    address = request.build_absolute_uri(f"{request.path}?{text}" if text else request.path)
    return f'<{address}>; rel="{relation}"'


class ListView(ApiView):
    """A list of rows by their public keys, page after page: rows added meanwhile shift nothing."""

    key: str | tuple[str, ...] = "slug"
    serializer_class: Any = None

    def rows(self, request: Request) -> QuerySet[Any]:
        raise NotImplementedError

    def asked(self, request: Request) -> Mapping[str, Any]:
        return read(request, PlaceForm)

    def answer(self, request: Request, **kwargs: str) -> Response:
        asked = self.asked(request)
        rows = self.rows(request)
        count = rows.count()
        names = (self.key,) if isinstance(self.key, str) else self.key
        found = rows.order_by(*names)
        if asked["after"]:
            found = found.filter(after(names, asked["after"]))
        page = list(found[: asked["limit"] + 1])
        more = len(page) > asked["limit"]
        page = page[: asked["limit"]]
        data = self.serializer_class(page, many=True, context={"request": request}).data
        response = Response({"count": count, "results": data})
        response["X-Total-Count"] = str(count)
        if more:
            query = request.query_params.copy()
            query["after"] = ",".join(str(value_of(page[-1], name)) for name in names)
            response["Link"] = link(request, "next", query)
        return response


def value_of(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def after(names: tuple[str, ...], place: str) -> Q:
    """Return the condition of coming after a place in the order of the keys."""
    values = place.split(",", len(names) - 1)
    condition = Q()
    for at in range(min(len(names), len(values))):
        same = Q(**dict(zip(names[:at], values[:at], strict=True)))
        condition |= same & Q(**{f"{names[at]}__gt": values[at]})
    return condition
