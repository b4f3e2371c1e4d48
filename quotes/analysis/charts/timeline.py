"""Stances over time: for above, against below, neither between; each mark leads to its quote.

A date known to a month or a year is a bar as long as it may be off, with the mark in its middle.
Above a hundred marks picture and table count them in months or years.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from quotes.analysis.charts.bars import shade
from quotes.analysis.charts.svg import (
    COLOURS,
    Cell,
    Chart,
    DataTable,
    Markup,
    line,
    link,
    mark,
    picture,
    tag,
    words,
)
from quotes.analysis.statements import NO_DATE, Flags, Integers
from quotes.analysis.tally import SIDE_OF
from quotes.analysis.windows import Window, moving

MOST_MARKS = 100
MOST_BINS = 48
WIDTH = 900
LEFT, RIGHT = 130, 20
STACK = 13
BIN_HEIGHT = 70
LANES = ("positive", "between", "negative", "none")
LANE_NAMES = {"positive": "for", "between": "neither", "negative": "against", "none": "no stance"}

BinAddress = Callable[[str, Window], str]
Counts = dict[tuple[str, Window], int]


@dataclass(frozen=True)
class Point:
    """One stance; `label` is what a screen reader says of it, whole."""

    value: str
    earliest: date | None
    latest: date | None
    label: str
    href: str = ""

    @property
    def lane(self) -> str:
        return SIDE_OF.get(self.value, "none")


@dataclass(frozen=True, eq=False)
class Crowd:
    """Stances too many for a mark each: places in LANES, and proleptic ordinals or NO_DATE."""

    lane: Integers
    earliest: Integers
    latest: Integers

    @property
    def dated(self) -> Flags:
        known: Flags = (self.earliest != NO_DATE) & (self.latest != NO_DATE)
        return known

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day; some stance must be dated."""
        first, last = self.earliest[self.dated].min(), self.latest[self.dated].max()
        return date.fromordinal(int(first)), date.fromordinal(int(last))


def _crowd(points: Sequence[Point]) -> Crowd:
    lanes = [LANES.index(point.lane) for point in points]
    ends = [(point.earliest, point.latest) for point in points]
    days = [[end.toordinal() if end else NO_DATE for end in pair] for pair in ends]
    earliest, latest = np.array(days, dtype=np.int64).T
    return Crowd(np.array(lanes), earliest, latest)


@dataclass(frozen=True)
class Gap:
    """A stretch of days for which the collection holds no articles, and why."""

    start: date
    end: date
    label: str


class _Scale:
    """From days to places across the picture."""

    def __init__(self, days: Sequence[date]) -> None:
        first, last = min(days), max(days)
        if (last - first).days < 14:
            first, last = first - timedelta(days=7), last + timedelta(days=7)
        self.first, self.last = first, last

    def __call__(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[date]:
        """Return the first days of years or, within three years, of months: at most a dozen."""
        years = moving(self.first, self.last, unit="years")
        if len(years) <= 3:
            months = moving(self.first, self.last)
            starts = [window.start for window in months[:: -(-len(months) // 12)]]
        else:
            starts = [window.start for window in years[:: -(-len(years) // 12)]]
        return [day for day in starts if self.first <= day <= self.last]


def timeline(
    points: Sequence[Point],
    *,
    id_: str,
    title: str,
    gaps: Sequence[Gap] = (),
    bin_href: BinAddress = lambda _lane, _window: "",
) -> Chart:
    """Draw stances over time, each a mark; more than MOST_MARKS as a `crowd`."""
    dated = [point for point in points if point.earliest and point.latest]
    if len(dated) > MOST_MARKS:
        return crowd(_crowd(points), id_=id_, title=title, gaps=gaps, bin_href=bin_href)
    table = _table(points, title)
    notes = [f"{gap.label}: {gap.start} to {gap.end}." for gap in gaps]
    if undated := len(points) - len(dated):
        notes.append(f"{undated} of {len(points)} have no date and are in the table only.")
    if not dated:
        return Chart(_nothing(id_=id_, title=title), table, tuple(notes))
    ends = [day for point in dated for day in (point.earliest, point.latest) if day]
    scale = _Scale([*ends, *(day for gap in gaps for day in (gap.start, gap.end))])
    lanes = [lane for lane in LANES if any(point.lane == lane for point in dated)]
    drawn, height = _marked(dated, lanes, scale)
    counts = {lane: sum(point.lane == lane for point in dated) for lane in lanes}
    svg = _picture(scale, drawn, height, gaps, _summary(counts, ends), id_=id_, title=title)
    return Chart(svg, table, tuple(notes))


def crowd(
    found: Crowd,
    *,
    id_: str,
    title: str,
    gaps: Sequence[Gap] = (),
    bin_href: BinAddress = lambda _lane, _window: "",
) -> Chart:
    """Draw more stances than there is room for: counted by lane in months or years.

    `bin_href` gives the address of a lane's bin.
    """
    if not found.dated.any():
        table = DataTable(caption=title, head=("Period",))
        return Chart(
            _nothing(id_=id_, title=title), table, (f"None of {len(found.lane)} is dated.",)
        )
    first, last = found.span
    scale = _Scale([first, last, *(day for gap in gaps for day in (gap.start, gap.end))])
    windows = _bins(scale)
    counts, loose = _counted(found, windows)
    lanes = [lane for lane in LANES if (found.lane[found.dated] == LANES.index(lane)).any()]
    notes = [f"{gap.label}: {gap.start} to {gap.end}." for gap in gaps]
    notes.append(f"More than {MOST_MARKS} marks: counted in {len(windows)} periods.")
    if undated := int((~found.dated).sum()):
        notes.append(f"{undated} of {len(found.lane)} have no date and are in no period.")
    if loose:
        notes.append(f"{loose} are dated too imprecisely for a period and are in none.")
    drawn, height = _binned(counts, lanes, windows, scale, bin_href)
    totals = {lane: int((found.lane[found.dated] == LANES.index(lane)).sum()) for lane in lanes}
    summary = _summary(totals, (first, last))
    svg = _picture(scale, drawn, height, gaps, summary, id_=id_, title=title)
    return Chart(svg, _bin_table(counts, lanes, windows, bin_href, title), tuple(notes))


def _nothing(**named: str) -> Markup:
    nothing = [words(20, 25, "Nothing dated to show.")]
    return picture(WIDTH, 40, nothing, summary="No dated stances.", **named)


def _summary(counts: Mapping[str, int], ends: Sequence[date]) -> str:
    told = ", ".join(f"{n} {LANE_NAMES[lane]}" for lane, n in counts.items())
    return f"{sum(counts.values())} stances from {min(ends)} to {max(ends)}: {told}."


def _picture(
    scale: _Scale,
    drawn: Sequence[Markup],
    height: float,
    gaps: Sequence[Gap],
    summary: str,
    **named: str,
) -> Markup:
    under = [shade(scale(g.start), 4, scale(g.end) - scale(g.start), height, g.label) for g in gaps]
    parts = [*under, *drawn, *_axis(scale, height)]
    return picture(WIDTH, height + 34, parts, summary=summary, **named)


def _middle(point: Point) -> date:
    assert point.earliest is not None  # noqa: S101  # only dated points come here
    assert point.latest is not None  # noqa: S101
    return point.earliest + (point.latest - point.earliest) / 2


def _marked(
    points: Sequence[Point], lanes: Sequence[str], scale: _Scale
) -> tuple[list[Markup], float]:
    drawn: list[Markup] = []
    top = 8.0
    for lane in lanes:
        placed: list[list[float]] = []
        inside: list[Markup] = []
        for point in sorted(
            (p for p in points if p.lane == lane), key=lambda p: (_middle(p), p.value, p.label)
        ):
            x = scale(_middle(point))
            # The lowest row of the lane where the mark touches no other.
            row = next((r for r, xs in enumerate(placed) if x - xs[-1] >= STACK), len(placed))
            placed += [[]] * (row == len(placed))
            placed[row] = [*placed[row], x]
            y = top + 12 + row * STACK
            inside += _doubt(point, y, scale)
            inside.append(mark(x, y, point.value, label=point.label, href=point.href))
        height = 24 + STACK * (len(placed) - 1)
        drawn += [words(8, top + 16, LANE_NAMES[lane], class_="lane"), *inside]
        top += height + 8
        drawn.append(line(LEFT, top - 4, WIDTH - RIGHT, top - 4, class_="lane-line"))
    return drawn, top


def _doubt(point: Point, y: float, scale: _Scale) -> list[Markup]:
    """Return the bar of an imprecise date."""
    if point.earliest == point.latest or not point.earliest or not point.latest:
        return []
    x1, x2 = scale(point.earliest), scale(point.latest)
    return [line(x1, y, x2, y, class_="doubt")]


def _bins(scale: _Scale) -> list[Window]:
    """Return the months of the scale or, where they are too many, its years or decades."""
    days = (scale.last - scale.first).days
    if days <= MOST_BINS * 28:
        return moving(scale.first, scale.last, unit="months")
    size = max(1, -(-days // (366 * MOST_BINS)))
    return moving(scale.first, scale.last, unit="years", size=size, step=size)


def _binned(
    counts: Counts,
    lanes: Sequence[str],
    windows: Sequence[Window],
    scale: _Scale,
    bin_href: BinAddress,
) -> tuple[list[Markup], float]:
    highest = max(counts.values(), default=1)
    drawn: list[Markup] = []
    top = 8.0
    for lane in lanes:
        drawn.append(words(8, top + BIN_HEIGHT / 2, LANE_NAMES[lane], class_="lane"))
        for window in windows:
            if n := counts.get((lane, window), 0):
                drawn.append(_bin(lane, window, n, highest, top, scale, bin_href))
        top += BIN_HEIGHT + 20
        drawn.append(line(LEFT, top - 6, WIDTH - RIGHT, top - 6, class_="lane-line"))
    return drawn, top


def _counted(found: Crowd, windows: Sequence[Window]) -> tuple[Counts, int]:
    """Count by lane and period; and those that could lie in several periods."""
    starts = np.array([window.start.toordinal() for window in windows])
    ends = np.array([window.end.toordinal() for window in windows])
    home = np.minimum(np.searchsorted(ends, found.latest), len(windows) - 1)
    placed = found.dated & (found.earliest >= starts[home])
    pairs = found.lane[placed] * len(windows) + home[placed]
    times = np.bincount(pairs, minlength=len(LANES) * len(windows))
    counts = {
        (LANES[pair // len(windows)], windows[pair % len(windows)]): int(times[pair])
        for pair in np.flatnonzero(times).tolist()
    }
    return counts, int(found.dated.sum() - placed.sum())


def _bin(
    lane: str,
    window: Window,
    n: int,
    highest: int,
    top: float,
    scale: _Scale,
    bin_href: BinAddress,
) -> Markup:
    x1 = max(scale(window.start), LEFT)
    x2 = min(scale(window.end), WIDTH - RIGHT)
    high = BIN_HEIGHT * n / highest
    # Against hangs down, all else stands up: the side can be told without colour.
    y = top + 12 if lane == "negative" else top + 12 + BIN_HEIGHT - high
    rect = tag(
        "rect",
        x=x1 + 1,
        y=y,
        width=max(x2 - x1 - 2, 2),
        height=high,
        class_=f"bar bar-{lane}",
        fill=COLOURS[lane],
    )
    at = y + high + 12 if lane == "negative" else y - 4
    text = words((x1 + x2) / 2, at, str(n), anchor="middle", class_="n")
    name = f"{window}: {n} {LANE_NAMES[lane]}"
    return link(Markup(rect + text), href=bin_href(lane, window), label=name)


def _axis(scale: _Scale, y: float) -> list[Markup]:
    drawn = [line(LEFT, y, WIDTH - RIGHT, y)]
    for day in scale.ticks():
        x = scale(day)
        text = str(day.year) if day.month == 1 else f"{day.year}-{day.month:02}"
        drawn += [line(x, y, x, y + 5), words(x, y + 20, text, anchor="middle")]
    return drawn


def _bin_table(
    counts: Counts,
    lanes: Sequence[str],
    windows: Sequence[Window],
    bin_href: BinAddress,
    title: str,
) -> DataTable:
    return DataTable(
        caption=title,
        head=("Period", *(LANE_NAMES[lane] for lane in lanes)),
        rows=tuple(
            (
                Cell(str(window)),
                *(
                    Cell(str(n), bin_href(lane, window)) if n else Cell("0")
                    for lane in lanes
                    for n in [counts.get((lane, window), 0)]
                ),
            )
            for window in windows
        ),
    )


def _table(points: Sequence[Point], title: str) -> DataTable:
    ordered = sorted(points, key=lambda p: (p.earliest or date.max, p.latest or date.max, p.label))
    return DataTable(
        caption=title,
        head=("Earliest", "Latest", "Stance", "Quote"),
        rows=tuple(
            (
                Cell(point.earliest.isoformat() if point.earliest else "no date"),
                Cell(point.latest.isoformat() if point.latest else "no date"),
                Cell(point.value.replace("_", " ")),
                Cell(point.label, point.href),
            )
            for point in ordered
        ),
    )
