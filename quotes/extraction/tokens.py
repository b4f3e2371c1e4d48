"""Step 2: cut the reporter's own words of a paragraph into tokens, each with a one-letter class.

Only the stretches around marked strings are cut; each marked string is one token of class ``Q``. A
long paragraph is taken in blocks, so that whatever is done to one block has a bounded cost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quotes.extraction.lexicon import STARTERS, TITLES, WORD_CLASS, words
from quotes.extraction.marks import Marked

# Blocks are cut near this length, at a space outside marked strings.
BLOCK_LENGTH = 4000
# A single token longer than this is cut; no word is.
_TOKEN = re.compile(
    r"(?:[A-Z]\.){1,6}"
    r"|['’](?:s|re|ve|d|ll)\b"
    r"|[^\W\d_]{1,60}(?:(?:-|\u00ad{1,2}|['’](?!(?:s|re|ve|d|ll)\b))[^\W_]{1,60}){0,6}"
    r"|\d{1,60}(?:[.,]\d{1,60}){0,4}"
    r"|-{2,3}|[^\w\s]|_+|\w"
)
_PUNCTUATION = dict(zip(",;:.!?…([)]—–-―&", ",;:.!!,(())----&", strict=True))
_SOFT_HYPHEN = "\u00ad"
# Classes that a capital does not turn into a name at the start of a sentence.
_FUNCTION = frozenset("ADhbsqPoTtCSyYawz")
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
# Function words that may be part of a name when capitalised in mid-sentence ("Will", "May").
_ABBREVIATIONS = frozenset(words("abbreviations"))


@dataclass(slots=True)
class Block:
    """The tokens of one paragraph, or of a piece of a very long one."""

    number: int
    start: int
    end: int
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: str
    sentences: list[int]
    marked: list[Marked] = field(default_factory=list)
    mark_tokens: list[int] = field(default_factory=list)


def block_bounds(
    text: str, paragraphs: list[tuple[int, int]], marked: list[Marked]
) -> list[tuple[int, int]]:
    """Return the (start, end) of every block; a block never cuts through a marked string."""
    bounds: list[tuple[int, int]] = []
    nearest = 0
    for begin, end in paragraphs:
        while end - begin > BLOCK_LENGTH:
            cut = begin + BLOCK_LENGTH
            space = text.rfind(" ", cut - 200, cut)
            cut = space + 1 if space > begin else cut
            while nearest < len(marked) and marked[nearest].end <= cut:
                nearest += 1
            if nearest < len(marked) and marked[nearest].start < cut:
                cut = min(marked[nearest].end, end)
            bounds.append((begin, cut))
            begin = cut
        if begin < end:
            bounds.append((begin, end))
    return bounds


def cut_block(text: str, number: int, bounds: tuple[int, int], marked: list[Marked]) -> Block:
    """Return the tokens of one block; ``marked`` are the strings inside it."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    mark_tokens: list[int] = []
    position, end = bounds
    for string in [*marked, None]:
        stop = string.start if string else end
        for match in _TOKEN.finditer(text, position, stop):
            starts.append(match.start())
            ends.append(match.end())
            words.append(match.group())
        if string:
            mark_tokens.append(len(words))
            starts.append(string.start)
            ends.append(string.end)
            words.append('"')
            position = string.end
    if text.find(_SOFT_HYPHEN, bounds[0], end) >= 0:
        words = [word.replace(_SOFT_HYPHEN, "") or "-" for word in words]
    block = Block(number, bounds[0], end, starts, ends, words, "", [], marked, mark_tokens)
    _classify(text, block)
    return block


def _classify(text: str, block: Block) -> None:
    """Fill in the class of every token and the number of its sentence."""
    letters: list[str] = []
    sentences: list[int] = []
    sentence = 0
    fresh = True
    lookup = WORD_CLASS.get
    string = 0
    for index, word in enumerate(block.words):
        if word == '"':
            letter, ends_sentence = "Q", False
            if string < len(block.mark_tokens) and block.mark_tokens[string] == index:
                ends_sentence = _string_ends_sentence(text, block, string, index)
                string += 1
            else:
                letter = "-"
        elif (first := word[0]).islower():
            letter, ends_sentence = lookup(word) or ("y" if word.endswith("ly") else "w"), False
        elif first.isupper():
            letter, ends_sentence = _capital_class(word, fresh), False
        elif first in _PUNCTUATION:
            letter = _PUNCTUATION[first]
            ends_sentence = letter in ".!" and _real_stop(block, index)
            if (
                letter == "."
                and not ends_sentence
                and index
                and block.ends[index - 1] == block.starts[index]
            ):
                letter = "i"
        else:
            letter = lookup(word) or (
                "n" if first.isdigit() else "z" if word in ("'s", "’s") else "-"
            )
            ends_sentence = False
        if word in _POSSESSIVE and index and block.ends[index - 1] == block.starts[index]:
            letter = "z"
        letters.append(letter)
        sentences.append(sentence)
        fresh = ends_sentence or letter in "-:" or (fresh and letter in "Q(")
        sentence += ends_sentence
    _promote(text, block, letters)
    block.classes = "".join(letters)
    block.sentences = sentences


def _promote(text: str, block: Block, letters: list[str]) -> None:
    """Make cues of the words that only their place shows to be ones: "in the words of Doe";
    "shot back", "went on" beside a string; an unknown past form that stands where a cue does:
    “...,” Doe retaliated. “...,” exhorted Doe. Doe resisted: “...”
    """
    words = block.words
    for at in range(2, len(words) - 1):
        if words[at] in _IN_WORDS and words[at + 1] == "of" and words[at - 2].lower() == "in":
            letters[at] = "a"
    for string, token in zip(block.marked, block.mark_tokens, strict=True):
        tagged = text[string.inner_end - 1] in ",?!—-"
        reach = range(token + 1, min(len(words), token + 7)) if tagged else ()
        for at in reach:
            letter = letters[at]
            if letter in ".,;:?!Q-(" or letter in "VWUGA":
                break
            if letter == "w" and (words[at].endswith("ed") or words[at] in _PHRASAL):
                named = at > token + 1 or letters[at + 1 : at + 2] in (["N"], ["M"], ["h"], ["D"])
                if named:
                    letters[at] = "V"
                break
        before = token - 1
        if before > 0 and letters[before] in ":,":
            before -= 1
        after = _PHRASAL.get(words[before - 1]) if before > 0 else None
        if after and words[before] == after:
            letters[before - 1], letters[before] = "V", "y"
        elif before < token - 1 and letters[before] == "w" and words[before].endswith("ed"):
            letters[before] = "V"


_IN_WORDS = frozenset("words view opinion eyes phrase".split())
# Verbs that report words only with the particle after them.
_PHRASAL = {
    "shot": "back",
    "fired": "back",
    "hit": "back",
    "struck": "back",
    "punched": "back",
    "clapped": "back",
    "goes": "on",
    "chimed": "in",
    "chimes": "in",
    "weighed": "in",
    "weighs": "in",
    "piped": "up",
    "summed": "up",
    "burst": "out",
    "sounded": "off",
    "spat": "out",
}


def _capital_class(word: str, fresh: bool) -> str:
    lower = word.lower()
    known = WORD_CLASS.get(lower)
    if lower in TITLES and (not fresh or known != "V"):
        return "M"
    if known is None:
        return "w" if fresh and (lower in STARTERS or lower.endswith(("ing", "ly"))) else "N"
    if known in "RK":
        return known if fresh else "M" if known == "R" else "N"
    if known in "VWGU":
        return known if fresh and known == "G" else "N" if not fresh else "w"
    if (
        known in "ADhbsqPoTtCSyawz"
        and (fresh or known in "hDsPoTtCSqAb")
        and lower not in ("will", "may")
    ):
        return known
    if known == "Y":
        return "Y"
    return "J" if known == "J" and fresh else "w" if fresh and lower in STARTERS else "N"


def _real_stop(block: Block, index: int) -> bool:
    """Return whether a stop ends a sentence: no abbreviation before, no small letter after."""
    words = block.words
    if index and block.ends[index - 1] == block.starts[index] and words[index] == ".":
        previous = words[index - 1].lower()
        if previous in _ABBREVIATIONS or (len(previous) == 1 and previous.isalpha()):
            return False
    if index + 1 < len(words):
        following = words[index + 1]
        if block.starts[index + 1] == block.ends[index] and following not in '")]”’':
            return False
        return not following[0].islower() and following[0] not in ",;:"
    return True


def _asked(ahead: list[str]) -> bool:
    """Return whether these words, up to the next stop, hold a cue: “Why?” the minister asked."""
    for word in ahead:
        if word in ('"', ".", "!", "?", ";"):
            return False
        if WORD_CLASS.get(word, "") == "V":
            return True
    return False


def _string_ends_sentence(text: str, block: Block, string: int, index: int) -> bool:
    """Return whether the sentence ends with this marked string."""
    marked = block.marked[string]
    final = text[marked.inner_end - 1]
    if index + 1 >= len(block.words):
        return True
    following = block.words[index + 1]
    if following == '"':
        return final in ".!?…"
    if following[0] in ".,;:!?)":
        return False
    if final == ".":
        return not following[0].islower()
    if final in "!?…—-":
        return following[0].isupper() and not _asked(block.words[index + 1 : index + 24])
    return False
