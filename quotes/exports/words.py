"""A search for words, asked of one record: the third reader of the tree, beside the two databases.

Names of people, bodies, outlets and targets in it (`speaker:`) are compared with today's names and
aliases, of which a record keeps only one; so such a search can't be asked of the past.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from base.dates import DateBounds
from quotes.search.scanning import first_day, last_day
from quotes.search.tree import And, Field, Near, Node, Not, Or, Phrase, Prefix, Word
from quotes.search.words import folded_text, stem, stemmed_text

# What a field compares with is in the record itself.
FIELDS = ("kind", "date", "stance")


@dataclass(frozen=True)
class Texts:
    """What can be searched of a record, as `quotes.search.index.search_words` makes it."""

    shown: Mapping[str, Any]
    days: DateBounds
    words: str
    around_words: str
    stems: str
    around_stems: str

    @classmethod
    def of(cls, shown: Mapping[str, Any], days: DateBounds) -> "Texts":
        speaker, body = shown["speaker"], shown["on_behalf_of"]
        around = (
            speaker["name"] if speaker else shown["speaker_text"],
            body["name"] if body else "",
            shown["article"]["headline"],
            # Empty in the record of a protected speaker, as in the index.
            *(shown["speaker_role"], shown["prefix"], shown["suffix"]),
        )
        return cls(
            shown,
            days,
            f" {folded_text(shown['text'])} ",
            f" {folded_text(*around)} ",
            f" {stemmed_text(shown['text'])} ",
            f" {stemmed_text(*around)} ",
        )


def fits(node: Node, texts: Texts) -> bool:
    """Say whether a record meets a tree of conditions."""
    return TESTS[type(node)](node, texts)


def without_past(node: Node) -> str:
    """Return the name of a field in a tree that can't be asked of the past, or nothing."""
    if isinstance(node, Field):
        return "" if node.name in FIELDS else node.name
    if isinstance(node, Not):
        return without_past(node.part)
    parts = node.parts if isinstance(node, And | Or) else ()
    return next((name for part in parts if (name := without_past(part))), "")


def _word(node: Word, texts: Texts) -> bool:
    asked = f" {' '.join(map(stem, node.words))} "
    return asked in texts.stems or asked in texts.around_stems


def _phrase(node: Phrase, texts: Texts) -> bool:
    asked = f" {' '.join(node.words)} "
    return asked in texts.words or asked in texts.around_words


def _prefix(node: Prefix, texts: Texts) -> bool:
    return f" {node.start}" in texts.words or f" {node.start}" in texts.around_words


def _near(node: Near, texts: Texts) -> bool:
    words = texts.words.split()
    places = [[at for at, word in enumerate(words) if word == one] for one in node.words]
    return any(0 < abs(a - b) <= node.apart + 1 for a in places[0] for b in places[1])


def _field(node: Field, texts: Texts) -> bool:
    if node.name == "kind":
        return bool(texts.shown["kind"] == node.values[0])
    if node.name == "stance":
        return any(row["value"] == node.values[0] for row in texts.shown["stances"])
    first, last = node.values
    days = texts.days
    return (
        bool(days.earliest or days.latest)
        and (not first or days.latest is None or str(days.latest) >= first_day(first))
        and (not last or days.earliest is None or str(days.earliest) <= last_day(last))
    )


TESTS: dict[type, Callable[[Any, Texts], bool]] = {
    Word: _word,
    Phrase: _phrase,
    Prefix: _prefix,
    Near: _near,
    Field: _field,
    Not: lambda node, texts: not fits(node.part, texts),
    And: lambda node, texts: all(fits(part, texts) for part in node.parts),
    Or: lambda node, texts: any(fits(part, texts) for part in node.parts),
}
