"""Text -> the words that search compares: case, accents and quotation marks folded, then stemmed.

Done here and not by the databases, whose stemmers and stop words differ: "no regrets" loses its
"no" under PostgreSQL's English configuration.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from snowballstemmer import stemmer

# Letters and digits of any script; an apostrophe inside a word is part of it and then dropped.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Between two fields of one text; no phrase can run across it, since nobody can type it.
BOUNDARY = "zzboundaryzz"


class _Stemmers(threading.local):
    """A stemmer for each thread: it keeps the word it works on, and another's would change it."""

    def __init__(self) -> None:
        self.english = stemmer("english")


_stemmers = _Stemmers()


@dataclass(frozen=True)
class Word:
    """A word as it stands in a text: code points `start` to `end`."""

    start: int
    end: int
    folded: str


def words(text: str) -> list[Word]:
    """Return the words of a text in order, each with its folded form."""
    return [Word(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word without case, accents and apostrophes: “Climbié’s” -> "climbies"."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """Return the English stem of a folded word; a possessive loses its "s" with the apostrophe."""
    return str(_stemmers.english.stemWord(folded))


def folded_text(*parts: str) -> str:
    """Return texts as folded words, with a boundary between the texts."""
    return f" {BOUNDARY} ".join(" ".join(w.folded for w in words(part)) for part in parts if part)


def stemmed_text(*parts: str) -> str:
    """Return texts as stems, with a boundary between the texts."""
    return f" {BOUNDARY} ".join(
        " ".join(stem(w.folded) for w in words(part)) for part in parts if part
    )


def mark(
    text: str, stems: frozenset[str], prefixes: tuple[str, ...] = ()
) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a match: for a template to wrap in <mark>.

    Matching words with only a space between them are one piece. Joined, the pieces are the text.
    """
    if not (stems or prefixes):
        return [(text, False)] if text else []
    hits = [
        (word.start, word.end)
        for word in words(text)
        if stem(word.folded) in stems or (prefixes and word.folded.startswith(prefixes))
    ]
    merged: list[list[int]] = []
    for start, end in hits:
        if merged and text[merged[-1][1] : start] == " ":
            merged[-1][1] = end
        else:
            merged.append([start, end])
    edges = [0, *(edge for hit in merged for edge in hit), len(text)]
    return [
        (text[start:end], number % 2 == 1)
        for number, (start, end) in enumerate(pairwise(edges))
        if start < end
    ]
