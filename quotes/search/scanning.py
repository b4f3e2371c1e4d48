"""Cuts what a reader typed into brackets, operators and conditions, and reads each condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from base.dates import bounds
from quotes.choices import Kind, StanceValue
from quotes.search.tree import Field, Leaf, Near, Phrase, Prefix, SearchError, Word
from quotes.search.words import BOUNDARY, words

LONGEST = 200
MOST_TERMS = 20
MOST_PREFIXES = 5
SHORTEST_PREFIX = 3
FARTHEST = 20
# What may stand before a colon, and the field that it means.
FIELDS = {
    "speaker": "speaker",
    "org": "org",
    "organization": "org",
    "organisation": "org",
    "outlet": "outlet",
    "target": "target",
    "stance": "stance",
    "kind": "kind",
    "date": "date",
}
VOCABULARIES = {"kind": tuple(Kind.values), "stance": tuple(StanceValue.values)}
OPERATORS = ("AND", "OR", "NOT")
MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.DOTALL)
_CHUNK = re.compile(r'[^\s"()]+')
_DISTANCE = re.compile(r"~(\S*)")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Token:
    """A piece of the text: "(", ")", an operator, or "leaf" with what it means."""

    kind: str
    start: int
    end: int
    leaf: Leaf | None = None


def without(text: str, start: int, end: int, instead: str = " ") -> str:
    """Return a text with a piece taken out or replaced."""
    return " ".join(f"{text[:start]}{instead}{text[end:]}".split())


class Scanner:
    """Cuts a text into tokens and reads each condition."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def tokens(self) -> Iterator[Token]:
        terms = prefixes = 0
        while self.at < len(self.text):
            start = self.at
            token = self._next()
            if token is None:
                continue
            yield token
            if token.leaf:
                terms += 1
                prefixes += isinstance(token.leaf, Prefix) or (
                    isinstance(token.leaf, Field) and token.leaf.prefix
                )
            if terms > MOST_TERMS:
                message = f"A search can have {MOST_TERMS} words, phrases and fields."
                raise SearchError("too-many", message, self.text[:start].rstrip())
            if prefixes > MOST_PREFIXES:
                message = f"A search can have {MOST_PREFIXES} words with a star."
                raise SearchError("too-many", message, without(self.text, start, token.end))

    def _next(self) -> Token | None:
        text, start = self.text, self.at
        letter = text[start]
        if letter in "() ":
            self.at += 1
            return None if letter == " " else Token(letter, start, self.at)
        if letter == '"':
            return Token("leaf", start, self.at, self._quoted(start))
        if letter == "-" and (start == 0 or text[start - 1] in " (-"):
            self.at += 1
            follows = text[self.at : self.at + 1]
            return Token("-", start, self.at) if follows not in ("", " ", "-", ")") else None
        chunk = self._chunk()
        if chunk in OPERATORS:
            return Token(chunk, start, self.at)
        leaf = self._field(start, chunk) or self._plain(start, chunk)
        return Token("leaf", start, self.at, leaf) if leaf else None

    def _chunk(self) -> str:
        found = _CHUNK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found.group() if found else ""

    def _inside(self, start: int) -> tuple[str, ...]:
        """Read what stands between quotation marks and return its words."""
        end = self.text.find('"', self.at + 1)
        if end < 0:
            repaired = without(self.text, self.at, self.at + 1, "")
            raise SearchError("unclosed-quotation", "A quotation mark is not closed.", repaired)
        inside = _folded(self.text[self.at + 1 : end])
        self.at = end + 1
        if not inside:
            repaired = without(self.text, start, self.at)
            raise SearchError("no-word", "There is no word between the quotation marks.", repaired)
        return inside

    def _quoted(self, start: int) -> Phrase | Near:
        inside = self._inside(start)
        if self.text[self.at : self.at + 1] == "*":
            repaired = without(self.text, self.at, self.at + 1, "")
            raise SearchError(
                "misplaced-star", "A star works at the end of a single word.", repaired
            )
        found = _DISTANCE.match(self.text, self.at)
        if not found:
            return Phrase(inside, (start, self.at))
        number = found.group(1).rstrip(")")
        end = self.at + 1 + len(number)
        fit = number.isascii() and number.isdigit() and len(number) <= 3
        apart = int(number) if fit else 0
        if not 1 <= apart <= FARTHEST:
            nearest = f"~{FARTHEST if apart else 5}"
            repaired = without(self.text, self.at, end, nearest)
            message = f"After ~ stands how many words may be between, 1 to {FARTHEST}."
            raise SearchError("bad-distance", message, repaired)
        if len(inside) != 2 or inside[0] == inside[1]:
            repaired = without(self.text, self.at, end, "")
            message = "Nearness is of two different words: “boats winter”~5."
            raise SearchError("bad-distance", message, repaired)
        self.at = end
        return Near((inside[0], inside[1]), apart, (start, end))

    def _plain(self, start: int, chunk: str) -> Word | Prefix | None:
        if "*" in chunk:
            return self._prefix(start, chunk)
        found = _folded(chunk)
        return Word(found, (start, self.at)) if found else None

    def _prefix(self, start: int, chunk: str) -> Prefix:
        bare, found = chunk.replace("*", ""), _folded(chunk.replace("*", " "))
        if not chunk.endswith("*") or chunk.count("*") > 1 or len(found) != 1:
            repaired = without(self.text, start, self.at, bare)
            raise SearchError(
                "misplaced-star", "A star works at the end of a single word.", repaired
            )
        if found[0].isascii() and len(found[0]) < SHORTEST_PREFIX:
            message = f"Before a star there must be {SHORTEST_PREFIX} letters."
            raise SearchError("short-prefix", message, without(self.text, start, self.at, bare))
        return Prefix(found[0], (start, self.at))

    def _field(self, start: int, chunk: str) -> Field | None:
        """Read NAME:VALUE; None where the chunk is not of that form."""
        found = _FIELD.fullmatch(chunk)
        if not found:
            return None
        typed, value = found.group(1), found.group(2)
        name = FIELDS.get(typed.casefold())
        follows = self.text[self.at : self.at + 1]
        if name is None:
            if not value and follows not in ('"', "("):
                return None  # a colon as in a headline
            raise self._unknown_field(start, typed, value)
        if value:
            return self._read(name, value, start, _folded(value))
        if follows == '"':
            at = self.at + 1
            inside = self._inside(start)
            return self._read(name, self.text[at : self.at - 1], start, inside)
        after = self.text[self.at :].lstrip()
        joinable = after and after[0] not in "()-" and not _FIELD.match(after)
        repaired = f"{self.text[: self.at]}{after}" if joinable else ""
        message = f"After “{typed}:” stands a word, or several in quotation marks, without a space."
        raise SearchError("no-value", message, repaired or without(self.text, start, self.at))

    def _unknown_field(self, start: int, typed: str, value: str) -> SearchError:
        close = get_close_matches(typed.casefold(), FIELDS, n=1, cutoff=0.75)
        instead = f"{close[0]}:" if close else f"{typed} "
        repaired = without(self.text, start, start + len(typed) + 1, instead)
        shown = typed if len(typed) <= 20 else f"{typed[:20]}…"
        fields = ", ".join(f"{name}:" for name in dict.fromkeys(FIELDS.values()))
        return SearchError(
            "unknown-field", f"There is no field “{shown}:”. There are {fields}.", repaired
        )

    def _read(self, name: str, value: str, start: int, found: tuple[str, ...]) -> Field:
        at = (start, self.at)
        if name == "date":
            return Field(name, self._days(value, start), at=at)
        prefix = value.endswith("*")
        if name in VOCABULARIES:
            return Field(name, (self._vocabulary_word(name, value, start, found),), at=at)
        if not found:
            repaired = without(self.text, start, self.at)
            raise SearchError("no-word", f"There is no name after “{name}:”.", repaired)
        if "*" in value.removesuffix("*") or (prefix and len(found[-1]) < SHORTEST_PREFIX):
            repaired = without(
                self.text, start, self.at, self.text[start : self.at].replace("*", "")
            )
            message = f"A star works after {SHORTEST_PREFIX} letters, at the end of a name."
            raise SearchError("misplaced-star", message, repaired)
        return Field(name, found, prefix, at)

    def _vocabulary_word(self, name: str, value: str, start: int, found: tuple[str, ...]) -> str:
        known = VOCABULARIES[name]
        word = "_".join(found)
        if word in known and "*" not in value:
            return word
        close = get_close_matches(word, known, n=1, cutoff=0.6)
        repaired = without(self.text, start, self.at, f"{name}:{close[0]}" if close else " ")
        raise SearchError("unknown-value", f"After “{name}:” stands {_either(known)}.", repaired)

    def _days(self, value: str, start: int) -> tuple[str, ...]:
        """Return the first and last date as they are written; "" for an open side."""
        first, dots, last = value.strip().partition("..")
        days = (first, last) if dots else (first, first)
        fit = [day for day in days if not day or _is_day(day)]
        if len(fit) < 2 or not any(days):
            repaired = without(self.text, start, self.at)
            message = "A date is 2008, 2008-11, 2008-11-12, or two of them: date:2008-11..2009-03."
            raise SearchError("bad-date", message, repaired)
        if all(days) and first_day(days[0]) > last_day(days[1]):
            repaired = without(self.text, start, self.at, f"date:{days[1]}..{days[0]}")
            raise SearchError("bad-date", "The last date is before the first.", repaired)
        return days


def _folded(text: str) -> tuple[str, ...]:
    found = (word.folded for word in words(text))
    return tuple(word for word in found if word and word != BOUNDARY)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return bounds(text).earliest is not None
    except ValueError:
        return False


def first_day(text: str) -> str:
    """Return the first day of a year, month or day, as 2008-11-01."""
    return str(bounds(text).earliest)


def last_day(text: str) -> str:
    """Return the last day of a year, month or day, as 2008-11-30."""
    return str(bounds(text).latest)


def _either(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
