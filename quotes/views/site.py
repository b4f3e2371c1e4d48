"""The site as citations and metadata name it: its name, and the address that it answers under."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from quotes.citations.exports import signposting
from quotes.citations.exports.jsonld import jsonld
from quotes.citations.exports.web import open_graph
from quotes.citations.exports.zotero import Meta, coins, embedded
from quotes.citations.record import Citation, Site
from quotes.citing import Panel, page_panel

LICENCE = "policies#reuse"


def site_of(request: HttpRequest) -> Site:
    return Site(name=settings.SITE_NAME, url=request.build_absolute_uri("/"))


def page_citation(request: HttpRequest, title: str, label: str, *, address: str = "") -> Panel:
    """Return the panel of a page that is no quote, cited as it was seen today.

    `address` is what to cite where it is not the page's own.
    """
    return page_panel(
        title=title,
        address=address or request.build_absolute_uri(),
        site=site_of(request),
        seen=timezone.localdate(),
        label=label,
    )


def typed_links(cited: Citation, latest: int) -> tuple[signposting.Link, ...]:
    """Return the Signposting links of a version, with its way through time (RFC 7089)."""
    licence = cited.site.address(LICENCE)
    found = signposting.links(cited, latest=latest, licence=licence)
    return (
        *found,
        signposting.Link(cited.page, "original"),
        signposting.Link(f"{cited.page}/timegate", "timegate"),
        signposting.Link(f"{cited.page}/timemap", "timemap", "application/link-format"),
    )


def describe(response: HttpResponse, cited: Citation, latest: int) -> None:
    """Write the Link header of the page of a quote or a version."""
    response.headers["Link"] = signposting.header(typed_links(cited, latest))


def head(cited: Citation) -> dict[str, object]:
    """Return what the head of a quote's page says to reference managers and to other sites."""
    metas: list[Meta] = [*embedded(cited), *open_graph(cited)]
    return {"metas": metas, "jsonld": jsonld(cited), "coins": coins(cited)}
