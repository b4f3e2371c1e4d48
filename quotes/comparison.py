"""7: who takes which side on what: a table of actors and targets, each cell a tally.

The whole table is counted in arrays; only the rows of the page asked for are named and laid out.
"""

from dataclasses import dataclass

import numpy as np

from quotes.analysis.statements import Integers
from quotes.analysis.tally import Tally, added
from quotes.listing import Listing
from quotes.models import Target
from quotes.record import VALUES, Record, of_listing
from quotes.statements import (
    MODELS,
    SIGN,
    Named,
    by_actor,
    named,
    numbered,
    quotes_in,
    targets_of,
)

ROWS_A_PAGE = 25
MOST_COLUMNS = 12
ORDERS = {
    "most": "most statements first",
    "for": "most for first",
    "against": "most against first",
    "name": "by name",
}


@dataclass(frozen=True)
class Row:
    """An actor's tallies, one for each target shown; `actor` is None for those without a name."""

    actor: Named | None
    cells: tuple[Tally, ...]
    total: Tally


@dataclass(frozen=True)
class Comparison:
    kind: str
    targets: tuple[Target, ...]
    rows: tuple[Row, ...]
    totals: tuple[Tally, ...]
    total: Tally
    """Of all rows on all pages; stances, of which a quote may have several."""
    n_actors: int
    n_quotes: int
    page: int
    pages: int
    targets_left_out: int

    @property
    def is_empty(self) -> bool:
        return not self.rows


def compare(
    listing: Listing,
    kind: str,
    *,
    record: Record | None = None,
    targets: list[Target] | None = None,
    order: str = "most",
    by: str = "",
    page: int = 1,
    a_page: int = ROWS_A_PAGE,
    all_rows: bool = False,
) -> Comparison:
    """Return a page of the table, its rows in an order, that of one target's column with `by`."""
    record = of_listing(listing) if record is None else record
    found = targets_of(record) if targets is None else targets
    shown = found if all_rows else found[:MOST_COLUMNS]
    rows, actor = by_actor(record, kind, listing)
    keys, ordered = _ordered(
        rows, actor, kind, order, next((t for t in found if t.slug == by), None)
    )
    n_rows = len(ordered)
    pages = max(1, -(-n_rows // a_page))
    start = (page - 1) * a_page
    here = ordered if all_rows else ordered[start : start + a_page]
    counts = _counts(rows, actor, keys[here], [target.pk for target in shown])
    names = named(kind, keys[here].tolist())
    whole = [_tally(cell) for cell in _by_target(record, [target.pk for target in found])]
    return Comparison(
        kind=kind,
        targets=tuple(shown),
        rows=tuple(
            _row(names.get(key), cells)
            for key, cells in zip(keys[here].tolist(), counts, strict=True)
        ),
        totals=tuple(whole[: len(shown)]),
        total=added(whole),
        n_actors=int((keys[ordered] != 0).sum()),
        n_quotes=quotes_in(record),
        page=page,
        pages=pages,
        targets_left_out=len(found) - len(shown),
    )


def _ordered(
    rows: Record, actor: Integers, kind: str, order: str, column: Target | None
) -> tuple[Integers, Integers]:
    """Return the keys of actors, and the places of those to show in their order."""
    keys, place = numbered(actor)
    counted = np.ones(len(rows), dtype=bool) if column is None else rows.target == column.pk
    if order == "for":
        counted &= SIGN[rows.value] > 0
    elif order == "against":
        counted &= SIGN[rows.value] < 0
    weights = np.bincount(place[counted], minlength=len(keys))
    often = np.bincount(place, minlength=len(keys))
    if order == "name":
        return keys, _by_name(keys, kind)
    return keys, np.lexsort((keys, -often, -weights, keys == 0))


def _by_name(keys: Integers, kind: str) -> Integers:
    """Return the places of actors by their names; nobody's row comes last whatever the order."""
    names = MODELS[kind].objects.order_by().values_list("pk", "name")
    called = dict.fromkeys(keys.tolist(), "")
    called.update((pk, name.casefold()) for pk, name in names if pk in called)
    order = sorted(called, key=lambda key: (not key, called[key], key))
    return np.searchsorted(keys, np.array(order, dtype=np.int64))


def _counts(rows: Record, actor: Integers, actors: Integers, targets: list[int]) -> Integers:
    """Return numbers by actor, target and value, in the order of the keys given."""
    row_of, column_of = (
        _lookup(actors, actor),
        _lookup(np.array(targets, dtype=np.int64), rows.target),
    )
    kept = (row_of >= 0) & (column_of >= 0)
    shape = (len(actors), len(targets), len(VALUES))
    cells = (row_of[kept] * shape[1] + column_of[kept]) * shape[2] + rows.value[kept]
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)


def _by_target(record: Record, targets: list[int]) -> Integers:
    """Return numbers by target and value, in the order of the keys given."""
    size = max([*targets, int(record.target.max(initial=0))]) + 1
    cells = record.target * len(VALUES) + record.value
    return np.bincount(cells, minlength=size * len(VALUES)).reshape(size, -1)[targets]


def _lookup(keys: Integers, wanted: Integers) -> Integers:
    """Return the place of each wanted key among the keys, -1 for those that are not there."""
    places = np.full(max(int(keys.max(initial=0)), int(wanted.max(initial=0))) + 1, -1)
    places[keys] = np.arange(len(keys))
    return places[wanted]


def _row(actor: Named | None, counts: Integers) -> Row:
    cells = tuple(_tally(cell) for cell in counts)
    return Row(actor, cells, added(cells))


def _tally(counts: Integers) -> Tally:
    return Tally({VALUES[place]: n for place, n in enumerate(counts.tolist()) if n})
