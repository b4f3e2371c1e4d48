"""Wikipedia's citation templates, with `quote=`: Help:Citation Style 1.

Template syntax in a value is written as character references, so a headline can't close the
template, start another or sign with the reader's name.
"""

import re
from urllib.parse import quote

from quotes.citations.exports.kinds import KINDS
from quotes.citations.record import Citation, Dated, Name
from quotes.citations.styles import dates
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline
from quotes.citations.styles.work import article_work

SYNTAX = re.compile(r"[{}|\[\]<>~]|''|=(?==)|&(?=#?\w+;)")
ADDRESS = "%:/?#@!$&()*+,;=-._"
OUTLET = {
    "cite news": "work",
    "cite magazine": "magazine",
    "cite web": "website",
    "cite interview": "work",
    "cite episode": "series",
    "cite press release": "publisher",
    "cite speech": "event",
}


def wikipedia(citation: Citation) -> str:
    """Return `{{cite news |last1=… |quote=…}}` on one line."""
    work = article_work(citation)
    template = KINDS[work.kind].wikipedia
    language = clean(citation.language)
    fields = [
        *_names(work.authors),
        *((f"interviewer{n}", str(name)) for n, name in enumerate(work.interviewers, 1)),
        ("title", headline(citation.headline)),
        (OUTLET[template], work.container),
        ("date", _date(work.dated)),
        ("page" if work.pages.isalnum() else "pages", work.pages),
        ("url", _address(work.url)),
        ("archive-url", _address(citation.archive_url) if citation.archived else ""),
        ("archive-date", citation.archived.isoformat() if citation.archived else ""),
        ("language", "" if language.lower().startswith("en") else language),
        ("quote", clean(citation.text)),
        ("access-date", work.accessed.isoformat() if work.accessed and work.url else ""),
    ]
    shown = [f"|{key}={_value(key, value)}" for key, value in fields if value]
    return f"{{{{{template} {' '.join(shown)}}}}}"


def _names(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    for number, name in enumerate(names, 1):
        if name.literal or not name.given:
            fields.append((f"author{number}", str(name)))
        else:
            given = f"{name.given}, {name.suffix}" if name.suffix else name.given
            fields += [(f"last{number}", name.surname), (f"first{number}", given)]
    return fields


def _date(dated: Dated) -> str:
    """Return a date as the templates take it: "c." only before a year (MOS:DATES)."""
    return f"c. {dates.BRITISH.year(dated)}" if dated.uncertain else dates.BRITISH.full(dated)


def _value(key: str, value: str) -> str:
    if key.endswith("url"):
        return value
    return SYNTAX.sub(lambda found: "".join(f"&#{ord(c)};" for c in found[0]), clean(value))


def _address(url: str) -> str:
    # Four tildes sign with the name of whoever saves the page.
    return quote(clean(url), safe=ADDRESS).replace("~", "%7E")
