"""5: words -> the published quotes that hold them. One function over two databases."""

from quotes.search.index import index_quote, index_rows_wrong, rebuild
from quotes.search.language import parse
from quotes.search.query import matching, relevance, search_quotes
from quotes.search.tree import Query, SearchError
from quotes.search.words import mark

__all__ = [
    "Query",
    "SearchError",
    "index_quote",
    "index_rows_wrong",
    "mark",
    "matching",
    "parse",
    "rebuild",
    "relevance",
    "search_quotes",
]
