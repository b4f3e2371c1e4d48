"""The versions of a quote for programs that travel in time (Memento, RFC 7089)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from quotes.models import Quote, QuoteVersion
from quotes.views.addresses import elsewhere, one_spelling

LINK_FORMAT = "application/link-format"


@require_safe
@one_spelling
def timegate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send to the version that stood at the time of Accept-Datetime; without one, to the latest.

    A time before the first version gets the first, as section 4.5.3 asks.
    """
    rows = _versions(public_id)
    if not rows:
        return elsewhere(request, public_id)
    asked = request.headers.get("Accept-Datetime", "")
    try:
        moment = parsedate_to_datetime(asked) if asked else datetime.now(UTC)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return _refused("Accept-Datetime is not a date such as Thu, 31 May 2007 20:35:00 GMT.")
    # The header counts whole seconds.
    before = [row for row in rows if row.created_at.replace(microsecond=0) <= moment]
    found = (before or rows[:1])[-1]
    response = HttpResponseRedirect(reverse("quote_version", args=[public_id, found.number]))
    response.headers["Link"] = ", ".join(_links(request, public_id)[:1])
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


@require_safe
@one_spelling
def timemap(request: HttpRequest, public_id: str) -> HttpResponse:
    """List every version with its time, in link format (RFC 6690)."""
    rows = _versions(public_id)
    if not rows:
        return elsewhere(request, public_id)
    links = _links(request, public_id)
    for row in rows:
        place = [
            word
            for word, end in (("first", rows[0]), ("last", rows[-1]))
            if row.number == end.number
        ]
        address = request.build_absolute_uri(reverse("quote_version", args=[public_id, row.number]))
        when = http_date(row.created_at.timestamp())
        links.append(f'<{address}>; rel="{" ".join([*place, "memento"])}"; datetime="{when}"')
    response = HttpResponse(",\n".join(links) + "\n", content_type=LINK_FORMAT)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _versions(public_id: str) -> list[QuoteVersion]:
    """Return the versions of a quote that is public, in order; of any other none."""
    published = Quote.objects.published().filter(public_id=public_id)
    return list(QuoteVersion.objects.filter(quote__in=published).order_by("number"))


def _links(request: HttpRequest, public_id: str) -> list[str]:
    def address(name: str) -> str:
        return request.build_absolute_uri(reverse(name, args=[public_id]))

    return [
        f'<{address("quote")}>; rel="original"',
        f'<{address("timegate")}>; rel="timegate"',
        f'<{address("timemap")}>; rel="self"; type="{LINK_FORMAT}"',
    ]


def _refused(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=400, content_type="text/plain; charset=utf-8")
