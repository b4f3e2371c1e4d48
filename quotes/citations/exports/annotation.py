"""W3C Web Annotations of a quote and of its stances (https://www.w3.org/TR/annotation-model/).

Each unbroken stretch of the quote is a target of its own, since a selector can't jump. In the
published article it is found by its words; in our canonical text, also by position. Positions
count code points, as the recommendation asks (4.2.4) and as Python does; JavaScript counts UTF-16
units, so a script has to convert (`Array.from(text).slice(start, end)`).
"""

from typing import Any

from quotes.citations.record import Citation, SpanRecord, StanceRecord
from quotes.citations.styles.markup import clean

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def quote_annotation(citation: Citation) -> dict[str, Any]:
    """Return the annotation that says: these words, in that article, are this quotation."""
    annotation = {
        "@context": CONTEXT,
        "id": f"{citation.permalink}/annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "TextualBody",
            "value": citation.text,
            "language": clean(citation.language),
            "format": "text/plain",
            "purpose": "identifying",
        },
        "target": targets(citation),
    }
    if citation.recorded:
        annotation["created"] = f"{citation.recorded.isoformat()}T00:00:00Z"
    return annotation


def stance_annotations(citation: Citation) -> list[dict[str, Any]]:
    """Return one annotation for each published stance of the quote."""
    return [_stance_annotation(citation, stance) for stance in citation.stances]


def _stance_annotation(citation: Citation, stance: StanceRecord) -> dict[str, Any]:
    target = citation.site.address(f"targets/{stance.target}")
    body: list[dict[str, Any]] = [
        {"type": "SpecificResource", "source": f"{target}#{stance.value}", "purpose": "classifying"}
    ]
    if stance.rationale:
        body.append({"type": "TextualBody", "value": stance.rationale, "purpose": "commenting"})
    return {
        "@context": CONTEXT,
        "id": f"{citation.permalink}/annotation/{stance.target}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": targets(citation),
    }


def targets(citation: Citation) -> list[dict[str, Any]]:
    """Return where the words stand: in the article as published, and in our text of it."""
    spans = citation.spans or (SpanRecord(0, 0, citation.text),)
    found: list[dict[str, Any]] = []
    for number, span in enumerate(spans):
        selector: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.words}
        if number == 0 and citation.prefix:
            selector["prefix"] = citation.prefix
        if number == len(spans) - 1 and citation.suffix:
            selector["suffix"] = citation.suffix
        if citation.url:
            found.append({"source": citation.url, "selector": selector, **_state(citation)})
        if citation.article_id and citation.spans:
            found.append(_in_our_text(citation, span, selector))
    return found or [{"source": citation.page}]


def _in_our_text(citation: Citation, span: SpanRecord, selector: dict[str, Any]) -> dict[str, Any]:
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    target: dict[str, Any] = {
        "source": citation.site.address(f"articles/{citation.article_id}"),
        "selector": [selector, position],
    }
    if citation.article_sha256:
        # Which text the positions count in; a copy with another hash has other positions.
        target["canonical"] = f"urn:sha256:{citation.article_sha256}"
    return target


def _state(citation: Citation) -> dict[str, Any]:
    if not citation.archive_url:
        return {}
    state = {"type": "TimeState", "cached": citation.archive_url}
    if citation.archived:
        state["sourceDate"] = f"{citation.archived.isoformat()}T00:00:00Z"
    return {"state": state}
