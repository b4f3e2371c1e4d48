"""PostgreSQL: a tree of words as conditions on two generated tsvector columns with GIN indexes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import FloatField
from django.db.models.expressions import RawSQL

from quotes.search.columns.part import Array
from quotes.search.tree import And, Near, Node, Not, Or, Phrase, Prefix, Query, TextLeaf, Word
from quotes.search.words import stem

WRITTEN, STEMMED = "words_vector", "stems_vector"
# For the weights D, C, B (around the quote) and A (the quote).
WEIGHTS = "'{0, 0, 0.25, 1}'"
# As a double, so that what is read is what compares equal again.
TS_RANK = f"ts_rank({WEIGHTS}, stems_vector, to_tsquery('simple', %s))::float8"
RANK = f'SELECT {TS_RANK} FROM quotes_searchrow WHERE quote_id = "quotes_quote"."id"'
# Each rank reads the positions of the row's words: a hundred thousand take a second.
MOST_RANKED = 20_000
BEST = (
    "SELECT quote_id FROM quotes_searchrow WHERE quote_id = ANY(%s) "
    f"ORDER BY {TS_RANK} DESC, quote_id DESC"
)

# Words so common that their pairs have an index (migration 0081, which has the same list).
COMMON = frozenset(
    "a about after all also an and any are as at be been but by can could did do for from had has "
    "have he her him his how i if in into is it its just like may me more my no not now of on one "
    "or our out over said she should so some such than that the their them then there these they "
    "this those to two up was we were what when which who will with would you your".split()
)
PAIRS = "otr_common_pairs(words, around_words) @> %s::text[]"


def matching(node: Node) -> tuple[str, list[Any]]:
    """Return SQL for the ids of the quotes that a tree of words fits, and its values."""
    condition, values = _condition(node)
    return f"SELECT quote_id FROM quotes_searchrow WHERE {condition}", values


def relevance(leaves: Sequence[TextLeaf]) -> RawSQL:
    """Return the expression for how well a quote fits the leaves."""
    return RawSQL(RANK, [_ranked(leaves)], output_field=FloatField())


def best(query: Query, keys: Array, *, least: int | None) -> tuple[str, list[Any]]:
    """Return SQL for some keys, those first that match a search best, and its values."""
    return BEST, [keys.tolist(), _ranked(query.ranked)]


def _ranked(leaves: Sequence[TextLeaf]) -> str:
    stems = {
        f"{leaf.start}:*" if isinstance(leaf, Prefix) else stem(word)
        for leaf in leaves
        for word in ([""] if isinstance(leaf, Prefix) else leaf.words)
    }
    return " | ".join(sorted(stems))


def _condition(node: Node) -> tuple[str, list[Any]]:
    """Return SQL; leaves of one column go into one tsquery, which the index intersects itself."""
    if not isinstance(node, And | Or):
        return _tests([node], " & ")[0]
    word, sign = ("AND", " & ") if isinstance(node, And) else ("OR", " | ")
    leaves = [part for part in node.parts if not isinstance(_bare(part), And | Or)]
    found = _tests(leaves, sign)
    found += [_condition(part) for part in node.parts if isinstance(part, And | Or)]
    for part in node.parts:
        if isinstance(part, Not) and isinstance(part.part, And | Or):
            condition, values = _condition(part.part)
            found.append((f"NOT {condition}", values))
    conditions = f" {word} ".join(condition for condition, _ in found)
    return f"({conditions})", [value for _, values in found for value in values]


def _bare(node: Node) -> Node:
    return node.part if isinstance(node, Not) else node


def _tests(nodes: Iterable[Node], sign: str) -> list[tuple[str, list[Any]]]:
    """Return a condition for each column that some of the leaves, perhaps negated, are about."""
    columns: dict[str, list[str]] = {}
    found: list[tuple[str, list[Any]]] = []
    for node in nodes:
        leaf = _bare(node)
        if isinstance(leaf, Phrase) and (pairs := common_pairs(leaf)):
            condition, values = _with_pairs(leaf, pairs)
            found.append((f"NOT {condition}" if isinstance(node, Not) else condition, values))
            continue
        column, expression = _leaf(leaf)
        if isinstance(node, Not):
            expression = f"!({expression})"
        columns.setdefault(column, []).append(expression)
    found += [
        (f"{column} @@ to_tsquery('simple', %s)", [sign.join(expressions)])
        for column, expressions in columns.items()
    ]
    return found


def common_pairs(phrase: Phrase) -> list[str]:
    """Return the pairs of very common words in a phrase, for which there is an index."""
    return [" ".join(pair) for pair in pairwise(phrase.words) if COMMON.issuperset(pair)]


def _with_pairs(phrase: Phrase, pairs: list[str]) -> tuple[str, list[Any]]:
    """Return the condition of a phrase by its pairs, which for two words is all there is to it."""
    if len(phrase.words) == 2:
        return f"({PAIRS})", [pairs]
    column, expression = _leaf(phrase)
    return f"({PAIRS} AND {column} @@ to_tsquery('simple', %s))", [pairs, expression]


def _leaf(node: Node) -> tuple[str, str]:
    """Return the column and a leaf in tsquery's language; words are letters and digits only."""
    if isinstance(node, Word):
        return STEMMED, f"({' <-> '.join(stem(word) for word in node.words)})"
    if isinstance(node, Phrase):
        return WRITTEN, f"({' <-> '.join(node.words)})"
    if isinstance(node, Prefix):
        return WRITTEN, f"{node.start}:*"
    if isinstance(node, Near):
        return WRITTEN, f"({' | '.join(_near(node))})"
    raise TypeError(f"{node} is not a condition on words.")


def _near(node: Near) -> list[str]:
    """Return both orders at each distance; weight A is the quote itself."""
    one, other = (f"{word}:A" for word in node.words)
    distances = range(1, node.apart + 2)
    return [
        f"{first} <{distance}> {second}"
        for first, second in ((one, other), (other, one))
        for distance in distances
    ]
