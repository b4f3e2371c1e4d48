"""Which parser reads a file: by its name, corrected by how its bytes begin."""

from collections.abc import Callable, Iterator
from importlib import import_module
from io import BufferedReader
from pathlib import PurePath

from quotes.parsing.records import (
    COLLECTION_BYTES,
    FILE_BYTES,
    ParsedDocument,
    ReadOptions,
    Reason,
    RefusedError,
    RefusedRow,
)

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
COLLECTIONS = ("csv", "jsonl")
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
# Old Word, RTF, images, archives: known by their first bytes whatever they are called.
_FOREIGN = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<!-- saved from", b"<head", b"<?xml")

Item = ParsedDocument | RefusedRow
Parser = Callable[[bytes, ReadOptions], ParsedDocument]


def format_of(name: str) -> str:
    """Return the format that a file's name stands for; raises RefusedError for any other."""
    suffix = PurePath(name.replace("\0", "")).suffix.lower()
    if suffix not in SUFFIXES:
        raise RefusedError(Reason.UNSUPPORTED, suffix[:20] or "no ending")
    return SUFFIXES[suffix]


def largest(format: str) -> int:
    """Return how many bytes a file of this format may have."""
    return COLLECTION_BYTES if format in COLLECTIONS else FILE_BYTES


def read(file: BufferedReader, format: str, options: ReadOptions) -> Iterator[Item]:
    """Yield what a file holds: one document, or one for each row of a collection."""
    if format in COLLECTIONS:
        yield from import_module("quotes.parsing.tables").rows(file, format, options)
        return
    data = file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise RefusedError(Reason.TOO_LARGE)
    if not data.strip():
        raise RefusedError(Reason.EMPTY)
    # A parser's libraries are loaded only where they are needed: a text takes no web page's.
    module = import_module(f"quotes.parsing.{_by_content(data, format)}")
    parser: Parser = module.parse
    yield parser(data, options)


def _by_content(data: bytes, format: str) -> str:
    """Return the format that the first bytes show; what a name promises may be wrong."""
    start = data[:1024].lstrip().lower()
    if data.startswith(_FOREIGN):
        raise RefusedError(Reason.UNSUPPORTED, "known by its first bytes")
    if b"%pdf-" in start:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if format == "txt" and start.startswith(_PAGE_STARTS):
        return "html"
    return format
