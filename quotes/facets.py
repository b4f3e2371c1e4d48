"""The options of the filter panel, each with how many published quotes it would show."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import get_language_info

from base.visible import visible
from quotes.choices import Channel, Kind, StanceValue
from quotes.conditions import CHANNELS, DISPUTED
from quotes.facet_counts import Counts
from quotes.filters import FACETS, NOT, QuoteFilter
from quotes.found import Found
from quotes.models import Target
from quotes.search.words import folded_name

SHOWN = 6
MOST = 16
LEGENDS = {
    "target": "About",
    "stance": "Stance",
    "speaker": "Speaker",
    "organization": "Organisation",
    "role": "Role, as printed",
    "outlet": "Published by",
    "year": "Year",
    "kind": "Kind of quote",
    "channel": "Said in",
    "language": "Language",
    "disputed": "Disputed",
}
PLURALS = {
    "target": "targets",
    "stance": "stances",
    "speaker": "speakers",
    "organization": "organisations",
    "role": "roles",
    "outlet": "outlets",
    "year": "years",
    "kind": "kinds",
    "channel": "channels",
    "language": "languages",
    "disputed": "kinds of dispute",
}
# The words of a vocabulary, in its order, with what they are called.
VOCABULARIES: dict[str, dict[str, str]] = {
    "stance": {value.value: str(value.label) for value in StanceValue},
    "kind": {value.value: str(value.label) for value in Kind},
    "channel": {value: str(Channel(value).label) for value in CHANNELS},
    "disputed": DISPUTED,
}


@dataclass(frozen=True)
class Option:
    """A value; for a target with its stance values, which are options of the stance."""

    name: str
    value: str
    label: str
    count: int
    selected: bool = False
    left_out: bool = False
    values: tuple["Option", ...] = ()

    @property
    def id(self) -> str:
        """Where a label finds its control; letters of a value may be none of an id's."""
        return f"{self.name}-{self.value.encode().hex()}"

    @property
    def chosen(self) -> bool:
        return self.selected or self.left_out

    @property
    def value_chosen(self) -> bool:
        return any(option.chosen for option in self.values)


@dataclass(frozen=True)
class Facet:
    """One group of options; the first few are always in sight, the rest behind a click."""

    name: str
    options: tuple[Option, ...] = field(default=())
    unlisted: int = 0
    """How many more values there are, each less frequent than these."""

    @property
    def legend(self) -> str:
        return LEGENDS[self.name]

    @property
    def plural(self) -> str:
        return PLURALS[self.name]

    @cached_property
    def any_chosen(self) -> bool:
        return any(option.chosen for option in self.options)

    @cached_property
    def _in_sight(self) -> int:
        """How many are in sight: all that are chosen, and a whole vocabulary or time line."""
        if self.name in VOCABULARIES or self.name == "year":
            return len(self.options)
        return max(SHOWN, sum(option.chosen for option in self.options))

    @cached_property
    def first(self) -> tuple[Option, ...]:
        return self.options[: self._in_sight]

    @cached_property
    def rest(self) -> tuple[Option, ...]:
        """Behind the click; with the sides of a target only where one is chosen.

        Of twenty targets the sides were a third of the page. Who chooses such a target sees it
        among the first, with its sides.
        """
        found = self.options[self._in_sight : max(MOST, self._in_sight)]
        return tuple(replace(o, values=()) if o.values and not o.value_chosen else o for o in found)

    @property
    def total(self) -> int:
        return len(self.options) + self.unlisted

    @property
    def left_out(self) -> int:
        """How many options only the facet's own page shows."""
        return len(self.options) - len(self.first) - len(self.rest) + self.unlisted

    def finding(self, text: str) -> "Facet":
        """Return the facet with the options that have a word beginning with each word of a text."""
        parts = [f" {word}" for word in folded_name(text).split()]
        kept = (o for o in self.options if all(part in folded_name(o.label) for part in parts))
        return Facet(self.name, tuple(kept))


def facets(found: Found) -> list[Facet]:
    """Return the panel's groups in their order; those without an option are left out."""
    groups = (facet(name, found.asked, found.counts, found.unlisted(name)) for name in FACETS)
    return [group for group in groups if group.options]


def facet(name: str, asked: QuoteFilter, counts: Counts, unlisted: int = 0) -> Facet:
    """Return one group: what is chosen is always there, at 0 if need be."""
    counted = counts.get(name, {})
    selected = _chosen(asked, name)
    left_out = _chosen(asked, NOT + name)
    labels = {value: label for value, (label, _) in counted.items()} | selected | left_out
    if name == "target":
        labels |= _of_chosen_values(asked)
    options = [
        Option(
            name,
            value,
            visible(_label(name, value, label)),
            counted.get(value, ("", 0))[1],
            value in selected,
            value in left_out,
            _positions(value, asked, counts) if name == "target" else (),
        )
        for value, label in labels.items()
        # The values of a target stand under the target.
        if not (name == "stance" and ":" in value)
    ]
    return Facet(name, tuple(_sorted(name, options)), unlisted)


def _chosen(asked: QuoteFilter, name: str) -> dict[str, str]:
    """Return the chosen values of a parameter with their labels."""
    return {getattr(row, "slug", row): str(row) for row in asked.chosen[name]}


def _of_chosen_values(asked: QuoteFilter) -> dict[str, str]:
    """Return the targets of which a stance value is chosen, by slug: it stands under them."""
    values = [*asked.chosen["stance"], *asked.chosen[f"{NOT}stance"]]
    slugs = {value.partition(":")[0] for value in values if ":" in value}
    rows = Target.objects.filter(slug__in=slugs).values_list("slug", "label") if slugs else ()
    return dict(rows)


def _label(name: str, value: str, label: str) -> str:
    if name in VOCABULARIES:
        return VOCABULARIES[name].get(value, value)
    return language_name(value) if name == "language" else label


def _sorted(name: str, options: Iterable[Option]) -> list[Option]:
    """Sort a vocabulary as it stands, years by time, the rest by frequency, chosen first."""
    if name in VOCABULARIES:
        order = list(VOCABULARIES[name])
        return sorted(options, key=lambda option: order.index(option.value))
    if name == "year":
        return sorted(options, key=lambda option: option.value)
    return sorted(options, key=lambda option: (not option.chosen, -option.count, option.label))


def _positions(slug: str, asked: QuoteFilter, counts: Counts) -> tuple[Option, ...]:
    """Return the values of a target that have a quote or are chosen, in the codebook's order."""
    selected, left_out = asked.chosen["stance"], asked.chosen[NOT + "stance"]
    counted, found = counts.get("position", {}), []
    for value, label in VOCABULARIES["stance"].items():
        pair = f"{slug}:{value}"
        count = counted.get(pair, ("", 0))[1]
        if count or pair in selected or pair in left_out:
            found.append(Option("stance", pair, label, count, pair in selected, pair in left_out))
    return tuple(found)


def language_name(tag: str) -> str:
    """Return the English name of a language tag: “British English (en-GB)”."""
    for code in (tag.lower(), tag.lower().partition("-")[0]):
        try:
            return f"{get_language_info(code)['name']} ({tag})"
        except KeyError:
            continue
    return tag
