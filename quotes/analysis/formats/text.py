"""Numbers and labels as all formats write them; a label is written as it is or not at all."""

from collections.abc import Mapping

from quotes.analysis.network import Node


class NotWritableError(ValueError):
    """The format has no way to write this text unchanged; the message names it and a way out."""


def number(value: float) -> str:
    """Return the shortest text that reads back as the same number; whole ones without a point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def label(node: Node, labels: Mapping[str, str] | None) -> str:
    """Return the name of a node: by its id ("actor:ed-balls"), by its key, or the key itself."""
    labels = labels or {}
    return labels.get(node.id) or labels.get(node.key) or node.key
