"""Dates as documents print them, as EDTF: no day is filled in, no form guessed.

"03/04/2009" is two different days in London and in New York, so it is not read at all.
"""

import re
from datetime import date

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else "may" for name in MONTHS)
_MONTH = _MONTH.replace("sep(?:tember)?", "sept?(?:ember)?")
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = (
    re.compile(rf"\b(?P<iso>{_YEAR}-(?P<m>[01]\d)-(?P<d>[0-3]\d))(?=T|\b)"),
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.?,?\s+{_YEAR}\b", re.IGNORECASE),
)


def printed_date(words: str) -> tuple[str, str]:
    """Return the first date in the words as EDTF, and its words; two empty texts when none is."""
    found = [match for form in _FORMS if (match := form.search(words))]
    if not found:
        return "", ""
    first = min(found, key=lambda match: (match.start(), -len(match.group())))
    edtf = _edtf(first.groupdict())
    # "31 February 2009" is no day, and that it means the month is a guess.
    return (edtf, first.group()) if edtf else ("", "")


def _edtf(parts: dict[str, str | None]) -> str:
    year = int(parts["year"] or 0)
    if parts.get("iso"):
        month, day = int(parts["m"] or 0), int(parts["d"] or 0)
    else:
        name = (parts["month"] or "").lower()[:3]
        month = 1 + [known[:3] for known in MONTHS].index(name)
        if not parts.get("day"):
            return f"{year:04d}-{month:02d}"
        day = int(parts["day"] or 0)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
