"""Chicago 18 (The Chicago Manual of Style, 18th edition, chapters 13 and 14), both systems."""

from quotes.citations.record import SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import (
    AMERICAN,
    Rendered,
    end,
    finish,
    italic,
    listed,
    sentences,
)
from quotes.citations.styles.work import Work

# Seven authors or more: the first three and "et al." (CMOS 18, 13.23).
MOST_AUTHORS, FIRST_AUTHORS = 6, 3
# Whose title is set in quotation marks even when nothing contains it.
ALWAYS_QUOTED = (
    SourceKind.WEBPAGE,
    SourceKind.PRESS_RELEASE,
    SourceKind.SPEECH,
    SourceKind.INTERVIEW,
)
# Listed under the outlet when nobody signs (CMOS 18, 14.88).
UNDER_OUTLET = (
    SourceKind.NEWSPAPER,
    SourceKind.MAGAZINE,
    SourceKind.WEBPAGE,
    SourceKind.PRESS_RELEASE,
    SourceKind.TELEVISION,
    SourceKind.RADIO,
)


def cite_notes(work: Work) -> tuple[Rendered, Rendered]:
    """Return the note and the entry in the bibliography."""
    return finish(_note(work), AMERICAN), finish(_bibliography(work), AMERICAN)


def cite_author_date(work: Work) -> tuple[Rendered, Rendered]:
    """Return the parenthesis in the text and the entry in the list of references."""
    return finish(_in_text(work), AMERICAN), finish(_reference(work), AMERICAN)


def _note(work: Work) -> str:
    names = [authors.direct(name) for name in work.authors]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    parts = [
        who,
        _title(work),
        _interview(work, "interview by", most=2),
        work.genre,
        _container(work, "in"),
        _full_date(work),
        _accessed(work, "accessed"),
        work.url,
    ]
    text = end(listed(parts, AMERICAN), ".", AMERICAN)
    return f"{work.lead('quoted in', short=False)}{text}"


def _bibliography(work: Work) -> str:
    head = _head(work)
    container = "" if _outlet_leads(work) else _container(work, "In")
    if container and not _apart(work):
        where = [listed([container, _full_date(work)], AMERICAN)]
    else:
        where = [container, _full_date(work)]
    return sentences([head, *_body(work), *where, *_found(work)], AMERICAN)


def _reference(work: Work) -> str:
    container = "" if _outlet_leads(work) else _container(work, "In")
    day = dates.AMERICAN.month_day(work.dated)
    if container and not _apart(work):
        where = [listed([container, day], AMERICAN)]
    else:
        where = [container, day]
    body = _body(work)
    head = _head(work) or body.pop(0)
    return sentences([head, _year(work), *body, *where, *_found(work)], AMERICAN)


def _in_text(work: Work) -> str:
    names = [name.surname for name in work.authors]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    who = who or (_container(work, "") if _outlet_leads(work) else _title(work))
    lead = work.lead("quoted in", short=False)
    if not work.dated:
        return f"({lead}{end(who, ',', AMERICAN)} n.d.)"
    return f"({lead}{who} {_year(work)})"


def _head(work: Work) -> str:
    if not work.authors:
        return _container(work, "") if _outlet_leads(work) else ""
    shown = work.authors[:FIRST_AUTHORS] if len(work.authors) > MOST_AUTHORS else work.authors
    first, *others = shown
    text = authors.inverted(first, authors.spaced(first.given, ". "), demote=True)
    names = [text, *(authors.direct(name) for name in others)]
    if len(work.authors) > MOST_AUTHORS:
        return f"{', '.join(names)}, et al."
    return authors.several(work.authors, names, "and")


def _body(work: Work) -> list[str]:
    return [_title(work), _interview(work, "Interview by"), work.genre]


def _found(work: Work) -> list[str]:
    return [_accessed(work, "Accessed"), work.url]


def _outlet_leads(work: Work) -> bool:
    return not work.authors and bool(work.container) and work.kind in UNDER_OUTLET


def _title(work: Work) -> str:
    upright = bool(work.container) or work.kind in ALWAYS_QUOTED
    return work.set_title(capitals=True, upright=upright)


def _container(work: Work, preposition: str) -> str:
    if not work.container or work.is_page:
        return work.container_title
    container = italic(work.container_title)
    speech = work.kind == SourceKind.SPEECH and preposition
    return f"{preposition} {container}" if speech else container


def _apart(work: Work) -> bool:
    """Say whether the date is a sentence of its own after what contains the work."""
    return work.is_broadcast or work.kind == SourceKind.SPEECH


def _interview(work: Work, words: str, most: int = MOST_AUTHORS) -> str:
    names = [authors.direct(name) for name in work.interviewers]
    if not names:
        return ""
    if len(names) > most:
        return f"{words} {names[0]} et al."
    return f"{words} {authors.joined(names, ' and ', comma=True)}"


def _full_date(work: Work) -> str:
    if not work.dated:
        # A page of a site is dated by when it was read (CMOS 18, 14.104).
        return "" if work.is_page else "n.d."
    return dates.bracketed(dates.AMERICAN.full(work.dated), work.dated)


def _year(work: Work) -> str:
    return dates.bracketed(dates.AMERICAN.year(work.dated), work.dated) or "n.d."


def _accessed(work: Work, word: str) -> str:
    if work.dated or not work.accessed or not work.url:
        return ""
    return f"{word} {dates.AMERICAN.full(dates.of_day(work.accessed))}"
