"""The sentences about the quotation itself that go into the free fields of every format."""

from quotes.citations.record import Citation
from quotes.citations.styles.markup import clean
from quotes.citations.styles.titles import headline

DASH = " — "


def about(citation: Citation) -> str:
    """Return "Quotation Q7K3M9P2 v3, https://…/v3": what Zotero puts into Extra."""
    return f"{_number(citation)}, {citation.permalink}{_state(citation)}"


def said(citation: Citation) -> str:
    """Return "“We will not miss the 2030 deadline.” — Helena Marsh"."""
    who = clean(citation.speaker_name)
    words = clean(citation.text).join(citation.marks)
    return f"{words}{DASH}{who}" if who else words


def note(citation: Citation) -> str:
    """Return the note that reference managers keep beside the article."""
    return f"{_number(citation)}: {said(citation)}. {citation.permalink}{_state(citation)}"


def placed(citation: Citation, date: str) -> str:
    """Return the quote with who, where and when, for previews and embeds."""
    where = [clean(citation.outlet) or headline(citation.headline), date]
    return f"{said(citation)}, in {', '.join(part for part in where if part)}"


def _number(citation: Citation) -> str:
    return f"Quotation {citation.quote_id} v{citation.version}"


def _state(citation: Citation) -> str:
    """Say what a saved citation would hide: taken back, disputed, dated by inference."""
    words = "Withdrawn. " if citation.withdrawn else ""
    words += "Date inferred. " if citation.published.inferred else ""
    words += f"Disputed: {clean(citation.dispute)}. " if citation.dispute else ""
    return f". {words.strip()}" if words else ""
