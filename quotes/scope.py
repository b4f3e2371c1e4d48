"""What an analysis is asked for: the filters of the list, and options of the page's own.

scope = Scope(request.GET, CompareForm)
if scope.faults: ...              # 400, with scope.repaired
scope.listing, scope.options["rows"], scope.query(rows="outlet")
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from base import parameters
from base.parameters import Fault
from quotes.facets import Facet
from quotes.listing import PLACES, Listing
from quotes.sentence import ORDER

# The list's own pages and their order are no part of what is counted.
OF_THE_LIST = (*PLACES, "sort")


class OptionsForm(forms.Form):
    """Options of a page; `defaults` are values that an address need not say."""

    defaults: Mapping[str, str] = {}

    def contradictions(self) -> list[Fault]:
        """Return what does not go together, of a form without other faults."""
        return []


@dataclass(frozen=True)
class Chosen:
    """One value that narrows what is counted, with the query that lifts it."""

    label: str
    value: str
    query: str
    left_out: bool


class Panel:
    """A listing as the filter panel reads it, without the groups that the page has settled."""

    def __init__(self, listing: Listing, without: Collection[str]) -> None:
        self._listing, self._without = listing, without

    @property
    def facets(self) -> list[Facet]:
        return [facet for facet in self._listing.facets if facet.name not in self._without]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listing, name)


class Scope:
    """A listing and a page's own options, read from one query string.

    `fixed` are filters that the page's address has already settled, so that they can't be given.
    Nothing but `faults`, `moved` and `repaired` may be read while there are faults.
    """

    def __init__(
        self,
        data: QueryDict,
        form: type[OptionsForm] = OptionsForm,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.fixed = dict(fixed or {})
        own, rest = QueryDict(mutable=True), QueryDict(mutable=True)
        for name, values in data.lists():
            (own if name in form.base_fields else rest).setlist(name, values)
        for name in OF_THE_LIST:
            rest.pop(name, None)
        self.forbidden = [name for name in self.fixed if name in rest]
        for name, value in self.fixed.items():
            rest.setlist(name, [value])
        self.own = own
        self.form = form(own)
        self.listing = Listing(rest)

    @cached_property
    def faults(self) -> list[Fault]:
        found = [Fault(name, "This page has settled that itself.") for name in self.forbidden]
        found += parameters.faults(self.own, self.form)
        found += self.listing.faults
        return found[: parameters.MOST_FAULTS] or self.form.contradictions()

    @property
    def moved(self) -> bool:
        """Only names of things that have another address now: the repaired query is the answer."""
        return bool(self.faults) and all(fault.code == "moved" for fault in self.faults)

    @cached_property
    def repaired(self) -> str:
        """The nearest query without a fault."""
        listing = self.listing.repaired if self.listing.faults else self.listing
        wrong = {fault.parameter for fault in self.faults}
        own = {name: self.own.getlist(name) for name in self.own if name not in wrong}
        return self._joined(own, listing.query)

    @cached_property
    def options(self) -> dict[str, Any]:
        """The page's own options, defaults filled in."""
        if self.faults:
            raise ValueError("The parameters have faults.")
        chosen = self.form.cleaned_data
        return {
            name: value or self.form.defaults.get(name, value) for name, value in chosen.items()
        }

    def query(self, **changes: str | list[str]) -> str:
        """Return the query string in its shortest form, options and filters changed; "" lifts."""
        own = {name: self.own.getlist(name) for name in self.own}
        filters = QueryDict(self.listing.query, mutable=True)
        for name, value in changes.items():
            values = value if isinstance(value, list) else [value]
            if name in self.form.fields:
                own[name] = values
            else:
                filters.setlist(name, [one for one in values if one])
        return self._joined(own, filters.urlencode())

    def list_query(self, **filters: str | list[str]) -> str:
        """Return the query of the list with the scope's filters, some set; "" lifts."""
        return self.listing.query_with(
            {name: [one] if isinstance(one, str) else one for name, one in filters.items()}
        )

    @property
    def sentence(self) -> str:
        """What is counted, in words; the order of the list is no part of it."""
        return self.listing.sentence.removesuffix(f", {ORDER[self.listing.sort]}")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The page's own options as a form carries them along when a filter is changed."""
        query = QueryDict(self._joined(dict(self.own.lists()), ""))
        typed = {name for name in ("page", "start", "end") if name in self.form.fields}
        return [(n, value) for n, values in query.lists() if n not in typed for value in values]

    @property
    def panel(self) -> Panel:
        return Panel(self.listing, self.fixed)

    @property
    def selected(self) -> list[Chosen]:
        """Each filter that narrows what is counted, except what the page has settled."""
        own = dict(self.own.lists())
        return [
            Chosen(one.label, one.value, self._joined(own, one.query_without), one.left_out)
            for one in self.listing.selected
            if one.name not in self.fixed
        ]

    @property
    def tidy(self) -> bool:
        """Whether the address is already in its shortest form (in whatever order)."""
        return dict(QueryDict(self.query()).lists()) == dict(self.data.lists())

    def _joined(self, own: Mapping[str, list[str]], filters: str) -> str:
        joined = QueryDict(mutable=True)
        for name in self.form.fields:
            values = [v.strip() for v in own.get(name, []) if v.strip()]
            if values and values != [self.form.defaults.get(name, "")]:
                joined.setlist(name, values)
        for name, values in QueryDict(filters).lists():
            if name not in self.fixed:
                joined.setlist(name, values)
        return joined.urlencode()
