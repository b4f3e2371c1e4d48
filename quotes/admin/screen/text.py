"""An article's text in pieces, for the template to mark: offsets in, words in their order out.

The pieces together are the text, character for character: the browser counts in what is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.models import Quote

# A longer text is shown this far around the current quote, on each side.
AROUND = 60_000
# How far from a quote its speaker and reporting word are looked for.
NEAR = 400


@dataclass(frozen=True)
class Piece:
    """A stretch of text that the same quotes cover."""

    text: str
    classes: str = ""
    quotes: str = ""
    """The keys of the quotes it belongs to, the current one first."""
    anchor: int | None = None
    number: int | None = None
    """The number of the quote that begins here."""


@dataclass(frozen=True)
class Shown:
    """What of the text is on the page."""

    pieces: tuple[Piece, ...]
    low: int
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True)
class _Range:
    start: int
    end: int
    quote: Quote | None
    css: str


def shown(
    body: str, quotes: Sequence[Quote], current: Quote | None, furniture: Iterable[Sequence[int]]
) -> Shown:
    """Cut the text where a quote, its speaker's mention or site furniture begins or ends."""
    low, high = window(body, current)
    ranges = [
        _Range(span.start, span.end, quote, f"rv-{quote.status}")
        for quote in quotes
        for span in quote.spans.all()
    ]
    ranges += [_Range(start, end, None, "rv-furniture") for start, end in furniture]
    ranges += _mentions(body, current)
    numbers = {quote.pk: number for number, quote in enumerate(quotes, 1)}
    pieces = _pieces(body, low, high, ranges, current, numbers)
    return Shown(tuple(pieces), low, low > 0, high < len(body))


def window(body: str, current: Quote | None) -> tuple[int, int]:
    """Return which part of the text to show: whole paragraphs around the current quote."""
    if len(body) <= 2 * AROUND:
        return 0, len(body)
    start = current.start if current else 0
    low, high = max(0, start - AROUND), min(len(body), start + AROUND)
    if low and (line := body.rfind("\n", 0, low)) >= 0 and low - line < AROUND:
        low = line + 1
    if high < len(body) and (line := body.find("\n", high, high + AROUND)) >= 0:
        high = line
    return low, high


def _pieces(
    body: str,
    low: int,
    high: int,
    ranges: list[_Range],
    current: Quote | None,
    numbers: dict[int, int],
) -> list[Piece]:
    begins: dict[int, list[_Range]] = {}
    ends: dict[int, list[_Range]] = {}
    for part in ranges:
        if part.start < high and part.end > low:
            begins.setdefault(max(low, part.start), []).append(part)
            ends.setdefault(min(high, part.end), []).append(part)
    active: list[_Range] = []
    seen: set[int] = set()
    found = []
    for start, end in pairwise(sorted({low, high, *begins, *ends})):
        gone = {id(part) for part in ends.get(start, ())}
        active = [part for part in active if id(part) not in gone] + begins.get(start, [])
        fresh = [p.quote for p in begins.get(start, ()) if p.quote and p.quote.pk not in seen]
        seen |= {quote.pk for quote in fresh}
        found.append(_piece(body[start:end], active, fresh, current, numbers))
    return found


def _piece(
    text: str,
    active: list[_Range],
    fresh: list[Quote],
    current: Quote | None,
    numbers: dict[int, int],
) -> Piece:
    if not active:
        return Piece(text)
    is_current = any(current and part.quote and part.quote.pk == current.pk for part in active)
    classes = dict.fromkeys(part.css for part in active)
    if is_current:
        classes["rv-current"] = None
    keys = sorted(
        {part.quote.pk for part in active if part.quote},
        key=lambda key: (not current or key != current.pk, -key),
    )
    anchor = fresh[0].pk if fresh else None
    return Piece(
        text,
        " ".join(classes),
        " ".join(str(key) for key in keys),
        anchor,
        numbers.get(anchor) if anchor else None,
    )


def _mentions(body: str, current: Quote | None) -> list[_Range]:
    """Return where the current quote's speaker and reporting word stand beside it."""
    spans = list(current.spans.all()) if current else []
    if current is None or not spans:
        return []
    # In the quote's own paragraph first: the next one may name the same speaker for its own quote.
    line = body.rfind("\n", 0, spans[0].start) + 1, body.find("\n", spans[-1].end)
    paragraph = line[0], line[1] if line[1] >= 0 else len(body)
    found = []
    for words, css in ((current.speaker_text, "rv-speaker"), (current.cue, "rv-cue")):
        where = spans[0].start, spans[-1].end
        place = nearest(body, words, *where, within=paragraph) or nearest(body, words, *where)
        if place:
            found.append(_Range(*place, None, css))
    return found


def nearest(
    body: str, words: str, start: int, end: int, within: tuple[int, int] | None = None
) -> tuple[int, int] | None:
    """Return the whole words nearest to a stretch of text, outside it; None when far or absent."""
    if not words:
        return None
    best: tuple[int, int] | None = None
    first, last = within or (0, len(body))
    low, high = max(first, start - NEAR), min(last, end + NEAR)
    at = body.find(words, low, high)
    while at >= 0:
        stop = at + len(words)
        whole = not (body[at - 1 : at].isalnum() or body[stop : stop + 1].isalnum())
        distance = start - stop if stop <= start else at - end
        if whole and distance >= 0 and (best is None or distance < best[0]):
            best = (distance, at)
        at = body.find(words, at + 1, high)
    return (best[1], best[1] + len(words)) if best else None
