"""APA 7 (Publication Manual, 7th edition, chapters 8 to 10)."""

from dataclasses import replace

from quotes.citations.record import SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import AMERICAN, Rendered, end, finish, italic, sentences
from quotes.citations.styles.work import Work

MOST_AUTHORS = 20


def cite(work: Work) -> tuple[Rendered, Rendered]:
    """Return the parenthesis in the text and the entry in the list of references."""
    return finish(_in_text(work), AMERICAN), finish(_reference(work), AMERICAN)


def _in_text(work: Work) -> str:
    lead = work.lead("as cited in", short=True)
    who = _short_names(work) or work.set_title(capitals=True, upright=_is_part(work))
    return f"({lead}{end(who, ',', AMERICAN)} {_date(dates.APA.year(work.dated), work)})"


def _short_names(work: Work) -> str:
    names = [name.surname for name in work.authors]
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(names)


def _is_part(work: Work) -> bool:
    """Say whether the title is one of many in its container, so set upright (APA 7, 9.19)."""
    return bool(work.container) and not work.is_page


def _reference(work: Work) -> str:
    title = work.title(capitals=False)
    title = title if _is_part(work) else italic(title)
    form = _form(work)
    when = f"({_date(dates.APA.full(work.dated), work)})"
    if work.authors:
        parts = [_names(work), when, f"{title} {form}" if form else title]
    else:
        parts = [title, when, form]
    text = sentences([*parts, _container(work)], AMERICAN)
    return f"{text} {_address(work)}".strip()


def _names(work: Work) -> str:
    names = [authors.inverted(name, authors.initials(name.given, ". ")) for name in work.authors]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    return authors.several(work.authors, names, "&")


def _date(text: str, work: Work) -> str:
    if not text:
        return "n.d."
    text = dates.bracketed(text, work.dated, question=False)
    return f"ca. {text}" if work.dated.uncertain else text


def _form(work: Work) -> str:
    """Return what the thing is, where the reader would not guess (APA 7, 9.21)."""
    if work.kind == SourceKind.INTERVIEW:
        if not work.interviewers:
            return "[Interview]"
        names = [
            authors.direct(replace(name, given=authors.initials(name.given, ". ")))
            for name in work.interviewers
        ]
        role = "Interviewers" if len(names) > 1 else "Interviewer"
        return f"({authors.joined(names, ' & ', comma=True)}, {role})"
    if work.is_broadcast:
        return "[Broadcast]"
    return f"[{work.genre}]" if work.genre else ""


def _container(work: Work) -> str:
    if not work.container:
        return work.pages
    if work.is_page:
        return work.container_title
    if work.is_broadcast or work.kind == SourceKind.SPEECH:
        return f"In {italic(work.container)}"
    container = italic(work.container_title)
    return f"{container}, {work.pages}" if work.pages else container


def _address(work: Work) -> str:
    if work.url and not work.dated and work.accessed:
        return f"Retrieved {dates.AMERICAN.full(dates.of_day(work.accessed))}, from {work.url}"
    return work.url
