"""Files in any supported format -> documents with canonical text and printed metadata.

Plain Python without Django. Files are read in a process of their own with limits (`sandbox`), so
a hostile one harms nobody; docs/intake.md lists formats, limits and reasons for refusal.

>>> with Sandbox() as sandbox:
...     for item in parse_file(sandbox, Path("seeds"), "documents/page.html"):
...         item.headline
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from quotes.parsing.files import Found, find, open_file
from quotes.parsing.formats import FORMATS, Item, format_of, largest
from quotes.parsing.records import (
    SENTENCES,
    ParsedDocument,
    ReadOptions,
    Reason,
    RefusedError,
    RefusedRow,
)
from quotes.parsing.sandbox import Sandbox

__all__ = [
    "FORMATS",
    "SENTENCES",
    "Found",
    "ParsedDocument",
    "ReadOptions",
    "Reason",
    "RefusedError",
    "RefusedRow",
    "Sandbox",
    "find",
    "parse_bytes",
    "parse_file",
    "printable",
]
_DEFAULTS = ReadOptions()


def parse_file(
    sandbox: Sandbox, root: Path, name: str, options: ReadOptions = _DEFAULTS
) -> Iterator[Item]:
    """Yield what a file under a root folder holds; raises RefusedError when it is refused."""
    file = open_file(root, name)
    try:
        yield from _parse(sandbox, file, name, options)
    finally:
        os.close(file)


def parse_bytes(
    sandbox: Sandbox, name: str, data: bytes, options: ReadOptions = _DEFAULTS
) -> Iterator[Item]:
    """Yield what an uploaded file holds; only the ending of its name is looked at."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield from _parse(sandbox, file.fileno(), PurePath(name).name, options)


def _parse(sandbox: Sandbox, file: int, name: str, options: ReadOptions) -> Iterator[Item]:
    format = options.format or format_of(name)
    size = os.fstat(file).st_size
    if size > largest(format):
        raise RefusedError(Reason.TOO_LARGE)
    if size == 0:
        raise RefusedError(Reason.EMPTY)
    for item in sandbox.parse(file, format, options):
        yield replace(item, source=f"{printable(name)}{item.source}")


def printable(name: str) -> str:
    """Return a file's name as text that can be stored and shown; names may be any bytes."""
    return "".join(c for c in name.encode("utf-8", "replace").decode() if c.isprintable())
