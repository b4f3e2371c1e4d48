"""schema.org Quotation as a graph: the quote, who said it, the article, the database.

`creator` is the real person who said it (`spokenByCharacter` is for fiction); reporters belong to
the article (https://schema.org/Quotation). Stance is a judgement, not part of the quotation: it has
an annotation of its own, and no ClaimReview.
"""

import json
from typing import Any

from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.web import person_address
from quotes.citations.record import Citation, Name
from quotes.citations.styles.markup import SURROGATES, clean
from quotes.citations.styles.titles import headline


def jsonld(citation: Citation) -> dict[str, Any]:
    """Return the graph of one version of a quote."""
    article = citation.url or _article_page(citation)
    speaker = _speaker(citation)
    quotation = {
        "@type": "Quotation",
        "@id": citation.page,
        "identifier": citation.quote_id,
        "version": str(citation.version),
        "text": citation.text,
        "inLanguage": clean(citation.language),
        "creator": _pointer(speaker),
        "datePublished": citation.published.iso,
        "about": [
            {"@type": "Thing", "@id": _target(citation, stance.target), "name": stance.label}
            for stance in citation.stances
        ],
        "isPartOf": [{"@id": article}, {"@id": citation.site.address("#dataset")}],
        "sdDatePublished": citation.recorded.isoformat() if citation.recorded else "",
        "sdPublisher": {"@type": "Organization", "name": citation.site.name},
        "creativeWorkStatus": "Withdrawn" if citation.withdrawn else "",
    }
    dataset = {
        "@type": "Dataset",
        "@id": citation.site.address("#dataset"),
        "name": citation.site.name,
        "url": citation.site.url,
    }
    graph = [quotation, speaker, _article(citation, article), dataset]
    return {
        "@context": "https://schema.org",
        "@graph": [_without_empty(node) for node in graph if node],
    }


def json_text(data: Any) -> str:
    """Return JSON as text that UTF-8 can carry."""
    return SURROGATES.sub("\ufffd", json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def script_json(data: Any) -> str:
    """Return JSON that can stand in a script element: no character of it can end the element."""
    text = json_text(data)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _article(citation: Citation, address: str) -> dict[str, Any]:
    outlet = clean(citation.outlet)
    return {
        "@type": KINDS[citation.kind].schema,
        "@id": address,
        "headline": headline(citation.headline),
        "url": citation.url,
        "datePublished": citation.published.iso,
        "inLanguage": clean(citation.language),
        "author": [_agent(name) for name in citation.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet} if outlet else None,
        "archivedAt": citation.archive_url,
        "pagination": clean(citation.pages),
    }


def _speaker(citation: Citation) -> dict[str, Any] | None:
    if citation.speaker is None:
        return None
    node = _agent(citation.speaker)
    if citation.speaker_slug:
        node = {**node, "@type": "Person", "@id": person_address(citation)}
    if node["@type"] == "Person" and citation.speaker_role:
        node["jobTitle"] = clean(citation.speaker_role)
    return node


def _agent(name: Name) -> dict[str, Any]:
    kind = "Organization" if name.literal else "Person"
    return {"@type": kind, "name": clean(str(name))}


def _pointer(node: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a node's id, and give one to a node that has no page."""
    if node is None:
        return None
    node.setdefault("@id", "#speaker")
    return {"@id": node["@id"]}


def _article_page(citation: Citation) -> str:
    page = f"articles/{citation.article_id}" if citation.article_id else "#article"
    return citation.site.address(page)


def _target(citation: Citation, slug: str) -> str:
    return citation.site.address(f"targets/{slug}")


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value}
