"""Time windows: stretches of days that move over the data, and which statements lie in one."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quotes.analysis.statements import NO_DATE, Flags, Statements, StatementsRefusedError

UNITS = ("days", "weeks", "months", "years")
MOST_WINDOWS = 1000


@dataclass(frozen=True)
class Window:
    """From one day to another, both included."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()} to {self.end.isoformat()}"


def moving(
    first: date, last: date, *, unit: str = "months", size: int = 1, step: int = 1
) -> list[Window]:
    """Return windows of `size` units, each starting `step` units after the one before.

    Weeks begin on Monday, months and years on their first day; the first window is the one whose
    first unit holds `first`, and the last reaches `last`. A window longer than the data is one
    window. Raises StatementsRefusedError for an unknown unit, a size below one or too many windows.
    """
    if unit not in UNITS:
        raise StatementsRefusedError(f"“{unit}” is not a unit of time: {', '.join(UNITS)}.")
    if size < 1 or step < 1:
        raise StatementsRefusedError(
            "A window is at least one unit long and moves by at least one."
        )
    if first > last:
        raise StatementsRefusedError(f"{first} is after {last}: the period ends before it begins.")
    windows = []
    for window in _all(first, unit, size, step):
        windows.append(window)
        if window.end >= last:
            return windows
        if len(windows) == MOST_WINDOWS:
            break
    raise StatementsRefusedError(
        f"More than {MOST_WINDOWS} windows: take longer units, longer steps or a shorter period."
    )


def _all(first: date, unit: str, size: int, step: int) -> Iterator[Window]:
    begin = _begin(first, unit)
    number = 0
    while True:
        end = _moved(begin, unit, number + size)
        if end is None:
            yield Window(_moved(begin, unit, number) or begin, date.max)
            return
        yield Window(_moved(begin, unit, number) or begin, end - timedelta(days=1))
        number += step


def _begin(day: date, unit: str) -> date:
    if unit == "weeks":
        return day - timedelta(days=day.weekday()) if day.toordinal() > 7 else date.min
    if unit == "months":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "years" else day


def _moved(day: date, unit: str, number: int) -> date | None:
    """Return the day `number` units later, or None beyond the calendar."""
    try:
        if unit in ("days", "weeks"):
            return day + timedelta(days=number * (7 if unit == "weeks" else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if unit == "years" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Position:
    """Where statements lie to a stretch of time: inside, outside, or impossible to say."""

    inside: Flags
    outside: Flags
    imprecise: Flags
    """The date could lie inside or outside."""
    undated: Flags


def position(found: Statements, start: date | None, end: date | None) -> Position:
    """Sort statements by whether they were made from `start` to `end`, None for an open side.

    A statement counts as inside only when both bounds of its date are: nothing is placed by guess.
    """
    low = start.toordinal() if start else 1
    high = end.toordinal() if end else date.max.toordinal()
    undated = (found.earliest == NO_DATE) & (found.latest == NO_DATE)
    earliest, latest = found.earliest, found.latest
    # An open side reaches to the end of time.
    latest = latest + (latest == NO_DATE) * date.max.toordinal()
    if start is None and end is None:
        undated = undated & False
        inside = ~undated
    else:
        inside = ~undated & (earliest >= low) & (latest <= high)
        if start is None:
            inside = ~undated & (latest <= high)
        if end is None:
            inside = ~undated & (earliest >= low) & (found.earliest != NO_DATE)
    outside = ~undated & ~inside & ((latest < low) | (earliest > high))
    return Position(inside, outside, ~inside & ~outside & ~undated, undated)


def span(found: Statements) -> tuple[date, date] | None:
    """Return the first and last day that the dated statements can mean, or None without any."""
    days = np.concatenate([found.earliest, found.latest])
    days = days[days != NO_DATE]
    if not len(days):
        return None
    return date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))
