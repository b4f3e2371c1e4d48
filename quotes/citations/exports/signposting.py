"""Signposting, FAIR level 1 and 2: typed links in a header, and in full as a link set.

https://signposting.org/FAIR/, RFC 8288 (Link), RFC 9264 (linkset+json), RFC 5829 (versions).
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from quotes.citations.exports.web import person_address
from quotes.citations.record import Citation

# What a browser or a proxy may not find in an address: everything that ends it or its header.
ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"
FILES = (
    ("csl.json", "application/vnd.citationstyles.csl+json"),
    ("jsonld", "application/ld+json"),
    ("ris", "application/x-research-info-systems"),
    ("bib", "application/x-bibtex"),
)


@dataclass(frozen=True)
class Link:
    """One typed link from a page to something else."""

    href: str
    rel: str
    type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.type}"' if self.type else ""
        return f'<{safe_address(self.href)}>; rel="{self.rel}"{kind}'


def safe_address(address: str) -> str:
    """Return an address that can't break out of a header: no line break, quote or bracket."""
    return quote(address, safe=ADDRESS)


def links(citation: Citation, *, latest: int, licence: str = "") -> tuple[Link, ...]:
    """Return the links of a version's page; `latest` is the number of the newest version."""
    found = [
        Link(citation.permalink, "cite-as"),
        Link("https://schema.org/Quotation", "type"),
        Link("https://schema.org/AboutPage", "type"),
    ]
    if citation.speaker_slug:
        found.append(Link(person_address(citation), "author"))
    found += [Link(f"{citation.permalink}.{end}", "describedby", kind) for end, kind in FILES]
    found.append(Link(f"{citation.permalink}.txt", "item", "text/plain"))
    if licence:
        found.append(Link(licence, "license"))
    found += version_links(citation, latest=latest)
    return (*found, Link(_linkset(citation), "linkset", "application/linkset+json"))


def version_links(citation: Citation, *, latest: int) -> list[Link]:
    """Return the links between the versions of a quote (RFC 5829)."""
    found = [
        Link(f"{citation.page}/v{latest}", "latest-version"),
        Link(f"{citation.page}/history", "version-history"),
    ]
    if citation.version > 1:
        found.append(Link(f"{citation.page}/v{citation.version - 1}", "predecessor-version"))
    if citation.version < latest:
        found.append(Link(f"{citation.page}/v{citation.version + 1}", "successor-version"))
    return found


def describes(citation: Citation) -> tuple[Link, ...]:
    """Return the links of a metadata file back to the page that it describes."""
    return (
        Link(citation.permalink, "describes", "text/html"),
        Link(_linkset(citation), "linkset", "application/linkset+json"),
    )


def header(found: tuple[Link, ...]) -> str:
    """Return the value of a `Link` header."""
    return ", ".join(map(str, found))


def linkset(citation: Citation, found: tuple[Link, ...]) -> dict[str, Any]:
    """Return the same links, and those of each metadata file back, as a link set."""
    anchor: dict[str, Any] = {"anchor": citation.permalink}
    for link in found:
        if link.rel != "linkset":
            target = {"href": safe_address(link.href)} | ({"type": link.type} if link.type else {})
            anchor.setdefault(link.rel, []).append(target)
    back = [
        {"anchor": link.href, "describes": [{"href": citation.permalink, "type": "text/html"}]}
        for link in found
        if link.rel == "describedby"
    ]
    return {"linkset": [anchor, *back]}


def _linkset(citation: Citation) -> str:
    return f"{citation.permalink}/linkset.json"
