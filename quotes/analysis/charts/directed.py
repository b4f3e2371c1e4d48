"""Who does what to whom: arrows between up to 60 nodes, the kind of act told by the line's breaks.

Two acts of one pair are drawn beside each other; each arrow leads to the quotes behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from quotes.analysis import layout
from quotes.analysis.charts.svg import (
    Cell,
    Chart,
    DataTable,
    Markup,
    link,
    picture,
    shortened,
    tag,
    words,
)

WIDTH, NAME, SIZE = 900, 28, 6
# What an act looks like: breaks of the line, and the side that its colour repeats.
LOOKS = {
    "blames": (None, "negative"),
    "credits": ("10 4", "positive"),
    "demands": ("2 4", "between"),
    "rejects": ("10 4 2 4", "none"),
}
COLOURS = {"negative": "#8c2d6f", "positive": "#1b6f3a", "between": "#6b6b6b", "none": "#8a8a8a"}


@dataclass(frozen=True)
class Arrow:
    """One act of one node upon another; `n` quotes say so."""

    sender: str
    addressee: str
    act: str
    n: int
    label: str
    href: str = ""


def directed(nodes: Sequence[str], arrows: Sequence[Arrow], *, id_: str, title: str) -> Chart:
    """Draw nodes, by name, and arrows. Raises layout.TooManyNodesError for more than 60 nodes."""
    layout.refuse_crowd(len(nodes))
    place = {name: at for at, name in enumerate(nodes)}
    ties = [(place[one.sender], place[one.addressee], float(one.n)) for one in arrows]
    height = min(900, 240 + 24 * len(nodes))
    points = layout.spring(len(nodes), [tie for tie in ties if tie[0] != tie[1]]) if nodes else []
    at = [(170 + x * (WIDTH - 340), 40 + y * (height - 80)) for x, y in points]
    beside: dict[tuple[int, int], int] = {}
    drawn: list[Markup] = []
    for one, (start, end, _n) in zip(arrows, ties, strict=True):
        pair = (min(start, end), max(start, end))
        drawn.append(_arrow(one, at[start], at[end], beside.get(pair, 0)))
        beside[pair] = beside.get(pair, 0) + 1
    for name, (x, y) in zip(nodes, at, strict=True):
        circle = tag("circle", cx=x, cy=y, r=SIZE, class_="node node-actor", fill="#2b4f81")
        outward = x >= WIDTH / 2
        anchor, left = ("start", x + SIZE + 4) if outward else ("end", x - SIZE - 4)
        label = words(left, y + 4, shortened(name, NAME), anchor=anchor, class_="node-label")
        drawn.append(Markup(circle + label))
    summary = f"{len(nodes)} nodes and {len(arrows)} arrows."
    svg = picture(WIDTH, max(height, 40), drawn, id_=id_, title=title, summary=summary)
    return Chart(svg, _table(arrows, title))


def _arrow(one: Arrow, start: tuple[float, float], end: tuple[float, float], number: int) -> Markup:
    dashes, side = LOOKS[one.act]
    name = f"{one.sender} {one.label} {one.addressee}: {one.n}"
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    if length < 1:
        # Oneself: a loop beside the node.
        shape = tag(
            "circle",
            tag("title", name),
            cx=start[0],
            cy=start[1] - 14 - 6 * number,
            r=10 + 3 * number,
            class_=f"tie tie-{side}",
            fill="none",
            stroke=COLOURS[side],
            stroke_dasharray=dashes,
        )
        return link(shape, href=one.href, label=name)
    along, over = (across / length, down / length), (-down / length, across / length)
    # Lines of one pair stand beside each other, so that none hides another.
    aside = 7 * ((number + 1) // 2) * (1 if number % 2 else -1)
    x1, y1 = (start[i] + along[i] * (SIZE + 2) + over[i] * aside for i in (0, 1))
    x2, y2 = (end[i] - along[i] * (SIZE + 10) + over[i] * aside for i in (0, 1))
    tip = [(x2 + along[0] * 8, y2 + along[1] * 8)]
    tip += [(x2 + over[0] * s, y2 + over[1] * s) for s in (4.5, -4.5)]
    head = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in tip) + " Z"
    shape = tag(
        "line",
        tag("title", name),
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        class_=f"tie tie-{side}",
        stroke=COLOURS[side],
        stroke_width=1.5 + min(one.n, 8) / 2,
        stroke_dasharray=dashes,
    )
    point = tag("path", d=head, class_=f"mark mark-{side}", fill=COLOURS[side])
    return link(Markup(shape + point), href=one.href, label=name)


def _table(arrows: Sequence[Arrow], title: str) -> DataTable:
    return DataTable(
        caption=title,
        head=("Who", "Does", "Whom", "Quotes"),
        rows=tuple(
            (Cell(one.sender), Cell(one.label), Cell(one.addressee), Cell(str(one.n), one.href))
            for one in arrows
        ),
    )
