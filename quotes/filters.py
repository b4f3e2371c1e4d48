"""5: the one filter behind the list, and behind feeds, downloads and the API.

Public: `QuoteFilter(data, queryset=...)`, its `faults()`, `chosen`, `query` and `filtered()`; and
the names in FACETS, each of which can be asked for (`speaker=`) and left out (`not_speaker=`).
docs/search.md has the table of the parameters.
"""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from base import parameters
from base.parameters import DayField, PageField, WordField, WordsOfField
from quotes import conditions
from quotes.choices import Kind
from quotes.conditions import CHANNELS, DISPUTED
from quotes.fields import (
    CursorField,
    LanguagesField,
    RolesField,
    SearchField,
    StancesField,
    YearsField,
    organizations,
    outlets,
    people,
    targets,
)
from quotes.models import Quote
from quotes.paging import ORDERS
from quotes.search import Query, matching, parse

FACETS = (
    "target",
    "stance",
    "speaker",
    "organization",
    "role",
    "outlet",
    "year",
    "kind",
    "channel",
    "language",
    "disputed",
)
NOT = "not_"
SORTS = tuple(ORDERS)
DATES_OF = ("either", "said", "published")


class QuoteForm(forms.Form):
    """The parameters of the list, in the order in which an address has them."""

    q = SearchField()
    speaker, not_speaker = people(), people()
    organization, not_organization = organizations(), organizations()
    role, not_role = RolesField(), RolesField()
    target, not_target = targets(), targets()
    stance, not_stance = StancesField(), StancesField()
    outlet, not_outlet = outlets(), outlets()
    kind, not_kind = WordsOfField(words=Kind.values), WordsOfField(words=Kind.values)
    channel, not_channel = WordsOfField(words=CHANNELS), WordsOfField(words=CHANNELS)
    year, not_year = YearsField(), YearsField()
    language, not_language = LanguagesField(), LanguagesField()
    disputed, not_disputed = WordsOfField(words=DISPUTED), WordsOfField(words=DISPUTED)
    date_of = WordField(words=DATES_OF)
    date_from, date_to = DayField(), DayField(latest=True)
    sort = WordField(words=SORTS)
    page = PageField()
    after, before = CursorField(), CursorField()


class QuoteFilter:
    """What a reader can ask of the published quotes. Check `faults` before anything else."""

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Quote]) -> None:
        self.data = data
        self.queryset = queryset
        self.form = QuoteForm(data)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The values of a form without faults; only of such a one."""
        if not self.form.is_valid():
            raise ValueError("The parameters have faults.")
        return self.form.cleaned_data

    @cached_property
    def query(self) -> Query | None:
        """What the words mean; None without words."""
        return parse(self.chosen["q"]) if self.chosen["q"] else None

    @property
    def sorted_by(self) -> str:
        """The name of the order asked for."""
        return str(self.chosen["sort"] or "newest")

    def faults(self) -> list[parameters.Fault]:
        """Return what is wrong with the request, each with the parameter's name."""
        found = parameters.faults(self.data, self.form)
        if not found:
            found = list(self._contradictions())
        return found

    def _contradictions(self) -> list[parameters.Fault]:
        chosen = self.chosen
        if self.sorted_by == "relevance" and not (self.query and self.query.ranked):
            return [parameters.Fault("sort", "Only a search for words has a relevance.")]
        start, end = chosen["date_from"], chosen["date_to"]
        if start and end and start[1] > end[1]:
            return [parameters.Fault("date_to", "The last day is before the first.")]
        for name in FACETS:
            both = [value for value in chosen[NOT + name] if value in chosen[name]]
            if both:
                rest = [
                    v for v in self.data.getlist(NOT + name) if v not in self.data.getlist(name)
                ]
                message = "What is asked for can't be left out as well."
                return [parameters.Fault(NOT + name, message, tuple(rest))]
        return self._places()

    def _places(self) -> list[parameters.Fault]:
        """Return what is wrong with where the page is to begin."""
        given = [name for name in ("after", "before") if self.chosen[name]]
        if len(given) > 1 or (given and self.chosen["page"] > 1):
            return [parameters.Fault(given[-1], "A page has one beginning.")]
        for name in given:
            if message := ORDERS[self.sorted_by].refusal(self.chosen[name]):
                return [parameters.Fault(name, message)]
        return []

    def filtered(self, *, without: Collection[str] = ()) -> QuerySet[Quote]:
        """Return the quotes that meet every filter but those left out, in no order."""
        quotes = self.queryset
        for name, value in self.chosen.items():
            if value and name not in without:
                quotes = self._narrowed(quotes, name, value)
        return quotes

    def without_facet(self, *names: str) -> QuerySet[Quote]:
        """Return the quotes that meet every filter but some facets', asked for or left out."""
        return self.filtered(without=[*names, *(NOT + name for name in names)])

    def _narrowed(self, quotes: QuerySet[Quote], name: str, value: Any) -> QuerySet[Quote]:
        """Keep what meets one parameter; those of the order and the page narrow nothing."""
        if name == "q":
            return matching(quotes, self.query) if self.query else quotes
        if name == "date_from":
            return self._by_first_day(quotes, value[1])
        if name == "date_to":
            return self._by_last_day(quotes, value[1])
        if name in FACETS:
            return self._by_facet(quotes, name, value)
        if (facet := name.removeprefix(NOT)) in FACETS:
            return quotes.filter(~conditions.CONDITIONS[facet](value))
        return quotes

    def _by_facet(self, quotes: QuerySet[Quote], name: str, values: Any) -> QuerySet[Quote]:
        targets, stances = self.chosen["target"], self.chosen["stance"]
        if name == "target":
            return quotes.filter(conditions.coded(targets=targets, stances=stances))
        if name == "stance" and targets:
            return quotes  # the target has seen to it: the value must be that target's
        return quotes.filter(conditions.CONDITIONS[name](values))

    def _by_first_day(self, quotes: QuerySet[Quote], day: date) -> QuerySet[Quote]:
        """Keep what may have been said on or after a day; a month overlaps with its days."""
        first, last = self._date_columns()
        open_end = Q(**{f"{last}__isnull": True, f"{first}__isnull": False})
        return self._dated(quotes).filter(Q(**{f"{last}__gte": day}) | open_end)

    def _by_last_day(self, quotes: QuerySet[Quote], day: date) -> QuerySet[Quote]:
        first, last = self._date_columns()
        open_start = Q(**{f"{first}__isnull": True, f"{last}__isnull": False})
        return self._dated(quotes).filter(Q(**{f"{first}__lte": day}) | open_start)

    def _date_columns(self) -> tuple[str, str]:
        if self.chosen["date_of"] == "published":
            return "article__published_earliest", "article__published_latest"
        return "date_earliest", "date_latest"

    def _dated(self, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
        return quotes.exclude(said="") if self.chosen["date_of"] == "said" else quotes
