"""OSCOLA (Oxford University Standard for the Citation of Legal Authorities, 4th edition)."""

from quotes.citations.record import Name, SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import BRITISH, Rendered, end, finish, italic
from quotes.citations.styles.work import Work

MOST_AUTHORS = 3


def cite(work: Work) -> tuple[Rendered, Rendered]:
    """Return the footnote and the entry in the bibliography, which turns names round."""
    rest = _rest(work)
    note = ", ".join(part for part in (_names(work, turned=False), rest) if part)
    note = f"{work.lead('quoted in', short=False)}{end(note, '.', BRITISH)}"
    entry = ", ".join(part for part in (_names(work, turned=True), rest) if part)
    return finish(note, BRITISH), finish(entry, BRITISH)


def _names(work: Work, *, turned: bool) -> str:
    if work.is_broadcast:
        return ""
    people = work.authors
    if work.kind == SourceKind.INTERVIEW:
        people = work.interviewers
    names = [_turned(name) if turned else authors.direct(name, "") for name in people]
    if len(names) > MOST_AUTHORS:
        return f"{names[0]} and others"
    return authors.joined(names, " and ", comma=False)


def _turned(name: Name) -> str:
    return authors.inverted(name, authors.initials(name.given, ""), comma="")


def _rest(work: Work) -> str:
    title = work.set_title(capitals=True, upright=True)
    if work.kind == SourceKind.INTERVIEW and work.authors:
        names = [authors.direct(name, "") for name in work.authors]
        title = f"Interview with {authors.joined(names, ' and ', comma=False)}, {title}"
    # Only the first page: OSCOLA 3.3.1.
    parts = [_placed(title, work), work.pages.partition("–")[0], _address(work)]
    return " ".join(part for part in parts if part)


def _placed(title: str, work: Work) -> str:
    """Return the title with where and when: rule 3.3 for journals, 3.4.8 and 3.4.9 for the rest."""
    container = italic(work.container)
    date = dates.enclosed(dates.BRITISH.full(work.dated), work.dated)
    if work.kind == SourceKind.MAGAZINE:
        year = dates.BRITISH.year(work.dated)
        if work.dated.uncertain:
            year = f"{year}?"
        parts = [title, f"[{year}]" if container and year else "", container]
        return " ".join(part for part in parts if part)
    if work.is_page or work.kind == SourceKind.BLOG:
        inside = ", ".join(part for part in (container, date) if part)
        return f"{title} ({inside})" if inside else title
    if work.kind in (SourceKind.INTERVIEW, SourceKind.SPEECH):
        container = ""
    comma = "," if container and work.is_broadcast else ""
    parts = [f"{title}{comma}", container, f"({date})" if date else ""]
    return " ".join(part for part in parts if part)


def _address(work: Work) -> str:
    if not work.url:
        return ""
    day = dates.BRITISH.full(dates.of_day(work.accessed))
    return f"<{work.url}>{f' accessed {day}' if day else ''}"
