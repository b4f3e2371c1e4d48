"""Step 3: find who a paragraph mentions.

Mentions are read off the class letters of a block with one regular expression whose repeats are
all bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.extraction.records import MentionKind
from quotes.extraction.tokens import Block

_NAME = r"[NM](?:[NMi&]|[op]{1,2}(?=[NM])){0,8}"
_PREMODIFIERS = r"(?:[Ds](?:[wJNMzRrKny]|-(?=[wJNRK])){0,5}?|J{0,3})"
_MENTION = re.compile(
    rf"(?P<role>{_PREMODIFIERS}[RrK](?![RrKz]|N[RrK]))(?P<named>{_NAME})?"
    rf"|(?P<owner>{_PREMODIFIERS}[RrK](?=z))"
    rf"|(?P<name>D?{_NAME})"
    r"|(?P<pronoun>h|q)|(?P<possessive>s)"
)


@dataclass(slots=True)
class Found:
    """A mention inside a block: token range, kind and the cue it is tied to (-1: none)."""

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    head: str
    block: int
    sentence: int
    named_from: int = -1
    link: str = "-"
    cue: int = -1
    prior: str = "-"
    follow: str = "-"
    static: tuple[str, ...] = ()


def find_mentions(block: Block) -> list[Found]:
    """Return the mentions of a block in order, not yet tied to cues."""
    mentions = [
        _mention(block, match)
        for match in _MENTION.finditer(block.classes, _dateline(block))
        if match.group() != "q" or block.words[match.start()] in _RELATIVE
    ]
    _label(block, mentions)
    return mentions


def _mention(block: Block, match: re.Match[str]) -> Found:
    first, end = match.span()
    classes = block.classes
    while classes[end - 1] in "i&" and end - 1 > first:
        end -= 1
    kind: MentionKind
    named_from = -1
    if match["named"]:
        kind, named_from = "name", match.start("named")
    elif match["role"] or match["owner"]:
        kind = "organisation" if classes[end - 1] == "K" else "role"
    elif match["name"]:
        kind, named_from = "name", first + (classes[first] == "D")
        if all(letter in "Mi" for letter in classes[named_from:end]):
            kind, named_from = "role", -1
    else:
        kind = "pronoun" if match["pronoun"] else "possessive"
    return mention_of(block, first, end, kind, named_from)


def mention_of(
    block: Block, first: int, end: int, kind: MentionKind, named_from: int = -1
) -> Found:
    before = block.classes[first - 1] if first else "^"
    if before == "D" and first > 1:
        before = block.classes[first - 2]
    return Found(
        first,
        end,
        block.starts[first],
        block.ends[end - 1],
        kind,
        block.words[end - 1].lower(),
        block.number,
        block.sentences[first],
        named_from,
        prior=_PRIOR.get(before, "x"),
        follow=_follow(block, end),
    )


def _follow(block: Block, end: int) -> str:
    """Return what comes right after a mention, as far as it tells a subject from other parts."""
    if end >= len(block.classes):
        return "E"
    letter = block.classes[end]
    if letter == "y" and end + 1 < len(block.classes):
        end += 1
        letter = block.classes[end]
    if letter == "w":
        word = block.words[end]
        return "ed" if word.endswith("ed") else "s" if word.endswith("s") else "w"
    return _FOLLOW.get(letter, letter)


_FOLLOW = {
    "N": "n",
    "R": "n",
    "r": "n",
    "K": "n",
    "J": "n",
    "D": "D",
    "?": ".",
    "!": ".",
    "o": "P",
    "S": "C",
}
_RELATIVE = frozenset(("who", "which"))
_PRIOR = {
    "P": "P",
    "o": "P",
    "T": "P",
    "^": "^",
    ".": "^",
    ",": ",",
    "Q": "Q",
    "C": "C",
    "S": "S",
    "t": "t",
}
_PRIOR |= dict.fromkeys("VWUG", "V") | {":": ":", "(": "(", "!": "^"}


def _dateline(block: Block) -> int:
    """Return the token after a dateline ("LONDON, June 1 (Wire) —"), or 0."""
    if block.words and block.words[0].isupper() and len(block.words[0]) > 2:
        dash = block.classes.find("-", 1, 14)
        if dash > 0 and not set(block.classes[:dash]) - set("NMYnKRJ,(.)i"):
            return dash + 1
    return 0


def _label(block: Block, mentions: list[Found]) -> None:
    """Mark a name that leads the paragraph before a colon as a transcript label."""
    if mentions and mentions[0].first == 0 and mentions[0].kind == "name":
        mention = mentions[0]
        colon = block.classes.find(":", mention.last, mention.last + 8)
        if colon == mention.last or (colon > 0 and block.classes[mention.last] == "("):
            mention.kind = "label"
