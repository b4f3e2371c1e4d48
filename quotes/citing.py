"""6: the citation of a version, and the panel that offers it in every style and format."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from quotes import notices
from quotes.choices import NoticeKind
from quotes.citations.builder import build
from quotes.citations.exports import FORMATS
from quotes.citations.exports.zotero import coins
from quotes.citations.record import Citation, Dated, PartialDate, Site, SourceKind
from quotes.citations.styles import STYLES, WORKS, Form
from quotes.citations.styles.markup import Rendered
from quotes.citations.styles.work import Work
from quotes.models import Article, Notice, Quote, QuoteVersion
from quotes.versions import article_record

FORM_LABELS = {
    Form.ARTICLE: "The quote in its article",
    Form.RECORD: "This record of the quote",
}
GAPS = {
    "speaker": "who speaks",
    "author": "who wrote the article",
    "date": "when it was published",
    "outlet": "who published it",
    "address": "an address on the web",
}


@dataclass(frozen=True)
class PanelEntry:
    """One citation in one style; `key` names its element on the page."""

    key: str
    label: str
    notes: bool
    in_text: Rendered
    reference: Rendered


@dataclass(frozen=True)
class Group:
    """One thing that can be cited, in every style."""

    label: str
    entries: tuple[PanelEntry, ...]


@dataclass(frozen=True)
class File:
    label: str
    address: str


@dataclass(frozen=True)
class Panel:
    groups: tuple[Group, ...]
    files: tuple[File, ...] = ()
    wikipedia: str = ""
    gaps: tuple[str, ...] = ()


def citation_of(
    version: QuoteVersion, *, site: Site, said_of: Iterable[Notice] = (), withdrawn: bool = False
) -> Citation:
    """Return the citation of a version, with the dispute status that holds now."""
    return citation(
        json.loads(version.snapshot),
        number=version.number,
        recorded=version.created_at.date(),
        site=site,
        said_of=said_of,
        withdrawn=withdrawn,
    )


def citation(
    snapshot: Mapping[str, Any],
    *,
    number: int,
    recorded: date,
    site: Site,
    said_of: Iterable[Notice] = (),
    withdrawn: bool = False,
) -> Citation:
    kind = notices.dispute(said_of)
    return build(
        snapshot,
        site=site,
        version=number,
        recorded=recorded,
        withdrawn=withdrawn,
        dispute=str(NoticeKind(kind).label).lower() if kind else "",
    )


def words_hash(words: Iterable[str]) -> str:
    """Return the SHA-256 of a quote's words as the article prints them, a line for each part.

    Whoever has a copy of the source can make it too and compare; UTF-8, lines end in one line feed.
    """
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def panel(cited: Citation) -> Panel:
    """Return what the cite panel of a quote offers: both forms, every style, every file."""
    groups = [_group(FORM_LABELS[form], WORKS[form](cited), str(form)) for form in Form]
    files = [
        File(row.label, f"{cited.permalink}.{row.extension}")
        for row in FORMATS.values()
        if row.key not in ("wikipedia", "rdf_zotero", "annotation", "text")
    ]
    return Panel(
        groups=tuple(groups),
        files=tuple(files),
        wikipedia=FORMATS["wikipedia"].write(cited).strip(),
        gaps=tuple(GAPS[name] for name in cited.gaps),
    )


def page_panel(*, title: str, address: str, site: Site, seen: date, label: str) -> Panel:
    """Return the panel of a page of this site that is no quote: a search, a target, the dataset.

    What it shows changes, so the day on which it was seen is part of the citation.
    """
    work = Work(
        kind=SourceKind.WEBPAGE,
        authors=(),
        interviewers=(),
        raw_title=title,
        verbatim=False,
        container=site.name,
        dated=Dated(start=PartialDate(seen.year, seen.month, seen.day)),
        url=address,
        accessed=seen,
        pages="",
        genre="",
        english=True,
        quoted_speaker=None,
    )
    return Panel(groups=(_group(label, work, "page"),))


def article_panel(article: Article, *, site: Site) -> Panel:
    """Return the panel of an article's own page: the article, nobody quoted in it."""
    cited = build({"article": article_record(article)}, site=site, version=0)
    return Panel(groups=(_group("This article", WORKS[Form.ARTICLE](cited), "article"),))


def quote_coins(quote: Quote) -> str:
    """Return the COinS of a quote in a list, from the rows that its card shows anyway."""
    speaker = quote.speaker
    shown = {
        "id": quote.public_id,
        "text": quote.text,
        "basis": quote.basis,
        "speaker": {"name": speaker.public_name, "slug": "" if speaker.protected else speaker.slug}
        if speaker
        else None,
        "on_behalf_of": {"name": quote.on_behalf_of.name} if quote.on_behalf_of else None,
        "speaker_text": quote.speaker_text,
        "article": article_record(quote.article),
    }
    # The site is not named in COinS, so it need not be known here.
    return coins(build(shown, site=Site("", ""), version=0))


def _group(label: str, work: Work, prefix: str) -> Group:
    entries = []
    for style in STYLES.values():
        in_text, reference = style.cite(work)
        entries.append(
            PanelEntry(f"{prefix}-{style.key}", style.label, style.notes, in_text, reference)
        )
    return Group(label, tuple(entries))
