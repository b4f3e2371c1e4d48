"""Words as an editor pastes them, and their place in the article."""

import re

from django.core.exceptions import ValidationError

from quotes.collection.faults import FaultList, Place
from quotes.collection.locate import locate_spans
from quotes.models import Quote

MOST_LINES = 40


def lines_of(quote: Quote) -> str:
    """Return a quote's words as its form shows them: a line for each span."""
    return "\n".join(" ".join(span.words.split("\n")) for span in quote.spans.all())


def find_spans(body: str, words: str, *, after: str = "") -> list[tuple[int, int]]:
    """Return where the lines stand in the body, one after the other.

    Raises ValidationError when a line is not there, or could be in more than one place.
    """
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"A quote can have at most {MOST_LINES} parts.", code="parts")
    faults = FaultList()
    spans = locate_spans(
        body,
        [as_printed(body, line) for line in lines],
        Place(faults, "", ""),
        after=as_printed(body, after.strip()),
    )
    if faults.items:
        raise ValidationError([_sentence(fault.reason) for fault in faults.items], code="words")
    return [(span.start, span.end) for span in spans]


def as_printed(body: str, line: str) -> str:
    """Return a line with the spaces and line ends that the body has there, if it is there."""
    if not line or line in body:
        return line
    found = re.search(r"\s+".join(map(re.escape, line.split())), body)
    return found.group() if found else line


def _sentence(reason: str) -> str:
    text = reason.replace("say which with after or before", "say after which words they stand")
    return f"{text[0].upper()}{text[1:]}."
