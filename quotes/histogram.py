"""Quotes by year as bars: drawn by the server, with no style of its own and a table beside it."""

from dataclasses import dataclass

from quotes.facets import Facet
from quotes.listing import Listing

WIDTH, HEIGHT = 240, 56
WIDEST = 28
# More years than these are too thin to be hit with a finger; the table has them all.
MOST_BARS = 60


@dataclass(frozen=True)
class Bar:
    """A year: where its bar stands, and the query that shows it alone."""

    year: str
    count: int
    x: float
    y: float
    width: float
    height: float
    chosen: bool
    query: str


@dataclass(frozen=True)
class Histogram:
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def ends(self) -> tuple[tuple[float, str, str], ...]:
        """Where the first and the last year are written, with how each text is anchored."""
        first, last = self.bars[0], self.bars[-1]
        return ((first.x, "start", first.year), (max(last.x + last.width, 66), "end", last.year))


def histogram(listing: Listing) -> Histogram | None:
    """Return the quotes by year, years without a quote included; None for fewer than two years."""
    facet = next((facet for facet in listing.facets if facet.name == "year"), None)
    years = _years(facet) if facet else []
    if len(years) < 2:
        return None
    assert facet is not None  # noqa: S101  # it has years
    counts = {option.value: option.count for option in facet.options}
    chosen = {option.value for option in facet.options if option.selected}
    highest = max(counts.values()) or 1
    step = min(WIDTH / len(years), WIDEST)
    bars = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        # A single quote beside thousands is still to be seen.
        height = round(max(2.0, HEIGHT * count / highest), 1) if count else 0.0
        query = listing.query_with({"year": [year], "not_year": []})
        bars.append(
            Bar(
                year,
                count,
                round(place * step, 1),
                round(HEIGHT - height, 1),
                round(step * 0.86, 1),
                height,
                year in chosen,
                query,
            )
        )
    return Histogram(tuple(bars))


def _years(facet: Facet) -> list[str]:
    """Return all years from the first to the last, the latest when there are too many."""
    known = [int(option.value) for option in facet.options]
    first, last = min(known), max(known)
    return [str(year) for year in range(max(first, last - MOST_BARS + 1), last + 1)]
