"""What a filter finds: how many quotes, how they divide, which stand on a page. Asked in SQL.

This is the seam for other ways of counting: whatever has these four answers can stand in for
`Found`, and tests hold it against this one.
"""

from collections.abc import Sequence
from functools import cached_property

from django.db import connections
from django.db.models import Case, FloatField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from quotes.facet_counts import Counts, counts
from quotes.filters import QuoteFilter
from quotes.models import Quote
from quotes.paging import ORDERS, Cursor, Order
from quotes.search import relevance
from quotes.search.columns import Selection, read_part
from quotes.search.query import backend

# Of the columns of words, those that are counted of one person.
COUNTED = ("kind", "basis")


class Found:
    """The quotes that a filter without faults finds."""

    def __init__(self, asked: QuoteFilter) -> None:
        self.asked = asked

    @cached_property
    def count(self) -> int:
        return self.asked.filtered().count()

    @cached_property
    def counts(self) -> Counts:
        """How many quotes each value of each facet would show, without the facet's own filter."""
        return counts(self.asked)

    def all_counts(self, name: str) -> Counts:
        """Return the counts of one facet with all its values; others may be there or not."""
        return self.counts

    def unlisted(self, name: str) -> int:
        """Return how many values of a facet `counts` leaves out, those least frequent."""
        return 0

    @property
    def order(self) -> Order:
        return ORDERS[self.asked.sorted_by]

    def keys(
        self,
        limit: int,
        *,
        skip: int = 0,
        after: Cursor | None = None,
        before: Cursor | None = None,
    ) -> list[int]:
        """Return the keys of up to `limit` quotes in the order asked for.

        From the top, past `skip` quotes; or directly after a place, or directly before one.
        """
        if before:
            quotes = self.sorted(backwards=True).filter(self.order.beyond(before, backwards=True))
            return list(quotes.values_list("pk", flat=True)[:limit])[::-1]
        quotes = self.sorted()
        if after:
            quotes = quotes.filter(self.order.beyond(after))
        return list(quotes.values_list("pk", flat=True)[skip : skip + limit])

    def ahead(self, cursor: Cursor) -> int:
        """Return how many quotes come before a place."""
        return self.sorted().filter(self.order.beyond(cursor, backwards=True)).count()

    @cached_property
    def selections(self) -> Sequence[Selection]:
        """The quotes in columns, for what counts their stances; here they are read for that."""
        quotes = self.asked.filtered().order_by()
        keys = list(quotes.values_list("pk", flat=True))
        return [Selection(read_part(connections[quotes.db], keys, words=COUNTED), {})]

    def sorted(self, *, backwards: bool = False) -> QuerySet[Quote]:
        """Return all the quotes in the order asked for, or in the opposite one."""
        quotes = self.asked.filtered()
        if self.order.column == "relevance" and self.asked.query:
            rank = relevance(quotes.db, self.asked.query)
            zero = Value(0.0, output_field=FloatField())
            quotes = quotes.annotate(relevance=self._ranked(Coalesce(rank, zero)))
        return quotes.order_by(*self.order.ordering(backwards=backwards))

    def _ranked(self, rank: Combinable) -> Combinable:
        """Return the rank, or null for quotes that are too many to be ranked (decision 0031)."""
        most = backend(self.asked.queryset.db).MOST_RANKED
        if self.count <= most:
            return rank
        keys = self.asked.filtered().order_by("-pk").values_list("pk", flat=True)
        last = keys[most : most + 1].get()
        return Case(When(pk__gt=last, then=rank), output_field=FloatField())
