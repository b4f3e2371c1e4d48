"""RIS, as Reference Manager defined it (2001, 2011) and as Zotero and EndNote read it.

Every value is one line, whatever the source held, so no value can begin a field or end the entry.
"""

from collections.abc import Iterable

from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.notes import note, said
from quotes.citations.record import Citation, Dated
from quotes.citations.styles.dates import SEASONS
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import article_work

# Reference managers stop reading a tag's value at the next line of this shape.
NEWLINE = "\r\n"


def ris(citation: Citation) -> str:
    """Return one entry, ended by `ER  - ` and a blank line."""
    work = article_work(citation)
    first, _dash, last = work.pages.partition("–")
    fields = [
        ("TY", KINDS[work.kind].ris),
        ("ID", citation.quote_id),
        ("TI", headline(citation.headline)),
        *(("AU", name.inverted) for name in work.authors),
        *(("A2", name.inverted) for name in work.interviewers),
        ("T2", work.container),
        ("DA", _date(work.dated)),
        ("PY", str(work.dated.start.year) if work.dated.start else ""),
        ("SP", first),
        ("EP", last),
        ("LA", citation.language),
        # A semicolon would part two addresses.
        ("UR", work.url.replace(";", "%3B")),
        ("Y2", f"{work.accessed:%Y/%m/%d}/" if work.accessed else ""),
        ("M3", work.genre),
        ("AB", said(citation)),
        ("N1", note(citation)),
    ]
    lines = [f"{tag}  - {clean(value)}" for tag, value in fields if clean(value)]
    return NEWLINE.join([*lines, "ER  - ", "", ""])


def ris_of_all(citations: Iterable[Citation]) -> str:
    """Return a file of entries."""
    return "".join(map(ris, citations))


def _date(dated: Dated) -> str:
    """Return YYYY/MM/DD/other, each part empty when it is not known."""
    if dated.start is None:
        return ""
    point = dated.start
    month = f"{point.month:02d}" if point.month else ""
    day = f"{point.day:02d}" if point.day else ""
    return f"{point.year:04d}/{month}/{day}/{SEASONS[point.season]}"
