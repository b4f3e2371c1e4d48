"""SQLite: FTS5."""

from typing import TYPE_CHECKING

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from quotes.models import Quote
from quotes.search.words import stem

if TYPE_CHECKING:
    from quotes.search.query import Query, Term

MATCHING = "SELECT rowid FROM quotes_searchindex WHERE quotes_searchindex MATCH %s"
# bm25 is smaller for better; a hit in the quote counts four times one around it.
RANK = (
    "SELECT -bm25(quotes_searchindex, 4.0, 4.0, 1.0, 1.0) FROM quotes_searchindex "
    'WHERE quotes_searchindex MATCH %s AND rowid = "quotes_quote"."id"'
)


def matching(queryset: QuerySet[Quote], query: "Query") -> QuerySet[Quote]:
    expression = " AND ".join(_condition(term) for term in query.terms)
    return queryset.filter(pk__in=RawSQL(MATCHING, [expression])).annotate(
        relevance=RawSQL(RANK, [expression], output_field=FloatField())
    )


def _condition(term: "Term") -> str:
    """Return one term in FTS5's language; its words are letters and digits only."""
    if term.exact:
        return f'{{words around_words}} : "{" ".join(term.words)}"'
    return f'{{stems around_stems}} : "{stem(term.words[0])}"'
