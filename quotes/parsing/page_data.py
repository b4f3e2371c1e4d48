"""What a page says about itself: meta elements, JSON-LD, the canonical link, visible lines.

Only what is written in the page counts. Nothing is read out of an address or a file name, and
where two places disagree the visible one wins.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import html as lxml_html

from quotes.parsing.dates import printed_date

_ARTICLE_TYPES = ("article", "newsarticle", "blogposting", "report", "analysisnewsarticle")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_PUBLISHED_META = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "originalpublicationdate",
    "pubdate",
    "publishdate",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date",
    "date",
)
_BYLINE_CLASS = re.compile(r"\b(?:byline|author|article-author|post-author)\b", re.IGNORECASE)
_BY = re.compile(r"^(?:by|written by)\s+", re.IGNORECASE)
_JSON_LIMIT = 500_000


class PageData(NamedTuple):
    """What a page prints about itself; the names are those of `assemble`."""

    headline: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    published_words: str = ""
    language: str = ""


def read_page_data(tree: lxml_html.HtmlElement, space: str = "\xa0") -> PageData:
    """Return what a page says of itself; `space` stands for its no-break spaces."""
    meta = _meta(tree)
    linked = next(_linked_data(tree), {})
    published, words = _published(tree, meta, linked)
    found = PageData(
        headline=_headline(tree, meta, linked),
        byline=_byline(tree, meta, linked),
        outlet=meta.get("og:site_name") or _name(linked.get("publisher")),
        url=_url(tree, meta),
        published=published,
        published_words=words,
        language=tree.get("lang") or meta.get("content-language", ""),
    )
    return PageData(*(" ".join(value.replace(space, " ").split()) for value in found))


def _meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Return the first value of each meta element by its lower-case name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name, value = element.get(attribute), element.get("content")
            if name and value and value.strip():
                found.setdefault(name.strip().lower(), value.strip())
    return found


def _linked_data(tree: lxml_html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles that the page's JSON-LD describes."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "") or not element.text:
            continue
        try:
            data = json.loads(element.text) if len(element.text) < _JSON_LIMIT else None
        except (ValueError, RecursionError):
            continue
        rows = data if isinstance(data, list) else [data]
        graphs = [row.get("@graph") for row in rows if isinstance(row, dict)]
        rows = [*rows, *(row for graph in graphs if isinstance(graph, list) for row in graph)]
        for row in rows:
            if isinstance(row, dict) and str(row.get("@type", "")).lower() in _ARTICLE_TYPES:
                yield row


def _words(element: lxml_html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return the name of a person or body in JSON-LD; several people joined by commas."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:10])))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _headline(tree: lxml_html.HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str:
    """Return the visible heading; else what the page calls itself."""
    headings = [words for element in tree.iter("h1") if (words := _words(element))]
    titled = meta.get("og:title") or _text(linked.get("headline")) or meta.get("twitter:title", "")
    if len(headings) == 1 or titled in headings:
        return titled if titled in headings else headings[0]
    # With several headings the title says which one is the article's; the logo is often another.
    title = next((_words(element) for element in tree.iter("title")), "")
    return next((words for words in headings if words in (titled or title)), titled or title)


def _byline(tree: lxml_html.HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str:
    for element in tree.iter("p", "span", "div", "a", "address"):
        names = f"{element.get('class', '')} {element.get('rel', '')} {element.get('itemprop', '')}"
        if _BYLINE_CLASS.search(names):
            words = _words(element)
            if 3 <= len(words) <= 120 and not printed_date(words)[0]:
                return _BY.sub("", words)
    named = meta.get("author") or _name(linked.get("author")) or meta.get("article:author", "")
    return "" if "://" in named else _BY.sub("", named)


def _published(
    tree: lxml_html.HtmlElement, meta: dict[str, str], linked: dict[str, Any]
) -> tuple[str, str]:
    """Return the date of publication as EDTF and the words it stands in."""
    stated = [_text(linked.get("datePublished")), *(meta.get(name, "") for name in _PUBLISHED_META)]
    times = [
        element.get("datetime") or _words(element)
        for element in tree.iter("time")
        if any(parent.tag in ("article", "main", "header") for parent in element.iterancestors())
    ]
    for words in [*stated, *times[:1]]:
        published, _ = printed_date(words[:200])
        if published:
            return published, words
    return "", ""


def _url(tree: lxml_html.HtmlElement, meta: dict[str, str]) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            address = element.get("href") or ""
            if address.startswith(("http://", "https://")):
                return str(address)
    if meta.get("og:url", "").startswith("http"):
        return meta["og:url"]
    for comment in tree.xpath("//comment()")[:5]:
        if match := _SAVED_FROM.search(comment.text or ""):
            return match[1]
    # The comment of a browser stands before the root element.
    before = tree.getprevious()
    match = _SAVED_FROM.search(before.text or "") if before is not None else None
    return match[1] if match else ""
