"""The filtered list as a file in every format: the same parameters, the same rows, all of them."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from base.parameters import Fault
from quotes.exports.columns import COLUMNS
from quotes.exports.selection import Selection
from quotes.exports.state import data_version, last_change
from quotes.exports.writers import FILES, FileFormat, Head
from quotes.views.site import site_of

PROBLEM = "application/problem+json"
# As much text as is handed to the server at once.
PIECE = 65_536
RAW = ("0", "1")


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Stream the quotes that a search finds; 400 names what is wrong with the parameters."""
    row = FILES[ending]
    selection = Selection(request.GET, own=("raw",))
    faults = [*_raw_faults(request, row), *selection.faults]
    if faults:
        if selection.moved and len(faults) == len(selection.faults):
            return HttpResponsePermanentRedirect(_with_query(request.path, selection.query))
        return refused(request, faults, _with_query(request.path, selection.query))
    changed = last_change()
    # Weak: a proxy may pack the file on its way.
    etag = f'W/"{entity(request, data_version(changed))}"'
    headers = _headers(row, etag=etag, changed=http_date(changed.timestamp()))
    unchanged = get_conditional_response(
        request, etag=etag, last_modified=int(changed.timestamp()), response=None
    )
    if unchanged is not None:
        return _with(unchanged, {name: headers[name] for name in ("ETag", "Last-Modified")})
    headers["X-Total-Count"] = str(len(selection.keys))
    if request.method == "HEAD":
        return _with(HttpResponse(content_type=row.content_type), headers)
    return _with(_stream(request, selection, row), headers)


def _stream(request: HttpRequest, selection: Selection, row: FileFormat) -> StreamingHttpResponse:
    head = Head(
        title=selection.title,
        site=site_of(request),
        count=len(selection.keys),
        address=request.build_absolute_uri(),
        raw=request.GET.get("raw") == "1",
    )
    records = selection.records(root=head.site.url.rstrip("/"))
    return StreamingHttpResponse(_pieces(row.write(records, head)), content_type=row.content_type)


def _pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as UTF-8: the first at once, the others gathered into pieces of a useful size."""
    gathered: list[str] = []
    size = 0
    first = True
    for text in texts:
        gathered.append(text)
        size += len(text)
        if first or size >= PIECE:
            yield "".join(gathered).encode()
            gathered, size, first = [], 0, False
    if gathered:
        yield "".join(gathered).encode()


def _headers(row: FileFormat, *, etag: str, changed: str) -> dict[str, str]:
    name = f"{slugify(settings.SITE_NAME) or 'quotes'}-quotes.{row.ending}"
    return {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "ETag": etag,
        "Last-Modified": changed,
        "X-Robots-Tag": "noindex",
        "Link": f'<{reverse("columns")}>; rel="describedby"; type="text/html"',
    }


def _with(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def entity(request: HttpRequest, version: str) -> str:
    """Return what names an answer's bytes: the state of the data, the address, the host."""
    asked = request.build_absolute_uri()
    return sha256(f"{version} {asked}".encode()).hexdigest()[:32]


def _raw_faults(request: HttpRequest, row: FileFormat) -> list[Fault]:
    given = request.GET.getlist("raw")
    if not given:
        return []
    if row.ending != "csv":
        return [Fault("raw", "Only CSV has it; every other format is exact anyway.")]
    if len(given) > 1 or given[0] not in RAW:
        return [Fault("raw", "Write raw=1 for the record's own bytes, or leave it out.")]
    return []


def refused(request: HttpRequest, faults: list[Fault], repaired: str) -> HttpResponse:
    """Answer 400 as RFC 9457 has it: each parameter that is wrong, and an address that works."""
    data = {
        "type": "/errors/parameter",
        "title": "A parameter can't be used",
        "status": 400,
        "detail": f"{faults[0].shown_parameter}: {faults[0].message}",
        "errors": [
            {"parameter": fault.shown_parameter, "message": fault.message, "code": fault.code}
            for fault in faults
        ],
        "repaired": request.build_absolute_uri(repaired),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    response = HttpResponse(text, content_type=PROBLEM, status=400)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Show what each column of a download holds."""
    return render(request, "quotes/columns.html", {"columns": COLUMNS, "files": FILES.values()})
