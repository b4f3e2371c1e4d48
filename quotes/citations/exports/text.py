"""The quote as plain text for people: the words, the source, and how to cite it."""

from quotes.citations.exports.notes import placed
from quotes.citations.record import Citation
from quotes.citations.styles import STYLES, Form, cite, dates
from quotes.citations.styles.markup import clean


def plain_text(citation: Citation) -> str:
    """Return the quote, its address, what is not known, and its reference in every style."""
    lines = [placed(citation, dates.BRITISH.full(citation.published)), citation.permalink]
    if citation.withdrawn:
        lines.append("This quotation was withdrawn.")
    if citation.dispute:
        lines.append(f"Disputed: {clean(citation.dispute)}")
    if citation.gaps:
        lines.append(f"Not known: {', '.join(citation.gaps)}.")
    for form, label in ((Form.ARTICLE, "The quote in its article"), (Form.RECORD, "This record")):
        lines += ["", label]
        lines += [
            f"{style.label}: {cite(citation, key, form).reference.plain}"
            for key, style in STYLES.items()
        ]
    return "\n".join(lines) + "\n"
