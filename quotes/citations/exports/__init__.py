"""The formats: one function each from a citation to text or data, and the list of them.

Content type and ending belong to whoever delivers; they stand here so that pages, feeds, unAPI and
documentation read one list.
"""

from collections.abc import Callable
from dataclasses import dataclass

from quotes.citations.exports.annotation import quote_annotation, stance_annotations
from quotes.citations.exports.bibtex import biblatex, bibtex
from quotes.citations.exports.csl_json import csl_json, csl_json_of_record
from quotes.citations.exports.jsonld import json_text, jsonld
from quotes.citations.exports.ris import ris
from quotes.citations.exports.text import plain_text
from quotes.citations.exports.wikipedia import wikipedia
from quotes.citations.exports.zotero import rdf_zotero
from quotes.citations.record import Citation


@dataclass(frozen=True)
class Format:
    """One format: its key, what readers call it, how it travels, what writes it."""

    key: str
    label: str
    content_type: str
    extension: str
    write: Callable[[Citation], str]


def _jsonld_text(citation: Citation) -> str:
    return json_text(jsonld(citation))


def _annotation_text(citation: Citation) -> str:
    notes = [quote_annotation(citation), *stance_annotations(citation)]
    return json_text(notes)


CSL = "application/vnd.citationstyles.csl+json"
FORMATS: dict[str, Format] = {
    row.key: row
    for row in (
        Format("ris", "RIS", "application/x-research-info-systems", "ris", ris),
        Format("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex),
        Format("biblatex", "biblatex", "application/x-bibtex", "biblatex", biblatex),
        Format("csl-json", "CSL-JSON", CSL, "csl.json", csl_json),
        Format("csl-json-record", "CSL-JSON, record", CSL, "record.csl.json", csl_json_of_record),
        Format("wikipedia", "Wikipedia", "text/plain; charset=utf-8", "wiki", wikipedia),
        Format("rdf_zotero", "Zotero RDF", "application/rdf+xml", "rdf", rdf_zotero),
        Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", _jsonld_text),
        Format(
            "annotation",
            "Web Annotation",
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            "annotation.json",
            _annotation_text,
        ),
        Format("text", "Plain text", "text/plain; charset=utf-8", "txt", plain_text),
    )
}
