"""The styles: one function each from a work to what stands in the text and in the list.

Every style renders both forms: the quote in its article ("as cited in"), which is what scholars
ask for, and the record in this database. tests/citations/golden.json holds what they must print.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from quotes.citations.record import Citation
from quotes.citations.styles import apa, chicago, harvard, mla, oscola, vancouver
from quotes.citations.styles.markup import Rendered
from quotes.citations.styles.work import Work, article_work, record_work


class Form(StrEnum):
    """What is cited."""

    ARTICLE = "article"
    RECORD = "record"


@dataclass(frozen=True)
class Style:
    """One citation style: what readers call it, and whether it cites in notes."""

    key: str
    label: str
    cite: Callable[[Work], tuple[Rendered, Rendered]]
    notes: bool = False


@dataclass(frozen=True)
class Cited:
    """One citation in one style and form."""

    style: str
    form: Form
    in_text: Rendered
    reference: Rendered


STYLES: dict[str, Style] = {
    style.key: style
    for style in (
        Style("apa", "APA 7", apa.cite),
        Style("mla", "MLA 9", mla.cite),
        Style("chicago-notes", "Chicago 18, notes", chicago.cite_notes, notes=True),
        Style("chicago-author-date", "Chicago 18, author-date", chicago.cite_author_date),
        Style("harvard", "Harvard (Cite Them Right)", harvard.cite),
        Style("vancouver", "Vancouver", vancouver.cite),
        Style("oscola", "OSCOLA 4", oscola.cite, notes=True),
    )
}
WORKS: dict[Form, Callable[[Citation], Work]] = {
    Form.ARTICLE: article_work,
    Form.RECORD: record_work,
}


def cite(citation: Citation, style: str, form: Form = Form.ARTICLE) -> Cited:
    """Return a citation in one style; an unknown style raises KeyError."""
    in_text, reference = STYLES[style].cite(WORKS[form](citation))
    return Cited(style, form, in_text, reference)


def cite_all(citation: Citation) -> list[Cited]:
    """Return a citation in every style and both forms, styles in the order of the registry."""
    works = {form: work(citation) for form, work in WORKS.items()}
    return [
        Cited(style.key, form, *style.cite(works[form]))
        for style in STYLES.values()
        for form in Form
    ]
