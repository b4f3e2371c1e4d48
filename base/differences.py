"""Two texts, word by word: what only one of them has."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Word by word takes time with the square of the length; beyond this both texts stand whole.
MOST_WORDS = 1_500


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: kept, or there on this side only."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


def word_pieces(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces, each piece marked when the other text does not have it."""
    old, new = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return _whole(before), _whole(after)
    left, right = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(Piece("".join(old[i1:i2]), tag != "equal"))
        right.append(Piece("".join(new[j1:j2]), tag != "equal"))
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)


def _whole(text: str) -> Pieces:
    return (Piece(text, True),) if text else ()
