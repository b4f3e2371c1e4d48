"""The files beside a quote and each of its versions, and the servers that programs ask for them."""

import json
import re
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from base.ids import canonical_id
from quotes import notices
from quotes.citations.exports import FORMATS, signposting, web
from quotes.citations.exports.zotero import UNAPI_FORMATS, unapi_formats
from quotes.citations.record import Citation
from quotes.citing import citation_of, words_hash
from quotes.inferred import inferred
from quotes.models import Quote
from quotes.permanence import Gone, Moved, Version, state, version
from quotes.views.addresses import elsewhere, one_spelling, tombstone
from quotes.views.site import site_of, typed_links

BY_ENDING = {row.extension: row for row in FORMATS.values()}
PROBLEM = "application/problem+json"
XML = "application/xml; charset=utf-8"
# An embed may stand on any page, and does nothing there but show words.
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
QUOTE_PATH = re.compile(r"^/q/([0-9A-Za-z]{8})(?:/v[1-9][0-9]{0,5})?$")


def latest(public_id: str) -> Version | None:
    """Return the version that a published quote shows now."""
    quote = Quote.objects.published().filter(public_id=public_id).first()
    if quote is None:
        return None
    found = version(public_id, quote.versions.count())
    return found if isinstance(found, Version) else None


def cite(request: HttpRequest, found: Version) -> Citation:
    return citation_of(
        found.row,
        site=site_of(request),
        said_of=notices.shown(found.row.quote),
        withdrawn=found.withdrawal is not None,
    )


@require_safe
@one_spelling
def quote_file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Return the latest version's file; what is gone is said in the reader's own format."""
    found = latest(public_id)
    if found is None:
        return gone_file(request, public_id)
    return _file(request, found, ending)


@require_safe
@one_spelling
def version_file(request: HttpRequest, public_id: str, number: str, ending: str) -> HttpResponse:
    found = version(public_id, int(number))
    if found is None:
        raise Http404
    if isinstance(found, Gone):
        return problem(found)
    return _file(request, found, ending)


@require_safe
@one_spelling
def linkset(request: HttpRequest, public_id: str, number: str) -> HttpResponse:
    found = version(public_id, int(number))
    if not isinstance(found, Version):
        if found is None:
            raise Http404
        return problem(found)
    cited = cite(request, found)
    data = signposting.linkset(cited, typed_links(cited, found.latest))
    return _json(data, "application/linkset+json")


def _file(request: HttpRequest, found: Version, ending: str) -> HttpResponse:
    cited = cite(request, found)
    if ending == "json":
        response = _json(record_json(found), "application/json")
    else:
        row = BY_ENDING[ending]
        kind = row.content_type if "charset" in row.content_type else _with_charset(row)
        response = HttpResponse(row.write(cited), content_type=kind)
    name = f"{cited.quote_id}-v{cited.version}.{ending}"
    # Shown where a browser can; only what it would run or hand on to a program is saved.
    saved = ending in ("bib", "biblatex", "ris")
    disposition = content_disposition_header(saved, name)
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["Link"] = signposting.header(signposting.describes(cited))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with_charset(row: Any) -> str:
    return (
        str(row.content_type) if ";" in row.content_type else f"{row.content_type}; charset=utf-8"
    )


def record_json(found: Version) -> dict[str, Any]:
    """Return a version as data: the record as it stood, and what has been said of it since."""
    return {
        "id": found.shown["id"],
        "version": found.row.number,
        "latest_version": found.latest,
        "status": found.status,
        "merged_into": found.merged_into or None,
        "recorded": found.row.created_at.isoformat(),
        "why": found.row.why,
        "sha256": found.row.hash,
        "words_sha256": words_hash([words for _, _, words in found.shown["spans"]]),
        "record": found.shown,
        "inferred_stances": _inferred(found),
        **notices.as_record(notices.shown(found.row.quote)),
    }


def _inferred(found: Version) -> list[dict[str, Any]]:
    """Return what follows today from the stances that the latest version shows; no part of it."""
    if not found.is_latest:
        return []
    return [one.as_record() for one in inferred(found.row.quote.stances.all())]


def gone_file(request: HttpRequest, public_id: str) -> HttpResponse:
    found = state(public_id)
    if isinstance(found, Moved):
        path = request.path.replace(public_id, found.public_id, 1)
        return HttpResponsePermanentRedirect(path)
    if isinstance(found, Gone):
        return problem(found)
    raise Http404


def problem(found: Gone) -> HttpResponse:
    """Answer 410 as RFC 9457 has it: what is gone, why, since when; nothing of what it said."""
    data = {
        "type": "/errors/withdrawn",
        "title": "Withdrawn",
        "status": 410,
        "id": found.public_id,
        "reason": found.reason,
    }
    if found.withdrawal:
        data["withdrawn"] = found.withdrawal.withdrawn_at.date().isoformat()
    response = _json(data, PROBLEM, status=410)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _json(data: Any, content_type: str, status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, content_type=content_type, status=status)


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """Answer as an unAPI server: the formats, those of one quote, or the quote in one of them."""
    public_id = canonical_id(request.GET.get("id", "")) if "id" in request.GET else ""
    name = request.GET.get("format", "")
    if public_id == "":
        return HttpResponse(unapi_formats(), content_type=XML)
    found = latest(public_id) if public_id else None
    if found is None or public_id is None:
        gone = state(public_id) if public_id else None
        return problem(gone) if isinstance(gone, Gone) else _plain("No such quote.", 404)
    if not name:
        return HttpResponse(unapi_formats(public_id), content_type=XML, status=300)
    kinds = dict(UNAPI_FORMATS)
    if name not in kinds:
        return _plain("No such format.", 406)
    text = FORMATS[name].write(cite(request, found))
    return HttpResponse(text, content_type=f"{kinds[name]}; charset=utf-8")


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8", status=status)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer as an oEmbed provider: a blockquote that needs no script."""
    if request.GET.get("format", "json") != "json":
        return _plain("Only JSON.", 501)
    root = request.build_absolute_uri("/").rstrip("/")
    address = request.GET.get("url", "")
    match = QUOTE_PATH.match(address.removeprefix(root)) if address.startswith(root) else None
    public_id = canonical_id(match[1]) if match else None
    if public_id is None:
        return _plain("Not the address of a quote here.", 404)
    found = latest(public_id)
    if found is None:
        moved = state(public_id)
        if isinstance(moved, Gone):
            return problem(moved)
        found = latest(moved.public_id) if moved else None
    if found is None:
        return _plain("Not the address of a quote here.", 404)
    response = JsonResponse(web.oembed(cite(request, found)))
    # Any page may ask for what it embeds; there is nothing private in it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@xframe_options_exempt
@one_spelling
def embed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a quote alone, for a frame on another page; always as it stands now."""
    found = latest(public_id)
    if found is None:
        response = _embed_gone(request, public_id)
    else:
        said_of = notices.shown(found.row.quote)
        cited = citation_of(found.row, site=site_of(request), said_of=said_of)
        context = {"cited": cited, "notices": said_of, "version": found, "shown": found.shown}
        response = render(request, "quotes/embed.html", context)
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    # Another site's page may load it under a policy of its own (COEP).
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=300)
    return response


def _embed_gone(request: HttpRequest, public_id: str) -> HttpResponse:
    found = state(public_id)
    if isinstance(found, Gone):
        return tombstone(request, found, "quotes/embed_gone.html")
    if isinstance(found, Moved):
        return HttpResponsePermanentRedirect(reverse("embed", args=[found.public_id]))
    return elsewhere(request, public_id)
