"""Bars with their numbers: how many of each, who takes which side, how many in each period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.analysis.charts.svg import (
    COLOURS,
    Cell,
    Chart,
    DataTable,
    Markup,
    line,
    link,
    picture,
    shortened,
    tag,
    words,
)
from quotes.analysis.tally import SIDE_OF

MOST_BARS = 100
WIDTH = 900
ROW = 24
LEFT = 240
NAME = 34


@dataclass(frozen=True)
class Bar:
    """One bar; `gap` marks a period for which the collection holds nothing to count."""

    label: str
    n: int
    href: str = ""
    gap: bool = False


@dataclass(frozen=True)
class Sides:
    """How often each stance value was taken by one person, outlet or about one target."""

    label: str
    counts: Mapping[str, int]
    href: str = ""

    def side(self, side: str) -> int:
        return sum(n for value, n in self.counts.items() if SIDE_OF.get(value, "none") == side)

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def bars(
    items: Sequence[Bar], *, id_: str, title: str, head: tuple[str, str] = ("", "Number")
) -> Chart:
    """Draw one horizontal bar for each item, its number beside it; the table has every item."""
    shown = items[:MOST_BARS]
    longest = max((item.n for item in shown), default=0) or 1
    room = WIDTH - LEFT - 60
    drawn = [line(LEFT, 10, LEFT, 14 + ROW * len(shown))]
    for at, item in enumerate(shown):
        y = 12 + ROW * at
        rect = _rect(LEFT, y + 4, room * item.n / longest, ROW - 8, "bar", "#2b4f81")
        text = words(LEFT - 8, y + 16, shortened(item.label, NAME), anchor="end")
        n = words(LEFT + room * item.n / longest + 6, y + 16, str(item.n), class_="n")
        drawn.append(link(Markup(text + rect + n), href=item.href, label=f"{item.label}: {item.n}"))
    summary = f"{len(items)} bars; the longest is {longest}." if items else "Nothing to show."
    svg = picture(WIDTH, 24 + ROW * len(shown), drawn, id_=id_, title=title, summary=summary)
    rows = tuple((Cell(item.label, item.href), Cell(str(item.n))) for item in items)
    return Chart(svg, DataTable(title, head, rows), _cut(items))


def sides(rows: Sequence[Sides], *, id_: str, title: str) -> Chart:
    """Draw against to the left, for to the right; what takes no side is a number at the end.

    Bars of all rows have one scale. The table has every stance value apart.
    """
    shown = rows[:MOST_BARS]
    longest = max((max(row.side("positive"), row.side("negative")) for row in shown), default=0)
    middle, room = LEFT + 270, 220
    drawn = [
        words(middle - 8, 14, "against ◂", anchor="end", class_="head"),
        words(middle + 8, 14, "▸ for", class_="head"),
        words(WIDTH - 8, 14, "neither", anchor="end", class_="head"),
        line(middle, 20, middle, 24 + ROW * len(shown)),
    ]
    for at, row in enumerate(shown):
        drawn.append(_sides(row, 22 + ROW * at, middle, room / (longest or 1)))
    summary = f"{len(rows)} rows; against on the left, for on the right, with numbers."
    svg = picture(WIDTH, 34 + ROW * len(shown), drawn, id_=id_, title=title, summary=summary)
    return Chart(svg, _sides_table(rows, title), _cut(rows))


def _sides(row: Sides, y: float, middle: float, scale: float) -> Markup:
    against, favour = row.side("negative"), row.side("positive")
    neither = row.n - against - favour
    left, right = against * scale, favour * scale
    name = f"{row.label}: {favour} for, {against} against, {neither} neither"
    parts = (
        words(LEFT - 8, y + 16, shortened(row.label, NAME), anchor="end"),
        _rect(middle - left, y + 4, left, ROW - 8, "bar bar-negative", COLOURS["negative"]),
        _rect(middle, y + 4, right, ROW - 8, "bar bar-positive", COLOURS["positive"]),
        words(middle - left - 6, y + 16, str(against), anchor="end", class_="n"),
        words(middle + right + 6, y + 16, str(favour), class_="n"),
        words(WIDTH - 8, y + 16, str(neither), anchor="end", class_="n"),
    )
    return link(Markup("".join(parts)), href=row.href, label=name)


def _sides_table(rows: Sequence[Sides], title: str) -> DataTable:
    values = [value for value in SIDE_OF if any(row.counts.get(value) for row in rows)]
    return DataTable(
        caption=title,
        head=("", *(value.replace("_", " ") for value in values), "n"),
        rows=tuple(
            (
                Cell(row.label, row.href),
                *(Cell(str(row.counts.get(value, 0))) for value in values),
                Cell(str(row.n)),
            )
            for row in rows
        ),
    )


def histogram(items: Sequence[Bar], *, id_: str, title: str, head: str = "Period") -> Chart:
    """Draw one upright bar for each period, in the order given; gaps are shaded and say so."""
    tall, top = 200, 24
    longest = max((item.n for item in items), default=0) or 1
    step = (WIDTH - 40) / max(len(items), 1)
    # A label for every bar while they fit, else for some.
    every = max(1, -(-len(items) * 70 // (WIDTH - 40)))
    drawn = [line(20, top + tall, WIDTH - 20, top + tall)]
    for at, item in enumerate(items):
        x, high = 20 + step * at, tall * item.n / longest
        name = f"{item.label}: {'nothing collected' if item.gap else item.n}"
        if item.gap:
            part = shade(x, top, step, tall, item.label)
        else:
            part = _rect(x + 1, top + tall - high, max(step - 2, 1), high, "bar", "#2b4f81")
        if not item.gap and (step >= 24 or item.n == longest):
            n = words(x + step / 2, top + tall - high - 5, str(item.n), anchor="middle", class_="n")
            part = Markup(part + n)
        drawn.append(link(part, href=item.href, label=name))
        if at % every == 0:
            drawn.append(words(x + step / 2, top + tall + 18, item.label, anchor="middle"))
    summary = f"{len(items)} periods; the highest has {longest}." if items else "Nothing to show."
    svg = picture(WIDTH, top + tall + 30, drawn, id_=id_, title=title, summary=summary)
    rows = tuple(
        (Cell(item.label, item.href), Cell("nothing collected" if item.gap else str(item.n)))
        for item in items
    )
    gaps = [item.label for item in items if item.gap]
    notes = (f"Nothing was collected for: {', '.join(gaps)}.",) if gaps else ()
    return Chart(svg, DataTable(title, (head, "Number"), rows), notes)


def shade(x: float, y: float, width: float, height: float, label: str) -> Markup:
    """Return the ground of a gap in coverage, set off by tone and by a broken edge."""
    return tag(
        "rect",
        tag("title", f"{label}: nothing collected"),
        x=x,
        y=y,
        width=max(width, 1),
        height=height,
        class_="gap",
        fill="currentColor",
        fill_opacity="0.1",
        stroke="currentColor",
        stroke_dasharray="2 3",
        stroke_opacity="0.5",
    )


def _rect(x: float, y: float, width: float, height: float, class_: str, fill: str) -> Markup:
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_, fill=fill)


def _cut(items: Sequence[object]) -> tuple[str, ...]:
    more = len(items) - MOST_BARS
    return (f"The picture shows the first {MOST_BARS}; {more} more are in the table.",) * (more > 0)
