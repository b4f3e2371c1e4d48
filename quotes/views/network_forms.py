"""The options of networks and camps as query parameters, and as the cores understand them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from base import parameters
from base.parameters import Fault
from quotes.analysis import duplicates
from quotes.analysis.options import AGGREGATIONS, ISOLATES, NODES, NORMALISATIONS, Filter, Options
from quotes.analysis.windows import UNITS
from quotes.scope import OptionsForm
from quotes.statements import ACTORS

TYPES = {"one_mode": "One-mode", "two_mode": "Two-mode", "event_list": "Event list"}
# What a network of a type is when nothing else was asked for.
USUAL = {"one_mode": "congruence", "two_mode": "subtract", "event_list": "ignore"}
ALL_AGGREGATIONS = tuple(dict.fromkeys(name for names in AGGREGATIONS.values() for name in names))
ALL_NORMALISATIONS = tuple(
    dict.fromkeys(name for names in NORMALISATIONS.values() for name in names)
)
CAMP_NORMALISATIONS = tuple(NORMALISATIONS["one_mode"])
ORDERS = {"strongest": "strongest first", "weakest": "weakest first", "name": "by name"}
LONGEST_WINDOW = 120


class LeaveOutField(parameters.ManyField):
    """Nodes by their id: "actor:ed-balls", "concept:social-workers"."""

    def read(self, values: list[str]) -> tuple[str, ...]:
        for value in values:
            mode, colon, slug = value.partition(":")
            if mode not in NODES or not colon or not slug or len(slug) > 80:
                raise parameters.refusal(
                    f"“{parameters.shown(value)}” is no node: write actor:… or concept:… with its "
                    "address.",
                    repaired=[other for other in values if other != value],
                )
        return tuple(values)


class WholeField(parameters.WordsField):
    """A whole number from 1, in ASCII digits."""

    def to_python(self, value: str | None) -> Any:
        text = super().to_python(value)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= LONGEST_WINDOW):
            raise parameters.refusal(f"A whole number from 1 to {LONGEST_WINDOW}.")
        return int(text)


class PeriodForm(OptionsForm):
    """Who the actors are, what is counted once, and a period that statements must lie in."""

    actors = parameters.WordField(words=ACTORS, required=False)
    duplicates = parameters.WordField(words=duplicates.RULES, required=False)
    start = parameters.DayField(required=False)
    end = parameters.DayField(required=False, latest=True)
    leave_out = LeaveOutField(required=False)
    defaults: Mapping[str, str] = {"actors": "person", "duplicates": "document"}

    def contradictions(self) -> list[Fault]:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        if start and end and start[1] > end[1]:
            return [Fault("end", "The last day is before the first.")]
        return []


class NetworkForm(PeriodForm):
    type = parameters.WordField(words=TYPES, required=False)
    nodes = parameters.WordField(words=NODES, required=False)
    aggregation = parameters.WordField(words=ALL_AGGREGATIONS, required=False)
    normalisation = parameters.WordField(words=ALL_NORMALISATIONS, required=False)
    isolates = parameters.WordField(words=ISOLATES, required=False)
    neutral = parameters.WordField(words=("1",), required=False)
    order = parameters.WordField(words=ORDERS, required=False)
    defaults = {
        **PeriodForm.defaults,
        "type": "one_mode",
        "nodes": "actor",
        "normalisation": "no",
        "isolates": "current",
        "order": "strongest",
    }

    def contradictions(self) -> list[Fault]:
        chosen = self.cleaned_data
        kind = chosen["type"] or "one_mode"
        for name, allowed in (("aggregation", AGGREGATIONS), ("normalisation", NORMALISATIONS)):
            if chosen[name] and chosen[name] not in allowed[kind]:
                words = ", ".join(allowed[kind])
                return [Fault(name, f"For {TYPES[kind].lower()}: {words}.")]
        return super().contradictions()


class TieForm(NetworkForm):
    """A network, and which of its ties."""

    one = parameters.WordsField(longest=100, required=False)
    other = parameters.WordsField(longest=100, required=False)


class CampsForm(PeriodForm):
    normalisation = parameters.WordField(words=CAMP_NORMALISATIONS, required=False)
    unit = parameters.WordField(words=UNITS, required=False)
    size = WholeField(longest=6, required=False)
    step = WholeField(longest=6, required=False)
    defaults = {**PeriodForm.defaults, "normalisation": "average", "unit": "months", "size": "1"}


def options_of(chosen: Mapping[str, Any]) -> Options:
    """Return what a form without faults asks the network to be."""
    kind = chosen.get("type", "one_mode")
    return Options(
        kind=kind,
        aggregation=chosen.get("aggregation") or USUAL[kind],
        normalisation=chosen["normalisation"],
        duplicates=chosen["duplicates"],
        isolates=chosen.get("isolates", "current"),
        neutral=chosen.get("neutral") == "1",
        nodes=chosen.get("nodes", "actor"),
        start=_day(chosen["start"]),
        end=_day(chosen["end"]),
        filters=left_out(chosen["leave_out"] or ()),
    )


def left_out(ids: tuple[str, ...]) -> tuple[Filter, ...]:
    """Return the filters that leave nodes out."""
    found = []
    for mode in NODES:
        slugs = tuple(sorted(one.partition(":")[2] for one in ids if one.startswith(f"{mode}:")))
        if slugs:
            found.append(Filter(mode, slugs))
    return tuple(found)


def _day(value: tuple[str, date] | None) -> date | None:
    return value[1] if value else None


@dataclass(frozen=True)
class LeftOut:
    """A node that was left out, with the query that takes it in again."""

    label: str
    query: str
