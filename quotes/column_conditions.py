"""What a reader asks for -> conditions on the columns: what `filters` and `search` say in SQL.

Each function here has its twin there (`quotes.conditions`, `quotes.search.query`); tests hold the
two against each other.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connections

from quotes.changes import State
from quotes.filters import NOT, QuoteFilter
from quotes.models import Target
from quotes.search import names
from quotes.search.columns import (
    All,
    Condition,
    Days,
    HasStance,
    Keys,
    Not,
    OneAtLeast,
    OneOf,
    days,
    to_numbers,
)
from quotes.search.columns.kept import Kept
from quotes.search.columns.part import Array
from quotes.search.query import STANCE_FIELDS, backend, divided, is_text
from quotes.search.scanning import first_day, last_day
from quotes.search.tree import And, Field, Node, Or, Query
from quotes.search.tree import Not as Without

_kept = Kept(most=settings.KEYS_KEPT_MB * 2**20)
HALF = 2**31
NOTHING = Keys(np.array([], dtype=np.int64))
# One text for a million keys: numpy reads it in a tenth of the time that rows would take.
JOINED = {
    "sqlite": "WITH hits(id) AS ({0}) SELECT group_concat(id, ',') FROM hits",
    # By the index always, until the snapshot ends: the planner takes a word that half of the rows
    # have for cheaper to be looked for in each row, and does not count that their vectors stand
    # out of line.
    "postgresql": "SET LOCAL enable_seqscan = off; "
    "WITH hits(id) AS ({0}) SELECT string_agg(id::text, ',') FROM hits",
}


def conditions(asked: QuoteFilter) -> dict[str, Condition]:
    """Return the condition of each parameter that narrows the list, the words (`q`) left out."""
    chosen = asked.chosen
    found: dict[str, Condition] = {}
    for name, values in chosen.items():
        facet = name.removeprefix(NOT)
        if not values or facet not in FACETS:
            continue
        if name == "target":
            found[name] = stances(chosen["stance"], targets=_keys(values))
        elif name == "stance" and chosen["target"]:
            continue  # the target has seen to it: the value must be that target's
        else:
            condition = FACETS[facet](values)
            found[name] = condition if name == facet else Not(condition)
    of = chosen["date_of"] or "either"
    for name, end in (("date_from", False), ("date_to", True)):
        if chosen[name]:
            day = days(chosen[name][1])
            found[name] = Days(None, day, of) if end else Days(day, None, of)
    return found


def _keys(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]


def stances(values: Collection[str], *, targets: Collection[int] = ()) -> HasStance:
    """Return the condition of one stance with one of the values, `denies` or `slug:denies`."""
    plain = [value for value in values if ":" not in value]
    named = [value.partition(":")[::2] for value in values if ":" in value]
    slugs = {slug for slug, _ in named}
    rows = Target.objects.filter(slug__in=slugs).values_list("slug", "pk") if slugs else ()
    keys = dict(rows)
    # No target has the key 0: a value on an unknown one is a value that nothing has.
    pairs = [(keys.get(slug, 0), value) for slug, value in named]
    return HasStance(targets, plain, pairs)


def _disputed(values: Collection[str]) -> Condition:
    return OneAtLeast([OneOf(value, [True]) for value in values])


FACETS: dict[str, Callable[[Any], Condition]] = {
    "speaker": lambda rows: OneOf("speaker", _keys(rows)),
    "organization": lambda rows: OneOf("body", _keys(rows)),
    "outlet": lambda rows: OneOf("outlet", _keys(rows)),
    "target": lambda rows: HasStance(_keys(rows)),
    "stance": stances,
    "disputed": _disputed,
    "role": lambda words: OneOf("role", words),
    "kind": lambda words: OneOf("kind", words),
    "channel": lambda words: OneOf("channel", words),
    "language": lambda words: OneOf("language", words),
    "year": lambda years: OneOf("year", [int(year) for year in years]),
}


@dataclass(frozen=True)
class TextIndex:
    """The text index of a database, as one state of the record has it."""

    using: str
    state: State

    def keys(self, node: Node) -> Array:
        """Return the keys of the quotes that a tree of words fits.

        Those of the last searches are kept: whoever narrows a list, sorts it or leafs through it
        asks for the same words each time.
        """
        sql, values = backend(self.using).matching(node)
        return _kept.get((self.state, sql, repr(values)), lambda: self._read(sql, values))

    def _read(self, sql: str, values: Sequence[Any]) -> Array:
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute(JOINED[connection.vendor].format(sql), values)
            found = to_numbers(cursor.fetchone()[0])
        return found.astype(np.int32) if found.size and found.max() < HALF else found


def searched(query: Query, index: TextIndex) -> tuple[Array | None, Condition | None]:
    """Return the keys that the text index finds for a search, or the condition that it is.

    The first is None for a search that is not about words alone, the second for one that is.
    """
    if is_text(query.root):
        return index.keys(query.root), None
    return None, _condition(query.root, index)


def _condition(node: Node, index: TextIndex) -> Condition:
    if is_text(node):
        return Keys(index.keys(node))
    if isinstance(node, Field):
        return _field(node)
    if isinstance(node, Without):
        return Not(_condition(node.part, index))
    if isinstance(node, And):
        return _all(node, index)
    assert isinstance(node, Or)  # noqa: S101  # the last kind of node
    texts, others = divided(node.parts)
    parts = [Keys(index.keys(Or(texts)))] if texts else []
    return OneAtLeast([*parts, *(_condition(part, index) for part in others)])


def _all(node: And, index: TextIndex) -> Condition:
    texts, others = divided(node.parts)
    parts: list[Condition] = []
    if texts:
        unasked = tuple(p for p in others if isinstance(p, Without) and is_text(p.part))
        others = tuple(p for p in others if p not in unasked)
        parts.append(Keys(index.keys(And((*texts, *unasked)))))
    fields = tuple(p for p in others if isinstance(p, Field) and p.name in STANCE_FIELDS)
    if fields:
        parts.append(_one_stance(fields))
    parts += [_condition(part, index) for part in others if part not in fields]
    return All(parts)


def _field(field: Field) -> Condition:
    if field.name == "kind":
        return OneOf("kind", [field.values[0]])
    if field.name == "date":
        first, last = field.values
        start = _day(first_day(first)) if first else None
        return Days(start, _day(last_day(last)) if last else None)
    if field.name in STANCE_FIELDS:
        return _one_stance((field,))
    column = {"speaker": "speaker", "org": "body", "outlet": "outlet"}[field.name]
    return OneOf(column, names.matching(field.name, field.values, prefix=field.prefix))


def _day(text: str) -> int:
    return days(date.fromisoformat(text))


def _one_stance(fields: tuple[Field, ...]) -> Condition:
    """Return the condition of `target:` and `stance:` side by side: they are of one stance."""
    values = {field.values[0] for field in fields if field.name == "stance"}
    targets = [field for field in fields if field.name == "target"]
    if not targets:
        return All([HasStance(values=[value]) for value in values])
    if len(values) > 1:
        return NOTHING  # a stance has one value
    found: list[Condition] = []
    for field in targets:
        keys = names.matching("target", field.values, prefix=field.prefix)
        found.append(HasStance(keys, values) if keys else NOTHING)
    return All(found)
