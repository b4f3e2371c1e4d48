"""GraphML that every reader takes: plain keys, plain types, no program's own additions.

http://graphml.graphdrawing.org/ and its schema; read by networkx, igraph, Gephi and visone. Edges
carry what stands behind them: counts by stance, first and last date, quote ids. The same data give
the same bytes.
"""

import re
from collections.abc import Iterator, Mapping

from quotes.analysis.formats.text import NotWritableError, label, number
from quotes.analysis.network import MOST_QUOTES, Edge, Network, Node

MEDIA_TYPE = "application/graphml+xml"
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = (("label", "string"), ("key", "string"), ("mode", "string"), ("frequency", "int"))
EDGE_KEYS = (
    ("weight", "double"),
    ("positive", "int"),
    ("negative", "int"),
    ("neutral", "int"),
    ("first_date", "string"),
    ("last_date", "string"),
    ("quotes", "string"),
)
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Ids are NMTOKENs in the schema; what is not safe in one is written as its number.
NOT_IN_ID = re.compile(r"[^A-Za-z0-9.:-]")


def graphml(
    found: Network, *, labels: Mapping[str, str] | None = None, quotes: int = MOST_QUOTES
) -> str:
    """Return a network as GraphML; `labels` name nodes by id or key.

    Raises NotWritableError for a label with a character that XML has no way to write.
    """
    return "".join(parts(found, labels=labels, quotes=quotes))


def parts(
    found: Network, *, labels: Mapping[str, str] | None = None, quotes: int = MOST_QUOTES
) -> Iterator[str]:
    """Yield the file in pieces, one element each, for networks too large for one string."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
    for heading, sentence in found.words():
        yield f"<!-- {_comment(heading)}: {_comment(sentence)} -->\n"
    for owner, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            yield f'<key id="{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="G" edgedefault="undirected">\n'
    for node in found.nodes:
        yield _node(node, label(node, labels))
    for place, edge in enumerate(found.edges(quotes=quotes), start=1):
        yield _edge(f"e{place}", edge)
    yield "</graph>\n</graphml>\n"


def _node(node: Node, name: str) -> str:
    data = (("label", name), ("key", node.key), ("mode", node.mode))
    text = "".join(_data(key, value) for key, value in data)
    return f'<node id="{node_id(node)}">{text}{_data("frequency", str(node.frequency))}</node>\n'


def _edge(place: str, edge: Edge) -> str:
    data = (
        number(edge.weight),
        str(edge.positive),
        str(edge.negative),
        str(edge.neutral),
        edge.first.isoformat() if edge.first else "",
        edge.last.isoformat() if edge.last else "",
        " ".join(edge.quotes),
    )
    text = "".join(
        _data(name, value) for (name, _kind), value in zip(EDGE_KEYS, data, strict=True) if value
    )
    ends = f'source="{node_id(edge.source)}" target="{node_id(edge.target)}"'
    return f'<edge id="{place}" {ends}>{text}</edge>\n'


def node_id(node: Node) -> str:
    """Return the node's id as an NMTOKEN, different for different ids and the same every time."""
    return NOT_IN_ID.sub(lambda match: f"_{ord(match.group()):x}_", node.id)


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escaped(value)}</data>'


def escaped(text: str) -> str:
    """Escape text so that an XML reader gives back the same characters, carriage returns too."""
    if found := NOT_XML.search(text):
        raise NotWritableError(
            f"“{text[: found.start()]}” goes on with {ord(found.group()):#06x}, a character "
            "that XML cannot hold. Take it out of the name."
        )
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _comment(text: str) -> str:
    """Return text that may stand in a comment, where two hyphens may not; words only, no data."""
    return NOT_XML.sub("", text).replace("--", "- -").rstrip("-")
