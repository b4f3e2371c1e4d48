"""XML in and out: written without loss, read from strangers without harm.

Reading refuses document types (so there are no entities to expand and no files to fetch), and has
limits on size, depth and number of elements.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from quotes.interchange.records import ImportRefusedError

MOST_BYTES = 200_000_000
MOST_ELEMENTS = 2_000_000
DEEPEST = 100
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotWritableError(ValueError):
    """XML has no way to write this text unchanged."""


def element(name: str, attributes: dict[str, str], children: Iterable[str] = ()) -> str:
    """Return an element with children that are XML already; empty attributes are left out."""
    kept = ((key, value) for key, value in attributes.items() if value)
    start = name + "".join(f' {key}="{escaped(value)}"' for key, value in kept)
    inside = "".join(children)
    return f"<{start}>{inside}</{name}>" if inside else f"<{start}/>"


def escaped(text: str) -> str:
    """Escape text for an element or an attribute so that a reader gives back every character."""
    if found := _NOT_XML.search(text):
        raise NotWritableError(
            f"“{text[max(0, found.start() - 20) : found.start()]}” goes on with "
            f"{ord(found.group()):#06x}, a character that XML cannot hold."
        )
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    # An XML reader turns these into line feeds or spaces unless they are written as numbers.
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


@dataclass
class Element:
    name: str
    """Without its namespace."""
    namespace: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def all(self, *names: str) -> list["Element"]:
        """Return the children of these names, in the document's order."""
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> "Element | None":
        return next((child for child in self.children if child.name == name), None)


def parse(data: bytes, *, what: str) -> Element:
    """Read a document of strangers. Raises ImportRefusedError with the line of the fault."""
    if len(data) > MOST_BYTES:
        raise ImportRefusedError(f"{what}: more than {MOST_BYTES} bytes")
    builder = _Builder(what)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    try:
        parser.Parse(data, True)
    except ImportRefusedError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: odd encodings
        raise ImportRefusedError(f"{what}: not well-formed XML: {error}") from error
    if builder.root is None:
        raise ImportRefusedError(f"{what}: there is nothing in it")
    return builder.root


class _Builder:
    def __init__(self, what: str) -> None:
        self.what = what
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise ImportRefusedError(
                f"{self.what}: more than {MOST_ELEMENTS} elements or deeper than {DEEPEST}"
            )
        namespace, _, local = name.rpartition(" ")
        found = Element(local, namespace, attributes)
        if self.open:
            self.open[-1].children.append(found)
        else:
            self.root = found
        self.open.append(found)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def refuse_doctype(self, *_arguments: object) -> None:
        raise ImportRefusedError(f"{self.what}: a document type is not allowed in it")
