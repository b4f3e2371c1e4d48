"""One version as it stood, for ever; and what changed from each to the next."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from quotes import log, notices
from quotes.citing import panel
from quotes.models import Quote, QuoteVersion
from quotes.permanence import Gone, Version, protected_slugs, sealing, version
from quotes.shown import changes, shown
from quotes.views.addresses import elsewhere, one_spelling, tombstone
from quotes.views.files import cite
from quotes.views.site import describe


@require_safe
@one_spelling
def quote_version(request: HttpRequest, public_id: str, number: str) -> HttpResponse:
    found = version(public_id, int(number))
    if found is None:
        raise Http404
    if isinstance(found, Gone):
        return tombstone(request, found)
    cited = cite(request, found)
    context = version_context(found) | {"panel": panel(cited), "cited": cited}
    response = render(request, "quotes/version.html", context)
    # The latest version is what search engines keep; each has its own address for citing.
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Memento-Datetime"] = http_date(found.row.created_at.timestamp())
    describe(response, cited, found.latest)
    return response


def version_context(found: Version) -> dict[str, Any]:
    later = found.row.number < found.latest
    newest = found.row.quote.versions.latest("number") if later else None
    return {
        "version": found,
        "shown": shown(found.shown),
        "later": later,
        "notices": notices.shown(found.row.quote),
        "changes": changes(found.shown, json.loads(newest.snapshot)) if newest else [],
    }


@require_safe
@one_spelling
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show each version with what changed, word by word, why, and what else happened."""
    quote = Quote.objects.filter(public_id=public_id, status__in=("published", "merged")).first()
    if quote is None:
        return elsewhere(request, public_id)
    if quote.status == "merged" and sealing([row.survivor for row in quote.redirects.all()]):
        return elsewhere(request, public_id)
    context = {
        "public_id": public_id,
        "merged": quote.status == "merged",
        "steps": steps(list(quote.versions.order_by("number"))),
        "events": [entry for entry in log.entries(quote=quote) if entry.what != "corrected"],
    }
    response = render(request, "quotes/history.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def steps(versions: list[QuoteVersion]) -> list[dict[str, Any]]:
    """Return each version, newest first, with its changes; of a closed one nothing but its number.

    A version that names someone who is protected by now shows nothing, nor does the step from it.
    """
    snapshots = [json.loads(row.snapshot) for row in versions]
    slugs = [(one["speaker"] or {}).get("slug", "") for one in snapshots]
    closed = protected_slugs([slug for slug in slugs if slug])
    found = []
    for at, (row, now) in enumerate(zip(versions, snapshots, strict=True)):
        hidden = slugs[at] in closed or (at > 0 and slugs[at - 1] in closed)
        before = snapshots[at - 1] if at else None
        found.append(
            {
                "version": row,
                "closed": slugs[at] in closed,
                "changes": changes(before, now) if before and not hidden else [],
            }
        )
    return found[::-1]
