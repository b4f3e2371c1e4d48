"""7: every public stance in columns, kept in memory where the collection is large.

Kept columns follow the change log: what has changed since is read anew, by quote. Every process
has its own; a million stances take about 110 MB.
"""

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db import router
from django.db.models import QuerySet
from numpy.typing import NDArray

from people.models import Person
from quotes.analysis.statements import NO_DATE, Flags, Integers
from quotes.changes import State, changed_quotes, state
from quotes.choices import StanceValue
from quotes.models import Stance

VALUES = tuple(StanceValue.values)
PLACES = {value: place for place, value in enumerate(VALUES)}
_COLUMNS = (
    *("quote_id", "target_id", "quote__speaker_id", "quote__on_behalf_of_id"),
    *("quote__article__outlet_id", "quote__article_id", "value"),
    *("quote__date_earliest", "quote__date_latest", "quote__public_id"),
)
_CHUNK = 20_000
# Below so many stances a query is quick enough, and memory is left alone.
KEPT_FROM = 20_000
# More changed quotes than this, and reading everything anew is as quick.
MOST_CHANGED = 5_000


@dataclass(frozen=True, eq=False)
class Record:
    """Stances in columns of equal length, sorted by quote and target.

    Keys are primary keys, 0 for none; a speaker whose name is protected is none. `value` is a
    place in VALUES; days are proleptic ordinals, NO_DATE where unknown.
    """

    quote: Integers
    target: Integers
    speaker: Integers
    body: Integers
    outlet: Integers
    article: Integers
    value: Integers
    earliest: Integers
    latest: Integers
    public_id: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.quote)

    def rows(self, keep: Flags | Integers) -> "Record":
        return Record(*(getattr(self, column.name)[keep] for column in fields(self)))


def read(stances: QuerySet[Stance]) -> Record:
    """Return the public stances of a queryset in columns; two queries."""
    rows = stances.order_by("quote_id", "target_id").values_list(*_COLUMNS)
    parts: list[list[Any]] = [[] for _ in _COLUMNS]
    for row in rows.iterator(_CHUNK):
        for part, cell in zip(parts, row, strict=True):
            part.append(cell)
    days = {day: day.toordinal() if day else NO_DATE for day in {*parts[7], *parts[8]}}
    keys = [_whole(part) for part in parts[:6]]
    record = Record(
        quote=keys[0],
        target=keys[1],
        speaker=keys[2],
        body=keys[3],
        outlet=keys[4],
        article=keys[5],
        value=_whole(map(PLACES.__getitem__, parts[6])),
        earliest=_whole(map(days.__getitem__, parts[7])),
        latest=_whole(map(days.__getitem__, parts[8])),
        public_id=np.array(parts[9], dtype="U8"),
    )
    protected = Person.objects.filter(protected=True).values_list("pk", flat=True)
    record.speaker[np.isin(record.speaker, list(protected))] = 0
    return record


def _whole(cells: Iterable[int | None]) -> Integers:
    return np.array([cell or 0 for cell in cells], dtype=np.int64)


def kept() -> Record | None:
    """Return every public stance from memory, brought up to date; None of a small collection."""
    newest = Stance.objects.order_by("-pk").values_list("pk", flat=True).first()
    if (newest or 0) < KEPT_FROM:
        return None
    with _lock:
        now, database = state(), router.db_for_read(Stance)
        found = _kept.get(database)
        if found is None or found[0] != now:
            _kept[database] = (now, _renewed(found, now))
        return _kept[database][1]


def forget() -> None:
    """Empty the memory: for tests, whose rolled-back changes take the same numbers again."""
    _kept.clear()


def _renewed(found: tuple[State, Record] | None, now: State) -> Record:
    """Return what is kept with the changed quotes read anew, or everything."""
    changed = changed_quotes(found[0], now=now, most=MOST_CHANGED) if found else None
    if found is None or changed is None:
        return read(Stance.objects.published())
    return patched(found[1], changed)


def patched(record: Record, changed: Collection[int]) -> Record:
    """Return a record in which the stances of some quotes are read anew."""
    if not changed:
        return record
    fresh = read(Stance.objects.published().filter(quote__in=changed))
    old = record.rows(~np.isin(record.quote, list(changed)))
    joined = Record(
        *(
            np.concatenate([getattr(old, column.name), getattr(fresh, column.name)])
            for column in fields(Record)
        )
    )
    return joined.rows(np.lexsort((joined.target, joined.quote)))


_lock = threading.Lock()
_kept: dict[str, tuple[State, Record]] = {}
