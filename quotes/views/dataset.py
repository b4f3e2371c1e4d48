"""The dataset: what is in it, its small tables, the snapshots that were made."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from quotes.dataset import made
from quotes.dataset.files import lines
from quotes.dataset.rows import AFTER
from quotes.dataset.scope import Present
from quotes.dataset.tables import TABLES
from quotes.exports.state import as_of_now
from quotes.overview import overview
from quotes.views.freshness import Freshness
from quotes.views.site import page_citation


@require_safe
def dataset(request: HttpRequest) -> HttpResponse:
    """Show what the dataset holds, how to cite it and where to get it."""
    context = {
        "tables": [table for table in TABLES.values() if _published(table.name)],
        "codings": settings.PUBLISH_CODINGS,
        "counts": overview(),
        "snapshots": [(one, one.closed) for one in made.listed()],
        "panel": page_citation(request, f"{settings.SITE_NAME}: dataset", "The dataset"),
    }
    return render(request, "quotes/dataset.html", context)


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponseBase:
    """Stream one of the small tables as it stands now, as CSV."""
    wanted = TABLES.get(name)
    if wanted is None or not wanted.small:
        raise Http404
    fresh = Freshness(request)
    if (answer := fresh.unchanged) is not None:
        return answer
    content_type = "text/csv; charset=utf-8"
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=content_type)
    else:
        rows = AFTER[name](Present(), as_of_now())
        response = StreamingHttpResponse(lines(wanted, rows), content_type=content_type)
    disposition = content_disposition_header(True, wanted.path)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh.mark(response)


@require_safe
def archive(request: HttpRequest, file: str) -> HttpResponseBase:
    """Send a snapshot that was made; 410 where it was closed since to protect a person."""
    found = next((one for one in made.listed() if one.file == file), None)
    if found is None:
        raise Http404
    if found.closed:
        return render(request, "quotes/dataset_closed.html", {"snapshot": found}, status=410)
    response = FileResponse((made.folder() / found.file).open("rb"), as_attachment=True)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _published(name: str) -> bool:
    return name != "codings" or settings.PUBLISH_CODINGS
