"""SQLite: a tree of words in the language of FTS5."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import FloatField
from django.db.models.expressions import RawSQL

from quotes.search.columns.part import Array
from quotes.search.tree import And, Near, Node, Not, Or, Phrase, Prefix, Query, TextLeaf, Word
from quotes.search.words import stem

WRITTEN, STEMMED = "{words around_words}", "{stems around_stems}"
MATCHING = "SELECT rowid FROM quotes_searchindex WHERE quotes_searchindex MATCH %s"
# Smaller for better; a hit in the quote counts four times one around it.
BM25 = "bm25(quotes_searchindex, 4.0, 4.0, 1.0, 1.0)"
# Materialized: else the ranks of all matches would be computed anew for each row.
RANK = (
    "WITH hits(id, rank) AS MATERIALIZED ("
    f"SELECT rowid, -{BM25} FROM quotes_searchindex WHERE quotes_searchindex MATCH %s) "
    'SELECT rank FROM hits WHERE id = "quotes_quote"."id"'
)
# A quarter of a second, with what else a page needs, at any size.
MOST_RANKED = 100_000
BEST = f"{MATCHING} AND {{0}} ORDER BY {BM25}, rowid DESC"
SINCE = "rowid >= %s"
# The plus keeps each key from being looked up in the index by itself, which takes a thousand times
# as long as going through all matches once.
AMONG = "+rowid IN (SELECT value FROM json_each(%s))"


def matching(node: Node) -> tuple[str, list[str]]:
    """Return SQL for the ids of the quotes that a tree of words fits, and its values."""
    return MATCHING, [_expression(node)]


def relevance(leaves: Sequence[TextLeaf]) -> RawSQL:
    """Return the expression for how well a quote fits some of the leaves; null for none."""
    return RawSQL(RANK, [_expression(Or(tuple(leaves)))], output_field=FloatField())


def best(query: Query, keys: Array, *, least: int | None) -> tuple[str, list[Any]]:
    """Return SQL for some keys, those first that match a search best, and its values.

    With `least` they are those of the search alone from that key on, and need not be named. Asked
    of the index without the table of quotes: it holds published ones only.
    """
    if least is not None:
        return BEST.format(SINCE), [_expression(query.root), least]
    any_word = _expression(Or(query.ranked))
    return BEST.format(AMONG), [any_word, json.dumps(keys.tolist())]


def _expression(node: Node) -> str:
    """Return a tree in FTS5's language; its words are letters and digits only."""
    if isinstance(node, Or):
        return f"({' OR '.join(_expression(part) for part in node.parts)})"
    if isinstance(node, And):
        asked = [_expression(part) for part in node.parts if not isinstance(part, Not)]
        unasked = [_expression(part.part) for part in node.parts if isinstance(part, Not)]
        found = f"({' AND '.join(asked)})"
        return f"({found} NOT ({' OR '.join(unasked)}))" if unasked else found
    return _leaf(node)


def _leaf(node: Node) -> str:
    if isinstance(node, Word):
        return f'{STEMMED} : "{" ".join(stem(word) for word in node.words)}"'
    if isinstance(node, Phrase):
        return f'{WRITTEN} : "{" ".join(node.words)}"'
    if isinstance(node, Prefix):
        return f'{WRITTEN} : "{node.start}" *'
    if isinstance(node, Near):
        return f'{{words}} : NEAR("{node.words[0]}" "{node.words[1]}", {node.apart})'
    raise TypeError(f"{node} is not a condition on words.")
