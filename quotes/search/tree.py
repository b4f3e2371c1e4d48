"""What a search means: conditions on the words of a quote and on what is known about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.search.words import stem


class SearchError(ValueError):
    """The words can't be searched; `code` says what is wrong, `repaired` the nearest that can."""

    def __init__(self, code: str, message: str, repaired: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.repaired = repaired


@dataclass(frozen=True)
class Word:
    """Words next to each other, found by their stems: one word, or the parts of well-being."""

    words: tuple[str, ...]
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Phrase:
    """Words next to each other, as they are written."""

    words: tuple[str, ...]
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Prefix:
    """A word that begins so."""

    start: str
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Near:
    """Two words of the quote itself, in either order, with at most `apart` others between them."""

    words: tuple[str, str]
    apart: int
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Field:
    """What is known about a quote: `values` are words of a name, one stored word, or two days."""

    name: str
    values: tuple[str, ...]
    prefix: bool = False
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Node", ...]


TextLeaf = Word | Phrase | Prefix | Near
Leaf = TextLeaf | Field
Node = Leaf | Not | And | Or
TEXT_LEAVES = (Word, Phrase, Prefix, Near)


@dataclass(frozen=True)
class Query:
    """A search that can be made: `text` as it was read, `root` as it was understood."""

    text: str
    root: Node

    @property
    def wanted(self) -> tuple[Leaf, ...]:
        """The conditions that a quote should meet, not those that it should not."""
        return tuple(_wanted(self.root))

    @property
    def ranked(self) -> tuple[TextLeaf, ...]:
        """The words by which a quote can match better or worse."""
        return tuple(leaf for leaf in self.wanted if isinstance(leaf, TEXT_LEAVES))

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all words asked for: what a reader expects to see marked."""
        found = (leaf.words for leaf in self.ranked if not isinstance(leaf, Prefix))
        return frozenset(stem(word) for group in found for word in group)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of words asked for, marked too."""
        return tuple(leaf.start for leaf in self.ranked if isinstance(leaf, Prefix))


def _wanted(node: Node) -> Iterator[Leaf]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part)
    elif not isinstance(node, Not):
        yield node
