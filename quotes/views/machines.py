"""Answers for programs: is the site up, and what may a crawler read."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quotes import sitemaps

# Pages that ask not to be kept (old versions, files) stay open: a robot has to read that they do.
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /quotes?\nDisallow: /report\n\nSitemap: {}\n"
TEXT = "text/plain; charset=utf-8"
# The standard wants less than a year, so that an address nobody reads any more runs out.
VALID = timedelta(days=180)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the site and its database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type=TEXT)
    return HttpResponse("ok\n", content_type=TEXT)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(ROBOTS.format(sitemap), content_type=TEXT)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a fault (RFC 9116): the site's contact, else its form for reports."""
    contact = settings.CONTACT or request.build_absolute_uri("/report")
    address = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    expires = (timezone.now() + VALID).strftime("%Y-%m-%dT00:00:00Z")
    lines = {
        "Contact": address,
        "Expires": expires,
        "Preferred-Languages": "en",
        "Canonical": request.build_absolute_uri(),
        "Policy": request.build_absolute_uri("/policies"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type=TEXT)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the index of the sitemap's files."""
    return _xml(sitemaps.index(request.build_absolute_uri("/"), sitemaps.pages()))


@require_safe
def sitemap_page(request: HttpRequest, page: str) -> HttpResponse:
    if int(page) > sitemaps.pages():
        raise Http404
    return _xml(sitemaps.page(request.build_absolute_uri("/"), int(page)))


def _xml(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
