"""Who stands out at each point of a document, for pronouns to go to.

Blocks are read once, in order. Every mention of a person adds to that person's salience; every
sentence and paragraph takes from it (after Lappin and Leass 1994). A pronoun goes to the agreeing
person that stands out most,
and then counts as a mention of that person itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotes.extraction.features import LINKED
from quotes.extraction.lexicon import OFFICES
from quotes.extraction.mentions import Found
from quotes.extraction.names import gender_of_role
from quotes.extraction.reader import Reader

PRONOUN_GENDER = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
# Blocks before a pronoun that are read for it.
WINDOW = 8
_SENTENCE, _BLOCK = 0.7, 0.6
_UNKNOWN = 0.7
_MOST = 3.0
_KEPT = 24


@dataclass(slots=True)
class Referent:
    """Someone a pronoun can stand for. ``described`` is set when the document only gives a role."""

    name: str
    gender: str
    described: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The people a pronoun may stand for, likeliest first, with how much each stands out."""

    ranked: tuple[tuple[str, float], ...]


Identify = Callable[[Found], Referent | None]


class Salience:
    """Reads the blocks of a document on demand and remembers the choice for every pronoun."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._next = 0
        self._score: dict[str, float] = {}
        self._gender: dict[str, str] = {}
        self._choices: dict[int, Choice] = {}
        self._speakers: set[int] = set()
        self._named_at: dict[str, tuple[int, int]] = {}

    def note_speakers(self, speakers: set[int]) -> None:
        """Take note of the mentions (by identity) that speak: they stand out more."""
        self._speakers = speakers

    def choice(self, pronoun: Found, identify: Identify) -> Choice | None:
        """Return the people a pronoun may stand for, or None if nobody agrees.

        ``identify`` says who a mention that is no pronoun is.
        """
        if pronoun.block >= self._next:
            if pronoun.block - self._next > WINDOW:
                self._score.clear()
                self._next = pronoun.block - WINDOW
            while self._next <= pronoun.block:
                self._read(self._next, identify)
                self._next += 1
        return self._choices.get(id(pronoun))

    def _read(self, number: int, identify: Identify) -> None:
        sentence, fresh = 0, True
        classes = self._reader.block(number).classes
        self._fade(_BLOCK)
        for mention in self._reader.mentions(number):
            if mention.sentence > sentence:
                self._fade(_SENTENCE ** min(3, mention.sentence - sentence))
                sentence, fresh = mention.sentence, True
            if mention.kind in ("pronoun", "possessive"):
                self._read_pronoun(mention, _closes(classes, mention))
            else:
                if mention.head in OFFICES and mention.named_from < 0:
                    self._rank(mention, gender_of_role(mention.head), False)
                referent = identify(mention)
                if referent is not None:
                    if referent.gender or referent.name not in self._gender:
                        self._gender[referent.name] = referent.gender
                    if mention.named_from >= 0:
                        self._named_at[referent.name] = (number, sentence)
                    self._add(referent.name, mention, first=fresh)
                    fresh = False

    def _fade(self, factor: float) -> None:
        score = self._score
        for name in score:
            score[name] *= factor
        if len(score) > _KEPT:
            for name in sorted(score, key=score.__getitem__)[: len(score) - _KEPT]:
                del score[name]

    def _add(self, name: str, mention: Found, share: float = 1.0, first: bool = False) -> None:
        gain = 1.0
        if first and mention.prior != "P":
            gain += 0.5
        if mention.link in LINKED:
            gain += 1.2
        if mention.prior == "^" or mention.follow in ("ed", "A", "V", "W", "U"):
            gain += 0.4
        if mention.prior == "P" or mention.follow == "z":
            gain -= 0.45
        if id(mention) in self._speakers:
            gain += 0.6
        self._score[name] = min(_MOST, self._score.get(name, 0.0) + gain * share)

    def _read_pronoun(self, pronoun: Found, closes: bool) -> None:
        gender = PRONOUN_GENDER.get(pronoun.head)
        if gender is None:
            return
        ranked = self._rank(pronoun, gender, closes) or self._rank(pronoun, gender, False)
        if not ranked:
            return
        name, best = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if not self._gender.get(name) and best > 2 * second:
            self._gender[name] = gender
        self._add(name, pronoun, 0.5 if pronoun.kind == "possessive" else 0.8)

    def _rank(self, mention: Found, gender: str, closes: bool) -> list[tuple[str, float]]:
        """Note and return who a mention may stand for, likeliest first; ``gender`` may be ""."""
        here = (mention.block, mention.sentence)
        weighed: list[tuple[str, float]] = []
        for name, score in self._score.items():
            if closes and self._named_at.get(name) == here:
                continue
            known = self._gender.get(name, "")
            if not gender or known in ("", gender):
                weighed.append((name, score if known or not gender else score * _UNKNOWN))
        weighed.sort(key=lambda item: -item[1])
        if weighed:
            self._choices[id(mention)] = Choice(tuple(weighed[:4]))
        return weighed


def _closes(classes: str, pronoun: Found) -> bool:
    """Return whether a pronoun and its cue close a sentence: "..., he said." Then it is nobody
    named before in it.
    """
    if pronoun.link not in ("subj", "inv") or pronoun.prior not in ",Q":
        return False
    end = max(pronoun.last, pronoun.cue + 1)
    return classes[end : end + 1] in ("", ".", ",", "Y", "P")
