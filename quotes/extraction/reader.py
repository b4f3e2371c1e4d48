"""Step 5: read a document on demand: blocks, mentions, cues, and each marked string in its place.

Only what lies near a marked string is ever cut and read, and each block once.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from quotes.extraction.cues import Scene, find_scene
from quotes.extraction.lexicon import SAID
from quotes.extraction.marks import Marked
from quotes.extraction.mentions import Found
from quotes.extraction.tokens import Block, block_bounds, cut_block

Governor = tuple[Found | None, str, str]

# Mentions of a block that strings in other blocks may be attributed to.
PER_BLOCK = 5
_WORDS = ("0", "1", "2", "3", "4", "4", "6", "6", "6", "6")
_ENDS = {",": "c", ".": "p", "!": "q", "?": "q", "…": "p", "—": "d", "-": "d", "–": "d", ";": "c"}


@dataclass(slots=True)
class Quoted:
    """A marked string with what is known about its surroundings."""

    marked: Marked
    block: Block
    token: int
    sentence: int
    ordinal: int
    final: str
    after: str
    before: str
    place: str
    capital: str
    length: str
    titled: str
    carried: str
    look: str
    governors: tuple[Governor, ...]


class Reader:
    """Cuts blocks on demand and keeps them with their mentions."""

    def __init__(self, text: str, paragraphs: list[tuple[int, int]], marked: list[Marked]) -> None:
        self.text = text
        self.marked = marked
        self.bounds = block_bounds(text, paragraphs, marked)
        self._strings: dict[int, list[Marked]] = {}
        self._blocks: dict[int, Block] = {}
        self._scenes: dict[int, Scene] = {}
        self._notable: dict[int, list[Found]] = {}
        self.of_string = self._place_strings()

    def _place_strings(self) -> list[int]:
        """Return the block number of every marked string."""
        placed: list[int] = []
        number = 0
        for string in self.marked:
            while self.bounds[number][1] <= string.start:
                number += 1
            placed.append(number)
            self._strings.setdefault(number, []).append(string)
        return placed

    def block(self, number: int) -> Block:
        """Return the block with that number."""
        found = self._blocks.get(number)
        if found is None:
            found = cut_block(self.text, number, self.bounds[number], self._strings.get(number, []))
            self._blocks[number] = found
        return found

    def scene(self, number: int) -> Scene:
        """Return the mentions and cues of a block; each mention has its standing features filled
        in.
        """
        found = self._scenes.get(number)
        if found is None:
            block = self.block(number)
            found = find_scene(block)
            for mention in found.mentions:
                mention.static = _standing(block, mention)
            self._scenes[number] = found
        return found

    def mentions(self, number: int) -> list[Found]:
        """Return the mentions of a block."""
        return self.scene(number).mentions

    def notable(self, number: int) -> list[Found]:
        """Return the mentions of a block that a string in another block may be attributed to."""
        found = self._notable.get(number)
        if found is None:
            every = self.mentions(number)
            found = [m for m in every if m.link not in "-" and m.link != "obj"]
            if len(found) < PER_BLOCK:
                more = [
                    m
                    for m in every
                    if m not in found and m.prior in "^,:CS" and m.kind != "possessive"
                ]
                found = sorted(found + more[: PER_BLOCK - len(found)], key=lambda m: m.first)
            found = found[:2] + found[-(PER_BLOCK - 2) :] if len(found) > PER_BLOCK else found
            self._notable[number] = found
        return found


def _standing(block: Block, mention: Found) -> tuple[str, ...]:
    """Return kind, number, link and cue class: what does not depend on the string."""
    kind = mention.kind
    if kind == "pronoun":
        group = _PRONOUN_GROUP.get(mention.head, "he")
    elif kind in ("role", "phrase"):
        group = kind + ("s" if mention.head.endswith(("s", "men", "people", "women")) else "")
    else:
        group = kind + "r" if kind == "name" and block.classes[mention.first] in "RDJM" else kind
    if mention.cue < 0:
        return group, "-", "-", mention.prior
    word = block.words[mention.cue].lower()
    letter = block.classes[mention.cue]
    cue_class = "said" if word in SAID or letter in ":-" else letter
    return group, mention.link, cue_class, mention.prior


_PRONOUN_GROUP = {
    "he": "he",
    "she": "he",
    "i": "i",
    "we": "i",
    "you": "i",
    "they": "they",
    "it": "it",
}
_PRONOUN_GROUP |= {"who": "who", "which": "who"}


def describe_string(reader: Reader, ordinal: int) -> Quoted:
    """Return a marked string with its surroundings."""
    text, marked = reader.text, reader.marked[ordinal]
    block = reader.block(reader.of_string[ordinal])
    token = block.mark_tokens[block.marked.index(marked)]
    classes = block.classes
    inner = text[marked.inner_start : min(marked.inner_end, marked.inner_start + 400)]
    some = inner.split(None, 10)[:10]
    capitals = sum(word[0].isupper() for word in some)
    after = classes[token + 1] if token + 1 < len(classes) else "E"
    before = classes[token - 1] if token else "B"
    if before == "," and token > 1 and classes[token - 2] in "VG":
        before = "V,"
    place = (
        "alone"
        if len(classes) == 1
        else "first"
        if token == 0
        else "last"
        if after == "E"
        else "mid"
    )
    carried = "-"
    if ordinal and token == 0:
        previous = reader.marked[ordinal - 1]
        if not previous.closed and previous.paragraph == marked.paragraph - 1:
            carried = "open"
    governors = _governors(reader.scene(block.number), block, token)
    final = _ENDS.get(text[marked.inner_end - 1], "x")
    spoken = inner[0].isupper() and final in "pqcd" and len(some) > 3
    look = ("speech" if spoken else "words") + ("-tied" if governors else "-free")
    return Quoted(
        marked, block, token, block.sentences[token], ordinal,
        final,
        _AFTER.get(after, after if after in ",.EQ:Vh-" else "w"),
        _BEFORE.get(before, before if before in "BQ:,tVG-" or before == "V," else "w"),
        place,
        "C" if inner[0].isupper() else "d" if inner[0].islower() else "o",
        _WORDS[len(some)] if len(some) < 10 else "10",
        _title(some, capitals),
        carried,
        look,
        governors,
    )  # fmt: skip


def _frame(block: Block, cue: int, rank: str, letter: str) -> str:
    """Return whether a cue has "that" after it and a helper ("to", "would", "not") before it."""
    classes = block.classes
    that = (
        "that"
        if "t" in classes[cue + 1 : cue + 3]
        else "to"
        if classes[cue + 1 : cue + 2] == "T"
        else "-"
    )
    before = classes[cue - 1] if cue else "^"
    helper = (
        "T"
        if before == "T"
        else "A"
        if before == "A" or (before == "y" and "A" in classes[max(0, cue - 2) : cue])
        else "-"
    )
    return f"{rank}.{letter}.{that}.{helper}"


def _governors(scene: Scene, block: Block, token: int) -> tuple[Governor, ...]:
    """Return the subjects of the cues around a string in its sentence, each with two labels.

    The nearest two cues before it and the nearest two after it. One label says which, how it is
    tied to its subject, how far away it is and what stands between; the other one how the cue is
    framed.
    """
    cues = scene.cues
    at = bisect_left(cues, token)
    sentence = block.sentences[token]
    found: list[Governor] = []
    for index, rank in ((at - 1, "L1"), (at - 2, "L2"), (at, "R1"), (at + 1, "R2")):
        if not 0 <= index < len(cues) or block.sentences[cues[index]] != sentence:
            continue
        cue = cues[index]
        subject, link = scene.subjects[index]
        low, high = (cue, token) if cue < token else (token + 1, cue)
        crossed = "Q" if "Q" in block.classes[low:high] else "-"
        steps = token - cue - 1 if cue < token else cue - token - 1
        letter = block.classes[cue]
        if letter in ":-" or block.words[cue].lower() in SAID:
            letter = "said"
        reach = "0" if steps < 2 else "4" if steps < 5 else "9"
        found.append(
            (subject, f"{rank}.{link}.{letter}.{crossed}.{reach}", _frame(block, cue, rank, letter))
        )
    return tuple(found)


def _title(some: list[str], capitals: int) -> str:
    """Return whether the words are set like a title: "T" nearly all with a capital, or all but the
    small ones ("State of the Union"), "s" if not.
    """
    if len(some) < 2 or not capitals:
        return "s"
    if capitals >= 0.7 * len(some):
        return "T"
    small = all(word[0].isupper() or word.lower() in _SMALL for word in some)
    return "T" if small and capitals > 1 else "s"


_SMALL = frozenset("a an the of in on at to for by with from and or but as is vs v. de".split())
_AFTER = {"W": "V", "G": "V", "N": "N", "M": "N", "P": "P", "o": "P", "?": ".", "!": ".", ";": "."}
_BEFORE = {
    "D": "D",
    "s": "D",
    "W": "V",
    ".": "Q",
    "!": "Q",
    "P": "P",
    "o": "P",
    "N": "N",
    "K": "K",
    "C": "C",
}
