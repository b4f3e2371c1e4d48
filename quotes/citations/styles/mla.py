"""MLA 9 (MLA Handbook, 9th edition, chapters 5 and 6)."""

from quotes.citations.record import SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import (
    AMERICAN,
    Rendered,
    finish,
    italic,
    listed,
    sentences,
)
from quotes.citations.styles.work import Work, labelled_pages, shortened

ALWAYS_QUOTED = (SourceKind.INTERVIEW, SourceKind.SPEECH)


def cite(work: Work) -> tuple[Rendered, Rendered]:
    """Return the parenthesis in the text and the entry in the list of works cited."""
    who = _short_names(work) or _title(work)
    in_text = f"({work.lead('qtd. in', short=True)}{who})"
    return finish(in_text, AMERICAN), finish(_reference(work), AMERICAN)


def _short_names(work: Work) -> str:
    names = [name.surname for name in work.authors]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _title(work: Work) -> str:
    upright = bool(work.container) or work.kind in ALWAYS_QUOTED
    return work.set_title(capitals=True, upright=upright)


def _reference(work: Work) -> str:
    where = [
        italic(work.container_title),
        _date(work),
        labelled_pages(shortened(work.pages, 2)),
        work.url,
    ]
    accessed = dates.SHORT.full(dates.of_day(work.accessed))
    return sentences(
        [
            _names(work),
            _title(work),
            _interview(work),
            work.genre,
            listed(where, AMERICAN),
            # MLA 9, 5.111: a date of access where there is none of publication.
            f"Accessed {accessed}" if accessed and work.url and not work.dated else "",
        ],
        AMERICAN,
    )


def _names(work: Work) -> str:
    if not work.authors:
        return ""
    first, *others = work.authors
    text = authors.inverted(first, authors.spaced(first.given, ". "))
    if len(others) > 1:
        return f"{text}, et al."
    return authors.several(work.authors, [text, *map(authors.direct, others)], "and")


def _interview(work: Work) -> str:
    names = [authors.direct(name) for name in work.interviewers]
    if not names:
        return ""
    shown = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"Interview by {shown}"


def _date(work: Work) -> str:
    text = dates.bracketed(dates.SHORT.full(work.dated), work.dated, question=False)
    return f"Circa {text}" if text and work.dated.uncertain else text
