"""8: a search as an Atom feed (RFC 4287), newest change first, page by page (RFC 5005).

What was taken back stands in it as a deleted entry (RFC 6721), so that whoever keeps a copy can
follow. Deletions are the whole collection's: which search a withdrawn quote met would tell what it
said, and a mirror passes over an entry that it never had.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, takewhile
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from base.ids import canonical_id
from base.parameters import Fault
from quotes.choices import WithdrawalReason
from quotes.citations.record import Site
from quotes.citations.styles.markup import clean
from quotes.exports.columns import Record, moment
from quotes.exports.records import records
from quotes.exports.selection import Selection
from quotes.log import Deletion, deletions
from quotes.models import QuoteVersion
from quotes.shown import speaker_name
from quotes.wording import VERBS

PER_PAGE = 50
LONGEST_TITLE = 90
CURSOR = re.compile(r"([0-9-]{10}T[0-9:]{8}(?:\.[0-9]{1,6})?Z),([0-9A-Z]{8})")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEADER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">\n'
)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after the entry of this moment and quote."""

    moment: datetime
    public_id: str

    def __str__(self) -> str:
        return f"{moment(self.moment)},{self.public_id}"


@dataclass(frozen=True)
class Page:
    """One page of a feed: entries and deletions by the time of their change, newest first."""

    rows: tuple[Record | Deletion, ...]
    following: Cursor | None


def read_cursor(text: str) -> Cursor | Fault:
    """Return the place that `before` names, or what is wrong with it."""
    match = CURSOR.fullmatch(text)
    try:
        when = datetime.fromisoformat(match[1]) if match else None
    except ValueError:
        when = None
    if match is None or when is None or canonical_id(match[2]) != match[2]:
        return Fault("before", "Take this from the feed's own link to its next page.")
    return Cursor(when, match[2])


def page(selection: Selection, *, root: str, before: Cursor | None) -> Page:
    """Return a page of what a search finds and of what was taken back in the same time."""
    newer = QuoteVersion.objects.filter(quote=OuterRef("quote"), number__gt=OuterRef("number"))
    found = selection.listing.quotes.prefetch_related(None).order_by().values("pk")
    versions = QuoteVersion.objects.filter(~Exists(newer), quote__in=found)
    if before:
        versions = versions.filter(
            Q(created_at__lt=before.moment)
            | Q(created_at=before.moment, quote__public_id__lt=before.public_id)
        )
    ordered = versions.order_by("-created_at", "-quote__public_id")
    rows = list(ordered.values_list("quote_id", "created_at", "quote__public_id")[: PER_PAGE + 1])
    entries = list(records([row[0] for row in rows[:PER_PAGE]], root=root))
    last = rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    following = Cursor(last[1], str(last[2])) if last else None
    # Each deletion stands on the one page whose time it falls into.
    gone = deletions()
    if before:
        gone = dropwhile(lambda row: row.when >= before.moment, gone)
    if following:
        gone = takewhile(lambda row: row.when >= following.moment, gone)
    both: list[Record | Deletion] = [*entries, *gone]
    return Page(tuple(sorted(both, key=_when, reverse=True)), following)


def _when(row: Record | Deletion) -> datetime:
    return row.when if isinstance(row, Deletion) else row.recorded


def atom(
    page: Page, *, title: str, site: Site, address: str, query: str, changed: datetime
) -> Iterator[str]:
    """Yield the feed. `address` is its first page's, `query` the search's own."""
    root = site.url.rstrip("/")
    joined = "&" if "?" in address else "?"
    listed = f"{root}{reverse('quotes')}{f'?{query}' if query else ''}"
    yield HEADER
    yield _element("id", address)
    yield _element("title", f"{site.name}: {title}")
    yield _element("updated", moment(max(map(_when, page.rows), default=changed)))
    yield f"<author>{_element('name', site.name).strip()}</author>\n"
    yield _link("self", address, "application/atom+xml")
    yield _link("alternate", listed, "text/html")
    if page.following:
        yield _link("next", f"{address}{joined}before={page.following}", "application/atom+xml")
    yield _link("license", f"{root}{reverse('policies')}#reuse", "text/html")
    for row in page.rows:
        yield _deleted(row, root) if isinstance(row, Deletion) else _entry(row, root)
    yield "</feed>\n"


def _entry(record: Record, root: str) -> str:
    shown = record.shown
    who = speaker_name(shown)
    article = shown["article"]
    opening, closing = ("", "") if shown["kind"] == "indirect" else ("“", "”")
    short = clean(shown["text"])
    if len(short) > LONGEST_TITLE:
        short = short[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    words = "".join(f"<p>{escape(line)}</p>" for line in shown["text"].split("\n"))
    source = ", ".join(part for part in (article["headline"], article["outlet"]) if part)
    content = f"<blockquote>{words}</blockquote><p>{escape(who)}. {escape(source)}</p>"
    address = f"{root}{reverse('quote', args=[shown['id']])}"
    stances = "".join(_category(row, root) for row in shown["stances"])
    return (
        "<entry>\n"
        + _element("id", address)
        + _element("title", f"{who}: {opening}{short}{closing}" if who else short)
        + _element("updated", moment(record.recorded))
        + _element("published", moment(record.added))
        + f"<author>{_element('name', who or 'Nobody named').strip()}</author>\n"
        + _link("alternate", address, "text/html")
        + _link("related", record.address, "text/html")
        + (_link("via", article["url"], "text/html") if article["url"] else "")
        + stances
        + f'<content type="html">{_text(content)}</content>\n'
        + "</entry>\n"
    )


def _category(row: dict[str, str], root: str) -> str:
    scheme = f"{root}{reverse('target', args=[row['target']])}"
    label = f"{VERBS[row['value']]} {row['label']}"
    return (
        f"<category term={quoteattr(row['value'])} scheme={_attribute(scheme)} "
        f"label={_attribute(label)}/>\n"
    )


def _deleted(row: Deletion, root: str) -> str:
    address = f"{root}{reverse('quote', args=[row.public_id])}"
    if row.merged_into:
        comment = f"Merged into {row.merged_into}"
    else:
        comment = f"Withdrawn: {WithdrawalReason(row.reason).label}"
    return (
        f"<at:deleted-entry ref={_attribute(address)} when={quoteattr(moment(row.when))}>"
        f"<at:comment>{_text(comment)}</at:comment></at:deleted-entry>\n"
    )


def _text(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", text))


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>\n"


def _link(relation: str, address: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={_attribute(address)}/>\n'
