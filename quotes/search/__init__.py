"""5: words -> the published quotes that hold them. One function over two databases."""

from quotes.search.index import index_quote, index_rows_wrong, rebuild
from quotes.search.query import SearchError, parse, search_quotes
from quotes.search.words import mark

__all__ = [
    "SearchError",
    "index_quote",
    "index_rows_wrong",
    "mark",
    "parse",
    "rebuild",
    "search_quotes",
]
