"""Signposting: Link headers that tell programs what a page is, how to cite it, what else there is.

FAIR Signposting level 1, RFC 5829 for versions, RFC 7089 for their dates. Level 2 is the linkset.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from quotes.permanence import Version

# Files beside a quote and each of its versions: ending, content type.
FILES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "biblatex": "application/x-biblatex",
    "ris": "application/x-research-info-systems",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class Link:
    """One typed link; `href` is an absolute address of ours or a schema.org type."""

    href: str
    rel: str
    type: str = ""

    def __str__(self) -> str:
        text = f'<{self.href}>; rel="{self.rel}"'
        return f'{text}; type="{self.type}"' if self.type else text


def describe(response: HttpResponse, request: HttpRequest, found: Version) -> None:
    """Write the Link header of the page of a quote or a version."""
    response.headers["Link"] = header(links(request, found))


def header(found: Iterable[Link]) -> str:
    return ", ".join(str(link) for link in found)


def links(request: HttpRequest, found: Version) -> list[Link]:
    """Return the typed links of one version; its quote's page has the same of the latest."""
    site = request.build_absolute_uri("/").rstrip("/")
    public_id, number = str(found.row.quote.public_id), found.row.number
    page = site + reverse("quote", args=[public_id])
    here = f"{page}/v{number}"
    slug = (found.shown["speaker"] or {}).get("slug", "")
    links = [
        Link(here, "cite-as"),
        Link("https://schema.org/Quotation", "type"),
        Link("https://schema.org/AboutPage", "type"),
    ]
    if slug:
        links.append(Link(site + reverse("person", args=[slug]), "author"))
    links += [
        Link(f"{here}.{ending}", "item" if ending == "txt" else "describedby", kind)
        for ending, kind in FILES.items()
    ]
    links += [
        Link(site + reverse("policies") + "#reuse", "license"),
        Link(f"{here}/linkset.json", "linkset", "application/linkset+json"),
        Link(page, "original"),
        Link(page, "latest-version"),
        Link(f"{page}/history", "version-history"),
    ]
    if number > 1:
        links.append(Link(f"{page}/v{number - 1}", "predecessor-version"))
    if number < found.latest:
        links.append(Link(f"{page}/v{number + 1}", "successor-version"))
    return links


def linkset(request: HttpRequest, found: Version) -> dict[str, Any]:
    """Return the same links as RFC 9264 JSON, with the way back from each file."""
    forward = links(request, found)
    anchor = forward[0].href
    entry: dict[str, Any] = {"anchor": anchor}
    for link in forward:
        target = {"href": link.href} | ({"type": link.type} if link.type else {})
        entry.setdefault(link.rel, []).append(target)
    back = [
        {"anchor": link.href, "describes": [{"href": anchor, "type": "text/html"}]}
        for link in forward
        if link.rel == "describedby"
    ]
    return {"linkset": [entry, *back]}
