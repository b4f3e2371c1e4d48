"""What a filter finds, counted in the columns: the answers of `quotes.found.Found` at any size."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from django.db import models

from people.models import Organization, Person
from quotes.column_conditions import TextIndex, conditions, searched, stances
from quotes.facet_counts import Counts
from quotes.filters import QuoteFilter
from quotes.found import Found
from quotes.models import Outlet, Quote, Target
from quotes.paging import Cursor
from quotes.search.columns import ORDERS, Columns, HasStance, Selection, columns, days, micros
from quotes.search.columns import Found as Counted
from quotes.search.query import best, has_words

# Values of a facet that a panel can show; of those that tie with the last, so many are compared.
LISTED, TIED = 24, 1_000
# Beyond this the names of all rows are read, which takes no longer than listing so many keys.
MOST_NAMED = 2_000
# Facets of rows: the column that has their keys, and what they are called.
ROWS: dict[str, tuple[str, type[models.Model], str]] = {
    "speaker": ("speaker", Person, "name"),
    "organization": ("body", Organization, "name"),
    "outlet": ("outlet", Outlet, "name"),
}
WORDS = ("role", "kind", "channel", "language")


def found(asked: QuoteFilter) -> Found:
    """Return what a filter without faults finds: counted in the columns, or else in SQL."""
    with columns(asked.queryset.db) as ready:
        if ready is None:
            return Found(asked)
        return FoundInColumns(asked, ready)


class FoundInColumns(Found):
    """The same answers from the columns; rows are still SQL's, and what fits best the index's."""

    def __init__(self, asked: QuoteFilter, ready: Columns) -> None:
        super().__init__(asked)
        self.named = ready.named
        narrowed = conditions(asked)
        ids = None
        self.alone = not narrowed
        if asked.query:
            ids, condition = searched(asked.query, TextIndex(asked.queryset.db, ready.state))
            if condition:
                narrowed["q"], self.alone = condition, False
        self.counted: Counted = ready.find(narrowed, ids)

    @cached_property
    def selections(self) -> Sequence[Selection]:
        return self.counted.selections

    @cached_property
    def count(self) -> int:
        return self.counted.total()

    @cached_property
    def counts(self) -> Counts:
        """As `Found.counts`, but of the facets of many values only the most frequent."""
        return self._counts(LISTED)

    def all_counts(self, name: str) -> Counts:
        return self._counts(0, only=name)

    def unlisted(self, name: str) -> int:
        """How many values of a facet `counts` leaves out."""
        return self._unlisted.get(name, 0)

    def _counts(self, most: int, only: str = "") -> Counts:
        self._unlisted: dict[str, int] = {}
        made: Counts = {}
        for name, (column, model, label) in ROWS.items():
            if only in ("", name):
                made[name] = self._rows(name, column, model, label, most)
        for name in WORDS:
            if only in ("", name):
                made[name] = self._words(name, most)
        if only in ("", "year"):
            years = self.counted.counts("year", _of("year"))
            made["year"] = {str(year): (str(year), n) for year, n in years.items() if year}
        if only in ("", "disputed"):
            made["disputed"] = {
                flag: (flag, n)
                for flag in ("coders", "notice")
                if (n := self.counted.counts(flag, _of("disputed"))[True])
            }
        if only in ("", "target", "stance"):
            made |= self._stances()
        return made

    def _rows(
        self, name: str, column: str, model: type[models.Model], label: str, most: int
    ) -> dict[str, tuple[str, int]]:
        keys, numbers = self.counted.tally(column, _of(name))
        chosen = {row.pk for side in _of(name) for row in self.asked.chosen[side]}
        listed = _listed(keys, numbers, most, chosen)
        named = self._names(model, label, listed)
        found = {slug: (called, listed[pk]) for pk, (slug, called) in named.items()}
        return self._cut(name, found, len(keys), most)

    def _names(
        self, model: type[models.Model], label: str, keys: Collection[int]
    ) -> dict[int, tuple[str, str]]:
        """Return the slug and the label of rows; most lists name the same few."""
        known = self.named.setdefault(model, {})
        if missing := [key for key in keys if key not in known]:
            rows = model._default_manager.using(self.asked.queryset.db).order_by()
            if len(missing) <= MOST_NAMED:
                rows = rows.filter(pk__in=missing)
            found = rows.values_list("pk", "slug", label)
            known |= {pk: (slug, called) for pk, slug, called in found}
        return {key: known[key] for key in keys if key in known}

    def _words(self, name: str, most: int) -> dict[str, tuple[str, int]]:
        counts = self.counted.counts(name, _of(name))
        chosen = {word for side in _of(name) for word in self.asked.chosen[side]}
        listed = _most_frequent(counts, most, chosen)
        found = {word: (word, counts[word]) for word in listed}
        return self._cut(name, found, len(counts) - ("" in counts), most)

    def _cut(
        self, name: str, found: dict[str, tuple[str, int]], distinct: int, most: int
    ) -> dict[str, tuple[str, int]]:
        """Keep the most frequent, those that tie in the order of their labels, and the chosen."""
        if not most:
            return found
        chosen = {
            getattr(row, "slug", row) for side in _of(name) for row in self.asked.chosen[side]
        }
        order = sorted(found, key=lambda one: (one not in chosen, -found[one][1], found[one][0]))
        kept = {one: found[one] for one in order[: most + len(chosen)] if found[one][1]}
        self._unlisted[name] = distinct - len(kept)
        return kept

    def _stances(self) -> Counts:
        chosen = self.asked.chosen
        of_values = stances(chosen["stance"]) if chosen["stance"] else HasStance()
        # A tuple: a condition without any is known by being equal to the empty one.
        of_targets = HasStance(tuple(row.pk for row in chosen["target"]))
        without = ["target", "stance"]
        targets = self.counted.targets(of_values, [*without, "not_target"])
        pairs = self.counted.pairs(of_targets, [*without, "not_stance"])
        values = self.counted.stance_values(of_targets, [*without, "not_stance"])
        keys = {*targets, *(target for target, _ in pairs)}
        rows = self._names(Target, "label", keys)
        return {
            "target": {rows[pk][0]: (rows[pk][1], n) for pk, n in targets.items()},
            "stance": {value: (value, n) for value, n in values.items()},
            "position": {
                f"{rows[pk][0]}:{value}": (f"{rows[pk][0]}:{value}", n)
                for (pk, value), n in pairs.items()
            },
        }

    def keys(
        self,
        limit: int,
        *,
        skip: int = 0,
        after: Cursor | None = None,
        before: Cursor | None = None,
    ) -> list[int]:
        if not self.order.has_places:
            query = self.asked.query
            if query is None or not has_words(query.root):
                return super().keys(limit, skip=skip)
            every = np.concatenate([one.part.id[one.live_rows] for one in self.selections])
            using = self.asked.queryset.db
            return best(query, using, every, alone=self.alone, limit=limit, skip=skip)
        name = self.asked.sorted_by
        if before:
            end = self.counted.ahead(name, self._key(before))
            return self.counted.page(name, size=min(limit, end), skip=max(0, end - limit))
        start = self._key(after) if after else None
        return self.counted.page(name, size=limit, skip=skip, after=start)

    def ahead(self, cursor: Cursor) -> int:
        return self.counted.ahead(self.asked.sorted_by, self._key(cursor))

    def _key(self, cursor: Cursor) -> tuple[float, float]:
        value: Any = self.order.read(cursor.key)
        if value is not None:
            value = micros(value) if self.order.column == "published_at" else days(value)
        quotes = Quote.objects.using(self.asked.queryset.db)
        pk = quotes.values_list("pk", flat=True).get(public_id=cursor.public_id)
        return ORDERS[self.asked.sorted_by].key_of(value, pk)


def _of(name: str) -> list[str]:
    """Return the parameters of a facet, which its own counts ignore."""
    return [name, f"not_{name}"]


def _listed(keys: Any, numbers: Any, most: int, also: Collection[int]) -> dict[int, int]:
    """Return the keys to be named with their counts; as `_most_frequent`, of arrays."""
    kept = np.ones(len(keys), dtype=bool)
    if most and len(keys) > most:
        least = np.partition(numbers, -most)[-most]
        kept = numbers > least
        kept[np.flatnonzero(numbers == least)[:TIED]] = True
        kept |= np.isin(keys, list(also))
    return dict(zip(keys[kept].tolist(), numbers[kept].tolist(), strict=True))


def _most_frequent(counts: Counter[Any], most: int, also: Collection[Any]) -> set[Any]:
    """Return the values to be named: the most frequent with those that tie, and some besides.

    The quotes without a value (key 0, no word) are none.
    """
    named = [(value, count) for value, count in counts.items() if value]
    if most and len(named) > most:
        least = sorted((count for _, count in named), reverse=True)[most - 1]
        above = {value for value, count in named if count > least}
        ties = [value for value, count in named if count == least][:TIED]
        return above | set(ties) | {value for value in also if value in counts}
    return {value for value, _ in named}
