"""From records to the text of a file, a piece at a time; one function for each format."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from types import SimpleNamespace
from typing import Any

from quotes.choices import NoticeKind
from quotes.citations.builder import build
from quotes.citations.exports.bibtex import biblatex, bibtex
from quotes.citations.exports.csl_json import article_item
from quotes.citations.exports.ris import ris
from quotes.citations.record import Citation, Site
from quotes.exports.columns import COLUMNS, Record, as_data

# A cell that begins with one of these is a formula to a spreadsheet (ASVS 1.2.10); the last four
# are the full-width forms, which some read alike.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
GUARD = "'"
ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Head:
    """What a file says of itself."""

    title: str
    site: Site
    count: int
    address: str
    raw: bool = False
    more: dict[str, Any] = field(default_factory=dict)


Writer = Callable[[Iterator[Record], Head], Iterator[str]]


def csv_file(records: Iterator[Record], head: Head) -> Iterator[str]:
    """Yield RFC 4180. Guarded: a formula gets an apostrophe, and the last column names the cells.

    Raw: the bytes of the record, for programs. The guarded file begins with a byte order mark,
    without which a spreadsheet reads UTF-8 as something else.
    """
    names = [column.name for column in COLUMNS]
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append))
    rows = map(_cells, records)
    if head.raw:
        writer.writerow(names)
    else:
        lines.append("\ufeff")
        writer.writerow([*names, "guarded"])
        rows = map(_guarded, rows)
    while lines:
        yield "".join(lines)
        lines.clear()
        writer.writerows(islice(rows, ROWS_AT_ONCE))


GETTERS = tuple((column.get, column.cell) for column in COLUMNS)


def _cells(record: Record) -> list[Any]:
    return [cell(get(record)) if cell else get(record) for get, cell in GETTERS]


def _guarded(cells: list[Any]) -> list[Any]:
    """Return cells that no spreadsheet runs, with the names of those that were changed."""
    if FORMULA.isdisjoint([cell[:1] for cell in cells if cell.__class__ is str]):
        return [*cells, ""]
    changed = []
    for at, cell in enumerate(cells):
        if cell.__class__ is str and cell[:1] in FORMULA:
            cells[at] = GUARD + cell
            changed.append(COLUMNS[at].name)
    return [*cells, "|".join(changed)]


# One encoder for all rows: json.dumps makes one for each.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def csv_end(count: int, head: Head) -> str:
    """Return the last row of a file that says how many came before it."""
    cells = ["#end", str(count), *[""] * (len(COLUMNS) - 2 + (not head.raw))]
    return ",".join(cells) + "\r\n"


def jsonl_file(records: Iterator[Record], head: Head) -> Iterator[str]:
    """Yield one JSON object on a line for each record."""
    for record in records:
        yield _json(as_data(record)) + "\n"


def jsonl_end(count: int, head: Head) -> str:
    """Return the last line of a file that says how many came before it."""
    return _json({"end": True, "rows": count}) + "\n"


def json_file(records: Iterator[Record], head: Head) -> Iterator[str]:
    """Yield one JSON document: what was asked, how many, and the quotes."""
    about = {"title": head.title, "address": head.address, "count": head.count, **head.more}
    yield _json(about)[:-1] + ',"quotes":['
    yield from _listed(_json(as_data(record)) for record in records)
    yield "\n]}\n"


def csl_file(records: Iterator[Record], head: Head) -> Iterator[str]:
    """Yield a CSL-JSON array: the article of each quote, with the quote in its abstract."""
    yield "["
    yield from _listed(_json(article_item(_citation(record, head.site))) for record in records)
    yield "\n]\n"


def _listed(items: Iterator[str]) -> Iterator[str]:
    between = "\n"
    for item in items:
        yield between + item
        between = ",\n"


def _entries(write: Callable[[Citation], str], between: str = "") -> Writer:
    def entries(records: Iterator[Record], head: Head) -> Iterator[str]:
        for number, record in enumerate(records):
            yield (between if number else "") + write(_citation(record, head.site))

    return entries


def _citation(record: Record, site: Site) -> Citation:
    return build(
        record.shown,
        site=site,
        version=record.number,
        recorded=record.recorded.date(),
        dispute=str(NoticeKind(record.dispute).label).lower() if record.dispute else "",
    )


@dataclass(frozen=True)
class FileFormat:
    """One format of a whole search: the ending of its address, how it travels, what writes it."""

    ending: str
    label: str
    content_type: str
    write: Writer
    end: Callable[[int, Head], str] | None = None
    """What a file ends with on request, where its syntax has no end of its own."""


FILES: dict[str, FileFormat] = {
    row.ending: row
    for row in (
        FileFormat("csv", "CSV", "text/csv; charset=utf-8", csv_file, csv_end),
        FileFormat(
            *("jsonl", "JSON Lines", "application/jsonl; charset=utf-8"), jsonl_file, jsonl_end
        ),
        FileFormat("json", "JSON", "application/json", json_file),
        FileFormat(
            "ris", "RIS", "application/x-research-info-systems; charset=utf-8", _entries(ris)
        ),
        FileFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", _entries(bibtex, "\n")),
        FileFormat(
            *("biblatex", "biblatex", "application/x-bibtex; charset=utf-8"),
            _entries(biblatex, "\n"),
        ),
        FileFormat("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_file),
    )
}
