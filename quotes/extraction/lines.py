"""Step 0: read hard-wrapped text as paragraphs, every character in its place.

Text out of mail, PDF or a typewriter breaks its lines at 70 or 80 columns. The engine then reads a
copy of the same length in which such a line break is a space, and a hyphen with its line break two
soft hyphens, so that offsets into the copy are offsets into the text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from quotes.extraction.turns import LABEL

# A line end that only a wrapped text has: a word or a comma before it, a small letter after it.
_FLOWING = re.compile(r"[^\W\d_A-Z][,-]?\n {0,8}[a-z]")
# Fewer flowing line ends say nothing; of all breaks between two lines this share must flow.
_LEAST, _SHARE = 3, 0.3
# No line of a wrapped text is longer.
_WIDEST = 110
_NEW_PARAGRAPH = re.compile(rf"{LABEL}|[-*•–—] |\d{{1,3}}[.)] ")
# A line this much shorter than the widest ends its paragraph.
_SHORT = 0.6
_STOPS = tuple(".!?:”\"')…")
SOFT_HYPHEN = "\u00ad"


def unwrap(text: str) -> str:
    """Return the text with the line breaks of a hard wrap read as spaces, all in its place.

    A text that is not hard-wrapped is returned as it is.
    """
    flowing = len(_FLOWING.findall(text))
    if flowing < _LEAST:
        return text
    lines = text.split("\n")
    widths = [len(line) for line in lines]
    joints = sum(bool(a and b) for a, b in pairwise(widths))
    if max(widths) > _WIDEST or flowing < _SHARE * joints:
        return text
    widest = sorted(width for width in widths if width)[-max(1, len(lines) // 20)]
    pieces: list[str] = []
    for at, line in enumerate(lines[:-1]):
        following = lines[at + 1]
        heading = at == 0 or not lines[at - 1].strip()
        if _ends_here(line, following, widest, heading):
            pieces += [line, "\n"]
        elif line.endswith("-") and line[-2:-1].isalpha() and following[:1].islower():
            pieces += [line[:-1], SOFT_HYPHEN * 2]
        else:
            pieces += [line, " "]
    return "".join([*pieces, lines[-1]])


def _ends_here(line: str, following: str, widest: int, first: bool) -> bool:
    """Return whether a paragraph ends with this line; ``first``: it began with it."""
    bare = following.lstrip()
    if not line.strip() or not bare:
        return True
    indented = len(following) - len(bare)
    deeper = indented > 1 and indented > len(line) - len(line.lstrip())
    stops = first or line.rstrip().endswith(_STOPS)
    short = stops and len(line) < _SHORT * widest and not bare[0].islower()
    return deeper or short or _NEW_PARAGRAPH.match(bare) is not None


def printed(text: str) -> str:
    """Return words on one line, what a line end parted joined again."""
    joined = re.sub(rf"(?<=\w)(?:-\n[ \t]{{0,40}}|{SOFT_HYPHEN}{{1,2}})(?=[a-z])", "", text)
    return " ".join(joined.split())
