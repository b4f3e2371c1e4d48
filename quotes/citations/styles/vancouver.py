"""Vancouver as in NLM's Citing Medicine (2nd edition), numbered in the order of citing."""

from quotes.citations.record import Name, SourceKind
from quotes.citations.styles import authors, dates
from quotes.citations.styles.markup import AMERICAN, Rendered, finish, sentences
from quotes.citations.styles.work import Work, shortened

MOST_AUTHORS = 6
WITH_DAY = (SourceKind.NEWSPAPER, SourceKind.MAGAZINE, SourceKind.BLOG, SourceKind.SPEECH)
# The number that a reader's own list gives it takes this one's place.
NUMBER = "1"


def cite(work: Work) -> tuple[Rendered, Rendered]:
    """Return the number in the text and the entry in the list of references."""
    in_text = f"({work.lead('quoted in', short=True)}{NUMBER})"
    return finish(in_text, AMERICAN), finish(_reference(work), AMERICAN)


def _reference(work: Work) -> str:
    title = work.title(capitals=False)
    online = " [Internet]" if work.url else ""
    if work.is_page and work.container:
        genre = f" [{work.genre}]" if work.genre else ""
        parts = [f"{work.container}{genre}{online}", _when(work), title]
    elif work.container:
        parts = [title, f"{work.container}{online}", _when(work)]
    else:
        genre = f" [{work.genre}]" if work.genre else ""
        parts = [f"{title}{genre}{online}", _when(work)]
    text = sentences([_names(work), *parts], AMERICAN)
    return f"{text} Available from: {work.url}" if work.url else text


def _names(work: Work) -> str:
    names = [_name(name) for name in work.authors[:MOST_AUTHORS]]
    return ", ".join([*names, "et al."] if len(work.authors) > MOST_AUTHORS else names)


def _name(name: Name) -> str:
    return authors.inverted(name, authors.initials(name.given, "", ""), comma="")


def _when(work: Work) -> str:
    """Return the date, when it was read, and the page, run together as Citing Medicine does."""
    style = dates.MEDICAL
    text = style.full(work.dated) if work.kind in WITH_DAY else style.year(work.dated)
    text = dates.bracketed(text, work.dated)
    if work.accessed and work.url:
        cited = f"[cited {style.full(dates.of_day(work.accessed))}]"
        text = f"{text} {cited}" if text else cited
    if not work.pages:
        return text
    mark = ":" if work.kind == SourceKind.NEWSPAPER else ";"
    pages = shortened(work.pages, 1)
    return f"{text}{mark}{pages}" if text else pages
