"""BibTeX and biblatex, one dialect per file: both at once confuse Zotero.

Braces count even behind a backslash, so they are written as commands; so is everything else that
means something to TeX (BibTeXing, section 4; biblatex manual, 2.2 and 2.3).
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from quotes.citations.exports.kinds import KINDS
from quotes.citations.exports.notes import about
from quotes.citations.record import Citation, Dated, Name
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import Work, article_work

MONTHS = ("", *"jan feb mar apr may jun jul aug sep oct nov dec".split())
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "%&#_$"},
}
SPECIALS = re.compile("[" + re.escape("".join(SPECIAL)) + "]")
# In an address every character stays but those that end the value or its line.
ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"


def bibtex(citation: Citation) -> str:
    """Return one BibTeX entry: an article, or misc with howpublished."""
    work = article_work(citation)
    row = KINDS[work.kind]
    article = row.biblatex == "article"
    start = work.dated.start
    fields = {
        **_shared(work, citation),
        "journal" if article else "howpublished": tex(work.container),
        "year": str(start.year) if start else "",
        "pages": tex(work.pages.replace("–", "--")),
        **_ending(work, citation),
    }
    month = MONTHS[start.month] if start else ""
    return _entry("article" if article else "misc", citation, fields, month)


def biblatex(citation: Citation) -> str:
    """Return one biblatex entry, of the type that the kind of source has."""
    work = article_work(citation)
    row = KINDS[work.kind]
    fields = {
        "entrysubtype": row.entrysubtype,
        **_shared(work, citation),
        "journaltitle" if row.biblatex == "article" else "organization": tex(work.container),
        "date": _date(work.dated),
        "pages": tex(work.pages.replace("–", "--")),
        "type": tex(work.genre),
        **_ending(work, citation),
    }
    return _entry(row.biblatex, citation, fields)


def bibtex_of_all(citations: Iterable[Citation]) -> str:
    return "\n".join(map(bibtex, citations))


def biblatex_of_all(citations: Iterable[Citation]) -> str:
    return "\n".join(map(biblatex, citations))


def tex(text: str) -> str:
    """Return a text on one line in which nothing is a command."""
    return SPECIALS.sub(lambda match: SPECIAL[match[0]], clean(text))


def tex_address(address: str) -> str:
    """Return an address that \\url can hold."""
    return quote(clean(address), safe=ADDRESS)


def tex_name(name: Name) -> str:
    """Return "van der Berg, Jr., Jan"; a body in braces, so that "and" in it joins nothing."""
    if name.literal:
        return f"{{{tex(name.literal)}}}"
    parts = [name.surname, name.suffix, name.given]
    if not name.given and not name.suffix:
        # A single name in braces is not taken apart.
        return f"{{{tex(name.surname)}}}"
    return ", ".join(_part(part) for part in parts if part)


def _part(text: str) -> str:
    """Return a part of a name, in braces when it would be read as two."""
    plain = tex(text)
    return f"{{{plain}}}" if "," in plain or re.search(r"\band\b", plain, re.I) else plain


def _shared(work: Work, citation: Citation) -> dict[str, str]:
    return {
        "title": tex(headline(citation.headline)),
        "author": " and ".join(tex_name(name) for name in work.authors),
    }


def _ending(work: Work, citation: Citation) -> dict[str, str]:
    note = about(citation).split(citation.permalink)
    words = f"\\url{{{tex_address(citation.permalink)}}}".join(map(tex, note))
    return {
        "url": tex_address(work.url),
        "urldate": f"{work.accessed:%Y-%m-%d}" if work.accessed and work.url else "",
        # The cut at the address took the space before it.
        "note": words.replace(",\\url", ", \\url"),
    }


def _date(dated: Dated) -> str:
    """Return an EDTF date, which biblatex reads with its marks and ranges (manual, 2.3.8)."""
    if dated.start is None:
        return ""
    point = dated.start
    text = f"{point.year:04d}-{20 + point.season}" if point.season else point.iso
    mark = "?" if dated.uncertain else ""
    return f"{text}{mark}/{dated.end.iso}{mark}" if dated.end else f"{text}{mark}"


def _entry(kind: str, citation: Citation, fields: dict[str, str], month: str = "") -> str:
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    if month:
        # A month is a macro of the style's own language, so it stands without braces.
        lines.append(f"  month = {month}")
    return f"@{kind}{{{citation.quote_id},\n" + ",\n".join(lines) + "\n}\n"
