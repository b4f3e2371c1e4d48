"""Step 4: describe every candidate speaker of a marked string in features.

A feature is a short tuple of strings; the ranker looks its weight up. The same functions serve training and use.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from quotes.extraction.lexicon import SAID
from quotes.extraction.marks import Marked
from quotes.extraction.mentions import Found, Scene, find_mentions
from quotes.extraction.tokens import Block, block_bounds, cut_block

Feature = tuple[str, ...]
Governor = tuple[Found | None, str, str]

# Candidates looked at per string: in its own block, and in each of the blocks before and after.
BEFORE, AFTER, PER_BLOCK, BLOCKS_BACK = 12, 7, 5, 4
_GAPS = ("0", "1", "2", "3", "3", "5", "5", "5", "5")
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
        """Return the mentions and cues of a block; each mention has its standing features filled in."""
        found = self._scenes.get(number)
        if found is None:
            block = self.block(number)
            found = find_mentions(block)
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
    cue_class = "said" if word in SAID else letter
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


class Memory:
    """What was decided for the strings before: the last speaker, where, and how often heads were chosen."""

    def __init__(self) -> None:
        self.speaker: Found | None = None
        self.block = -9
        self.decided = False
        self.heads: dict[str, int] = {}
        self.recent: dict[int, Found] = {}

    def relation(self, mention: Found) -> str:
        """Return how a mention relates to the speaker of the string before."""
        last = self.speaker
        if last is None:
            return "none"
        if last is mention:
            return "same"
        if last.head == mention.head and last.kind == mention.kind:
            return "head"
        return "other"

    def last_of(self, mention: Found) -> str:
        """Return whether the mention was the last speaker in its own block."""
        last = self.recent.get(mention.block)
        return "none" if last is None else "same" if last is mention else "other"

    def count(self, mention: Found) -> str:
        """Return how often this name was chosen so far."""
        if mention.kind != "name":
            return "x"
        times = self.heads.get(mention.head, 0)
        return str(times) if times < 3 else "3"

    def standing(self, string: Quoted) -> str:
        """Return whether and how near the last string with a speaker was."""
        if self.block < 0:
            return "none"
        distance = string.block.number - self.block
        return f"{min(distance, 3)}{'s' if self.speaker else 'n'}"

    def remember(self, string: Quoted, speaker: Found | None) -> None:
        """Record the decision for one string."""
        self.block = string.block.number
        self.speaker = speaker
        if speaker is not None:
            self.recent[speaker.block] = speaker
            self.recent[string.block.number] = speaker
            if speaker.kind == "name":
                self.heads[speaker.head] = self.heads.get(speaker.head, 0) + 1


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
        "T" if len(some) > 1 and capitals >= 0.7 * len(some) else "s",
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

    The nearest two cues before it and the nearest two after it. One label says which, how it is tied to its
    subject, how far away it is and what stands between; the other one how the cue is framed.
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
        letter = "said" if block.words[cue].lower() in SAID else block.classes[cue]
        reach = "0" if steps < 2 else "4" if steps < 5 else "9"
        found.append(
            (subject, f"{rank}.{link}.{letter}.{crossed}.{reach}", _frame(block, cue, rank, letter))
        )
    return tuple(found)


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


LINKED = frozenset(("subj", "inv", "aside", "acc", "rel", "coord", "sign", "far", "bare"))


def ranks(string: Quoted, chosen: list[Found]) -> list[str]:
    """Return for every candidate how many subjects of cues stand between it and the string ("2": two or more)."""
    number, token = string.block.number, string.token
    result = ["-"] * len(chosen)
    between = 0
    for index in range(len(chosen) - 1, -1, -1):
        mention = chosen[index]
        if mention.block == number and mention.first < token:
            result[index] = "012"[min(between, 2)]
            between += mention.link in LINKED
    between = 0
    for index, mention in enumerate(chosen):
        if mention.block == number and mention.first > token:
            result[index] = "012"[min(between, 2)]
            between += mention.link in LINKED
    return result


def candidates_for(reader: Reader, string: Quoted) -> list[Found]:
    """Return the mentions that may be the speaker of a string, those of its own block first."""
    number, token = string.block.number, string.token
    own = reader.mentions(number)
    low, high = 0, len(own)
    while low < high:
        middle = (low + high) // 2
        if own[middle].first < token:
            low = middle + 1
        else:
            high = middle
    chosen = own[max(0, low - BEFORE) : low + AFTER]
    for back in range(1, BLOCKS_BACK + 1):
        if number - back >= 0:
            chosen = chosen + reader.notable(number - back)
    if string.place == "alone" and number + 1 < len(reader.bounds):
        following = reader.notable(number + 1)[:2]
        chosen = chosen + [mention for mention in following if mention.sentence == 0]
    return chosen


def candidate_features(string: Quoted, mention: Found, rank: str, memory: Memory) -> list[Feature]:
    """Return the features of one candidate speaker of one string."""
    group, link, cue_class, prior = mention.static
    token = string.token
    distance = string.block.number - mention.block
    previous = memory.relation(mention)
    if distance:
        where = "N" if distance < 0 else f"P{distance}"
        return [
            ("where", where),
            ("far-link", link, where),
            ("far-group", group),
            ("far-place", where, string.place),
            ("far-previous", previous),
            ("far-look", where, string.look),
            ("far-look-previous", previous, string.look),
            ("far-look-link", link, string.look),
            ("far", where, link, group, string.place),
            ("far2", where, link, cue_class, string.place),
            ("prev", where, previous, string.place, string.carried),
            ("from", where, string.before, string.after, string.capital),
            ("farprior", where, prior, group),
            ("farfollow", where, mention.follow, link),
            ("farlast", where, memory.last_of(mention), link),
            ("count", memory.count(mention), previous),
        ]
    before = mention.first < token
    gap_sentences = string.sentence - mention.sentence
    if gap_sentences == 0:
        where = "SB" if before else "SA"
    elif before:
        where = "B1" if gap_sentences == 1 else "B2"
    else:
        where = "A1" if gap_sentences == -1 else "A2"
    classes = string.block.classes
    if before:
        strings_between = classes.count("Q", mention.last, token)
    else:
        strings_between = classes.count("Q", token + 1, mention.first)
    between = "0" if not strings_between else "1" if strings_between == 1 else "2"
    cue = mention.cue
    reach = "-"
    cue_side = "-"
    if cue >= 0:
        cue_side = "b" if cue < token else "a"
        steps = token - cue - 1 if cue < token else cue - token - 1
        reach = _GAPS[steps] if steps < 9 else "9"
    steps = token - mention.last if before else mention.first - token - 1
    near = _GAPS[steps] if 0 <= steps < 9 else "9"
    features: list[Feature] = []
    for subject, label, frame in string.governors:
        if subject is mention:
            features += [("governs", label), ("frames", frame)]
    return features + [
        ("where", where),
        ("link", link),
        ("group", group),
        ("where-link", where, link),
        ("where-group", where, group),
        ("near1", near),
        ("follow", where, mention.follow, group),
        ("rank", where, rank, link, string.after),
        ("rankprior", where, rank, prior, string.before),
        ("followed", where, near, mention.follow),
        ("own", where, link, group),
        ("own-look", where, link, string.look),
        ("cue", where, link, cue_class, reach, cue_side),
        ("ends", where, link, string.final, string.after),
        ("begins", where, link, string.before, string.capital),
        ("between", where, between, link),
        ("near", where, near, link),
        ("nearends", where, near, string.final, string.place),
        ("prior", where, prior, group),
        ("prevown", where, previous, link, between),
        ("length", where, link, string.length),
        ("count", memory.count(mention), previous),
        ("adjacent", where, string.before, string.after, reach, cue_side),
    ]


def nobody_features(string: Quoted, memory: Memory, chosen: list[Found]) -> list[Feature]:
    """Return the features of leaving the string without a speaker."""
    tied = any(
        mention.block == string.block.number
        and mention.sentence == string.sentence
        and mention.link not in "-obj"
        for mention in chosen
    )
    style = "double" if string.marked.double else "single"
    return [
        ("nobody-look", string.look),
        ("nobody-look-place", string.look, string.place),
        ("nobody-look-last", string.look, memory.standing(string)),
        ("nobody", string.length, string.capital, string.final),
        ("nobody-before", string.before, string.length),
        ("nobody-after", string.after, string.final),
        ("nobody-place", string.place, string.length, string.titled),
        ("nobody-title", string.titled, string.capital, string.before),
        ("nobody-tied", str(tied), string.length, string.place),
        ("nobody-style", style, string.length, string.carried),
        ("nobody-last", memory.standing(string), string.place, string.length),
    ]
