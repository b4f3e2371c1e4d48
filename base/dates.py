"""Dates as printed: EDTF text (ISO 8601-2) with the earliest and latest day it can mean.

Nothing is filled in: "November 2008" stays `2008-11` and filters by 1 to 30 November.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

LONGEST = 40
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


@dataclass(frozen=True)
class DateBounds:
    """The first and last day that an EDTF text can mean; None on an open side."""

    earliest: date | None
    latest: date | None


# Reading EDTF takes milliseconds, and a collection says the same few hundred dates all the time.
@lru_cache(maxsize=4_096)
def bounds(text: str) -> DateBounds:
    """Return the bounds of an EDTF text; the empty text has none.

    Raises ValueError with a message for the person who typed it.
    """
    if not text:
        return DateBounds(None, None)
    try:
        if len(text) > LONGEST or not text.isascii() or text.startswith("/") or text.endswith("/"):
            raise ValueError
        if DAY.fullmatch(text):
            # The library's grammar takes milliseconds, and a million quotes name many days.
            day = date.fromisoformat(text)
            return DateBounds(day, day)
        parsed = parse_edtf(text)
        found = DateBounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, OverflowError) as error:
        raise ValueError(
            f"“{text[:LONGEST]}” is not a date this record can hold. "
            "Write 2008-11-12, 2008-11, 2008, 2008-11-12? (uncertain) or 2008-11-12/2008-11-14."
        ) from error
    if found.earliest and found.latest and found.earliest > found.latest:
        raise ValueError(f"“{text}” ends before it begins.")
    return found


def _day(moment: Any) -> date | None:
    """Return the day of a struct_time; the library's infinities mean an open side."""
    if isinstance(moment, float):
        return None
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def validate_edtf(text: str) -> None:
    """Refuse a text that is not EDTF; for model fields and forms."""
    try:
        bounds(text)
    except ValueError as error:
        raise ValidationError(str(error), code="edtf") from error


@lru_cache(maxsize=10_000)
def display(text: str) -> str:
    """Return an EDTF text in words: "12 November 2008", "about November 2008", "2008 or later"."""
    if not text:
        return ""
    plain = text.replace("?", "").replace("~", "").replace("%", "")
    if plain.endswith("/.."):
        return f"{display(plain[:-3])} or later"
    if plain.startswith("../"):
        return f"{display(plain[3:])} or earlier"
    if "/" in plain:
        start, end = plain.split("/", 1)
        return f"{display(start)} to {display(end)}"
    words = _single(plain)
    if "~" in text:
        words = f"about {words}"
    return f"{words} (uncertain)" if "?" in text or "%" in text else words


def _single(plain: str) -> str:
    """Return one date in words at the precision it has; what is not a plain date stays as it is."""
    parts = plain.split("-")
    if not all(part.isdigit() for part in parts):
        known = [part for part in parts if part.isdigit()]
        return _single("-".join(known)) if known and known == parts[: len(known)] else plain
    if len(parts) == 2 and parts[1] in SEASONS:
        return f"{SEASONS[parts[1]]} {parts[0]}"
    found = bounds(plain).earliest
    if found is None:
        return plain
    style = {1: "Y", 2: "F Y", 3: "j F Y"}.get(len(parts))
    return formats.date_format(found, style) if style and len(parts[0]) == 4 else plain


class EDTFField(models.CharField):  # type: ignore[type-arg]  # not generic at run time
    """An EDTF text, empty when nothing is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_edtf]
