"""Step 10: suggest indirect statements: what a cue reports in the reporter's own words.

Every cue outside marked strings offers a few stretches of its sentence as what was said; learned
weights choose one of them, or none. People agree on these at an F1 of 72, so they are suggestions,
apart from the
quotations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from quotes.extraction.cues import Scene
from quotes.extraction.features import Feature
from quotes.extraction.lexicon import LEMMAS
from quotes.extraction.mentions import Found
from quotes.extraction.ranking import Weights
from quotes.extraction.reader import Reader
from quotes.extraction.tokens import Block

# A statement is looked for within this many tokens of its cue.
REACH = 70
# Cues and blocks looked at in one text.
CUE_LIMIT = 20_000
BLOCK_LIMIT = 20_000
# Log-odds by which "nothing" may lead before the stretches are not even looked at.
HOPELESS = 8.0
_BREAKS = frozenset(",;-:(")
_CLAUSE = frozenset("VWUGA")


@dataclass(slots=True)
class Option:
    """A stretch of tokens that a cue may report."""

    first: int
    last: int
    kind: str


@dataclass(slots=True)
class Statement:
    """A suggested indirect statement."""

    block: Block
    first: int
    last: int
    cue: int
    speaker: Found | None
    probability: float


def sentence_bounds(block: Block, token: int) -> tuple[int, int]:
    """Return the first token of the sentence and the one after its last, within reach."""
    sentence = block.sentences[token]
    first = last = token
    low, high = max(0, token - REACH), min(len(block.words), token + REACH)
    while first > low and block.sentences[first - 1] == sentence:
        first -= 1
    while last < high and block.sentences[last] == sentence:
        last += 1
    while last > token and block.classes[last - 1] in ".!,;":
        last -= 1
    return first, last


def options_for(block: Block, cue: int, subject: Found | None, link: str) -> list[Option]:
    """Return the stretches that this cue may report; none holds a marked string."""
    classes = block.classes
    if classes[cue] in ":-":
        return []
    first, last = sentence_bounds(block, cue)
    found: list[Option] = []
    if link == "acc" and subject is not None:
        if subject.last < last and classes[subject.last] == ",":
            found.append(Option(subject.last + 1, last, "acc-after"))
        if first < cue - 1:
            found.append(Option(first, cue - 1 if classes[cue - 1] == "," else cue, "acc-before"))
        return [option for option in found if _plain(block, option)]
    start = _content_start(block, cue, last)
    ends = _ends(block, start, last)
    found = [Option(start, end, kind) for end, kind in ends if end > start]
    edge = min(cue, subject.first if subject is not None else cue)
    if edge > first + 1 and classes[edge - 1] == ",":
        found.append(Option(first, edge - 1, "before"))
    return [option for option in found if _plain(block, option)]


def _content_start(block: Block, cue: int, last: int) -> int:
    """Return the token after the cue, its addressee ("told reporters") and a preposition ("called
    for").
    """
    start = cue + 1
    classes = block.classes
    if start < last and classes[start] in "Po":
        start += 1
    elif block.words[cue].lower() in _TELLS and start < last and classes[start] in "NMRrKbDs":
        limit = min(last, start + 8)
        at = start
        while at < limit and classes[at] in "NMRrKbDswJiz":
            at += 1
            if at < last and classes[at] in "tThS":
                return at
    return start


_TELLS = frozenset(
    "told tell tells telling asked ask asks reminded warned informed assured urged".split()
)


def _ends(block: Block, start: int, last: int) -> list[tuple[int, str]]:
    """Return where a statement may end: the sentence's end, its breaks, a coordinated verb."""
    classes = block.classes
    ends = [(last, "end")]
    breaks = 0
    for at in range(start + 1, last):
        letter = classes[at]
        if letter in _BREAKS and breaks < 4:
            following = classes[at + 1] if at + 1 < last else "E"
            breaks += 1
            ends.append((at, f"break{breaks}.{letter}{_NEXT.get(following, following)}"))
        elif letter == "C" and at + 1 < last and classes[at + 1] in "VWUGyA" and len(ends) < 7:
            ends.append((at, "and-verb"))
        elif letter in "PS" and at <= start + 6 and at > start + 1 and len(ends) < 8:
            ends.append((at, f"short.{letter}"))
    return ends


_NEXT = {"M": "N", "W": "V", "U": "V", "o": "P", "s": "D", "J": "w", "K": "w", "r": "w", "R": "w"}


def _plain(block: Block, option: Option) -> bool:
    return option.last > option.first and "Q" not in block.classes[option.first : option.last]


def shared_features(block: Block, cue: int, subject: Found | None, link: str) -> list[Feature]:
    """Return what describes the cue: the word, its helpers, its subject and what comes next."""
    classes, words = block.classes, block.words
    word = words[cue].lower()
    following = words[cue + 1].lower() if cue + 1 < len(words) else ""
    next_class = classes[cue + 1] if cue + 1 < len(classes) else "E"
    lexical = following if next_class in "TtPoSqAC" else next_class
    second = classes[cue + 2] if cue + 2 < len(classes) else "E"
    at = cue
    while at > max(0, cue - 4) and classes[at - 1] in "Ay":
        at -= 1
    helper = words[at].lower() if at < cue and classes[at] == "A" else "-"
    before = classes[at - 1] if at else "^"
    group = subject.static[0] if subject is not None and subject.static else "-"
    lemma = LEMMAS.get(word, word)
    tense = (
        "ed"
        if word.endswith("ed")
        else "ing"
        if word.endswith("ing")
        else "s"
        if word.endswith("s")
        else "-"
    )
    first, _ = sentence_bounds(block, cue)
    outer = "-"
    for index in range(cue - 1, max(first, cue - 25) - 1, -1):
        if classes[index] in "VWUG":
            outer = (
                LEMMAS.get(words[index].lower(), "x") if classes[index] == "V" else classes[index]
            )
            break
    return [
        ("i-word", word),
        ("i-lemma", lemma),
        ("i-lemmanext", lemma, lexical),
        ("i-lemmalink", lemma, link or "-"),
        ("i-lemmahelper", lemma, helper),
        ("i-tense", tense, classes[cue], helper),
        ("i-outer", outer, classes[cue]),
        ("i-outerlink", outer, link or "-"),
        ("i-quoted", str("Q" in classes[first : cue + 30]), classes[cue]),
        ("i-groupclass", group, classes[cue], link or "-"),
        ("i-place", str(min(number_bucket(block.number), 3))),
        ("i-next", lexical),
        ("i-wordnext", word, next_class),
        ("i-classnext", classes[cue], lexical),
        ("i-next2", next_class, second),
        ("i-link", link or "-", classes[cue]),
        ("i-group", group),
        ("i-helper", helper),
        ("i-helpernext", helper, next_class),
        ("i-before", before, classes[cue]),
        ("i-wordlink", word, link or "-"),
    ]


def number_bucket(number: int) -> int:
    """Return how far down the document a block stands: 0 the headline, 1 the lead, 2 near it, 3
    below.
    """
    return 0 if number == 0 else 1 if number < 3 else 2 if number < 8 else 3


def option_features(block: Block, cue: int, option: Option) -> list[Feature]:
    """Return what describes one stretch: how it ends, how long it is, whether it holds a verb."""
    length = option.last - option.first
    size = (
        "1"
        if length < 2
        else "2"
        if length < 3
        else "4"
        if length < 5
        else "8"
        if length < 9
        else "16"
    )
    size = "32" if length > 16 else size
    inside = block.classes[option.first : option.last]
    clause = "v" if _CLAUSE.intersection(inside) or _has_past_form(block, option) else "-"
    word = block.words[cue].lower()
    opening = inside[0]
    follows = block.classes[option.last] if option.last < len(block.classes) else "E"
    general = option.kind.split(".")[0]
    return [
        ("i-kind", option.kind),
        ("i-lemmageneral", LEMMAS.get(word, word), general, clause),
        ("i-lemmasize", LEMMAS.get(word, word), size),
        ("i-general", general, clause),
        ("i-size", size, clause),
        ("i-sizeclass", size, block.classes[cue], opening),
        ("i-kindnext", option.kind, opening),
        ("i-wordgeneral", word, general),
        ("i-follows", general, follows),
        ("i-clause", block.classes[cue], clause, opening),
    ]


def _has_past_form(block: Block, option: Option) -> bool:
    words = block.words[option.first : min(option.last, option.first + 12)]
    return any(word.endswith("ed") for word in words)


def none_features(block: Block, cue: int, count: int) -> list[Feature]:
    """Return the features of a cue that reports nothing."""
    return [("i-none", block.classes[cue]), ("i-options", str(min(count, 4)))]


def statements(reader: Reader, weights: Weights, skip: list[bool]) -> tuple[list[Statement], int]:
    """Return the suggested statements, and how many blocks went unread.

    Blocks are read in order, but for those to skip, up to ``BLOCK_LIMIT`` blocks or ``CUE_LIMIT``
    cues: more is not a document of news.
    """
    found: list[Statement] = []
    cues = 0
    for number in range(len(reader.bounds)):
        if skip[number]:
            continue
        if cues > CUE_LIMIT or number > BLOCK_LIMIT:
            return found, len(reader.bounds) - number
        scene = reader.scene(number)
        cues += len(scene.cues)
        found.extend(_distinct(_statements_of(reader.block(number), scene, weights)))
    return found, 0


def _statements_of(block: Block, scene: Scene, weights: Weights) -> list[Statement]:
    """Return the likeliest stretch of every cue that probably reports something."""
    found: list[Statement] = []
    total = weights.total
    for cue, (subject, link) in zip(scene.cues, scene.subjects, strict=True):
        options = options_for(block, cue, subject, link)
        if not options:
            continue
        shared = shared_features(block, cue, subject, link)
        base = total(shared)
        none = total(none_features(block, cue, len(options)))
        if none - base > HOPELESS:
            continue
        scores = [base + total(option_features(block, cue, option)) for option in options]
        best = max(scores)
        probability = 1.0 / (
            math.exp(min(none - best, 30.0)) + sum([math.exp(s - best) for s in scores])
        )
        if probability >= weights.least_indirect:
            chosen = options[scores.index(best)]
            found.append(Statement(block, chosen.first, chosen.last, cue, subject, probability))
    return found


def _distinct(found: list[Statement]) -> list[Statement]:
    """Return the statements without those that share most of their words with a likelier one."""
    kept: list[Statement] = []
    for statement in sorted(found, key=lambda s: -s.probability):
        length = statement.last - statement.first
        for other in kept:
            common = min(statement.last, other.last) - max(statement.first, other.first)
            if common > 0.6 * (length + other.last - other.first - common):
                break
        else:
            kept.append(statement)
    return sorted(kept, key=lambda s: s.first)
