"""Step 4: tie every cue of a paragraph to its subject.

Cues are visited one by one, and each looks a bounded number of tokens to the left and right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.extraction.lexicon import SAID
from quotes.extraction.mentions import Found, find_mentions, mention_of
from quotes.extraction.subjects import (
    ARTICLES,
    QUOTED,
    inserted_subject,
    left_subject,
    phrase_before,
    right_subject,
)
from quotes.extraction.tokens import Block

_CUE = re.compile(r"[VWUGa]")


@dataclass(slots=True)
class Scene:
    """The mentions of a block in order, and its cues with the subject and the tie of each."""

    mentions: list[Found]
    cues: list[int]
    subjects: list[tuple[Found | None, str]]


def find_scene(block: Block) -> Scene:
    """Return the mentions of a block in order, tied to their cues."""
    scene = Scene(find_mentions(block), [], [])
    extra = _tie_cues(block, scene)
    _own(block, scene.mentions)
    _sign(block, scene)
    if extra:
        scene.mentions.extend(extra)
        scene.mentions.sort(key=lambda mention: mention.first)
    return scene


def _sign(block: Block, scene: Scene) -> None:
    """Tie the name that signs a string (“...” – Jane Doe) or announces it (Jane Doe: “...”).

    The dash or colon stands for "said": both are read like a cue in that place.
    """
    classes = block.classes
    found: list[tuple[int, Found, str]] = []
    for mention in scene.mentions:
        first, last = mention.first, mention.last
        if first == 1 and classes[0] == "-" and mention.follow in _SIGNED:
            mention.link, mention.cue = "sign", 0
        elif first > 1 and classes[first - 2 : first] == "Q-":
            if mention.kind == "name" and mention.follow in (*_SIGNED, "("):
                found.append((first - 1, mention, "inv"))
        elif mention.follow in ":(" and mention.link in ("-", "obj"):
            colon = last if mention.follow == ":" else classes.find(")", last, last + 8) + 1
            announced = colon and classes[colon : colon + 2] == ":Q"
            heard = mention.prior != "P" or block.words[first - 1] == "from"
            if announced and heard and mention.kind != "possessive":
                found.append((colon, mention, "subj"))
    for at, mention, link in found:
        mention.link, mention.cue = link, at
    if found:
        cues = zip(scene.cues, scene.subjects, strict=True)
        every = [*cues, *((at, (mention, link)) for at, mention, link in found)]
        every.sort(key=lambda cue: cue[0])
        scene.cues[:] = [cue for cue, _ in every]
        scene.subjects[:] = [subject for _, subject in every]


_SIGNED = ("E", ".", ",")
_OWNED = re.compile(r"z[JwKVWU]{1,2}At")


def _own(block: Block, mentions: list[Found]) -> None:
    """Tie the owner of what is said: "Jane Doe’s claim is that ..."."""
    for mention in mentions:
        if mention.follow == "z" and (match := _OWNED.match(block.classes, mention.last)):
            mention.link, mention.cue = "subj", match.end() - 3


def _tie_cues(block: Block, scene: Scene) -> list[Found]:
    """Tie every cue to its subject; return phrases that became mentions only because a cue stands
    beside them.
    """
    mentions = scene.mentions
    by_end = {mention.last: mention for mention in mentions}
    by_start = {mention.first: mention for mention in mentions}
    extra: list[Found] = []
    subject: Found | None = None
    for match in _CUE.finditer(block.classes):
        cue = match.start()
        if match.group() != "a" and _is_no_cue(block, cue):
            continue
        if match.group() == "a":
            source = _tie_according(block, cue, by_start, extra)
            if source is not None:
                scene.cues.append(cue)
                scene.subjects.append((source, "acc"))
            continue
        if subject and subject.sentence != block.sentences[cue]:
            subject = None
        inserted = inserted_subject(block, cue, by_start)
        left: Found | None = None
        link = ""
        right: tuple[Found, str] | None = None
        if inserted is not None:
            right = (inserted, "inv")
        else:
            left, link = left_subject(block, cue, by_end, subject, mentions)
            has_left = left is not None and link in ("subj", "aside")
            right = right_subject(block, cue, by_start, has_left, extra)
        if left is None and right is None:
            left, link = phrase_before(block, cue, extra)
        if left is not None:
            _tie(left, "obj" if right is not None and right[1] == "by" else link, cue)
            subject = left
        if right is not None:
            _tie(*right, cue)
            if right[1] in ("inv", "by"):
                subject = right[0]
                left, link = right[0], "subj" if right[1] == "by" else "inv"
        scene.cues.append(cue)
        scene.subjects.append((left, link))
    return extra


def _is_no_cue(block: Block, cue: int) -> bool:
    """Return whether a word is no cue here: "his comment", "could not offer"."""
    if cue == 0:
        return False
    before = block.classes[cue - 1]
    if block.words[cue] in QUOTED and "G" in block.classes[cue : cue + 10]:
        saying = block.classes.index("G", cue)
        if block.words[saying - 1] == "as":
            return True
    if block.words[cue - 1] in ("not", "never") and block.classes[max(0, cue - 2)] == "A":
        return block.words[cue].lower() not in SAID
    return before in "sz" or (before == "D" and block.words[cue - 1].lower() in ARTICLES)


_STRENGTH = {
    "subj": 6,
    "inv": 6,
    "acc": 6,
    "aside": 5,
    "bare": 4,
    "rel": 4,
    "part": 2,
    "coord": 3,
    "obj": 1,
    "far": 2,
    "pass": 1,
    "by": 6,
}


def _tie(mention: Found, link: str, cue: int) -> None:
    if _STRENGTH[link] > _STRENGTH.get(mention.link, 0):
        mention.link, mention.cue = "subj" if link == "by" else link, cue


def _tie_according(
    block: Block, cue: int, by_start: dict[int, Found], extra: list[Found]
) -> Found | None:
    """Tie the mention after "according to" and return it."""
    classes = block.classes
    if block.words[cue].lower() == "per":
        at = cue + 1
    elif classes[cue + 1 : cue + 2] and classes[cue + 1] in "To":
        at = cue + 2
    else:
        return None
    if at in by_start:
        _tie(by_start[at], "acc", cue)
        return by_start[at]
    end = at
    stop = min(len(classes), at + 6)
    while end < stop and classes[end] in "DwJnszKRrNMy":
        end += 1
    if end > at:
        phrase = mention_of(block, at, end, "phrase")
        _tie(phrase, "acc", cue)
        extra.append(phrase)
        return phrase
    return None
