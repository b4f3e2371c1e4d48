"""CSV (RFC 4180): the ties as a list, the matrix, the statements as a list of events.

Text is written as it is. `spreadsheet=True` puts an apostrophe before cells that a spreadsheet
would run as a formula; such a file is for looking at, not for data.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping

from quotes.analysis.formats.text import label, number
from quotes.analysis.network import MOST_QUOTES, Network
from quotes.analysis.statements import Statement

MEDIA_TYPE = "text/csv"
EDGE_COLUMNS = (
    "source",
    "target",
    "source_label",
    "target_label",
    "weight",
    "positive",
    "negative",
    "neutral",
    "first_date",
    "last_date",
    "quote_ids",
)
EVENT_COLUMNS = ("quote_id", "actor", "concept", "value", "earliest", "latest", "article_id")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def edge_list(
    found: Network,
    *,
    labels: Mapping[str, str] | None = None,
    quotes: int = MOST_QUOTES,
    spreadsheet: bool = False,
) -> Iterator[str]:
    """Yield the lines of the edge list; dates are ISO or empty, quote ids separated by spaces."""
    write = _writer(spreadsheet)
    yield write(EDGE_COLUMNS)
    for edge in found.edges(quotes=quotes):
        yield write(
            (
                edge.source.key,
                edge.target.key,
                label(edge.source, labels),
                label(edge.target, labels),
                edge.weight,
                edge.positive,
                edge.negative,
                edge.neutral,
                edge.first.isoformat() if edge.first else "",
                edge.last.isoformat() if edge.last else "",
                " ".join(edge.quotes),
            )
        )


def matrix(
    found: Network, *, labels: Mapping[str, str] | None = None, spreadsheet: bool = False
) -> Iterator[str]:
    """Yield the lines of the matrix, names in the first row and column."""
    write = _writer(spreadsheet)
    yield write(["", *(label(node, labels) for node in found.columns)])
    for node, weights in zip(found.rows, found.weights.tolist(), strict=True):
        yield write([label(node, labels), *weights])


def events(rows: Iterable[Statement], *, spreadsheet: bool = False) -> Iterator[str]:
    """Yield the lines of the event list, one statement each."""
    write = _writer(spreadsheet)
    yield write(EVENT_COLUMNS)
    for row in rows:
        earliest, latest = (day.isoformat() if day else "" for day in (row.earliest, row.latest))
        yield write((row.quote, row.actor, row.concept, row.value, earliest, latest, row.article))


def _writer(spreadsheet: bool) -> Callable[[Iterable[str | float]], str]:
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer)

    def write(cells: Iterable[str | float]) -> str:
        out.writerow(_cell(cell, spreadsheet) for cell in cells)
        line = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return line

    return write


def _cell(cell: str | float, spreadsheet: bool) -> str:
    if not isinstance(cell, str):
        return number(cell)
    return f"'{cell}" if spreadsheet and cell.startswith(_FORMULA) else cell
