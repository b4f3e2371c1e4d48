"""5: one filtered view of the published quotes, for the page and for every other format.

listing = Listing(request.GET)
if listing.faults: ...            # 400, with listing.repaired
listing.quotes, listing.count, listing.sentence
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from base.parameters import Fault, repaired
from base.visible import visible
from quotes.choices import Channel, Kind, StanceValue
from quotes.facets import Facet, facets
from quotes.filters import QuoteFilter
from quotes.models import Quote
from quotes.search import parse
from quotes.sentence import sentence

PAGE_SIZE = 20
MOST_REPAIRS = 4
LABELS = {
    "q": "Words",
    "speaker": "Speaker",
    "organization": "Organisation",
    "target": "About",
    "stance": "Stance",
    "outlet": "Published by",
    "kind": "Kind",
    "channel": "Said in",
    "date_from": "From",
    "date_to": "To",
}
# Values that say nothing beyond their absence; an address is shorter without them.
DEFAULTS = {"page": "1", "sort": "newest", "date_of": "either"}


@dataclass(frozen=True)
class Selection:
    """One value that narrows the list, with the query that lifts it."""

    name: str
    label: str
    value: str
    query_without: str


class Listing:
    """The published quotes that a request's parameters ask for.

    Nothing but `faults`, `moved` and `repaired` may be read while there are faults.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.filter = QuoteFilter(data, queryset=Quote.objects.published())

    @cached_property
    def faults(self) -> list[Fault]:
        return self.filter.faults()

    @property
    def moved(self) -> bool:
        """Only names of things that have another address now: the repaired query is the answer."""
        return bool(self.faults) and all(fault.code == "moved" for fault in self.faults)

    @cached_property
    def repaired(self) -> "Listing":
        """The nearest listing without a fault."""
        mended = self
        # What was mended can have a fault of its own: cut to length, it may have too many words.
        for _ in range(MOST_REPAIRS):
            mended = Listing(repaired(mended.data, mended.filter.form, mended.faults))
            if not mended.faults:
                return mended
        return Listing(QueryDict())

    @property
    def query(self) -> str:
        """The query string in its shortest form, parameters in one order; without the page."""
        return self._query()

    def _query(self, *, leave_out: tuple[str, str] = ("", ""), page: int = 1) -> str:
        """Return a query string, without one value, for a page."""
        tidy = QueryDict(mutable=True)
        for name in self.filter.form.fields:
            values = [
                value
                for value in (" ".join(given.split()) for given in self.data.getlist(name))
                if value and value != DEFAULTS.get(name) and (name, value) != leave_out
            ]
            if values and name != "page":
                tidy.setlist(name, values)
        if "date_from" not in tidy and "date_to" not in tidy:
            tidy.pop("date_of", None)
        if leave_out[0] == "q" and tidy.get("sort") == "relevance":
            del tidy["sort"]
        if not self.searched and tidy.get("sort") == "relevance":
            tidy.pop("sort", None)
        if page > 1:
            tidy["page"] = str(page)
        return tidy.urlencode()

    @property
    def searched(self) -> bool:
        return bool(self.filter.chosen["q"])

    @property
    def tidy(self) -> bool:
        """Whether the address is already in its shortest form (in whatever order)."""
        shortest = QueryDict(self.page_query(self.page))
        return dict(shortest.lists()) == dict(self.data.lists())

    def page_query(self, page: int) -> str:
        return self._query(page=page)

    @cached_property
    def quotes(self) -> QuerySet[Quote]:
        """The quotes in the order asked for, ready for cards."""
        return self.filter.filtered().order_by(*self._order()).for_cards()  # type: ignore[attr-defined,no-any-return]

    def _order(self) -> list[str | OrderBy]:
        newest: list[str | OrderBy] = [F("date_earliest").desc(nulls_last=True), "-pk"]
        if self.sort == "oldest":
            return [F("date_earliest").asc(nulls_last=True), "pk"]
        return ["-relevance", *newest] if self.sort == "relevance" else newest

    @property
    def sort(self) -> str:
        return str(self.filter.chosen["sort"] or "newest")

    @property
    def date_of(self) -> str:
        return str(self.filter.chosen["date_of"] or "either")

    @cached_property
    def count(self) -> int:
        return self.filter.filtered().count()

    @property
    def page(self) -> int:
        return int(self.filter.chosen["page"])

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @cached_property
    def shown(self) -> list[Quote]:
        """The quotes of the page asked for."""
        start = (self.page - 1) * PAGE_SIZE
        return list(self.quotes[start : start + PAGE_SIZE])

    @cached_property
    def sentence(self) -> str:
        """What is shown, in words: “12 quotes by Ed Balls, newest first”."""
        return sentence(self.count, self.filter.chosen, sort=self.sort)

    @property
    def stems(self) -> frozenset[str]:
        """What a reader expects to see marked."""
        return parse(self.filter.chosen["q"]).stems if self.searched else frozenset()

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.filter)

    @cached_property
    def selected(self) -> list[Selection]:
        """Each value that narrows the list, in the panel's order."""
        names = {
            row.slug: str(row)
            for name in ("speaker", "organization", "target", "outlet")
            for row in self.filter.chosen[name]
        }
        words = {"stance": StanceValue, "kind": Kind, "channel": Channel}
        found = []
        for name, label in LABELS.items():
            for value in self.data.getlist(name):
                value = " ".join(value.split())
                if value:
                    text = words[name](value).label if name in words else names.get(value, value)
                    query = self._query(leave_out=(name, value))
                    found.append(Selection(name, label, visible(text), query))
        return found
