"""SQLite: a tree of words in the language of FTS5."""

from collections.abc import Sequence

from django.db.models import FloatField
from django.db.models.expressions import RawSQL

from quotes.search.tree import And, Near, Node, Not, Or, Phrase, Prefix, TextLeaf, Word
from quotes.search.words import stem

WRITTEN, STEMMED = "{words around_words}", "{stems around_stems}"
MATCHING = "SELECT rowid FROM quotes_searchindex WHERE quotes_searchindex MATCH %s"
# bm25 is smaller for better; a hit in the quote counts four times one around it. Materialized:
# else the ranks of all matches would be computed anew for each row.
RANK = (
    "WITH hits(id, rank) AS MATERIALIZED ("
    "SELECT rowid, -bm25(quotes_searchindex, 4.0, 4.0, 1.0, 1.0) FROM quotes_searchindex "
    "WHERE quotes_searchindex MATCH %s) "
    'SELECT rank FROM hits WHERE id = "quotes_quote"."id"'
)


def matching(node: Node) -> tuple[str, list[str]]:
    """Return SQL for the ids of the quotes that a tree of words fits, and its values."""
    return MATCHING, [_expression(node)]


def relevance(leaves: Sequence[TextLeaf]) -> RawSQL:
    """Return the expression for how well a quote fits some of the leaves; null for none."""
    return RawSQL(RANK, [_expression(Or(tuple(leaves)))], output_field=FloatField())


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
