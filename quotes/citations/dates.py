"""EDTF (ISO 8601-2) texts taken apart for citing, without the library that validates them.

base.dates checks what an editor types; here a text that can't be read is no date, never an error.
"""

import re
from functools import lru_cache

from quotes.citations.record import Dated, PartialDate

POINT = re.compile(r"(\d{3}[\dX]|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


@lru_cache(maxsize=10_000)
def parse_edtf(text: str, *, inferred: bool = False) -> Dated:
    """Return what an EDTF text says; nothing when it says no year."""
    plain = re.sub(r"[?~%]", "", text)
    first, slash, last = plain.partition("/")
    start, end = _point(first), _point(last) if slash else _decade_end(first)
    if start is None:
        # "../2008": no more is known than the end.
        start, end = end, None
    if start is None:
        return Dated()
    open_side = bool(slash) and (end is None or first in ("", ".."))
    return Dated(
        start=start,
        end=None if end == start else end,
        uncertain=plain != text or open_side,
        inferred=inferred,
        edtf=text,
    )


def _point(text: str) -> PartialDate | None:
    """Return a date to the precision that its digits give; "X" ends the precision."""
    match = POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day = (part or "" for part in match.groups())
    number = int(year.replace("X", "0"))
    if not number:
        return None
    if "X" in year or not month.isdigit():
        return PartialDate(number)
    if int(month) in SEASONS:
        return PartialDate(number, season=SEASONS[int(month)])
    if not 1 <= int(month) <= 12:
        return PartialDate(number)
    return PartialDate(number, int(month), int(day) if day.isdigit() and int(day) <= 31 else 0)


def _decade_end(text: str) -> PartialDate | None:
    """Return the last year of "198X" or "19XX"."""
    match = POINT.fullmatch(text)
    return _point(match[1].replace("X", "9")) if match and "X" in match[1] else None
