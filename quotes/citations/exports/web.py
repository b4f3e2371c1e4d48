"""What other sites show of a quote: Open Graph, oEmbed, and a blockquote that needs no script."""

import html
from typing import Any
from urllib.parse import quote

from quotes.citations.exports.notes import placed
from quotes.citations.exports.zotero import Meta
from quotes.citations.record import Citation
from quotes.citations.styles import dates
from quotes.citations.styles.markup import clean
from quotes.citations.styles.work import opening_words

WIDTH = 600
A_DAY = 86_400


def person_address(citation: Citation) -> str:
    """Return the speaker's page in a form that a header can carry."""
    return citation.site.address(f"people/{quote(citation.speaker_slug)}")


def title(citation: Citation) -> str:
    """Return "Helena Marsh: “We will not miss the 2030 deadline”"."""
    words = opening_words(citation.text).join(citation.marks)
    who = clean(citation.speaker_name)
    return f"{who}: {words}" if who else words


def open_graph(citation: Citation) -> tuple[Meta, ...]:
    """Return the Open Graph properties; Zotero takes its abstract from the description."""
    pairs = [
        ("og:type", "article"),
        ("og:site_name", clean(citation.site.name)),
        ("og:title", title(citation)),
        ("og:description", placed(citation, dates.BRITISH.full(citation.published))),
        ("og:url", citation.page),
    ]
    return tuple(Meta("property", key, value) for key, value in pairs if value)


def oembed(citation: Citation) -> dict[str, Any]:
    """Return the reply of an oEmbed server (https://oembed.com, 2.3.4.4, "rich")."""
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": clean(citation.site.name),
        "provider_url": citation.site.url,
        "title": "Quotation withdrawn" if citation.withdrawn else title(citation),
        "html": blockquote(citation),
        "width": WIDTH,
        "height": None,
        "cache_age": A_DAY,
    }


def blockquote(citation: Citation) -> str:
    """Return the embed: plain HTML with a link, or the fact that the quote was withdrawn."""
    address = html.escape(citation.permalink)
    site = html.escape(clean(citation.site.name))
    if citation.withdrawn:
        link = f'<a href="{address}">{site}</a>'
        return f"<blockquote><p>This quotation was withdrawn. {link}</p></blockquote>"
    lines = [clean(line) for line in citation.text.splitlines() if clean(line)]
    words = "<br>".join(html.escape(line) for line in lines)
    language = html.escape(clean(citation.language))
    lang = f' lang="{language}"' if language else ""
    source = _source(citation)
    return (
        f'<blockquote cite="{address}"{lang} dir="auto"><p>{words}</p>'
        f'<footer>{source}<a href="{address}">{site}</a></footer></blockquote>'
    )


def _source(citation: Citation) -> str:
    """Return who, in which role, where and when, as HTML; parts that are not known are left out."""
    who = [clean(citation.speaker_name), clean(citation.speaker_role)]
    outlet = html.escape(clean(citation.outlet))
    where = [f"<cite>{outlet}</cite>" if outlet else "", dates.BRITISH.full(citation.published)]
    speaker = html.escape(", ".join(part for part in who if part))
    placed_in = ", ".join(part for part in where if part)
    text = ", in ".join(part for part in (speaker, placed_in) if part)
    dispute = f"Disputed: {html.escape(clean(citation.dispute))}. " if citation.dispute else ""
    return f"— {text}. {dispute}" if text else dispute
