"""UCINET's DL, full matrix: `dl nr = 2, nc = 3, format = fullmatrix`, labels, rows of numbers.

Labels stand in quotation marks and have no escape: one with " stands in ', and what neither can
hold is refused rather than changed. UCINET itself cuts long labels.
"""

from collections.abc import Iterator, Mapping, Sequence

from quotes.analysis.formats.text import NotWritableError, label, number
from quotes.analysis.network import Network, Node

MEDIA_TYPE = "text/plain"


def dl(found: Network, *, labels: Mapping[str, str] | None = None) -> str:
    """Return a network's matrix as DL. Raises NotWritableError for a label it cannot hold."""
    return "".join(parts(found, labels=labels))


def parts(found: Network, *, labels: Mapping[str, str] | None = None) -> Iterator[str]:
    yield f"dl nr = {len(found.rows)}, nc = {len(found.columns)}, format = fullmatrix\n"
    yield "row labels:\n"
    yield from _names(found.rows, labels)
    yield "col labels:\n"
    yield from _names(found.columns, labels)
    yield "data:\n"
    for row in found.weights.tolist():
        yield " ".join(number(weight) for weight in row) + "\n"


def _names(nodes: Sequence[Node], labels: Mapping[str, str] | None) -> Iterator[str]:
    for node in nodes:
        name = label(node, labels)
        mark = "'" if '"' in name else '"'
        if mark in name or not name.isprintable():
            raise NotWritableError(
                f"“{name}” has quotation marks of both kinds, a line break or a control character; "
                "DL cannot hold it. Export keys instead of names, or another format."
            )
        yield f"{mark}{name}{mark}\n"
