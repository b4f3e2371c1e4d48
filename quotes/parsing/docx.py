"""A Word document: a zip with one XML file of paragraphs, read without unpacking anything to disk.

Read with the standard library's expat rather than a Word library: a page of code, and entities,
the one dangerous thing in XML, are refused where they are declared.
"""

import zipfile
from io import BytesIO
from xml.parsers import expat

from quotes.parsing.assemble import assemble
from quotes.parsing.records import DEPTH, ParsedDocument, ReadOptions, Reason, RefusedError

MEMBERS = 2_000
# Of the one file that is read; text of 5 MB has about 30 MB of markup.
XML_BYTES = 64 * 1024 * 1024
RATIO = 200
BODY = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TITLES = ("title", "heading1")


def parse(data: bytes, options: ReadOptions) -> ParsedDocument:
    """Return the document of a .docx file: its paragraphs with blank lines between."""
    reader = _Reader()
    reader.read(_body(data))
    paragraphs = [words.strip() for words in reader.paragraphs if words.strip()]
    if not paragraphs:
        raise RefusedError(Reason.NO_TEXT)
    return assemble(
        "\n\n".join(paragraphs), format="docx", encoding="utf-8", headline=reader.title.strip()
    )


def _body(data: bytes) -> bytes:
    """Return the XML of the text, never more of it than the limit whatever the zip claims."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise RefusedError(Reason.ARCHIVE, f"{len(members)} files inside")
            member = next((each for each in members if each.filename == BODY), None)
            if member is None:
                raise RefusedError(Reason.UNSUPPORTED, "a zip without a Word text")
            if member.flag_bits & 1:
                raise RefusedError(Reason.ENCRYPTED)
            with archive.open(member) as file:
                xml = file.read(XML_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise RefusedError(Reason.DAMAGED, str(error)[:100]) from error
    if len(xml) > XML_BYTES or len(xml) > RATIO * max(member.compress_size, 5_000):
        raise RefusedError(Reason.ARCHIVE)
    return xml


class _Reader:
    """Collects the paragraphs as expat walks through the XML."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.title = ""
        self._parts: list[str] = []
        self._open: list[str] = []
        # Paragraphs stand within paragraphs in text boxes; a fallback repeats what was said.
        self._skipping = self._depth = 0
        self._in_text = self._is_title = False

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise RefusedError(Reason.DAMAGED, str(error)[:100]) from error

    def _doctype(self, *declared: object) -> None:
        raise RefusedError(Reason.ENTITIES)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise RefusedError(Reason.TOO_DEEP)
        if self._skipping or name == _FALLBACK:
            self._skipping += 1
            return
        if not name.startswith(_W):
            return
        tag = name.removeprefix(_W)
        if tag == "p":
            self._finish()
        elif tag == "t":
            self._in_text = True
        elif tag == "pStyle":
            self._is_title = attributes.get(f"{_W}val", "").lower() in _TITLES
        elif tag in _BREAKS and not (tag == "tab" and self._open[-1:] == ["tabs"]):
            self._parts.append(_BREAKS[tag])
        self._open.append(tag)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        if not name.startswith(_W):
            return
        self._open.pop()
        tag = name.removeprefix(_W)
        if tag == "t":
            self._in_text = False
        elif tag == "p":
            self._finish()

    def _words(self, words: str) -> None:
        if self._in_text and not self._skipping:
            self._parts.append(words)

    def _finish(self) -> None:
        """Close the paragraph that was open."""
        words = "".join(self._parts)
        if self._is_title and words.strip() and not self.title:
            self.title = words
        self.paragraphs.append(words)
        self._parts, self._is_title = [], False
