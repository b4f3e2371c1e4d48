"""What a search without a hit was perhaps meant to be: nearby words of the record, nearby names.

Words come from the vocabulary of the search rows, names from those in the record. The time is
bounded whatever the size: a misspelt word is looked up with each of its one-letter changes by key,
and compared with a limited number of words that begin alike. Whoever shows a suggestion searches
for it first: the vocabulary may remember words that are public no more.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from string import ascii_lowercase, digits

from django.db.models.functions import Length

from quotes.models import Quote, SearchWord
from quotes.search import names
from quotes.search.query import matching
from quotes.search.tree import Field, Prefix, Query, Word
from quotes.search.words import words

LETTERS = ascii_lowercase + digits
SHORTEST, LONGEST = 3, 30
# How many letters words alike begin with, and by how many they may be longer or shorter.
ALIKE, FARTHEST = 2, 2
MOST_ALIKE = 4_000
MOST = 3
CUTOFF = 0.72


def suggest(query: Query) -> list[str]:
    """Return up to MOST searches like one that finds nothing, with its unknown words replaced."""
    unknown = list(_unknown(query))
    choices = [(start, end, near) for start, end, near in unknown if near]
    if not choices:
        return []
    found = []
    # The first word's alternatives, each with the best for the others.
    for number in range(min(MOST, max(len(near) for _, _, near in choices))):
        text = query.text
        for start, end, near in sorted(choices, reverse=True):
            text = f"{text[:start]}{near[min(number, len(near) - 1)]}{text[end:]}"
        found.append(text)
    return list(dict.fromkeys(found))


def _unknown(query: Query) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where a word stands that finds nothing by itself, with words near it."""
    for leaf in query.wanted:
        if isinstance(leaf, Prefix):
            continue
        start, end = leaf.at
        if isinstance(leaf, Field):
            if leaf.name not in names.FIELDS:
                continue
            start += query.text[start:end].index(":") + 1
        for word in words(query.text[start:end]):
            near = (
                _near_name(leaf, word.folded)
                if isinstance(leaf, Field)
                else _near_word(word.folded)
            )
            yield start + word.start, start + word.end, near


def _near_word(word: str) -> list[str]:
    """Return words of the record near one that is not in it; none for one that is."""
    if not SHORTEST <= len(word) <= LONGEST or _is_found(word):
        return []
    rows = SearchWord.objects.filter(word__in=changes(word))
    near = list(rows.values_list("word", flat=True))
    alike = SearchWord.objects.filter(word__startswith=word[:ALIKE]).order_by("word")
    alike = alike.alias(length=Length("word")).filter(
        length__gte=len(word) - FARTHEST, length__lte=len(word) + FARTHEST
    )
    near += _closest(word, alike.values_list("word", flat=True)[:MOST_ALIKE])
    near = _closest(word, near) or near
    return [other for other in dict.fromkeys(near) if _is_found(other)][:MOST]


def _near_name(field: Field, word: str) -> list[str]:
    """Return words of names near one that no name has; none for one that some has."""
    known = names.public(field.name)
    if known.having([f" {word}" if field.prefix else f" {word} "]):
        return []
    near = sorted(changes(word).intersection(known.words))
    alike = known.alike(word, CUTOFF, MOST_ALIKE)
    return list(dict.fromkeys([*_closest(word, near), *_closest(word, alike), *near]))[:MOST]


def _closest(word: str, others: Collection[str]) -> list[str]:
    fit = [other for other in others if abs(len(other) - len(word)) <= FARTHEST]
    return get_close_matches(word, fit, n=2 * MOST, cutoff=CUTOFF)


def _is_found(word: str) -> bool:
    """Say whether a word by itself finds a published quote."""
    query = Query(word, Word((word,)))
    return matching(Quote.objects.all(), query).exists()


def changes(word: str) -> set[str]:
    """Return what a word becomes by one letter left out, put in, replaced, or two swapped.

    These are four in five of all misspellings (Damerau 1964).
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(f"{a}{b[1:]}" for a, b in cuts if b),
        *(f"{a}{b[1]}{b[0]}{b[2:]}" for a, b in cuts if len(b) > 1),
        *(f"{a}{letter}{b[1:]}" for a, b in cuts if b for letter in LETTERS),
        *(f"{a}{letter}{b}" for a, b in cuts for letter in LETTERS),
    } - {word, ""}
