"""PostgreSQL: two generated tsvector columns with GIN indexes."""

from typing import TYPE_CHECKING

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from quotes.models import Quote
from quotes.search.words import stem

if TYPE_CHECKING:
    from quotes.search.query import Query, Term

WEIGHTS = "'{0, 0, 0.25, 1}'"


def matching(queryset: QuerySet[Quote], query: "Query") -> QuerySet[Quote]:
    conditions, values = [], []
    for term in query.terms:
        column, expression = _condition(term)
        conditions.append(f"{column} @@ to_tsquery('simple', %s)")
        values.append(expression)
    matches = f"SELECT quote_id FROM quotes_searchrow WHERE {' AND '.join(conditions)}"
    stems = " & ".join(stem(word) for term in query.terms for word in term.words)
    rank = (
        f"SELECT ts_rank({WEIGHTS}, stems_vector, to_tsquery('simple', %s)) "
        'FROM quotes_searchrow WHERE quote_id = "quotes_quote"."id"'
    )
    return queryset.filter(pk__in=RawSQL(matches, values)).annotate(
        relevance=RawSQL(rank, [stems], output_field=FloatField())
    )


def _condition(term: "Term") -> tuple[str, str]:
    """Return the column and one term in tsquery's language; words are letters and digits only."""
    if term.exact:
        return "words_vector", " <-> ".join(term.words)
    return "stems_vector", stem(term.words[0])
