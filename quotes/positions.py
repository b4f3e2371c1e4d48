"""7: positions over time, of one person or about one target, from the columns of statements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.core.cache import cache

from base.dates import display
from base.visible import visible
from quotes.analysis import duplicates, windows
from quotes.analysis.charts.lines import Period, Series, lines
from quotes.analysis.charts.svg import Chart
from quotes.analysis.charts.timeline import LANES, MOST_MARKS, Crowd, Gap, Point, timeline
from quotes.analysis.charts.timeline import crowd as draw_crowd
from quotes.analysis.positions import Stands
from quotes.analysis.statements import NO_DATE, day
from quotes.analysis.tally import SIDE_OF, Tally
from quotes.changes import state
from quotes.choices import StanceValue
from quotes.models import Article, Target
from quotes.record import VALUES, Record
from quotes.search.columns import columns as all_columns
from quotes.statements import SIGN, PublicIds

LABELS = {value.value: str(value.label) for value in StanceValue}
LANE_OF = np.array([LANES.index(SIDE_OF[value]) for value in VALUES])
# Up to so many months a share is shown by month, beyond by year.
MOST_MONTHS = 36


@dataclass(frozen=True)
class Stand:
    """One stance, to be shown: its day is known between two, None on an open side."""

    value: str
    earliest: date | None
    latest: date | None
    quote: int
    """The key of its quote."""


def columns(record: Record) -> Stands:
    """Return the rows, those of one speaker or on one target, as columns of stands."""
    return Stands(
        over=record.target,
        value=record.value,
        sign=SIGN[record.value],
        earliest=record.earliest,
        latest=record.latest,
        key=record.quote,
    )


def stand(record: Record, place: int) -> Stand:
    """Return one row."""
    return Stand(
        VALUES[record.value[place]],
        day(int(record.earliest[place])),
        day(int(record.latest[place])),
        int(record.quote[place]),
    )


def over_time(
    record: Record,
    *,
    target: Target,
    id_: str,
    title: str,
    href: Callable[[list[str], windows.Window], str],
) -> Chart:
    """Draw the rows on one target over time; `href` lists some values in a stretch of time."""

    def of_lane(lane: str, window: windows.Window) -> str:
        return href([value for value in target.values if SIDE_OF[value] == lane], window)

    crowd = Crowd(LANE_OF[record.value], record.earliest, record.latest)
    named: Any = {
        "id_": id_,
        "title": title,
        "gaps": gaps(*crowd.span) if crowd.dated.any() else [],
        "bin_href": of_lane,
    }
    if len(record) > MOST_MARKS:
        return draw_crowd(crowd, **named)
    ids = PublicIds(record.quote)(range(len(record)))
    points = []
    for place, public_id in enumerate(ids):
        one = stand(record, place)
        label = f"{LABELS[one.value]}, {dated(one)}, quote {public_id}"
        points.append(Point(one.value, one.earliest, one.latest, label, f"/q/{public_id}"))
    return timeline(points, **named)


def dated(stand: Stand) -> str:
    """Return the day or stretch of days of a stand in words."""
    earliest, latest = stand.earliest, stand.latest
    if earliest is None or latest is None:
        return "no date"
    if earliest == latest:
        return display(earliest.isoformat())
    return f"{display(earliest.isoformat())} to {display(latest.isoformat())}"


def gaps(first: date, last: date) -> list[Gap]:
    """Return the months between two days from which the collection has no article."""
    months = windows.moving(first, last)
    if len(months) < 3:
        return []
    covered = _covered()
    found: list[Gap] = []
    for window in months:
        if (window.start.year, window.start.month) in covered:
            continue
        if found and found[-1].end + timedelta(days=1) == window.start:
            window = windows.Window(found.pop().start, window.end)
        found.append(Gap(max(window.start, first), min(window.end, last), "No article collected"))
    return found


def _covered() -> set[tuple[int, int]]:
    """Return the months that an article may be of; kept until something public changes."""
    now = state()
    key = f"covered:{now.epoch}:{now.seq}"
    if (kept := cache.get(key)) is not None:
        return kept
    covered: set[tuple[int, int]] = set()
    for first, last in _published():
        covered |= {(w.start.year, w.start.month) for w in windows.moving(first, last)}
    cache.set(key, covered)
    return covered


def _published() -> set[tuple[date, date]]:
    """Return from when to when articles may have been published, each pair of days once."""
    articles = Article.objects.published().order_by()
    with all_columns(articles.db) as ready:
        if ready is not None:
            return ready.published_days()
    pairs = articles.values_list("published_earliest", "published_latest").distinct()
    return {(first, last) for first, last in pairs if first and last}


def shares(
    record: Record, *, id_: str, title: str, href: Callable[[windows.Window], str]
) -> Chart | None:
    """Draw the share for by month or year with its n; None where no side is dated.

    What is dated too imprecisely for a period is in none, and the chart's notes say how many.
    """
    sides = np.array([SIDE_OF[value] for value in VALUES])[record.value]
    record = record.rows((sides == "positive") | (sides == "negative"))
    known = (record.earliest != NO_DATE) & (record.latest != NO_DATE)
    record, undated = record.rows(known), int((~known).sum())
    if not len(record):
        return None
    first, last = (
        date.fromordinal(int(record.earliest.min())),
        date.fromordinal(int(record.latest.max())),
    )
    unit = "month" if len(windows.moving(first, last)) <= MOST_MONTHS else "year"
    early = duplicates.periods(record.earliest, unit)
    late = duplicates.periods(record.latest, unit)
    placed = early == late
    counts: dict[int, Tally] = {}
    for number in np.unique(early[placed]).tolist():
        here = record.value[placed & (early == number)]
        times = np.bincount(here, minlength=len(VALUES)).tolist()
        counts[number] = Tally({VALUES[at]: n for at, n in enumerate(times) if n})
    stretches = windows.moving(first, last, unit=f"{unit}s")
    periods, values = [], []
    for window in stretches:
        number = int(duplicates.periods(np.array([window.start.toordinal()]), unit)[0])
        tally = counts.get(number, Tally())
        name = str(window.start.year) if unit == "year" else f"{window.start:%Y-%m}"
        periods.append(Period(name, tally.taken, href(window) if tally.taken else ""))
        values.append(tally.share)
    loose = undated + int((~placed).sum())
    chart = lines(
        periods,
        [Series("share for", tuple(values))],
        id_=id_,
        title=title,
        low=0,
        high=1,
        ends=("all against", "all for"),
        notes=(f"{loose} of {len(record) + undated} are dated too imprecisely for one {unit}.",)
        * (loose > 0),
    )
    return chart


def target_title(what: str, target: Target) -> str:
    return f"{what}: {visible(target.label)}"
