"""Dates in citations: to the precision that is known, in each style's order and abbreviations."""

from dataclasses import dataclass
from datetime import date

from quotes.citations.record import Dated, PartialDate

LONG = (
    *("", "January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# MLA 9, appendix 1: May, June and July are not shortened.
MLA = (
    *("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov."),
    "Dec.",
)
NLM = tuple(name[:3] for name in LONG)
SEASONS = ("", "Spring", "Summer", "Autumn", "Winter")


@dataclass(frozen=True)
class DateStyle:
    """In which order the parts of a date stand, and what is put between them and the year."""

    months: tuple[str, ...]
    day_first: bool
    year_first: bool
    comma: bool

    def full(self, dated: Dated) -> str:
        """Return "March 14, 2024", "14–16 March 2024" or "March 2024–May 2025"."""
        start, end = dated.start, dated.end
        if start is None:
            return ""
        if end is None:
            return self._point(start)
        if start.year != end.year:
            return f"{self._point(start)}–{self._point(end)}"
        return self._with_year(self.month_day(dated), start.year, bool(start.day and end.day))

    def year(self, dated: Dated) -> str:
        """Return "2024" or "2024–2025"."""
        start, end = dated.start, dated.end
        if start is None:
            return ""
        return f"{start.year}–{end.year}" if end and end.year != start.year else str(start.year)

    def month_day(self, dated: Dated) -> str:
        """Return what a date says besides its year: "March 14", "14–16 March"."""
        start, end = dated.start, dated.end
        if start is None:
            return ""
        if end is None:
            return self._month_day(start, str(start.day or ""))
        if (start.year, start.month) == (end.year, end.month) and start.day and end.day:
            return self._month_day(start, f"{start.day}–{end.day}")
        first = self._month_day(start, str(start.day or ""))
        last = self._month_day(end, str(end.day or ""))
        return f"{first}–{last}" if last else first

    def _month_day(self, point: PartialDate, day: str) -> str:
        if point.season:
            return SEASONS[point.season]
        month = self.months[point.month]
        if not day:
            return month
        return f"{day} {month}" if self.day_first else f"{month} {day}"

    def _point(self, point: PartialDate) -> str:
        text = self._month_day(point, str(point.day or ""))
        return self._with_year(text, point.year, bool(point.day))

    def _with_year(self, text: str, year: int, has_day: bool) -> str:
        if not text:
            return str(year)
        if self.year_first:
            return f"{year}{',' if self.comma else ''} {text}"
        return f"{text}{',' if self.comma and has_day else ''} {year}"


APA = DateStyle(LONG, day_first=False, year_first=True, comma=True)
AMERICAN = DateStyle(LONG, day_first=False, year_first=False, comma=True)
BRITISH = DateStyle(LONG, day_first=True, year_first=False, comma=False)
SHORT = DateStyle(MLA, day_first=True, year_first=False, comma=False)
MEDICAL = DateStyle(NLM, day_first=False, year_first=True, comma=False)


def of_day(day: date | None) -> Dated:
    """Return a day of the calendar as a date of a citation."""
    return Dated(PartialDate(day.year, day.month, day.day)) if day else Dated()


def bracketed(text: str, dated: Dated, *, question: bool = True) -> str:
    """Return [2024?] for an uncertain and [2024] for an inferred date (CMOS 18, 14.44).

    NLM's Citing Medicine asks for the same; APA and MLA bracket what the source does not print
    and mark uncertainty with a word, so they pass `question=False`.
    """
    if not text:
        return ""
    if dated.uncertain and question:
        return f"[{text}?]"
    return f"[{text}]" if dated.inferred else text


def enclosed(text: str, dated: Dated) -> str:
    """Return 2024? or [2024] for a date that stands in parentheses already."""
    if not text:
        return ""
    if dated.inferred:
        return f"[{text}]"
    return f"{text}?" if dated.uncertain else text
