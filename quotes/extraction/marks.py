"""Step 1: find the marked strings of a text, paragraph by paragraph.

One regular expression finds the marks; a small state machine pairs them. Nothing looks further than
the paragraph the mark stands in, and every mark is visited a bounded number of times, so the time
is linear in
the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

# A double mark in any of its shapes; a run of the same mark counts once.
_DOUBLE = re.compile(r"([“”„‟«»\"])\1*|''|``")
# A single mark where it can open (after space, dash or bracket) or close (after a word or
# punctuation).
_SINGLE = re.compile(
    r"(?:(?<=[\s(\[—–\-/“\"])|(?<![^\n]))['‘‚‹`](?!\d0?s?\b|\d\d|(?:em|til|cause|tis|twas|n)\b)(?=[\w(“\"])|(?<=[\w.,;:!?…)\]”\"])['’‛›](?!\w)"
)
_SINGLE_OPENERS = frozenset("'‘‚‹`")
_STRAIGHT = "\"'`"
_ALWAYS_OPEN = frozenset("“„‟«")
_BEFORE_OPEN = frozenset(" ([{—–-\t\u00a0‘'/\n")
_STRONG_BEFORE_CLOSE = frozenset(".,;:!?…)")
_AFTER_STRONG_CLOSE = frozenset('.,;:!?)—–”"\n')
# More marked strings than this in one text are not prose.
STRING_LIMIT = 10_000
MARK_LIMIT = 200_000
# A single-quoted string longer than this is taken for two stray apostrophes.
_SINGLE_REACH = 3000
_SINGLE_TRIES = 24
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
# A reporter's tag inside a string that was never closed: the mark is missing before it.
_LOST_CLOSE = re.compile(
    r"[.,!?…](?P<wrong>['’]?)(?P<gap>\s)"
    r"(?:he|she|they|[A-Z][\w.’'-]{1,30}(?: [A-Z][\w.’'-]{1,30}){0,2}) "
    r"(?:said|says|told|added|wrote|asked|explained)\b"
)
_WRONG_CLOSE = re.compile(r"(?<=[.,!?…\w])['’](?=\s|$)(?!\s[a-z]+ing\b)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked string: ``start``/``end`` with the marks, ``inner_start``/``inner_end`` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph: int
    double: bool
    closed: bool


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every paragraph: a stretch without a line break."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def find_marked(text: str, paragraphs: list[tuple[int, int]]) -> tuple[list[Marked], int]:
    """Return the marked strings of the text in order, and how many marks were left unread.

    At most ``STRING_LIMIT`` strings of the first ``MARK_LIMIT`` marks are returned.

    Strings inside another string are left inside it.
    """
    doubles, left = _pair_doubles(text, paragraphs)
    singles, singles_left = _pair_singles(text, paragraphs, doubles)
    if singles:
        doubles = _outermost(doubles, singles)
    return doubles[:STRING_LIMIT], left + singles_left


def _pair_doubles(text: str, paragraphs: list[tuple[int, int]]) -> tuple[list[Marked], int]:
    found: list[Marked] = []
    matches = list(islice(_DOUBLE.finditer(text), MARK_LIMIT))
    position = left = 0
    for number, (begin, end) in enumerate(paragraphs):
        if position >= len(matches) or len(found) >= STRING_LIMIT:
            break
        marks: list[tuple[int, str]] = []
        while position < len(matches) and matches[position].start() < end:
            marks.append((matches[position].start(), matches[position].group()))
            position += 1
        if marks:
            left += _pair_paragraph(text, (begin, end), number, marks, found)
    return found, left + len(matches) - position


def _pair_paragraph(
    text: str,
    bounds: tuple[int, int],
    number: int,
    marks: list[tuple[int, str]],
    found: list[Marked],
) -> int:
    """Append what the marks of one paragraph enclose; return how many went unread at the limit."""
    begin, end = bounds
    opened = -1
    opener = inner = ""
    for read, (at, mark) in enumerate(marks):
        if len(found) >= STRING_LIMIT:
            return len(marks) - read
        if opened < 0:
            if _opens(text, begin, end, at, mark, False):
                opened, opener, inner = at, mark, ""
        elif _nests(opener, mark) and _opens(text, begin, end, at, mark, True):
            inner = mark
        elif inner and not _nests(inner, mark):
            inner = ""
        elif not _opens(text, begin, end, at, mark, True) or (opener[0] == "„" and mark[0] == "“"):
            _append(text, found, (opened, at + len(mark)), (len(opener), len(mark)), number)
            opened = -1
    if opened >= 0 and end - opened > 1:
        cut, width = _lost_close(text, opened, end)
        _append(text, found, (opened, cut), (len(opener), width), number, closed=width > 0)
    return 0


def _nests(outer: str, inner: str) -> bool:
    """Return whether one mark is straight and the other not: such marks may stand in each other."""
    return (outer[0] in _STRAIGHT) != (inner[0] in _STRAIGHT)


def _append(
    text: str,
    found: list[Marked],
    outer: tuple[int, int],
    widths: tuple[int, int],
    number: int,
    closed: bool = True,
) -> None:
    inner_start, inner_end = outer[0] + widths[0], outer[1] - widths[1]
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    if inner_end > inner_start:
        found.append(Marked(outer[0], outer[1], inner_start, inner_end, number, True, closed))


def _opens(text: str, begin: int, end: int, at: int, mark: str, inside: bool) -> bool:
    """Return whether the mark opens a string, judged by its shape and its neighbours."""
    before = text[at - 1] if at > begin else " "
    after_at = at + len(mark)
    after = text[after_at] if after_at < end else " "
    if mark[0] in _ALWAYS_OPEN or mark == "``":
        # Typists close with an opening mark now and then: “word“ and then a space.
        wrong_way = inside and mark[0] == "“" and not before.isspace() and not after.isalnum()
        return not (wrong_way and before not in _BEFORE_OPEN)
    if mark[0] in "”»":
        return not inside and before in _BEFORE_OPEN and after.isalnum()
    if before in _BEFORE_OPEN and not after.isspace():
        return True
    return not inside and after.isalnum()


def _lost_close(text: str, opened: int, end: int) -> tuple[int, int]:
    """Return where a string that was never closed ends, and how wide the wrong closing mark is (0:
    none).
    """
    if text[end : end + 3].lstrip("\n")[:1] in tuple("“\"«„`'‘"):
        return end, 0
    reach = min(end, opened + _SINGLE_REACH)
    tag = _LOST_CLOSE.search(text, opened + 1, reach)
    if tag:
        return tag.start("gap"), len(tag["wrong"])
    wrong = None
    for match in _WRONG_CLOSE.finditer(text, opened + 1, reach):
        wrong = match
    if wrong and wrong.end() == end:
        return wrong.end(), 1
    return end, 0


def _pair_singles(
    text: str, paragraphs: list[tuple[int, int]], doubles: list[Marked]
) -> tuple[list[Marked], int]:
    """Return single-quoted strings of two words or more outside double-quoted strings."""
    if (
        "'" not in text
        and "‘" not in text
        and "‹" not in text
        and "‚" not in text
        and "`" not in text
    ):
        return [], 0
    marks = [match.start() for match in islice(_SINGLE.finditer(text), MARK_LIMIT)]
    found: list[Marked] = []
    number = 0
    inside = 0
    index = 0
    while index < len(marks) and len(found) < STRING_LIMIT:
        at = marks[index]
        index += 1
        if text[at] not in _SINGLE_OPENERS or _closes_here(text, at):
            continue
        while inside < len(doubles) and doubles[inside].end <= at:
            inside += 1
        if inside < len(doubles) and doubles[inside].start < at:
            continue
        while paragraphs[number][1] <= at:
            number += 1
        close, next_index = _single_close(
            text, marks, index, min(paragraphs[number][1], at + _SINGLE_REACH)
        )
        if close > 0 and len(_WORD.findall(text[at + 1 : close])) > 1:
            found.append(Marked(at, close + 1, at + 1, close, number, False, True))
            index = next_index
    return found, len(marks) - index


def _closes_here(text: str, at: int) -> bool:
    return (
        text[at] == "'" and at > 0 and text[at - 1] not in _BEFORE_OPEN and text[at - 1] not in '“"'
    )


def _single_close(text: str, marks: list[int], index: int, limit: int) -> tuple[int, int]:
    """Return the closing mark for an opener (-1: none) and the index of the mark after it.

    A mark after a plural s ("workers’ rights") closes only when nothing better follows.
    """
    weak = -1
    weak_index = index
    for offset in range(index, min(index + _SINGLE_TRIES, len(marks))):
        at = marks[offset]
        if at >= limit:
            break
        if text[at] in "‘‚‹" or (text[at] in "'`" and not _closes_here(text, at)):
            continue
        after = text[at + 1] if at + 1 < len(text) else "\n"
        if (
            text[at - 1] in _STRONG_BEFORE_CLOSE
            or after in _AFTER_STRONG_CLOSE
            or text[at - 1] not in "sz"
        ):
            return at, offset + 1
        if weak < 0:
            weak, weak_index = at, offset + 1
    return weak, weak_index


def _outermost(doubles: list[Marked], singles: list[Marked]) -> list[Marked]:
    """Merge both lists in text order, dropping strings that lie inside another."""
    merged = sorted([*doubles, *singles], key=lambda marked: (marked.start, -marked.end))
    kept: list[Marked] = []
    for marked in merged:
        if not kept or marked.start >= kept[-1].end:
            kept.append(marked)
    return kept
