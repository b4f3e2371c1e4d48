"""A network as a picture of up to 60 nodes: circles are actors, squares concepts.

A two-mode network stands in two columns, a one-mode network finds its place by springs. Ties below
zero, and those of a conflict network, are dashed; each tie leads to the quotes behind it.
"""

from collections.abc import Callable, Mapping

from quotes.analysis import layout
from quotes.analysis.charts.svg import (
    COLOURS,
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
from quotes.analysis.formats.text import label
from quotes.analysis.network import Edge, Network, Node

WIDTH = 900
ROW = 26
NAME = 28

Address = Callable[[Node], str]
EdgeAddress = Callable[[Edge], str]


def draw(
    found: Network,
    *,
    id_: str,
    title: str,
    labels: Mapping[str, str] | None = None,
    node_href: Address = lambda _node: "",
    edge_href: EdgeAddress = lambda _edge: "",
) -> Chart:
    """Draw a network. Raises layout.TooManyNodesError for more than 60 nodes."""
    layout.refuse_crowd(len(found.nodes))
    edges = list(found.edges(quotes=0))
    places, height = _places(found, edges)
    names = {node.id: label(node, labels) for node in found.nodes}
    strongest = max((abs(edge.weight) for edge in edges), default=1.0)
    dashed = found.options.aggregation == "conflict"
    drawn = [_tie(edge, places, names, strongest, dashed, edge_href(edge)) for edge in edges]
    drawn += [_node(node, places[node.id], names[node.id], node_href(node)) for node in found.nodes]
    summary = f"{len(found.nodes)} nodes and {len(edges)} ties. {found.selection.words()}."
    svg = picture(WIDTH, height, drawn, id_=id_, title=title, summary=summary)
    return Chart(svg, _table(title, edges, names, edge_href), _notes(found))


def _places(found: Network, edges: list[Edge]) -> tuple[dict[str, tuple[float, float]], int]:
    if found.options.kind == "two_mode":
        return _columns(found, edges)
    place = {node.id: at for at, node in enumerate(found.rows)}
    ties = [(place[edge.source.id], place[edge.target.id], edge.weight) for edge in edges]
    if not found.rows:
        return {}, 2 * ROW
    height = min(900, 300 + 12 * len(found.rows))
    points = layout.spring(len(found.rows), ties)
    inner, tall = WIDTH - 240, height - 80
    return {
        node.id: (120 + x * inner, 40 + y * tall)
        for node, (x, y) in zip(found.rows, points, strict=True)
    }, height


def _columns(found: Network, edges: list[Edge]) -> tuple[dict[str, tuple[float, float]], int]:
    rows = {node.id: at for at, node in enumerate(found.rows)}
    others = {node.id: at for at, node in enumerate(found.columns)}
    ties = [(rows[edge.source.id], others[edge.target.id], edge.weight) for edge in edges]
    left, right = layout.columns(len(found.rows), len(found.columns), ties)
    tallest = max(len(left), len(right), 1)
    places = {}
    for nodes, order, x in ((found.rows, left, 240), (found.columns, right, WIDTH - 240)):
        step = tallest * ROW / max(len(order), 1)
        for at, place in enumerate(order):
            places[nodes[place].id] = (float(x), 20 + step * (at + 0.5))
    return places, tallest * ROW + 40


def _tie(
    edge: Edge,
    places: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    strongest: float,
    dashed: bool,
    href: str,
) -> Markup:
    (x1, y1), (x2, y2) = places[edge.source.id], places[edge.target.id]
    side = "negative" if dashed or edge.weight < 0 else "positive"
    name = (
        f"{names[edge.source.id]} and {names[edge.target.id]}: weight {edge.weight:.3g}, "
        f"{edge.statements} statements"
    )
    drawn = tag(
        "line",
        tag("title", name),
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        class_=f"tie tie-{side}",
        stroke=COLOURS[side],
        stroke_width=1 + 5 * abs(edge.weight) / strongest,
        stroke_dasharray="6 4" if side == "negative" else None,
        stroke_opacity="0.7",
    )
    return link(drawn, href=href, label=name)


def _node(node: Node, place: tuple[float, float], name: str, href: str) -> Markup:
    x, y = place
    size = 5 + min(7.0, node.frequency / 4)
    title = tag("title", f"{name}: {node.frequency} statements")
    if node.mode == "actor":
        shape = tag("circle", title, cx=x, cy=y, r=size, class_="node node-actor", fill="#2b4f81")
    else:
        shape = tag(
            "rect",
            title,
            x=x - size,
            y=y - size,
            width=2 * size,
            height=2 * size,
            class_="node node-concept",
            fill="#7a5c00",
        )
    outward = x >= WIDTH / 2
    anchor, at = ("start", x + size + 4) if outward else ("end", x - size - 4)
    text = words(at, y + 4, shortened(name, NAME), anchor=anchor, class_="node-label")
    return link(Markup(shape + text), href=href, label=f"{name}, {node.frequency} statements")


def _table(
    title: str, edges: list[Edge], names: Mapping[str, str], edge_href: EdgeAddress
) -> DataTable:
    return DataTable(
        caption=title,
        head=("From", "To", "Weight", "Positive", "Negative", "Neutral", "First", "Last"),
        rows=tuple(
            (
                Cell(names[edge.source.id]),
                Cell(names[edge.target.id]),
                Cell(f"{edge.weight:.4g}", edge_href(edge)),
                *(Cell(str(n)) for n in (edge.positive, edge.negative, edge.neutral)),
                Cell(edge.first.isoformat() if edge.first else "no date"),
                Cell(edge.last.isoformat() if edge.last else "no date"),
            )
            for edge in edges
        ),
    )


def _notes(found: Network) -> tuple[str, ...]:
    return tuple(f"{heading}: {sentence}." for heading, sentence in found.words())
