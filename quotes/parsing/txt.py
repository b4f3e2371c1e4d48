"""Plain text: kept whole, its furniture marked."""

from quotes.parsing.assemble import assemble
from quotes.parsing.encodings import decode
from quotes.parsing.records import ParsedDocument, ReadOptions


def parse(data: bytes, options: ReadOptions) -> ParsedDocument:
    """Return the document of a text file."""
    text, encoding, warnings = decode(data, options.encoding)
    return assemble(text, format="txt", encoding=encoding, warnings=warnings)
