"""The units that the benchmark counts: double-quoted strings, and trimmed segments of quotations.

Both follow the benchmark's own scorer to the letter, so that the figures can be compared with the
peers'.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPEN, _CLOSE, _STRAIGHT = 1, 2, 3
_MARKS = re.compile(r"''|``|[“”\"]")
_KINDS = {"“": _OPEN, "``": _OPEN, "”": _CLOSE, '"': _STRAIGHT, "''": _STRAIGHT}
_BEFORE_OPEN = frozenset(" ([{—–-\t‘'")
_WORD = re.compile(r"\w+")
_EDGE = frozenset(".,;:!?-–—…()[]'’‘`*\"“”„‟«»")
_BREAK = re.compile(r"\s*\n\s*|(?<=[”\"'])\s+(?=[“\"])")
_ENDED = re.compile(r"[.,!?…—-][”\"']$")


class Range(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


def quoted_strings(text: str, words: int) -> list[Range]:
    """Return the double-quoted strings of at least so many words, marks included, paragraph by
    paragraph.
    """
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        found += _strings_of(text, *paragraph.span())
    return [each for each in found if len(_WORD.findall(text, *each)) >= words]


def _strings_of(text: str, begin: int, end: int) -> list[Range]:
    found: list[Range] = []
    opened = -1
    for mark in _MARKS.finditer(text, begin, end):
        kind = _KINDS[mark.group()]
        if kind == _STRAIGHT:
            before = text[mark.start() - 1] if mark.start() > begin else " "
            after = text[mark.end()] if mark.end() < end else " "
            kind = _OPEN if before in _BEFORE_OPEN and not after.isspace() else _CLOSE
            if opened < 0 and after.isalnum():
                kind = _OPEN
        if kind == _OPEN and opened < 0:
            opened = mark.start()
        elif kind == _CLOSE and opened >= 0:
            found.append(Range(opened, mark.end()))
            opened = -1
    if opened >= 0 and end - opened > 1:
        found.append(Range(opened, end))
    return found


def trim(text: str, start: int, end: int) -> Range:
    """Return the range without white space, marks and punctuation at its edges."""
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    return Range(start, end)


def segments(text: str, start: int, end: int) -> list[Range]:
    """Return a quotation cut at line breaks and between a closing and an opening mark, each part
    trimmed.
    """
    cuts = []
    at = start
    for match in _BREAK.finditer(text[start:end]):
        low, high = start + match.start(), start + match.end()
        inside = "\n" not in match.group()
        if inside and text[low - 1] != "”" and not _ENDED.search(text[max(start, low - 3) : low]):
            continue
        cuts.append(trim(text, at, low))
        at = high
    cuts.append(trim(text, at, end))
    return [cut for cut in cuts if cut.start < cut.end]


def word_starts(text: str) -> list[Range]:
    """Return the words of a text."""
    return [Range(*match.span()) for match in _WORD.finditer(text)]
