"""People, bodies, outlets, articles, targets, stances and codings: only what is public, by key."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from base.ids import canonical_id
from people.models import Organization, Person
from quotes.api.base import ApiView, ListView, NoForm, PlaceForm, read
from quotes.api.parameters import AFTER, LIMIT, OF_SEARCH, page_of, problems
from quotes.api.problems import GoneError
from quotes.api.quotes import MOVED, of_search, read_limit
from quotes.api.serializers import (
    ArticleRecord,
    CodingRecord,
    OrganizationRecord,
    OutletRecord,
    PersonRecord,
    StanceRecord,
    TargetRecord,
)
from quotes.choices import Status
from quotes.fields import moved_person
from quotes.models import Article, Outlet, Stance, StanceCoding, Target
from quotes.permanence import moved_target, was_public

PUBLISHED = Q(quotes__status=Status.PUBLISHED)
NOT_PUBLISHED = (
    "This collection publishes stances, not who coded what: /api/v1/stances, and /agreement for "
    "how far the coders agree."
)


def people() -> QuerySet[Any]:
    rows = Person.objects.published().unprotected()
    return rows.annotate(quote_count=Count("quotes", PUBLISHED, distinct=True)).prefetch_related(
        "memberships__organization", "other_names"
    )


def organizations() -> QuerySet[Any]:
    rows = Organization.objects.published()
    return rows.annotate(quote_count=Count("quotes", filter=PUBLISHED, distinct=True))


def outlets() -> QuerySet[Any]:
    published = Q(articles__quotes__status=Status.PUBLISHED)
    return Outlet.objects.published().annotate(
        quote_count=Count("articles__quotes", filter=published, distinct=True)
    )


def articles() -> QuerySet[Any]:
    rows = Article.objects.published().with_quote_count().select_related("outlet")
    return rows.defer("body", "boilerplate")


def targets() -> QuerySet[Any]:
    return Target.objects.published()


# What there is of each kind: rows, what an answer holds, the key in addresses.
KINDS: dict[str, tuple[Any, Any, str, str]] = {
    "people": (people, PersonRecord, "slug", "the people who speak in published quotes"),
    "organizations": (organizations, OrganizationRecord, "slug", "the bodies"),
    "outlets": (outlets, OutletRecord, "slug", "who published"),
    "articles": (articles, ArticleRecord, "public_id", "the articles, without their text"),
    "targets": (targets, TargetRecord, "slug", "what stances are about"),
}

# Where the row is that another was merged into.
MOVES = {"people": moved_person, "targets": moved_target}


def views_of(kind: str) -> tuple[Any, Any]:
    """Return the view of a kind's list and that of one of its rows."""
    rows_of, record, name, words = KINDS[kind]
    singular = {"people": "person"}.get(kind, kind.removesuffix("s"))

    class Rows(ListView):
        key = name
        serializer_class = record

        @extend_schema(
            operation_id=kind,
            summary=f"{words[0].upper()}{words[1:]}",
            parameters=[LIMIT, AFTER],
            responses={200: page_of(record), **problems(400, 429)},
        )
        def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
            return super().get(request, **kwargs)

        def rows(self, request: Request) -> QuerySet[Any]:
            return rows_of()

    class Row(ApiView):
        @extend_schema(
            operation_id=singular,
            summary=f"One of {words}",
            responses={200: record, 301: MOVED, **problems(400, 404, 410, 429)},
        )
        def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
            given = kwargs["key"]
            moved = MOVES[kind](given) if kind in MOVES else None
            if moved and not rows_of().filter(slug=given).exists():
                return redirect(request.path.replace(f"/{given}", f"/{moved}"), permanent=True)
            return super().get(request, **kwargs)

        def answer(self, request: Request, **kwargs: str) -> Response:
            read(request, NoForm)
            value = kwargs["key"] if name == "slug" else canonical_id(kwargs["key"])
            row = rows_of().filter(**{name: value}).first() if value else None
            if row is None:
                raise missing(singular, value)
            return Response(record(row, context={"request": request}).data)

    return Rows, Row


def missing(kind: str, key: str | None) -> Exception:
    """Return 410 for what was public once, without a word of what it showed, or else 404."""
    if key and was_public(kind, key):
        return GoneError("Not public any more", {"id": key})
    return Http404()


class OfSearch(ListView):
    """Rows that belong to the quotes of a search."""

    def asked(self, request: Request) -> Mapping[str, Any]:
        place = request.query_params.copy()
        for name in list(place):
            if name not in ("limit", "after"):
                del place[name]
        form = PlaceForm(place)
        limit = read_limit(request)
        if not form.is_valid():
            read(request, PlaceForm)
        return {"limit": limit, "after": form.cleaned_data["after"]}


class StancesView(OfSearch):
    key = ("quote__public_id", "target__slug")
    serializer_class = StanceRecord

    @extend_schema(
        operation_id="stances",
        summary="The public stances of the quotes that a search finds",
        parameters=[*OF_SEARCH, LIMIT, AFTER],
        responses={200: page_of(StanceRecord), **problems(400, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any]:
        quotes = of_search(request, "limit", "after")
        rows = Stance.objects.published().filter(quote__in=quotes.values("pk"))
        return rows.select_related("quote", "target")


class CodingsView(OfSearch):
    key = ("quote__public_id", "target__slug", "coder__slug")
    serializer_class = CodingRecord

    @extend_schema(
        operation_id="codings",
        summary="What each coder made of the quotes, where the collection publishes it",
        parameters=[*OF_SEARCH, LIMIT, AFTER],
        responses={200: page_of(CodingRecord), **problems(400, 403, 429)},
    )
    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        return super().get(request, **kwargs)

    def answer(self, request: Request, **kwargs: str) -> Response:
        if not settings.PUBLISH_CODINGS:
            raise PermissionDenied(NOT_PUBLISHED)
        return super().answer(request, **kwargs)

    def rows(self, request: Request) -> QuerySet[Any]:
        quotes = of_search(request, "limit", "after")
        rows = StanceCoding.objects.published().filter(quote__in=quotes.values("pk"))
        return rows.select_related("quote", "target", "coder")
