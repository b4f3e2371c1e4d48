"""The filtered list as a file in every format: the same parameters, the same rows, all of them."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

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
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from base.parameters import Fault
from quotes import feeds
from quotes.exports.columns import COLUMNS, Record
from quotes.exports.selection import Selection
from quotes.exports.writers import FILES, FileFormat, Head
from quotes.views.freshness import Freshness
from quotes.views.site import site_of

PROBLEM = "application/problem+json"
# As much text as is handed to the server at once.
PIECE = 65_536
# Parameters of a file's own, and the formats that take them.
SWITCHES = {"raw": ("csv",), "end": ("csv", "jsonl")}


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Stream the quotes that a search finds; 400 names what is wrong with the parameters."""
    row = FILES[ending]
    selection = Selection(request.GET, own=tuple(SWITCHES))
    faults = [*_switch_faults(request, row), *selection.faults]
    if faults:
        if selection.moved and len(faults) == len(selection.faults):
            return HttpResponsePermanentRedirect(_with_query(request.path, selection.query))
        return refused(request, faults, _with_query(request.path, selection.query))
    fresh = Freshness(request)
    if (answer := fresh.unchanged) is not None:
        return answer
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=row.content_type)
    else:
        response = _stream(request, selection, row)
    name = f"{slugify(settings.SITE_NAME) or 'quotes'}-quotes.{ending}"
    disposition = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Total-Count"] = str(len(selection.keys))
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Link"] = f'<{reverse("columns")}>; rel="describedby"; type="text/html"'
    return fresh.mark(response)


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Return a page of the search as an Atom feed, with what was taken back as deleted entries."""
    selection = Selection(request.GET, own=("before",))
    faults = selection.faults
    if selection.past:
        faults = [Fault("as_of", "A feed tells what is new; it has no past.")]
    given = request.GET.getlist("before")
    before = feeds.read_cursor(given[0] if len(given) == 1 else "") if given else None
    if isinstance(before, Fault):
        faults = [*faults, before]
    address = _with_query(request.path, selection.listing.repaired.query)
    if faults or isinstance(before, Fault):
        if selection.moved and len(faults) == len(selection.faults):
            return HttpResponsePermanentRedirect(address)
        return refused(request, faults, address)
    fresh = Freshness(request)
    if (answer := fresh.unchanged) is not None:
        return answer
    site = site_of(request)
    text = feeds.atom(
        feeds.page(selection, root=site.url.rstrip("/"), before=before),
        title=selection.title,
        site=site,
        address=request.build_absolute_uri(_with_query(request.path, selection.query)),
        query=selection.query,
        changed=datetime.fromtimestamp(fresh.changed, tz=UTC),
    )
    response = HttpResponse("".join(text), content_type="application/atom+xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh.mark(response)


def _stream(request: HttpRequest, selection: Selection, row: FileFormat) -> StreamingHttpResponse:
    head = Head(
        title=selection.title,
        site=site_of(request),
        count=len(selection.keys),
        address=request.build_absolute_uri(),
        raw=request.GET.get("raw") == "1",
    )
    records = selection.records(root=head.site.url.rstrip("/"))
    texts = row.write(records, head)
    if request.GET.get("end") == "1":
        texts = _with_end(row, records, head)
    return StreamingHttpResponse(_pieces(texts), content_type=row.content_type)


def _with_end(row: FileFormat, records: Iterator[Record], head: Head) -> Iterator[str]:
    """Yield a file that tells at its end how many rows it has: one that was cut does not."""
    count = 0

    def counted() -> Iterator[Record]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    yield from row.write(counted(), head)
    if row.end:
        yield row.end(count, head)


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


def _switch_faults(request: HttpRequest, row: FileFormat) -> list[Fault]:
    faults = []
    for name, endings in SWITCHES.items():
        given = request.GET.getlist(name)
        if given and row.ending not in endings:
            faults.append(Fault(name, f"Only {' and '.join(endings).upper()} can have it."))
        elif given and given not in (["0"], ["1"]):
            faults.append(Fault(name, f"Write {name}=1, or leave it out."))
    return faults


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
