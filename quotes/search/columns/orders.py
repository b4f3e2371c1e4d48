"""The orders of the list, over rows of a part: the smaller a key, the earlier its quote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from quotes.search.columns.part import FIRST_DAY, NO_DAY, Array, Part

Key = tuple[float, float]
# The last place of either order by date: quotes without one.
UNDATED = float("inf")
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """An order: a value of the quote, whether the greater comes first, and the rows in it."""

    value: Callable[[Part, int], float | None]
    sign: float
    rows: Callable[[Part, Array | None], Any]

    def key(self, part: Part, row: int) -> Key:
        return self.key_of(self.value(part, row), int(part.id[row]))

    def key_of(self, value: float | None, quote_id: int) -> Key:
        """Return the key of a quote with this value (as the columns count it) and key."""
        return (UNDATED if value is None else self.sign * value, self.sign * quote_id)


def days(day: date) -> int:
    """Return a day as the columns count it."""
    return (day - FIRST_DAY).days


def micros(moment: datetime) -> int:
    """Return a moment as the columns count it, in microseconds."""
    return (moment - FIRST_MOMENT) // timedelta(microseconds=1)


def _day(part: Part, row: int) -> float | None:
    day = part.day[row]
    return None if day == NO_DAY else float(day)


def _moment(part: Part, row: int) -> float:
    return float(part.added[row])


def _newest(part: Part, rows: Array | None) -> Any:
    return range(len(part)) if rows is None else rows


def _oldest(part: Part, rows: Array | None) -> Array:
    rows = np.arange(len(part)) if rows is None else rows
    dated = int(np.searchsorted(rows, part.dated))
    return np.concatenate((rows[:dated][::-1], rows[dated:][::-1]))


def _added(part: Part, rows: Array | None) -> Array:
    if rows is None:
        return part.by_added
    if len(rows) * 20 < len(part):
        return rows[np.lexsort((-part.id[rows].astype(np.int64), -part.added[rows]))]
    chosen = np.zeros(len(part), dtype=bool)
    chosen[rows] = True
    return part.by_added[chosen[part.by_added]]


ORDERS = {
    "newest": Order(_day, -1.0, _newest),
    "oldest": Order(_day, 1.0, _oldest),
    "added": Order(_moment, -1.0, _added),
}
