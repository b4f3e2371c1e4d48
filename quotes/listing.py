"""5: one filtered view of the published quotes, for the page and for every other format.

listing = Listing(request.GET)
if listing.faults: ...            # 400, with listing.repaired
listing.quotes, listing.count, listing.sentence
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from base.parameters import Fault, repaired
from base.visible import visible
from quotes.card_rows import card_rows
from quotes.choices import StanceValue
from quotes.column_found import found
from quotes.facets import VOCABULARIES, Facet, facet, facets, language_name
from quotes.filters import NOT, QuoteFilter
from quotes.found import Found
from quotes.models import Quote, Target
from quotes.search import suggestions
from quotes.sentence import sentence

PAGE_SIZE = 20
# Pages by number read past all that comes before; further on the links lead by place.
MOST_PAGES = 500
MOST_REPAIRS = 4
MOST_WAYS_OUT = 6
LABELS = {
    "q": "Words",
    "speaker": "Speaker",
    "organization": "Organisation",
    "role": "Role",
    "target": "About",
    "stance": "Stance",
    "outlet": "Published by",
    "kind": "Kind",
    "channel": "Said in",
    "year": "Year",
    "language": "Language",
    "disputed": "Disputed",
    "date_from": "From",
    "date_to": "To",
}
# Which page is shown of a list, not which list it is.
PLACES = ("page", "after", "before")
# Values that say nothing beyond their absence; an address is shorter without them.
DEFAULTS = {"page": "1", "sort": "newest", "date_of": "either"}


@dataclass(frozen=True)
class Selection:
    """One value that narrows the list, asked for or left out, with the query that lifts it."""

    name: str
    label: str
    value: str
    query_without: str
    left_out: bool = False


@dataclass(frozen=True)
class WayOut:
    """A list near an empty one: what was changed, how many quotes it has, its query."""

    text: str
    value: str
    count: int
    query: str


def _written(name: str, values: Sequence[str]) -> str:
    """Return a parameter with its values for a query string, "" without one that says anything."""
    tidy = (" ".join(value.split()) for value in values)
    return urlencode([(name, v) for v in tidy if v and v != DEFAULTS.get(name)])


class Listing:
    """The published quotes that a request's parameters ask for.

    Nothing but `faults`, `moved` and `repaired` may be read while there are faults. Public: those
    three, `filter`, `found`, `quotes` (all, in order), `count`, `sentence`,
    `sentence_of`, `query`, `sort`.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.filter = QuoteFilter(data, queryset=Quote.objects.published())

    @cached_property
    def faults(self) -> list[Fault]:
        found = self.filter.faults()
        if not found and self.page > MOST_PAGES:
            message = f"Pages have numbers up to {MOST_PAGES}; further on, follow the links."
            found = [Fault("page", message, (str(MOST_PAGES),))]
        return found

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

    @cached_property
    def found(self) -> Found:
        return found(self.filter)

    # --- Addresses ------------------------------------------------------------------------------

    @property
    def query(self) -> str:
        """The query string in its shortest form, parameters in one order; without the page."""
        return self.query_with({})

    @property
    def query_here(self) -> str:
        """The same with the page."""
        return self.query_with({name: self.data.getlist(name) for name in PLACES})

    def query_with(self, changes: Mapping[str, Sequence[str]]) -> str:
        """Return the query string with other values for some parameters; on the first page."""
        parts = self._parts | {name: _written(name, changes[name]) for name in changes}
        if not (parts["date_from"] or parts["date_to"]):
            parts["date_of"] = ""
        if not parts["q"] and parts["sort"] == "sort=relevance":
            parts["sort"] = ""
        return "&".join(part for part in parts.values() if part)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Each parameter as it stands in the query string; a page has dozens of these."""
        names = self.filter.form.fields
        return {n: "" if n in PLACES else _written(n, self.data.getlist(n)) for n in names}

    def query_without(self, name: str, value: str) -> str:
        """Return the query string without one value of a parameter."""
        rest = [v for v in self.data.getlist(name) if " ".join(v.split()) != value]
        return self.query_with({name: rest})

    @property
    def tidy(self) -> bool:
        """Whether the address is already in its shortest form (in whatever order)."""
        return dict(QueryDict(self.query_here).lists()) == dict(self.data.lists())

    # --- What is found --------------------------------------------------------------------------

    @property
    def searched(self) -> bool:
        return bool(self.filter.chosen["q"])

    @property
    def rankable(self) -> bool:
        """Whether there are words by which a quote can match better or worse."""
        return bool(self.filter.query and self.filter.query.ranked)

    @cached_property
    def quotes(self) -> QuerySet[Quote]:
        """All the quotes in the order asked for, ready for cards."""
        return self.found.sorted().for_cards()  # type: ignore[attr-defined]

    @property
    def sort(self) -> str:
        return self.filter.sorted_by

    @property
    def date_of(self) -> str:
        return str(self.filter.chosen["date_of"] or "either")

    @property
    def count(self) -> int:
        return self.found.count

    @cached_property
    def sentence(self) -> str:
        """What is shown, in words: “12 quotes by Ed Balls, newest first”."""
        return self.sentence_of(self.count)

    def sentence_of(self, count: int) -> str:
        """Return the same for another number of quotes: as it was at another time."""
        return sentence(count, self.filter.chosen, sort=self.sort, label=self._label)

    @property
    def stems(self) -> frozenset[str]:
        """What a reader expects to see marked."""
        return self.filter.query.stems if self.filter.query else frozenset()

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Beginnings of words to be marked."""
        return self.filter.query.prefixes if self.filter.query else ()

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.found)

    def facet(self, name: str) -> Facet:
        """Return one facet with all its values."""
        return facet(name, self.filter, self.found.all_counts(name))

    # --- The page -------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        return int(self.filter.chosen["page"])

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the quotes shown."""
        chosen, skip = self.filter.chosen, (self.page - 1) * PAGE_SIZE
        return self.found.keys(PAGE_SIZE, skip=skip, after=chosen["after"], before=chosen["before"])

    @cached_property
    def shown(self) -> list[Quote]:
        """The quotes of the page asked for."""
        return card_rows(self.keys)

    def first(self, size: int) -> list[Quote]:
        """Return the first quotes in the order asked for, ready for cards."""
        return card_rows(self.found.keys(size))

    @cached_property
    def start(self) -> int:
        """How many quotes come before those shown."""
        if not (self.filter.chosen["after"] or self.filter.chosen["before"]):
            return (self.page - 1) * PAGE_SIZE
        return self.found.ahead(self.found.order.cursor(self.shown[0])) if self.shown else 0

    @property
    def end(self) -> int:
        return self.start + len(self.shown)

    @property
    def number(self) -> int:
        """The number of the page, counted from where it begins."""
        return self.start // PAGE_SIZE + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def next_query(self) -> str | None:
        """The query of the page after this, None after the last."""
        if not self.shown or self.end >= self.count:
            return None
        if self.found.order.has_places:
            return self._at("after", str(self.found.order.cursor(self.shown[-1])))
        return self._at("page", str(self.page + 1)) if self.page < MOST_PAGES else None

    @property
    def previous_query(self) -> str | None:
        """The query of the page before this, None before the first."""
        if not self.start:
            return None
        if self.start <= PAGE_SIZE:
            return self.query
        if self.found.order.has_places and self.shown:
            return self._at("before", str(self.found.order.cursor(self.shown[0])))
        return self._at("page", str(self.page - 1))

    def _at(self, name: str, place: str) -> str:
        return self.query_with({name: [place]})

    # --- What narrows it ------------------------------------------------------------------------

    @cached_property
    def selected(self) -> list[Selection]:
        """Each value that narrows the list, in the panel's order."""
        found = []
        for name, label in LABELS.items():
            for parameter in (name, NOT + name):
                for value in map(" ".join, map(str.split, self.data.getlist(parameter))):
                    if value:
                        query = self.query_without(parameter, value)
                        text = self._label(name, value)
                        found.append(Selection(parameter, label, text, query, parameter != name))
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of all rows chosen, by slug; the slugs of one kind of row at a time."""
        rows = {
            f"{name}:{row.slug}": visible(str(row))
            for name in ("speaker", "organization", "target", "outlet")
            for parameter in (name, NOT + name)
            for row in self.filter.chosen[parameter]
        }
        pairs = [*self.filter.chosen["stance"], *self.filter.chosen[f"{NOT}stance"]]
        slugs = {value.partition(":")[0] for value in pairs if ":" in value}
        for target in Target.objects.filter(slug__in=slugs) if slugs else ():
            rows[f"target:{target.slug}"] = visible(target.label)
        return rows

    def _label(self, name: str, value: str) -> str:
        """Return what a reader calls a value of a parameter."""
        if name == "stance" and ":" in value:
            slug, _, word = value.partition(":")
            return f"{StanceValue(word).label}: {self._names.get(f'target:{slug}', slug)}"
        if name in VOCABULARIES:
            return VOCABULARIES[name].get(value, value)
        if name == "language":
            return language_name(value)
        return self._names.get(f"{name}:{value}") or visible(value)

    # --- When nothing is found ------------------------------------------------------------------

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Lists that are left when one filter is lifted, those that have quotes first."""
        found = []
        for one in self.selected[:MOST_WAYS_OUT]:
            text = f"without {'not ' if one.left_out else ''}{one.label.lower()}"
            count = Listing(QueryDict(one.query_without)).count
            found.append(WayOut(text, one.value, count, one.query_without))
        return sorted(found, key=lambda way: way.count == 0)

    @cached_property
    def corrections(self) -> list[WayOut]:
        """Searches that were perhaps meant, each of which finds something."""
        found = []
        for text in suggestions.suggest(self.filter.query) if self.filter.query else ():
            query = self.query_with({"q": [text]})
            near = Listing(QueryDict(query))
            if not near.faults and near.count:
                found.append(WayOut("", visible(text), near.count, query))
        return found
