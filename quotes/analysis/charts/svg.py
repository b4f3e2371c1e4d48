"""SVG as text: escaped, without inline style, the same bytes each time.

Presentation attributes give a picture that stands alone; as they weigh less than any style sheet,
a page's classes can change every colour, for dark mode and for print (docs/networks.md lists them).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes.analysis.formats.graphml import NOT_XML
from quotes.analysis.tally import SIDE_OF

# The path of each mark in a box from -5 to 5. Shape and place tell the stance; colour only repeats.
SHAPES = {
    "up": "M0 -5 L5 4 L-5 4 Z",
    "down": "M0 5 L5 -4 L-5 -4 Z",
    "diamond": "M0 -5.5 L5.5 0 L0 5.5 L-5.5 0 Z",
    "circle": "M-4.5 0 A4.5 4.5 0 1 0 4.5 0 A4.5 4.5 0 1 0 -4.5 0 Z",
    "square": "M-4.5 -4.5 H4.5 V4.5 H-4.5 Z",
    "cross": "M-4.5 -4.5 L4.5 4.5 M4.5 -4.5 L-4.5 4.5",
}
SHAPE_OF = {
    "supports": "up",
    "asserts": "up",
    "criticises": "down",
    "denies": "down",
    "mixed": "diamond",
    "questions": "diamond",
    "neutral": "circle",
    "reports": "circle",
    "no_stance": "square",
    "unclear": "cross",
}
# Distinguishable with every common kind of colour blindness, and dark enough on white.
COLOURS = {"positive": "#1b6f3a", "negative": "#8c2d6f", "between": "#6b6b6b", "none": "#8a8a8a"}

Number = int | float


class Markup(str):
    """Text that is already SVG; anything else is escaped."""


@dataclass(frozen=True)
class Cell:
    """A cell of the table beside a chart; with an address it is a link."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class DataTable:
    """The chart's numbers as rows, for those who cannot or would rather not see it, and as CSV."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())


@dataclass(frozen=True)
class Chart:
    """A picture and its table. `notes` say what the picture leaves out: undated, gaps, bins."""

    svg: Markup
    table: DataTable
    notes: tuple[str, ...] = ()


def escape(text: str) -> str:
    """Escape text for an element or an attribute; what XML cannot hold becomes U+FFFD."""
    if isinstance(text, Markup):
        return text
    clean = NOT_XML.sub("\ufffd", text)
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(sign, name)
    return clean


def number(value: Number) -> str:
    """Return a coordinate with at most one decimal, so that it is the same on every machine."""
    text = f"{round(value, 1) + 0.0:.1f}"
    return text[:-2] if text.endswith(".0") else text


def tag(name: str, *children: str, **attributes: str | Number | None) -> Markup:
    """Return an element; `class_` is class, `stroke_width` stroke-width, None is left out."""
    parts = []
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-").replace("viewbox", "viewBox")
        if key == "style":
            raise ValueError("no inline style: the site's policy refuses it")
        if value is not None:
            parts.append(f' {key}="{escape(value) if isinstance(value, str) else number(value)}"')
    inside = "".join(escape(child) for child in children)
    return Markup(
        f"<{name}{''.join(parts)}>{inside}</{name}>" if inside else f"<{name}{''.join(parts)}/>"
    )


def mark(x: Number, y: Number, value: str, *, label: str, href: str = "") -> Markup:
    """Return the mark of a stance; with an address it is a link of that name."""
    shape, side = SHAPE_OF.get(value, "circle"), SIDE_OF.get(value, "none")
    path = tag(
        "path",
        tag("title", label),
        d=SHAPES[shape],
        transform=f"translate({number(x)} {number(y)})",
        class_=f"mark mark-{side}",
        fill=COLOURS[side] if shape != "cross" else "none",
        stroke=COLOURS[side],
        stroke_width=1.5,
    )
    return link(path, href=href, label=label)


def link(inside: Markup, *, href: str, label: str) -> Markup:
    """Wrap marks in a link that says where it goes; addresses other than ours and http are none."""
    if not href.startswith(("/", "?", "#", "http://", "https://")) or href.startswith("//"):
        return inside
    return tag("a", inside, href=href, aria_label=label, class_="mark-link")


def words(
    x: Number, y: Number, text: str, *, anchor: str = "start", class_: str = "label"
) -> Markup:
    return tag(
        "text",
        text,
        x=x,
        y=y,
        class_=class_,
        text_anchor=anchor,
        fill="currentColor",
        font_size=12,
    )


def line(x1: Number, y1: Number, x2: Number, y2: Number, *, class_: str = "axis") -> Markup:
    return tag(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_, stroke="currentColor", stroke_width=1
    )


def picture(
    width: Number, height: Number, children: Iterable[str], *, id_: str, title: str, summary: str
) -> Markup:
    """Return the whole picture, named by its title and described by its summary.

    `id_` keeps two pictures on a page apart. A group, not an image: links inside stay reachable.
    """
    return tag(
        "svg",
        tag("title", title, id=f"{id_}-title"),
        tag("desc", summary, id=f"{id_}-summary"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewbox=f"0 0 {number(width)} {number(height)}",
        role="group",
        aria_labelledby=f"{id_}-title",
        aria_describedby=f"{id_}-summary",
        class_="chart",
        font_family="sans-serif",
    )


def shortened(text: str, most: int) -> str:
    """Cut a label for the picture; the table and the mark's name keep it whole."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
