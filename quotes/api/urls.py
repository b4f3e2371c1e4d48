"""All addresses of the API: the first version, its description, and a 404 that is JSON too."""

from django.http import Http404
from django.urls import include, path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from quotes.api import addresses, schema
from quotes.api.base import ApiView


@extend_schema(exclude=True)
class NothingHere(ApiView):
    """Any other address below /api/."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        raise Http404


@extend_schema(exclude=True)
class Beginning(ApiView):
    """What there is, for whoever follows links."""

    def answer(self, request: Request, **kwargs: str) -> Response:
        names = [str(entry.pattern) for entry in addresses.urlpatterns]
        lists = {
            name: request.build_absolute_uri(f"/api/v1/{name}") for name in names if name.isalpha()
        }
        more = {name: request.build_absolute_uri(f"/api/{name}") for name in ("v1/schema", "docs")}
        return Response(lists | more)


urlpatterns = [
    path("api/v1/", Beginning.as_view(), name="api"),
    path("api/v1/schema", schema.schema_file, name="api_schema"),
    path("api/v1/", include(addresses)),
    path("api/docs", schema.docs, name="api_docs"),
    path("api/<path:rest>", NothingHere.as_view(), name="api_nothing"),
]
