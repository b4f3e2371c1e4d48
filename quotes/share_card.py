"""A quote as an image for previews on other sites: words, who said them, where, the address.

SVG, drawn from the version's own record and so the same for ever; PNG from the same lines, since
the sites that show previews take nothing else. Plain layout, no font is sent along.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from base.dates import display
from quotes.citations.record import Citation
from quotes.citations.styles.markup import clean

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, QUIET, ACCENT = "#fcfaf5", "#211e19", "#5f584c", "#1d4f56"
# Size of the words, the most lines at that size, the distance between lines.
SIZES = ((60, 4, 76), (48, 5, 62), (38, 6, 50))
SMALL, LEAD = 30, 42
# The first that the machine has; the last resort is Pillow's own, which knows Latin letters only.
SERIFS = ("DejaVuSerif.ttf", "NotoSerif-Regular.ttf", "LiberationSerif-Regular.ttf")


@dataclass(frozen=True)
class Line:
    """One line of text at its place; `y` is the baseline."""

    text: str
    y: int
    size: int
    colour: str


def lines(cited: Citation, *, marked: bool) -> list[Line]:
    """Return the lines of a card from top to bottom; what does not fit ends in an ellipsis."""
    size, wrapped, step = _fitted(clean(cited.text), marked)
    found = [
        Line(text, MARGIN + size + number * step, size, INK) for number, text in enumerate(wrapped)
    ]
    width = (WIDTH - 2 * MARGIN) / SMALL
    role = f", {clean(cited.speaker_role)}" if cited.speaker_role else ""
    who = _cut(f"{clean(cited.speaker_name) or 'Speaker not named'}{role}", width)
    when = display(cited.published.edtf)
    if when and cited.published.inferred:
        when = f"{when} (inferred)"
    where = _cut(", ".join(part for part in (clean(cited.outlet), when) if part), width)
    address = _cut(cited.permalink.partition("://")[2], width)
    bottom = HEIGHT - MARGIN
    return [
        *found,
        Line(who, bottom - 2 * LEAD - 12, SMALL, INK),
        Line(where, bottom - LEAD - 12, SMALL, QUIET),
        Line(address, bottom, SMALL, ACCENT),
    ]


def svg(cited: Citation, *, marked: bool = True) -> str:
    """Return the card as SVG; `marked` puts the words in quotation marks, as direct speech has."""
    words = "\n".join(
        f'<text x="{_x(line)}" y="{line.y}" font-size="{line.size}" fill="{line.colour}"'
        f"{_direction(line)}>{escape(line.text)}</text>"
        for line in lines(cited, marked=marked)
        if line.text
    )
    words_of = f"“{clean(cited.text)}”" if marked else clean(cited.text)
    title = escape(f"{words_of} — {clean(cited.speaker_name)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="Palatino, Georgia, DejaVu Serif, serif">\n'
        f"<title>{title}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>\n'
        f'<rect width="16" height="{HEIGHT}" fill="{ACCENT}"/>\n'
        f"{words}\n</svg>\n"
    )


def png(cited: Citation, *, marked: bool = True) -> bytes:
    """Return the card as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 15, HEIGHT), fill=ACCENT)
    for line in lines(cited, marked=marked):
        anchor = "rs" if _right_to_left(line.text) else "ls"
        draw.text(
            (_x(line), line.y), line.text, fill=line.colour, font=_font(line.size), anchor=anchor
        )
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _x(line: Line) -> int:
    return WIDTH - MARGIN if _right_to_left(line.text) else MARGIN


def _direction(line: Line) -> str:
    return ' direction="rtl"' if _right_to_left(line.text) else ""


def _right_to_left(text: str) -> bool:
    """Say whether the first letter with a direction runs to the left."""
    found = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in found if kind in ("L", "R", "AL")), "L") != "L"


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in SERIFS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _fitted(text: str, marked: bool) -> tuple[int, list[str], int]:
    """Return the largest size at which a text fits, its lines there, and their distance."""
    opening, closing = "“”" if marked else ("", "")
    for size, most, step in SIZES:
        wrapped = _wrapped(f"{opening}{text}{closing}", (WIDTH - 2 * MARGIN) / size)
        if len(wrapped) <= most:
            return size, wrapped, step
    size, most, step = SIZES[-1]
    kept = wrapped[:most]
    kept[-1] = f"{kept[-1].rstrip('.,;: ')} …{closing}"
    return size, kept, step


def _wrapped(text: str, width: float) -> list[str]:
    """Break a text into lines of at most `width` ems; a word longer than a line is cut."""
    found: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if line and _ems(joined) > width:
            found.append(line)
            joined = word
        while _ems(joined) > width:
            cut = next(
                at for at in range(len(joined), 0, -1) if at == 1 or _ems(joined[:at]) <= width
            )
            found.append(joined[:cut])
            joined = joined[cut:]
        line = joined
    return [*found, line] if line else found


def _cut(text: str, width: float) -> str:
    if _ems(text) <= width:
        return text
    while text and _ems(text + "…") > width:
        text = text[:-1]
    return text.rstrip(" ,") + "…"


def _ems(text: str) -> float:
    """Return about how wide a text is, in ems, never less than a serif font makes it."""
    return sum(_em(char) for char in text)


@lru_cache(maxsize=2_048)
def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in "iljtfrI.,;:'’‘!|()[] ":
        return 0.42
    if char in "mwMW@—%":
        return 1.0
    return 0.78 if char.isupper() else 0.64
