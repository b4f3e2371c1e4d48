"""What Zotero saves from a page: unAPI with Zotero RDF, COinS, and the `z:` metadata of the head.

Each rule was read in Zotero's translators (unAPI.js, COinS.js, RDF.js, Embedded Metadata.js) and
run against them: unAPI wins over the rest and is the only one that brings the quote as a note; a
bare Highwire `citation_title` would make a journal article of the page, so none is written.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.notes import about, said
from quotes.citations.record import Citation, Name, SourceKind
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import Work, article_work

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
# Zotero asks for the first of these that it knows, so rdf_zotero has to be there, and first.
UNAPI_FORMATS = (
    ("rdf_zotero", "application/rdf+xml"),
    ("ris", "application/x-research-info-systems"),
    ("bibtex", "text/x-bibtex"),
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Kinds that Zotero keeps no author for under that name.
CREATORS = {
    SourceKind.INTERVIEW: "z:interviewees",
    SourceKind.SPEECH: "z:presenters",
    SourceKind.TELEVISION: "bib:contributors",
    SourceKind.RADIO: "bib:contributors",
}


@dataclass(frozen=True)
class Meta:
    """One `<meta>` of a page's head: its `name` or `property`, and its content."""

    attribute: str
    key: str
    content: str


def rdf_zotero(citation: Citation) -> str:
    """Return the article as Zotero RDF, the quote as its child note."""
    work = article_work(citation)
    names = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMESPACES.items())
    about_url = quoteattr(work.url or citation.permalink)
    article = "bib:Article" if KINDS[work.kind].zotero_rdf.startswith("bib:") else "bib:Document"
    parts = [
        _element("z:itemType", KINDS[work.kind].zotero),
        _outlet(work),
        _creators(CREATORS.get(work.kind, "bib:authors"), work.authors),
        _creators("z:interviewers", work.interviewers),
        _element("dc:title", headline(citation.headline)),
        _element("dc:date", _date(work)),
        _element("z:language", citation.language),
        _element("bib:pages", work.pages),
        _identifier(work.url),
        _element("z:accessDate", work.accessed.isoformat() if work.accessed else ""),
        _element("dc:type", work.genre),
        _element("dcterms:abstract", said(citation)),
        _element("z:callNumber", citation.quote_id),
        _element("dc:description", about(citation)),
        '<dcterms:isReferencedBy rdf:resource="#n"/>',
    ]
    body = "\n ".join(part for part in parts if part)
    return (
        f"{XML}<rdf:RDF {names}>\n<{article} rdf:about={about_url}>\n {body}\n</{article}>\n"
        f'<bib:Memo rdf:about="#n">{_element("rdf:value", note_html(citation))}</bib:Memo>\n'
        "</rdf:RDF>\n"
    )


def note_html(citation: Citation) -> str:
    """Return the child note: the words, who said them, where they are kept."""
    who = f"{clean(citation.speaker_name)}. " if citation.speaker else ""
    return (
        f"<blockquote>{escape(clean(citation.text))}</blockquote>"
        f"<p>{escape(who)}{escape(citation.permalink)}</p>"
    )


def unapi_formats(quote_id: str = "") -> str:
    """Return unAPI's list of formats, for the server or for one quote (unAPI version 1)."""
    name = f" id={quoteattr(quote_id)}" if quote_id else ""
    rows = "".join(f'<format name="{key}" type="{kind}"/>' for key, kind in UNAPI_FORMATS)
    return f"{XML}<formats{name}>{rows}</formats>\n"


def coins(citation: Citation) -> str:
    """Return the `title` of a COinS span; the class is Z3988 (OpenURL 1.0, KEV Dublin Core).

    Works several times on a page, so lists carry it. The caller's template escapes it.
    """
    work = article_work(citation)
    first = next((name for name in work.authors if not name.literal and name.given), None)
    others = [name for name in work.authors if name != first]
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", KINDS[work.kind].zotero),
        ("rft.title", headline(citation.headline)),
        ("rft.source", work.container),
        ("rft.description", said(citation)),
        ("rft.identifier", work.url),
        ("rft.aufirst", first.given if first else ""),
        ("rft.aulast", first.surname if first else ""),
        *(("rft.au", str(name)) for name in ([first] if first else []) + others),
        ("rft.date", _date(work)),
        ("rft.language", citation.language),
    ]
    return "&".join(f"{key}={_encoded(value)}" for key, value in fields if value)


@lru_cache(maxsize=5_000)
def _encoded(value: str) -> str:
    """Return a value of a COinS; the same outlets, kinds and dates come in every list."""
    return quote(clean(value), safe="")


def embedded(citation: Citation) -> tuple[Meta, ...]:
    """Return the Dublin Core and `z:` metadata of a quote page, in the order of citing.md b2."""
    work = article_work(citation)
    row = KINDS[work.kind]
    people = _meta_people(work)
    pairs = [
        ("z:itemType", row.zotero),
        ("DC.title", headline(citation.headline)),
        *people,
        (f"z:{row.zotero_outlet}" if row.zotero_outlet else "", work.container),
        ("DCTERMS.issued", _date(work)),
        ("DC.language", citation.language),
        ("z:pages", work.pages),
        ("z:url", work.url),
        ("z:callNumber", citation.quote_id),
        ("DC.description", about(citation)),
    ]
    return tuple(Meta("name", key, clean(value)) for key, value in pairs if key and clean(value))


def _meta_people(work: Work) -> list[tuple[str, str]]:
    if work.kind == SourceKind.INTERVIEW:
        return [
            *(("z:interviewees", name.inverted) for name in work.authors),
            *(("z:interviewers", name.inverted) for name in work.interviewers),
        ]
    return [("DC.creator", name.inverted) for name in work.authors]


def _outlet(work: Work) -> str:
    """Return the outlet in the place where Zotero looks for it."""
    row = KINDS[work.kind]
    if not work.container or not row.zotero_outlet:
        return ""
    if work.is_broadcast or work.kind == SourceKind.SPEECH:
        return _element(f"z:{row.zotero_outlet}", work.container)
    title = _element("dc:title", work.container)
    inside = f"<{row.zotero_rdf}>{title}</{row.zotero_rdf}>"
    return f"<dcterms:isPartOf>{inside}</dcterms:isPartOf>"


def _creators(tag: str, names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    people = "".join(f"<rdf:li>{_person(name)}</rdf:li>" for name in names)
    return f"<{tag}><rdf:Seq>{people}</rdf:Seq></{tag}>"


def _person(name: Name) -> str:
    given = ", ".join(part for part in (name.given, name.suffix) if part)
    parts = [_element("foaf:surname", name.surname), _element("foaf:givenName", given)]
    return f"<foaf:Person>{''.join(parts)}</foaf:Person>"


def _identifier(url: str) -> str:
    if not url:
        return ""
    value = _element("rdf:value", url)
    return f"<dc:identifier><dcterms:URI>{value}</dcterms:URI></dc:identifier>"


def _date(work: Work) -> str:
    """Return an ISO date or range; Zotero keeps what it can't parse as it is."""
    start, end = work.dated.start, work.dated.end
    if start is None:
        return ""
    return f"{start.iso}/{end.iso}" if end else start.iso


def _element(tag: str, text: str) -> str:
    text = clean(text)
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""
