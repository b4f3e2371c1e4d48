"""Quotes, their versions and the facets of a search: the list's parameters, the downloads' rows."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from base.ids import canonical_id
from base.parameters import Fault
from quotes import permanence
from quotes.api.base import ApiView, LimitForm, NoForm, link, raise_faults, read
from quotes.api.parameters import LIMIT, OF_LIST, OF_SEARCH, page_of, problems
from quotes.api.problems import GoneError
from quotes.api.serializers import FacetRecord, QuoteRecord, VersionRecord
from quotes.exports.columns import as_data, moment
from quotes.exports.records import records
from quotes.exports.selection import Selection
from quotes.models import Quote
from quotes.views.files import record_json
from quotes.views.site import site_of

MOVED = OpenApiResponse(description="The id in its one spelling, or what it was merged into.")


def root_of(request: Request) -> str:
    return site_of(request._request).url.rstrip("/")


def selected(request: Request, *own: str, in_pages: bool = False) -> Selection:
    """Return what the list's parameters ask for; raise ParameterError where one can't be used."""
    found = Selection(request.query_params, own=own, in_pages=in_pages)
    if found.faults:
        raise_faults(request, found.faults, found.query)
    return found


class QuotesView(ApiView):
    @extend_schema(
        operation_id="quotes",
        summary="The quotes that a search finds, page after page",
        parameters=[*OF_LIST, LIMIT],
        responses={200: page_of(QuoteRecord), **problems(400, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        found = selected(request, "limit", in_pages=True)
        limit = read_limit(request)
        keys, count, links = (
            _past(request, found, limit) if found.past else _now(request, found, limit)
        )
        rows = [as_data(record) for record in found.records(keys, root=root_of(request))]
        response = Response({"title": found.title, "count": count, "results": rows})
        response["X-Total-Count"] = str(count)
        if links:
            response["Link"] = ", ".join(links)
        return response


def read_limit(request: Request) -> int:
    """Return how many rows a page has; the other parameters are read by others."""
    data = request.query_params.copy()
    for name in list(data):
        if name != "limit":
            del data[name]
    form = LimitForm(data)
    given = data.getlist("limit")
    if len(given) > 1:
        raise_faults(request, [Fault("limit", "This can be given only once.")], "")
    if not form.is_valid():
        fault = Fault("limit", " ".join(map(str, form.errors["limit"])))
        rest = request.query_params.copy()
        rest.pop("limit", None)
        raise_faults(request, [fault], rest.urlencode())
    return int(form.cleaned_data["limit"])


def _now(request: Request, found: Selection, limit: int) -> tuple[list[int], int, list[str]]:
    """Return the keys of a page, how many there are in all, and the links to its neighbours."""
    listing = found.listing
    chosen = listing.filter.chosen
    keys = listing.found.keys(
        limit + 1,
        skip=(listing.page - 1) * limit,
        after=chosen["after"],
        before=chosen["before"],
    )
    if chosen["before"]:
        more, keys = True, keys[-limit:]
    else:
        more, keys = len(keys) > limit, keys[:limit]
    links = [_elsewhere(request, "first", {})]
    if more and keys:
        if listing.found.order.has_places:
            quotes = Quote.objects.filter(pk=keys[-1])
            last = quotes.only("public_id", listing.found.order.column).get()
            place = {"after": str(listing.found.order.cursor(last))}
        else:
            place = {"page": str(listing.page + 1)}
        links.append(_elsewhere(request, "next", place))
    return keys, listing.count, links


def _past(request: Request, found: Selection, limit: int) -> tuple[list[int], int, list[str]]:
    page = found.listing.page
    keys = list(found.keys[(page - 1) * limit : page * limit])
    links = [_elsewhere(request, "first", {})]
    if page * limit < len(found.keys):
        links.append(_elsewhere(request, "next", {"page": str(page + 1)}))
    return keys, len(found.keys), links


def _elsewhere(request: Request, relation: str, place: dict[str, str]) -> str:
    query = request.query_params.copy()
    for name in ("page", "after", "before"):
        query.pop(name, None)
    query.update(place)
    return link(request, relation, query)


class OneQuote(ApiView):
    """What is under one quote's id."""

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        given = kwargs["public_id"]
        public_id = canonical_id(given)
        if public_id is None:
            raise Http404
        if public_id != given:
            return redirect(request.path.replace(given, public_id, 1), permanent=True)
        if isinstance(moved := permanence.state(public_id), permanence.Moved):
            path = request.path.replace(public_id, moved.public_id, 1)
            return redirect(path, permanent=True)
        return super().get(request, **kwargs)


class QuoteView(OneQuote):
    @extend_schema(
        operation_id="quote",
        summary="One quote in its latest version",
        responses={200: QuoteRecord, 301: MOVED, **problems(400, 404, 410, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        read(request, NoForm)
        quote = published(kwargs["public_id"])
        for record in records([quote.pk], root=root_of(request)):
            return Response(as_data(record))
        raise Http404


class VersionsView(OneQuote):
    @extend_schema(
        operation_id="versions",
        summary="The versions of a quote, oldest first",
        responses={200: page_of(VersionRecord), 301: MOVED, **problems(400, 404, 410, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        read(request, NoForm)
        quote = published(kwargs["public_id"])
        rows = [
            {
                "version": row.number,
                "address": f"{root_of(request)}/q/{quote.public_id}/v{row.number}",
                "recorded": moment(row.created_at),
                "why": row.why,
                "sha256": row.hash,
            }
            for row in quote.versions.order_by("number")
        ]
        return Response({"count": len(rows), "results": rows})


class VersionView(ApiView):
    @extend_schema(
        operation_id="version",
        summary="One version of a quote as it stood",
        responses={200: dict, **problems(400, 404, 410, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        read(request, NoForm)
        public_id = canonical_id(kwargs["public_id"])
        found = permanence.version(public_id, int(kwargs["number"])) if public_id else None
        if found is None:
            raise Http404
        if isinstance(found, permanence.Gone):
            raise gone(found)
        return Response(record_json(found))


class FacetsView(ApiView):
    @extend_schema(
        operation_id="facets",
        summary="How the quotes of a search divide, each facet without its own filter",
        parameters=list(OF_SEARCH),
        responses={200: page_of(FacetRecord), **problems(400, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        found = selected(request)
        if found.past:
            fault = Fault("as_of", "Facets are counted as they are now.")
            raise_faults(request, [fault], found.listing.query)
        rows = [
            {
                "name": facet.name,
                "label": facet.legend,
                "options": [_option(option) for option in facet.options],
            }
            for facet in found.listing.facets
        ]
        return Response({"count": found.listing.count, "results": rows})


def _option(option: Any) -> dict[str, Any]:
    return {
        "value": option.value,
        "label": option.label,
        "count": option.count,
        "selected": option.selected,
        "left_out": option.left_out,
        **({"values": [_option(one) for one in option.values]} if option.values else {}),
    }


def published(public_id: str) -> Quote:
    """Return a published quote; raise 410 for one that was, 404 for one that never was."""
    quote = Quote.objects.published().filter(public_id=public_id).first()
    if quote is None:
        found = permanence.state(public_id)
        if isinstance(found, permanence.Gone):
            raise gone(found)
        raise Http404
    return quote


def gone(found: permanence.Gone) -> GoneError:
    more = {"id": found.public_id, "reason": found.reason}
    if found.withdrawal:
        more["withdrawn"] = found.withdrawal.withdrawn_at.date().isoformat()
    return GoneError(found.label, more)


def of_search(request: Request, *own: str) -> QuerySet[Quote]:
    """Return the quotes that the list's parameters find, for rows that belong to them."""
    found = selected(request, *own)
    if found.past:
        fault = Fault("as_of", "Only quotes can be asked of a moment in the past.")
        raise_faults(request, [fault], found.listing.query)
    return found.listing.filter.filtered()
