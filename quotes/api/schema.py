"""The API described by itself: OpenAPI 3.1, and the same as a page that needs no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

TYPE = "application/vnd.oai.openapi+json;version=3.1"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the description; it is made once, since it changes with the code alone."""
    generator: Any = SchemaGenerator(urlconf="quotes.api.addresses")  # type: ignore[no-untyped-call]
    found: dict[str, Any] = generator.get_schema(request=None, public=True)
    # Where it answers, relative to the description itself.
    found["servers"] = [{"url": "/api/v1"}]
    return found


@require_safe
def schema_file(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Type"] = TYPE
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True)
class Operation:
    """One address of the API as the page shows it."""

    path: str
    name: str
    summary: str
    parameters: list[dict[str, Any]]
    fields: list[tuple[str, str, str]]
    many: bool


def operations() -> Iterator[Operation]:
    """Yield the addresses in order, each with what it takes and what its answer holds."""
    parts = schema()["components"]["schemas"]
    for path, methods in schema()["paths"].items():
        asked = methods["get"]
        content = asked["responses"]["200"].get("content", {}).get("application/json", {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        answer = parts.get(name, {}).get("properties", {})
        many = "results" in answer
        if many:
            name = answer["results"]["items"]["$ref"].rpartition("/")[2]
            answer = parts[name]["properties"]
        fields = [
            (key, str(value.get("type", "")), value.get("description", ""))
            for key, value in answer.items()
        ]
        yield Operation(
            f"/api/v1{path}",
            asked["operationId"],
            asked.get("summary", ""),
            [row for row in asked.get("parameters", []) if row["in"] == "query"],
            fields,
            many,
        )


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what the API has, from its own description."""
    root = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/docs.html", {"operations": list(operations()), "root": root})
