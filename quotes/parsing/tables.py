"""Whole collections: a CSV or JSONL file with one document a row, read row by row.

Which column holds what is said by a map ({"text": "body"}) or told by the column's name. A row
that can't be taken in is refused by its number; the others go on.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BufferedReader, TextIOWrapper
from typing import Any

from quotes.parsing.assemble import assemble
from quotes.parsing.dates import printed_date
from quotes.parsing.encodings import BYTE_ORDER_MARKS, decode
from quotes.parsing.records import (
    TEXT_BYTES,
    ParsedDocument,
    ReadOptions,
    Reason,
    RefusedError,
    RefusedRow,
)

# What columns are called in collections that we have seen; the first that is there counts.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "articlebody", "maintext"),
    "headline": ("headline", "title", "head"),
    "byline": ("byline", "author", "authors", "creator"),
    "outlet": ("outlet", "publication", "source_name", "newspaper", "publisher", "source"),
    "url": ("url", "link", "address", "permalink"),
    "published": ("published", "date", "date_published", "publication_date", "date_publish", "pub"),
    "language": ("language", "lang"),
}
LONGEST_ROW = 3 * TEXT_BYTES
_SAMPLE = 64 * 1024
_SHORT_DATE = re.compile(r"(?:1[6-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
Row = Mapping[str, Any]


def rows(
    file: BufferedReader, format: str, options: ReadOptions
) -> Iterator[ParsedDocument | RefusedRow]:
    """Yield a document, or why there is none, for each row of a collection."""
    if unknown := set(options.columns) - set(NAMES):
        raise RefusedError(Reason.COLUMN, f"no such field: {', '.join(sorted(unknown))}")
    read = _csv if format == "csv" else _jsonl
    empty = True
    for number, row in read(file, options):
        empty = False
        source = f"#{number}"
        try:
            if isinstance(row, RefusedError):
                raise row
            yield replace(_document(row, format, options), source=source)
        except RefusedError as refused:
            yield RefusedRow(source, refused.reason, refused.detail)
    if empty:
        raise RefusedError(Reason.EMPTY)


def _document(row: Row, format: str, options: ReadOptions) -> ParsedDocument:
    missing = [name for name in options.columns.values() if name not in row]
    # A record of JSON may leave out what is empty; a table has a column or has not.
    if missing and (format == "csv" or options.columns.get("text") in missing):
        raise RefusedError(Reason.COLUMN, ", ".join(missing)[:100])
    given = {field: _value(row, field, options.columns) for field in NAMES}
    if not given["text"].strip():
        raise RefusedError(Reason.ROW, "no text")
    published, words = _date(given["published"].strip()[:200])
    warnings = [f"no column {name!r}"[:60] for name in missing]
    if given["published"] and not published:
        warnings.append("its date could not be read")
    return assemble(
        given["text"],
        format=format,
        encoding="utf-8",
        warnings=tuple(warnings),
        headline=given["headline"],
        byline=given["byline"],
        outlet=given["outlet"],
        url=given["url"],
        published=published,
        published_words=words,
        language=given["language"],
    )


def _date(words: str) -> tuple[str, str]:
    """Return a cell's date as EDTF with the cell's words: in a column of dates a year is one."""
    published = words if _SHORT_DATE.fullmatch(words) else printed_date(words)[0]
    return published, words if published else ""


def _value(row: Row, field: str, columns: Mapping[str, str]) -> str:
    """Return a field of a row as text: from the column that the map names, else by its name."""
    if field in columns:
        return _as_text(row.get(columns[field]))
    by_name = {str(name).strip().lower().replace(" ", "_"): name for name in row}
    name = next((by_name[known] for known in NAMES[field] if known in by_name), None)
    return _as_text(row[name]) if name is not None else ""


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_as_text(part) for part in value[:20])
    return value if isinstance(value, str) else "" if value is None else str(value)[:500]


def _jsonl(file: BufferedReader, options: ReadOptions) -> Iterator[tuple[int, Row | RefusedError]]:
    number = 0
    while line := file.readline(LONGEST_ROW):
        number += 1
        if len(line) >= LONGEST_ROW:
            raise RefusedError(Reason.TOO_LONG, f"line {number}")
        if line.strip():
            yield number, _record(line)


def _record(line: bytes) -> Row | RefusedError:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return RefusedError(Reason.ENCODING, "JSON is UTF-8; this row is not")
    except RecursionError:
        return RefusedError(Reason.TOO_DEEP)
    except ValueError as error:
        return RefusedError(Reason.ROW, str(error)[:100])
    return row if isinstance(row, dict) else RefusedError(Reason.ROW, "not an object")


def _csv(file: BufferedReader, options: ReadOptions) -> Iterator[tuple[int, Row | RefusedError]]:
    csv.field_size_limit(TEXT_BYTES)
    encoding = options.encoding or _encoding(file)
    try:
        text = TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
        table = csv.DictReader(text, delimiter=_delimiter(text.readline()), strict=True)
        text.seek(0)
        for number, row in enumerate(table, start=1):
            short = None in row or None in row.values()
            yield number, RefusedError(Reason.ROW, "not as many cells as columns") if short else row
    except (UnicodeError, LookupError) as error:
        raise RefusedError(Reason.ENCODING, str(error)[:200]) from error
    except csv.Error as error:
        reason = Reason.TOO_LONG if "field limit" in str(error) else Reason.DAMAGED
        raise RefusedError(reason, str(error)[:200]) from error


def _encoding(file: BufferedReader) -> str:
    """Return the encoding of a whole CSV file, by its mark or its first part."""
    sample = file.peek(_SAMPLE)
    if 0 in sample and not sample.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        raise RefusedError(Reason.NUL)
    # A character cut in two at the end of the sample proves nothing.
    _, encoding, _ = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _delimiter(header: str) -> str:
    """Return what parts the cells of the first line: what occurs most."""
    return max(",\t;|", key=header.count)
