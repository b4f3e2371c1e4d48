"""Codings as tables: long and wide CSV, JSON lines, and a coder x unit matrix for R.

Long: one row a coding. Wide: one row a unit and target, one column a coder. An empty cell is "not
coded"; `no_stance` and `unclear` are values. Text is written as it is; the wide forms keep values
only, confidence and memo travel in the long ones.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from quotes.interchange.records import Coding, ImportRefusedError

COLUMNS = ("unit", "target", "coder", "value", "confidence", "memo")
REQUIRED = COLUMNS[:4]
MOST_BYTES = 50_000_000
MOST_ROWS = 2_000_000
LONGEST_CELL = 100_000
BYTE_ORDER_MARK = "\ufeff"


def long_csv(codings: Iterable[Coding]) -> Iterator[str]:
    """Yield the lines of the long table, a coding each."""
    write = _writer()
    yield write(COLUMNS)
    for coding in codings:
        yield write([getattr(coding, column) for column in COLUMNS])


def long_jsonl(codings: Iterable[Coding]) -> Iterator[str]:
    """Yield one JSON object a line, empty fields left out."""
    for coding in codings:
        row = {column: getattr(coding, column) for column in COLUMNS}
        kept = {name: value for name, value in row.items() if value or name in REQUIRED}
        yield json.dumps(kept, ensure_ascii=False) + "\n"


def wide_csv(codings: Iterable[Coding]) -> Iterator[str]:
    """Yield the lines of the wide table: unit, target, and a column for each coder, sorted."""
    write = _writer()
    coders, rows = _wide(codings)
    yield write(["unit", "target", *coders])
    for (unit, target), values in sorted(rows.items()):
        yield write([unit, target, *(values.get(coder, "") for coder in coders)])


def matrix_csv(
    codings: Iterable[Coding], *, target: str, numbers: Mapping[str, float] | None = None
) -> Iterator[str]:
    """Yield a coder x unit matrix of one target, as R's irr::kripp.alpha takes it.

    Coders are rows, units columns, NA is missing. With `numbers` each value is its number and one
    without a number is NA. In R: `irr::kripp.alpha(as.matrix(read.csv(file, row.names = 1)))`.
    """
    write = _writer()
    coders, rows = _wide(coding for coding in codings if coding.target == target)
    units = sorted(unit for unit, _target in rows)
    yield write(["coder", *units])
    for coder in coders:
        cells = [rows[unit, target].get(coder, "") for unit in units]
        yield write([coder, *(_for_r(cell, numbers) for cell in cells)])


def _for_r(value: str, numbers: Mapping[str, float] | None) -> str:
    if not value or (numbers is not None and value not in numbers):
        return "NA"
    return value if numbers is None else f"{numbers[value]:g}"


def _wide(
    codings: Iterable[Coding],
) -> tuple[list[str], dict[tuple[str, str], dict[str, str]]]:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    coders = set()
    for coding in codings:
        rows.setdefault((coding.unit, coding.target), {})[coding.coder] = coding.value
        coders.add(coding.coder)
    return sorted(coders), rows


def read_csv(data: bytes, *, columns: Mapping[str, str] | None = None) -> list[Coding]:
    """Read a table of codings, long or wide, which its header tells.

    `columns` maps our names to the file's ("value": "Stance"). Raises ImportRefusedError with the
    line of the first fault; then nothing is read.
    """
    text = _text(data)
    columns = {name: name for name in COLUMNS} | dict(columns or {})
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        head = next(reader, None)
        if not head:
            raise ImportRefusedError("the file is empty")
        _refuse_head(head)
        rows = [(reader.line_num, row) for row in reader if any(row)]
    except csv.Error as error:
        raise ImportRefusedError(f"not a CSV file: {error}") from error
    long = all(columns[name] in head for name in REQUIRED)
    if not long and not {columns["unit"], columns["target"]} <= set(head):
        raise ImportRefusedError(
            f"a table of codings has the columns {', '.join(REQUIRED)} or unit, target and one for "
            f"each coder; this one has {', '.join(head)}"
        )
    parse = _long_row if long else _wide_row
    found: list[Coding] = []
    for line, row in rows:
        if len(row) != len(head):
            raise ImportRefusedError(f"line {line}: {len(row)} cells, not {len(head)}")
        found += parse(dict(zip(head, row, strict=True)), columns, line)
    return _checked(found)


def read_jsonl(data: bytes) -> list[Coding]:
    """Read JSON lines as `long_jsonl` writes them. Raises ImportRefusedError as `read_csv` does."""
    found: list[Coding] = []
    for line, text in enumerate(_text(data).split("\n"), start=1):
        if text.strip():
            found += _long_row(_object(text, line), {name: name for name in COLUMNS}, line)
    return _checked(found)


def _object(text: str, line: int) -> dict[str, str]:
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"line {line}: not JSON") from error
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise ImportRefusedError(f"line {line}: not an object of texts")
    if unknown := sorted(set(row) - set(COLUMNS)):
        raise ImportRefusedError(f"line {line}: unknown field {unknown[0]}")
    return row


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise ImportRefusedError(f"more than {MOST_BYTES} bytes: split the file")
    try:
        text = data.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"not UTF-8 at byte {error.start}") from error
    if "\x00" in text:
        raise ImportRefusedError("there is a NUL character in it")
    return text


def _refuse_head(head: list[str]) -> None:
    for name in head:
        if head.count(name) > 1:
            raise ImportRefusedError(f"the column {name} is there twice")


def _long_row(row: Mapping[str, str], columns: Mapping[str, str], line: int) -> list[Coding]:
    values = {name: row.get(columns[name], "") for name in COLUMNS}
    for name in REQUIRED:
        if not values[name].strip():
            raise ImportRefusedError(f"line {line}: no {name}; leave out what was not coded")
    for name, value in values.items():
        if len(value) > LONGEST_CELL:
            raise ImportRefusedError(f"line {line}: {name} has over {LONGEST_CELL} characters")
    return [Coding(**values)]


def _wide_row(row: Mapping[str, str], columns: Mapping[str, str], line: int) -> list[Coding]:
    unit, target = row[columns["unit"]], row[columns["target"]]
    if not unit.strip() or not target.strip():
        raise ImportRefusedError(f"line {line}: no unit or no target")
    coders = [name for name in row if name not in (columns["unit"], columns["target"])]
    return [Coding(unit, target, coder, row[coder]) for coder in coders if row[coder].strip()]


def _checked(found: list[Coding]) -> list[Coding]:
    if len(found) > MOST_ROWS:
        raise ImportRefusedError(f"more than {MOST_ROWS} codings: split the file")
    seen: set[tuple[str, str, str]] = set()
    for coding in found:
        key = (coding.unit, coding.target, coding.coder)
        if key in seen:
            raise ImportRefusedError(f"{coding.coder} codes {coding.unit}, {coding.target} twice")
        seen.add(key)
    return found


def _writer() -> Callable[[Iterable[str]], str]:
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer)

    def write(cells: Iterable[str]) -> str:
        out.writerow(cells)
        line = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return line

    return write
