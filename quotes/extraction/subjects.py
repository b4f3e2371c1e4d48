"""Step 4: find the subject of a cue, left or right of it.

Every search is bounded, so that a cue costs the same in any text.
"""

from __future__ import annotations

from bisect import bisect_left

from quotes.extraction.mentions import Found, mention_of
from quotes.extraction.tokens import Block

# How far a cue looks for its subject: over an aside, over helpers.
_ASIDE = 30
_CHAIN = 6
ARTICLES = frozenset("the a an this these each any another no every".split())


def left_subject(
    block: Block, cue: int, by_end: dict[int, Found], subject: Found | None, mentions: list[Found]
) -> tuple[Found | None, str]:
    """Return the mention left of a cue that is its subject, and how it is tied."""
    classes = block.classes
    at = cue
    stop = max(0, cue - _CHAIN)
    while at > stop and classes[at - 1] in "AyTVWUnY":
        at -= 1
        if classes[at] == "Y" and classes[at - 1 : at] == "P":
            at -= 1
    if at in by_end:
        link = "rel" if classes[at - 1] == "q" else "pass" if _is_passive(block, cue) else "subj"
        return _modified(block, by_end[at], by_end), link
    if at == 0:
        return None, ""
    if classes[cue] == "G" and block.words[cue - 1] == "as":
        quoted = _quoted(block, cue, by_end)
        if quoted is not None:
            return quoted, "subj"
    letter = classes[at - 1]
    if letter in ",)-":
        closing = at - 2 if classes[max(0, at - 2) : at] == ")," else at - 1
        found = _before_aside(block, closing, by_end)
        if found is not None and classes[cue] != "G":
            return found, "aside"
    if letter == "C" and subject is not None:
        return subject, "coord"
    if classes[cue] == "G" or letter == "C":
        if subject is not None:
            return subject, "part"
        found = _clause_subject(block, cue, mentions)
        if found is not None:
            return found, "part"
    return _before_phrase(block, at, by_end)


def _quoted(block: Block, cue: int, by_end: dict[int, Found]) -> Found | None:
    """Return who is "quoted as saying": "the paper quoted Doe as", "Doe was quoted by the paper
    as".
    """
    for at in range(cue - 2, max(0, cue - 14), -1):
        if block.words[at] in QUOTED:
            if not _is_passive(block, at):
                return by_end.get(cue - 1)
            while at > 0 and block.classes[at - 1] in "Ay":
                at -= 1
            return by_end.get(at)
    return None


QUOTED = frozenset("quoted quotes cited cites reported recorded remembered".split())


def _clause_subject(block: Block, cue: int, mentions: list[Found]) -> Found | None:
    """Return the mention most like a subject before a cue in its sentence: the nearest before a
    verb, or the first.
    """
    sentence = block.sentences[cue]
    last = bisect_left(mentions, cue, key=lambda mention: mention.first)
    first = None
    for mention in reversed(mentions[max(0, last - 12) : last]):
        if mention.sentence != sentence:
            break
        if mention.prior != "P":
            if mention.follow in ("ed", "A", "s", "V", "W", "U") and mention.kind != "possessive":
                return mention
            first = mention
    return first


_BE = frozenset("is are was were be been being".split())


def _is_passive(block: Block, cue: int) -> bool:
    """Return whether the cue is a passive: "was told", "has been accused"."""
    at = cue - 1
    if at > 0 and block.classes[at] == "y":
        at -= 1
    return at >= 0 and block.words[at].lower() in _BE and block.classes[cue] != "G"


def _modified(block: Block, mention: Found, by_end: dict[int, Found]) -> Found:
    """Return what a mention inside a prepositional phrase belongs to: "a spokesman for the
    ministry".
    """
    classes = block.classes
    for _ in range(3):
        at = mention.first
        if mention.prior != "P":
            break
        while at > 0 and classes[at - 1] in "DJwn" and at > mention.first - 3:
            at -= 1
        if at == 0 or classes[at - 1] not in "Po" or at - 1 not in by_end:
            break
        mention = by_end[at - 1]
    return mention


def _before_phrase(block: Block, at: int, by_end: dict[int, Found]) -> tuple[Found | None, str]:
    """Return a subject that a phrase parts from its cue: "a staffer in the room wondered", "an aide
    who ... said".
    """
    classes = block.classes
    for who in range(at - 1, max(0, at - 14), -1):
        if classes[who] in "Q.,":
            break
        if classes[who] == "q" and who in by_end:
            return by_end[who], "far"
    stop = max(0, at - 10)
    while at > stop and classes[at - 1] in "wDJNnsPozMKRrY-":
        at -= 1
        if classes[at] == "P" and at in by_end and by_end[at].prior in "^Q,CSt":
            return by_end[at], "far"
    return None, ""


def _before_aside(block: Block, at: int, by_end: dict[int, Found]) -> Found | None:
    """Return the mention before an aside (", a doctor," or "(D-Vt.)") that ends at token ``at``."""
    classes = block.classes
    opening = "(" if classes[at] == ")" else "," if classes[at] == "," else "-"
    filling = by_end.get(at)
    if filling is not None and filling.kind == "name" and filling.prior == ",":
        described = by_end.get(filling.first - 1)
        if described is not None and described.kind == "role":
            return filling
    stop = max(0, at - _ASIDE)
    crossed = False
    index = at - 1
    while index > stop:
        letter = classes[index]
        if letter == "." or (letter == "Q" and index == at - 1):
            return None
        crossed = crossed or letter == "Q"
        if letter == opening:
            mention = by_end.get(index)
            if mention is None and classes[index - 1] == ")":
                mention = by_end.get(classes.rfind("(", max(0, index - 8), index))
            if mention is not None and mention.prior == "P":
                mention = _modified(block, mention, by_end)
            if mention is not None and mention.prior != "P" and mention.kind != "possessive":
                if mention.prior == "," and mention.kind in ("role", "organisation", "phrase"):
                    mention = by_end.get(mention.first - 1, mention)
                return mention if not crossed or mention.prior == "^" else None
            if opening != ",":
                return None
        index -= 1
    return None


def right_subject(
    block: Block, cue: int, by_start: dict[int, Found], has_left: bool, extra: list[Found]
) -> tuple[Found, str] | None:
    classes = block.classes
    if classes[cue] == "G" or cue + 1 >= len(classes):
        return None
    after_string = cue and (
        classes[cue - 1] == "Q"
        or (classes[cue - 1] in ",-" and cue > 1 and classes[cue - 2] == "Q")
    )
    mention = by_start.get(cue + 1)
    if (
        classes[cue + 1] == "P"
        and block.words[cue + 1] == "by"
        and cue + 2 in by_start
        and _is_passive(block, cue)
    ):
        return by_start[cue + 2], "by"
    if mention is not None and mention.kind != "possessive":
        if after_string and not has_left:
            return _longest(block, mention, by_start), "inv"
        return mention, "obj"
    if after_string and not has_left and classes[cue + 1] in "DwJNn":
        end = cue + 2 if classes[cue + 1] == "D" else cue + 1
        stop = min(len(classes), end + 4)
        while end < stop and classes[end] in "wJNnKRz-":
            if end in by_start:
                return by_start[end], "inv"
            end += 1
        if end in by_start and by_start[end].kind != "pronoun":
            return _longest(block, by_start[end], by_start), "inv"
        if end > cue + 1:
            phrase = mention_of(block, cue + 1, end, "phrase")
            extra.append(phrase)
            return phrase, "inv"
    return None


def inserted_subject(block: Block, cue: int, by_start: dict[int, Found]) -> Found | None:
    """Return the subject after a cue that stands between commas or opens a sentence: "the plan,
    says Doe, is".
    """
    before = block.classes[cue - 1] if cue else "."
    mention = by_start.get(cue + 1)
    if mention is None or mention.kind == "possessive" or before not in ".,-!":
        return None
    if block.words[cue].lower() not in _PLAIN:
        return None
    subject = _longest(block, mention, by_start)
    return subject if block.classes[subject.last : subject.last + 1] in _PAUSE else None


# Cues that take no person as object.
_PLAIN = frozenset(
    "said says added adds explained explains noted notes argued argues wrote writes insisted "
    "insists replied replies".split()
)
_PAUSE = frozenset(",:Q.")


def _longest(block: Block, mention: Found, by_start: dict[int, Found]) -> Found:
    """Return the name that a role or body before it belongs to: "trust director Jane Doe"."""
    following = by_start.get(mention.last)
    if (
        mention.kind in ("organisation", "role", "phrase")
        and following
        and following.kind in ("name", "role")
    ):
        return following
    return mention


def phrase_before(block: Block, cue: int, extra: list[Found]) -> tuple[Found | None, str]:
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
    if end - first == 1 and block.words[first].lower() in ARTICLES:
        return None, ""
    if end > first and classes[end - 1] in "wD":
        phrase = mention_of(block, first, end, "phrase")
        extra.append(phrase)
        return phrase, "subj" if classes[first] == "D" and phrase.prior in "^Q,:CSt" else "bare"
    return None, ""
