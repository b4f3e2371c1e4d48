"""The sitemap: every quote that search engines may keep, with the day of its newest version.

Protected speakers' quotes and those that are not to be listed are left out, as are old versions,
histories and lists.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from quotes.models import Quote

# The protocol allows 50,000; smaller files are read again sooner.
PER_PAGE = 10_000
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


def listed() -> QuerySet[Quote]:
    """Return the published quotes that may be found through search engines."""
    return Quote.objects.published().filter(
        Q(speaker__isnull=True) | Q(speaker__protected=False), unlisted=False
    )


def pages() -> int:
    return max(1, -(-listed().count() // PER_PAGE))


def index(root: str, count: int) -> str:
    """Return the list of files."""
    rows = "".join(
        f"<sitemap><loc>{_address(root, reverse('sitemap_page', args=[number]))}</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return f'{HEADER}<sitemapindex xmlns="{SCHEMA}">\n{rows}</sitemapindex>\n'


def page(root: str, number: int) -> str:
    """Return one file of addresses."""
    start = (number - 1) * PER_PAGE
    rows = "".join(_rows(root, start))
    return f'{HEADER}<urlset xmlns="{SCHEMA}">\n{rows}</urlset>\n'


def _rows(root: str, start: int) -> Iterator[str]:
    quotes = (
        listed()
        .order_by("pk")
        .annotate(changed=Max("versions__created_at"))
        .values_list("public_id", "changed")[start : start + PER_PAGE]
    )
    for public_id, changed in quotes:
        address = _address(root, reverse("quote", args=[public_id]))
        day = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        yield f"<url><loc>{address}</loc>{day}</url>\n"


def _address(root: str, path: str) -> str:
    return escape(root.rstrip("/") + path)
