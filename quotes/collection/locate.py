"""Words copied from a body to their one place in it; words that could be two places are refused."""

import re
from collections.abc import Iterator, Sequence

from quotes.collection.faults import Place
from quotes.collection.records import Span
from quotes.spans import CONTEXT_LIMIT, QUOTATION_MARKS


def occurrences(body: str, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield where the words stand as whole words: "champion" is not in "championing"."""
    end = len(body) if end is None else end
    at = body.find(words, start, end)
    while at >= 0:
        stop = at + len(words)
        cuts_before = at > 0 and words[0].isalnum() and body[at - 1].isalnum()
        cuts_after = stop < len(body) and words[-1].isalnum() and body[stop].isalnum()
        if not (cuts_before or cuts_after):
            yield at
        at = body.find(words, at + 1, end)


def locate(body: str, words: str, place: Place, after: str = "", before: str = "") -> Span | None:
    """Find the one place of the words, or report why there is none.

    `after` and `before` pick one of several: the first occurrence after the one, the last before
    the other. Each must stand in the body once.
    """
    low = _anchor(body, after, "after", place)
    high = _anchor(body, before, "before", place)
    if low is None or high is None:
        return None
    floor = low.end if low.words else 0
    ceiling = high.start if high.words else len(body)
    found = list(occurrences(body, words, floor, ceiling))
    if not found:
        place.fault(_not_there(body, words, bounded=bool(after or before)))
        return None
    if len(found) > 1 and bool(after) == bool(before):
        place.fault(
            f"the words {_shown(words)} are ambiguous: they stand in the body {len(found)} times; "
            "say which with after or before"
        )
        return None
    at = found[0] if after else found[-1]
    return Span(at, at + len(words), words)


def locate_spans(
    body: str, words: Sequence[str], place: Place, after: str = "", before: str = ""
) -> tuple[Span, ...]:
    """Find the spans of one quote: the first by `locate`, each further one next after it."""
    if not words:
        return ()
    first = locate(body, words[0], place, after, before)
    if first is None:
        return ()
    spans = [first]
    for part in words[1:]:
        at = next(occurrences(body, part, spans[-1].end), None)
        if at is None:
            if next(occurrences(body, part), None) is None:
                place.fault(_not_there(body, part))
            else:
                place.fault(
                    f"the words {_shown(part)} overlap the span before them or stand before it; "
                    "list the spans in the order of the body"
                )
            return ()
        spans.append(Span(at, at + len(part), part))
    return tuple(spans)


def locate_evidence(body: str, words: str, spans: Sequence[Span], place: Place) -> Span | None:
    """Find evidence in the quote, else within its near context."""
    for span in spans:
        found = list(occurrences(body, words, span.start, span.end))
        if len(found) == 1:
            return Span(found[0], found[0] + len(words), words)
        if found:
            place.fault(f"the evidence {_shown(words)} stands in the quote more than once")
            return None
    low = max(0, spans[0].start - CONTEXT_LIMIT)
    high = min(len(body), spans[-1].end + CONTEXT_LIMIT)
    found = list(occurrences(body, words, low, high))
    if len(found) == 1:
        return Span(found[0], found[0] + len(words), words)
    if found:
        place.fault(f"the evidence {_shown(words)} stands near the quote more than once")
    else:
        place.fault(
            f"the evidence {_shown(words)} is neither in the quote nor within "
            f"{CONTEXT_LIMIT} characters of it"
        )
    return None


def near_paragraphs(body: str, start: int, end: int) -> str:
    """Return the paragraphs of a passage with one more on each side: where its attribution is."""
    edges = [0, *(match.end() for match in re.finditer(r"\n+", body)), len(body)]
    first = max(index for index, at in enumerate(edges) if at <= start)
    last = min(index for index, at in enumerate(edges) if at >= end)
    return body[edges[max(0, first - 1)] : edges[min(len(edges) - 1, last + 1)]]


def _anchor(body: str, words: str, name: str, place: Place) -> Span | None:
    if not words:
        return Span(0, 0, "")
    found = list(occurrences(body, words))
    if len(found) == 1:
        return Span(found[0], found[0] + len(words), words)
    if found:
        place.fault(f"the {name} words {_shown(words)} stand in the body {len(found)} times")
    else:
        place.fault(_not_there(body, words, what=f"the {name} words"))
    return None


def _not_there(body: str, words: str, *, what: str = "the words", bounded: bool = False) -> str:
    reason = f"{what} {_shown(words)} are not in the body"
    if bounded and next(occurrences(body, words), None) is not None:
        return f"{reason} where after and before say"
    if _plain(words) in _plain(body):
        reason += " like that, but with other spaces or quotation marks; copy them exactly"
    return reason


def _plain(text: str) -> str:
    marks = dict.fromkeys(map(ord, QUOTATION_MARKS), "'")
    return " ".join(text.translate(marks).split())


def _shown(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:59]}…")
