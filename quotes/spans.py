"""Spans of a quote in a body: how they join into one text, and what stands beside them.

Everything counts Unicode code points, as Python and both databases do.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

INTERRUPTED = " […] "
SAME_SPEECH = "\n"
CONTEXT_LIMIT = 200

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟‹›«»「」『』〝〞〟＂＇"

# What can stand between the last letter of a sentence and the space after it.
_CLOSERS = QUOTATION_MARKS + ")]}"
_OPENERS = QUOTATION_MARKS + "([{"
_SENTENCE_END = re.compile(
    rf"(?:[.!?]+|(?<=\w)…)[{re.escape(_CLOSERS)}]*(?=\s+[{re.escape(_OPENERS)}]*(?P<next>\w))"
)
# A full stop after one of these, or after a single capital (an initial), ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Gen|Lt|Col|Sgt|St|Sen|Rep|Gov|Jr|Sr|vs|"
    r"e\.g|i\.e|cf|Inc|Ltd|Co|Pic|[A-Z])\.$"
)


def joiner(body: str, previous_end: int, start: int) -> str:
    """Return what stands between two spans of one quote in its text.

    A line break where only white space and quotation marks lie between, as between the paragraphs
    of one long quote; " […] " where the reporter's words interrupted.
    """
    if start < previous_end:
        raise ValueError(f"span at {start} begins before the one ending at {previous_end}")
    between = body[previous_end:start]
    only_marks = all(char.isspace() or char in QUOTATION_MARKS for char in between)
    return SAME_SPEECH if only_marks else INTERRUPTED


def join_spans(body: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text of a quote: the words of its spans, joined by the rule of `joiner`."""
    parts: list[str] = []
    previous_end: int | None = None
    for start, end in spans:
        if not 0 <= start < end <= len(body):
            raise ValueError(f"span {start}..{end} is empty or outside the body")
        if previous_end is not None:
            parts.append(joiner(body, previous_end, start))
        parts.append(body[start:end])
        previous_end = end
    return "".join(parts)


def context(
    body: str,
    start: int,
    end: int,
    limit: int = CONTEXT_LIMIT,
    furniture: Iterable[tuple[int, int]] = (),
) -> tuple[str, str]:
    """Return the words directly before and after a quote: at most a sentence and `limit` each.

    From the middle of a sentence they reach to where that sentence begins or ends; from its edge
    they take the neighbouring sentence, in the same paragraph or the next one. What is too long is
    cut between words. Both touch the quote, so prefix + quote + suffix is a slice of the body.
    `furniture` gives ranges that are not the article, such as captions: they are never context.
    """
    if not 0 <= start <= end <= len(body):
        raise ValueError(f"quote {start}..{end} is outside the body")
    low, high = 0, len(body)
    for first, last in furniture:
        if last <= start:
            low = max(low, last)
        elif first >= end:
            high = min(high, first)
    article = body[low:high]
    prefix = _prefix(article, start - low, limit)
    suffix = _suffix(article, end - low, limit)
    return prefix.lstrip(), suffix.rstrip()


def _prefix(body: str, start: int, limit: int) -> str:
    # A few characters more than the limit, so that a boundary right at the limit is seen.
    floor = max(0, start - limit - 16)
    window = body[floor:start]
    edge = len(window.rstrip(QUOTATION_MARKS + " \u00a0\t"))
    begins = _sentence_starts(window + body[start : start + 16])
    if edge == 0 or window[edge - 1] == "\n" or _has_start(begins, edge, len(window)):
        edge = len(window[:edge].rstrip(QUOTATION_MARKS + " \u00a0\t\n"))
    begin = max((at for at in begins if at < edge), default=0)
    return _trim_left(body, floor + begin, start, limit)


def _suffix(body: str, end: int, limit: int) -> str:
    window_start = max(0, end - 16)
    window = body[window_start : end + limit + 16]
    here = end - window_start
    stops = _sentence_stops(window)
    if _ends_sentence(window, here, stops):
        here = _skip(window, here, QUOTATION_MARKS + ".!?…)] \u00a0\t\n")
    stop = min((at for at in stops if at > here), default=len(window))
    return _trim_right(body, end, window_start + stop, limit)


def _sentence_stops(text: str) -> list[int]:
    """Offsets just after each sentence of the text, its closing marks included."""
    stops = []
    for match in _SENTENCE_END.finditer(text):
        following = match["next"]
        mark = match.start() + 1
        if following.islower() or _ABBREVIATION.search(text[max(0, mark - 8) : mark]):
            continue
        stops.append(match.end())
    stops.extend(match.start() for match in re.finditer(r"\n", text))
    return sorted(stops)


def _sentence_starts(text: str) -> list[int]:
    """Offsets of the first character of each sentence of the text, opening marks included."""
    return [0, *(_skip(text, stop, " \u00a0\t\n") for stop in _sentence_stops(text))]


def _has_start(begins: list[int], low: int, high: int) -> bool:
    return any(low <= at <= high for at in begins if at)


def _ends_sentence(window: str, here: int, stops: list[int]) -> bool:
    """Is nothing left of the sentence at `here` but its full stop and closing marks?"""
    after = _skip(window, here, QUOTATION_MARKS + ".!?…)]")
    return after == len(window) or any(here <= stop <= after for stop in stops)


def _skip(text: str, at: int, chars: str) -> int:
    while at < len(text) and text[at] in chars:
        at += 1
    return at


def _trim_left(body: str, begin: int, start: int, limit: int) -> str:
    if start - begin <= limit:
        return body[begin:start]
    begin = start - limit
    if not body[begin - 1].isspace():
        space = re.compile(r"\s").search(body, begin, start)
        begin = space.end() if space else begin
    # A combining mark without its letter would show on whatever stands before it.
    while begin < start and (body[begin].isspace() or unicodedata.combining(body[begin])):
        begin += 1
    return body[begin:start]


def _trim_right(body: str, end: int, stop: int, limit: int) -> str:
    if stop - end <= limit:
        return body[end:stop]
    stop = end + limit
    if not body[stop].isspace():
        kept = body[end:stop]
        words = re.search(r"^(?s:.*)(?=\s)", kept)
        if words and words.group().strip():
            return words.group().rstrip()
        while stop > end and unicodedata.combining(body[stop]):
            stop -= 1
    return body[end:stop].rstrip()
