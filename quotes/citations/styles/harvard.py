"""Harvard as in Cite Them Right (Pears and Shields, 12th edition)."""

from quotes.citations.record import SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import BRITISH, Rendered, end, finish, italic, listed
from quotes.citations.styles.work import Work, labelled_pages

PRINTED = (SourceKind.NEWSPAPER, SourceKind.MAGAZINE)
WITH_DAY = (*PRINTED, SourceKind.BLOG, SourceKind.SPEECH)


def cite(work: Work) -> tuple[Rendered, Rendered]:
    """Return the parenthesis in the text and the entry in the list of references."""
    names = [name.surname for name in work.authors]
    who = f"{names[0]} {italic('et al.')}" if len(names) > 3 else _and(names)
    who = who or _first(work)
    in_text = f"({work.lead('quoted in', short=True)}{who}, {_year(work)})"
    return finish(in_text, BRITISH), finish(_reference(work), BRITISH)


def _and(names: list[str]) -> str:
    return authors.joined(names, " and ", comma=False)


def _outlet_leads(work: Work) -> bool:
    """Say whether an unsigned article stands under its newspaper."""
    return bool(work.container) and work.kind in PRINTED


def _first(work: Work) -> str:
    """Return what stands in the place of the author when nobody signs."""
    return italic(work.container) if _outlet_leads(work) else _title(work)


def _title(work: Work) -> str:
    return work.set_title(capitals=False, upright=not work.is_page)


def _year(work: Work) -> str:
    return dates.enclosed(dates.BRITISH.year(work.dated), work.dated) or "no date"


def _reference(work: Work) -> str:
    day = dates.BRITISH.month_day(work.dated) if work.kind in WITH_DAY else ""
    container = italic(work.container)
    rest = [day, labelled_pages(work.pages)]
    if work.authors:
        head, rest = _names(work), [_title(work), container, *rest]
    elif _outlet_leads(work):
        head, rest = _first(work), [_title(work), *rest]
    else:
        head, rest = _first(work), [container, *rest]
    text = f"{head} ({_year(work)})"
    body = listed(rest, BRITISH)
    # Without a title or an outlet after the year only a comma can follow it.
    bare = not work.authors and not work.container
    text = f"{text}{',' if bare else ''} {body}" if body else text
    return f"{end(text, '.', BRITISH)} {_address(work)}".strip()


def _names(work: Work) -> str:
    names = [authors.inverted(name, authors.initials(name.given, ".")) for name in work.authors]
    return f"{names[0]} {italic('et al.')}" if len(names) > 3 else _and(names)


def _address(work: Work) -> str:
    if not work.url:
        return ""
    day = dates.BRITISH.full(dates.of_day(work.accessed))
    return f"Available at: {work.url}{f' (Accessed: {day})' if day else ''}."
