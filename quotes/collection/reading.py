"""TOML tables to checked rows: unknown fields, missing fields and wrong types are faults.

Reading goes on after a fault with an empty value, so that one run shows all faults.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from quotes.canonical import TextRefusedError, canonical_text
from quotes.collection.faults import Place
from quotes.collection.fields import TABLES, Field

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_BARE = {"text": "text", "key": "text", "date": "text", "texts": "a list of texts"}
_WANTED = _BARE | {
    "flag": "true or false",
    "number": "a whole number",
    "table": "a table",
    "tables": "a list of tables",
}


class Row:
    """One table of a file, its fields checked against the format."""

    def __init__(self, name: str, table: object, place: Place) -> None:
        self.place = place
        self._values: dict[str, Any] = {}
        if table is None:
            # What should hold it has already said that it is missing or unreadable.
            return
        if not isinstance(table, Mapping):
            place.fault(f"{name} must be a table")
            return
        fields = TABLES[name]
        for unknown in sorted(set(table) - set(fields)):
            place.fault(f"unknown field {unknown!r}; it may be one of {', '.join(fields)}")
        for field_name, field in fields.items():
            if field_name in table:
                self._read(field_name, field, table[field_name])
            elif field.required:
                place.fault(f"{field_name} is missing")

    def text(self, name: str) -> str:
        """Return a text, empty where it is not given."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def reference(self, name: str) -> str | None:
        """Return a key, None where it is not given."""
        return self.text(name) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is not given."""
        return tuple(self._values.get(name, ()))

    def flag(self, name: str) -> bool:
        """Return true or false, false where it is not given."""
        return bool(self._values.get(name, False))

    def number(self, name: str) -> int:
        """Return a whole number, 0 where it is not given."""
        return int(self._values.get(name, 0))

    def table(self, name: str) -> object:
        """Return a nested table as it was read, None where there is none."""
        return self._values.get(name)

    def tables(self, name: str) -> list[object]:
        """Return nested tables as they were read."""
        return list(self._values.get(name, []))

    def _read(self, name: str, field: Field, value: object) -> None:
        if field.type == "texts" and isinstance(value, str):
            value = [value]
        if not _fits(field, value):
            self.place.fault(f"{name} must be {_WANTED[field.type]}")
        elif reason := _refusal(field, value):
            self.place.fault(f"{name} {reason}")
        elif isinstance(value, str):
            self._values[name] = _composed(value)
        elif field.type == "texts":
            self._values[name] = [_composed(item) for item in _strings(value)]
        else:
            self._values[name] = value


def read_toml(path: Path, place: Place) -> dict[str, Any] | None:
    """Read a TOML file; what cannot be read is a fault and None."""
    try:
        return tomllib.loads(canonical_text(path.read_bytes()))
    except (OSError, TextRefusedError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        place.fault(f"cannot be read: {reason}")
        return None


def label_of(table: object, name: str, number: int) -> str:
    """Name an entry by its key, or by its number where it has none."""
    key = table.get("key") if isinstance(table, Mapping) else None
    return f"{name} {key!r}" if isinstance(key, str) and key else f"{name} number {number}"


def is_date(text: str) -> bool:
    """Is the text an EDTF date or interval that does not end before it begins?"""
    if not text.isascii() or text != text.strip() or text[:1] == "/" or text[-1:] == "/":
        return False
    try:
        date = parse_edtf(text)
        earliest, latest = date.lower_strict(), date.upper_strict()
    except (EDTFParseException, ValueError, OverflowError):
        return False
    # An open side is infinite, which the library gives as a float.
    return isinstance(earliest, float) or isinstance(latest, float) or earliest <= latest


def _fits(field: Field, value: object) -> bool:
    match field.type:
        case "text" | "key" | "date":
            return isinstance(value, str)
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "flag":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "table":
            return isinstance(value, Mapping)
        case "tables":
            return isinstance(value, list)


def _refusal(field: Field, value: object) -> str:
    """Say what is wrong with a value of the right type, or nothing."""
    strings = list(_strings(value))
    if any(not text.strip() for text in strings) or (field.type == "texts" and not strings):
        return "is empty; leave the field out instead"
    if any("\x00" in text for text in strings):
        return "contains a NUL character"
    text = strings[0] if strings else ""
    if len(text) > field.longest:
        return f"has {len(text)} characters; at most {field.longest} are kept"
    if field.type == "key" and not _KEY.match(text):
        return f"is {text!r}; a key has lower-case letters, digits and single hyphens only"
    if field.type == "date" and not is_date(text):
        return f"is {text!r}, which is not an EDTF date"
    if field.choices and text not in field.choices:
        return f"is {text!r}; it may be {', '.join(field.choices)}"
    return ""


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _composed(text: str) -> str:
    # TOML escapes can write a decomposed letter, which the canonical body never holds.
    return unicodedata.normalize("NFC", text)
