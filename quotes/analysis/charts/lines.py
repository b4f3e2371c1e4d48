"""Figures over periods: a line and a mark of its own for each series, the n of each period below.

A line breaks where a period has no figure; nothing is drawn across what was not measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.analysis.charts.svg import (
    SHAPES,
    Cell,
    Chart,
    DataTable,
    Markup,
    line,
    link,
    picture,
    tag,
    words,
)

WIDTH, LEFT, KEY, TOP, TALL = 900, 110, 190, 20, 210
LOOKS = (("circle", None), ("square", "7 4"), ("up", "2 4"), ("diamond", "10 4 2 4"))
LABEL_WIDTH = 74
LABEL_HEIGHT = 15


@dataclass(frozen=True)
class Period:
    """A stretch of time, how much was counted in it, and where its quotes are listed."""

    label: str
    n: int
    href: str = ""


@dataclass(frozen=True)
class Series:
    """One figure for each period; None where there is none."""

    label: str
    values: tuple[float | None, ...]


def lines(
    periods: Sequence[Period],
    series: Sequence[Series],
    *,
    id_: str,
    title: str,
    low: float,
    high: float,
    ends: tuple[str, str] = ("", ""),
    notes: tuple[str, ...] = (),
) -> Chart:
    """Draw up to four series from `low` to `high`; `ends` says what the two ends mean."""
    # One line needs no key: the title names it.
    right = WIDTH - (KEY if len(series) > 1 else 20)
    step = (right - LEFT) / max(len(periods), 1)
    xs = [LEFT + step * (at + 0.5) for at in range(len(periods))]

    def place(value: float) -> float:
        return TOP + TALL * (high - value) / (high - low)

    drawn: list[str] = [*_grid(low, high, ends, place(0) if low < 0 < high else None, right)]
    for number, one in enumerate(series):
        drawn += _series(
            number, one, xs, [None if v is None else place(v) for v in one.values], periods
        )
    drawn += _names(series) if len(series) > 1 else []
    drawn += _periods(periods, xs, step)
    summary = f"{len(periods)} periods; {', '.join(one.label for one in series)}."
    svg = picture(WIDTH, TOP + TALL + 56, drawn, id_=id_, title=title, summary=summary)
    return Chart(svg, _table(periods, series, title), notes)


def _grid(
    low: float, high: float, ends: tuple[str, str], zero: float | None, right: float
) -> Iterator[Markup]:
    for value, y, end in ((high, TOP, ends[1]), (low, TOP + TALL, ends[0])):
        yield line(LEFT, y, right, y, class_="axis")
        yield words(LEFT - 8, y + 4, f"{end} {value:g}".strip(), anchor="end", class_="tick")
    if zero is not None:
        yield line(LEFT, zero, right, zero, class_="axis")
        yield words(LEFT - 8, zero + 4, "0", anchor="end", class_="tick")


def _series(
    number: int,
    one: Series,
    xs: Sequence[float],
    ys: Sequence[float | None],
    periods: Sequence[Period],
) -> Iterator[Markup]:
    shape, dashes = LOOKS[number % len(LOOKS)]
    for at in range(1, len(ys)):
        before, here = ys[at - 1], ys[at]
        if before is not None and here is not None:
            yield tag(
                "line",
                x1=xs[at - 1],
                y1=before,
                x2=xs[at],
                y2=here,
                class_="series",
                stroke="currentColor",
                stroke_width=1.5,
                stroke_dasharray=dashes,
            )
    for at, y in enumerate(ys):
        if y is None:
            continue
        name = f"{one.label}, {periods[at].label}: {one.values[at]:.2f} (n {periods[at].n})"
        path = tag(
            "path",
            tag("title", name),
            d=SHAPES[shape],
            transform=f"translate({xs[at]:.1f} {y:.1f})",
            class_="mark mark-series",
            fill="currentColor",
        )
        yield link(path, href=periods[at].href, label=name)


def _names(series: Sequence[Series]) -> Iterator[Markup]:
    """Yield a key at the right: each series with its mark and its dashes."""
    for number, one in enumerate(series):
        shape, dashes = LOOKS[number % len(LOOKS)]
        y, x = TOP + 14 + 24 * number, WIDTH - KEY + 14
        yield tag(
            "line",
            x1=x,
            y1=y,
            x2=x + 24,
            y2=y,
            class_="series",
            stroke="currentColor",
            stroke_width=1.5,
            stroke_dasharray=dashes,
        )
        yield tag(
            "path",
            d=SHAPES[shape],
            transform=f"translate({x + 12:.1f} {y:.1f})",
            class_="mark mark-series",
            fill="currentColor",
        )
        yield words(x + 32, y + 4, one.label)


def _periods(periods: Sequence[Period], xs: Sequence[float], step: float) -> Iterator[Markup]:
    every = max(1, -(-LABEL_WIDTH // max(int(step), 1)))
    y = TOP + TALL + 20
    yield words(LEFT - 8, y + LABEL_HEIGHT, "n", anchor="end", class_="tick")
    for at, period in enumerate(periods):
        if at % every == 0:
            yield words(xs[at], y, period.label, anchor="middle", class_="tick")
            yield words(xs[at], y + LABEL_HEIGHT, str(period.n), anchor="middle", class_="tick")


def _table(periods: Sequence[Period], series: Sequence[Series], title: str) -> DataTable:
    return DataTable(
        caption=title,
        head=("Period", *(one.label for one in series), "n"),
        rows=tuple(
            (
                Cell(period.label, period.href),
                *(Cell("" if (v := one.values[at]) is None else f"{v:.3f}") for one in series),
                Cell(str(period.n)),
            )
            for at, period in enumerate(periods)
        ),
    )
