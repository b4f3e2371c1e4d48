"""Step 3: find who a paragraph mentions and how each mention is tied to a cue.

Mentions are read off the class letters of a block with one regular expression whose repeats are all bounded; cues
are then visited one by one, and each looks a bounded number of tokens to the left and right for its subject.
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
    r"|(?P<pronoun>h)|(?P<possessive>s)"
)
_CUE = re.compile(r"[VWGa]")
# How far a cue looks for its subject.
_ASIDE = 30
_CHAIN = 6


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
    static: tuple[str, ...] = ()


def find_mentions(block: Block) -> list[Found]:
    """Return the mentions of a block in order, tied to their cues."""
    mentions = [_mention(block, match) for match in _MENTION.finditer(block.classes)]
    _label(block, mentions)
    extra = _tie_cues(block, mentions)
    if extra:
        mentions.extend(extra)
        mentions.sort(key=lambda mention: mention.first)
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
    return _found(block, first, end, kind, named_from)


def _found(block: Block, first: int, end: int, kind: MentionKind, named_from: int = -1) -> Found:
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
    )


_PRIOR = {"P": "P", "o": "P", "T": "P", "^": "^", ".": "^", ",": ",", "Q": "Q", "C": "C", "S": "S", "t": "t"}
_PRIOR |= {letter: "V" for letter in "VWG"} | {":": ":", "(": "(", "!": "^"}


def _label(block: Block, mentions: list[Found]) -> None:
    """Mark a name that leads the paragraph before a colon as a transcript label."""
    if mentions and mentions[0].first == 0 and mentions[0].kind == "name":
        mention = mentions[0]
        colon = block.classes.find(":", mention.last, mention.last + 8)
        if colon == mention.last or (colon > 0 and block.classes[mention.last] == "("):
            mention.kind = "label"


def _tie_cues(block: Block, mentions: list[Found]) -> list[Found]:
    """Tie every cue to its subject; return phrases that became mentions only because a cue stands beside them."""
    by_end = {mention.last: mention for mention in mentions}
    by_start = {mention.first: mention for mention in mentions}
    extra: list[Found] = []
    subject: Found | None = None
    for match in _CUE.finditer(block.classes):
        cue = match.start()
        if match.group() == "a":
            _tie_according(block, cue, by_start, extra)
            continue
        if subject and subject.sentence != block.sentences[cue]:
            subject = None
        left, link = _left_subject(block, cue, by_end, subject, mentions)
        right = _right_subject(block, cue, by_start, left is not None and link in ("subj", "aside"), extra)
        if left is None and right is None:
            left, link = _phrase_before(block, cue, extra)
        if left is not None:
            _tie(left, link, cue)
            subject = left
        if right is not None:
            _tie(*right, cue)
            if right[1] == "inv":
                subject = right[0]
    return extra


_STRENGTH = {"subj": 6, "inv": 6, "acc": 6, "aside": 5, "bare": 4, "rel": 4, "part": 2, "coord": 3, "obj": 1, "by": 3}


def _tie(mention: Found, link: str, cue: int) -> None:
    if _STRENGTH[link] > _STRENGTH.get(mention.link, 0):
        mention.link, mention.cue = link, cue


def _left_subject(
    block: Block, cue: int, by_end: dict[int, Found], subject: Found | None, mentions: list[Found]
) -> tuple[Found | None, str]:
    """Return the mention left of a cue that is its subject, and how it is tied."""
    classes = block.classes
    at = cue
    stop = max(0, cue - _CHAIN)
    while at > stop and classes[at - 1] in "AyTVWn":
        at -= 1
    if at in by_end:
        return by_end[at], "subj"
    if at == 0:
        return None, ""
    letter = classes[at - 1]
    if letter in ",)-":
        found = _before_aside(block, at - 1, by_end)
        if found is not None and classes[cue] != "G":
            return found, "aside"
    if letter == "q":
        for end in (at - 1, at - 2):
            if end in by_end:
                return by_end[end], "rel"
    if letter == "C" and subject is not None:
        return subject, "coord"
    if classes[cue] == "G" or letter == "C":
        if subject is not None:
            return subject, "part"
        sentence = block.sentences[cue]
        for mention in mentions:
            if mention.sentence == sentence and mention.first < cue and mention.prior != "P":
                return mention, "part"
            if mention.first >= cue:
                break
    return None, ""


def _before_aside(block: Block, at: int, by_end: dict[int, Found]) -> Found | None:
    """Return the mention before an aside (", a doctor," or "(D-Vt.)") that ends at token ``at``."""
    classes = block.classes
    opening = "(" if classes[at] == ")" else "," if classes[at] == "," else "-"
    stop = max(0, at - _ASIDE)
    index = at - 1
    while index > stop:
        letter = classes[index]
        if letter in "Q.":
            return None
        if letter == opening:
            mention = by_end.get(index)
            if mention is not None and mention.prior != "P" and mention.kind != "possessive":
                return mention
            if opening != ",":
                return None
        index -= 1
    return None


def _right_subject(
    block: Block, cue: int, by_start: dict[int, Found], has_left: bool, extra: list[Found]
) -> tuple[Found, str] | None:
    classes = block.classes
    if classes[cue] == "G" or cue + 1 >= len(classes):
        return None
    after_string = cue and (classes[cue - 1] == "Q" or (classes[cue - 1] in ",-" and cue > 1 and classes[cue - 2] == "Q"))
    mention = by_start.get(cue + 1)
    if mention is not None and mention.kind != "possessive":
        return mention, "inv" if after_string and not has_left else "obj"
    if after_string and not has_left and classes[cue + 1] in "DwJNn":
        end = cue + 2 if classes[cue + 1] == "D" else cue + 1
        stop = min(len(classes), end + 3)
        while end < stop and classes[end] in "wJNn":
            end += 1
        if end > cue + 1:
            phrase = _found(block, cue + 1, end, "phrase")
            extra.append(phrase)
            return phrase, "inv"
    return None


def _tie_according(block: Block, cue: int, by_start: dict[int, Found], extra: list[Found]) -> None:
    """Tie the mention after "according to"."""
    classes = block.classes
    if classes[cue + 1 : cue + 2] != "T":
        return
    at = cue + 2
    if at in by_start:
        _tie(by_start[at], "acc", cue)
        return
    end = at
    stop = min(len(classes), at + 6)
    while end < stop and classes[end] in "DwJnszKRrNMy":
        end += 1
    if end > at:
        phrase = _found(block, at, end, "phrase")
        _tie(phrase, "acc", cue)
        extra.append(phrase)


def _phrase_before(block: Block, cue: int, extra: list[Found]) -> tuple[Found | None, str]:
    """Return the bare words before a cue as its subject, if they can be one."""
    classes = block.classes
    end = cue
    stop = max(0, cue - 4)
    while end > stop and classes[end - 1] in "Ay":
        end -= 1
    first = end
    stop = max(0, end - 5)
    while first > stop and classes[first - 1] in "wJnNz":
        first -= 1
    if first > 0 and classes[first - 1] in "Ds":
        first -= 1
    elif end - first > 1:
        first = end - 1
    if end > first and classes[end - 1] in "wD":
        phrase = _found(block, first, end, "phrase")
        extra.append(phrase)
        return phrase, "bare"
    return None, ""
