"""A text in segments, each with the quotes that it belongs to, for a template to mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from quotes.models import Quote

# How much of the article stands around a quote on its page, on each side.
AROUND = 700


@dataclass(frozen=True)
class Mark:
    """A span of a quote in the body."""

    start: int
    end: int
    quote: Quote


@dataclass(frozen=True)
class Segment:
    text: str
    quotes: tuple[Quote, ...]
    starts: tuple[Quote, ...]
    """Those whose first marked character is here: the place that a link leads to."""
    is_furniture: bool


def passage(
    body: str,
    marks: Iterable[Mark],
    *,
    furniture: Sequence[Sequence[int]] = (),
    low: int = 0,
    high: int | None = None,
) -> list[Segment]:
    """Cut the body from `low` to `high` where a mark or site furniture begins or ends."""
    high = len(body) if high is None else min(high, len(body))
    marks = sorted(
        (mark for mark in marks if mark.start < high and mark.end > low),
        key=lambda mark: (mark.start, -mark.end),
    )
    edges = {low, high}
    for start, end in [*((m.start, m.end) for m in marks), *furniture]:
        edges |= {at for at in (start, end) if low < at < high}
    cuts = sorted(edges)
    seen: set[Any] = set()
    found = []
    for start, end in pairwise(cuts):
        here = tuple(mark.quote for mark in marks if mark.start <= start and mark.end >= end)
        starts = tuple(quote for quote in here if quote.pk not in seen)
        seen |= {quote.pk for quote in starts}
        is_furniture = any(first <= start and end <= last for first, last in furniture)
        found.append(Segment(body[start:end], here, starts, is_furniture))
    return found


def around(body: str, start: int, end: int) -> tuple[int, int]:
    """Return where the paragraphs near a quote begin and end."""
    low = body.rfind("\n", 0, max(0, start - AROUND)) + 1
    high = body.find("\n", end + AROUND)
    # A text without paragraphs is cut all the same.
    low = max(low, start - 2 * AROUND)
    high = len(body) if high < 0 else high
    return low, min(high, end + 2 * AROUND)
