"""Windows of time, and that nothing is placed in one by guess."""

from datetime import date

import pytest

from quotes.analysis.statements import Statement, StatementsRefusedError, statements
from quotes.analysis.windows import moving, position, span


def windows(first: str, last: str, **how: object) -> list[str]:
    found = moving(date.fromisoformat(first), date.fromisoformat(last), **how)  # type: ignore[arg-type]
    return [str(window) for window in found]


@pytest.mark.parametrize(
    ("first", "last", "how", "expected"),
    [
        (
            "2008-11-12",
            "2008-11-13",
            {"unit": "days"},
            ["2008-11-12 to 2008-11-12", "2008-11-13 to 2008-11-13"],
        ),
        (
            "2008-11-12",
            "2008-11-17",
            {"unit": "weeks"},
            ["2008-11-10 to 2008-11-16", "2008-11-17 to 2008-11-23"],
        ),
        ("2008-12-31", "2009-01-01", {}, ["2008-12-01 to 2008-12-31", "2009-01-01 to 2009-01-31"]),
        (
            "2008-01-15",
            "2008-03-01",
            {"size": 2},
            ["2008-01-01 to 2008-02-29", "2008-02-01 to 2008-03-31"],
        ),
        (
            "2008-01-15",
            "2008-03-01",
            {"size": 2, "step": 2},
            ["2008-01-01 to 2008-02-29", "2008-03-01 to 2008-04-30"],
        ),
        (
            "2008-05-05",
            "2009-01-01",
            {"unit": "years"},
            ["2008-01-01 to 2008-12-31", "2009-01-01 to 2009-12-31"],
        ),
        # Longer than the data: one window.
        ("2008-05-05", "2009-01-01", {"unit": "years", "size": 10}, ["2008-01-01 to 2017-12-31"]),
        ("9999-12-30", "9999-12-31", {"unit": "months"}, ["9999-12-01 to 9999-12-31"]),
    ],
)
def test_windows_move(first: str, last: str, how: dict[str, object], expected: list[str]) -> None:
    assert windows(first, last, **how) == expected


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"unit": "hours"}, "“hours” is not a unit of time"),
        ({"size": 0}, "at least one unit long"),
        ({"step": 0}, "at least one unit long"),
        ({"unit": "days"}, "More than 1000 windows: take longer units"),
    ],
)
def test_windows_that_cannot_be_are_refused(how: dict[str, object], message: str) -> None:
    with pytest.raises(StatementsRefusedError, match=message):
        windows("2000-01-01", "2009-01-01", **how)


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(StatementsRefusedError, match="ends before it begins"):
        windows("2009-01-01", "2008-01-01")


DATES = {
    "inside": (date(2008, 11, 2), date(2008, 11, 3)),
    "before": (date(2008, 1, 1), date(2008, 1, 1)),
    "after": (date(2009, 1, 1), date(2009, 1, 1)),
    "year": (date(2008, 1, 1), date(2008, 12, 31)),
    "until": (None, date(2008, 11, 3)),
    "since": (date(2008, 11, 2), None),
    "undated": (None, None),
}


@pytest.mark.parametrize(
    ("start", "end", "inside", "imprecise"),
    [
        ("2008-11-01", "2008-11-30", "inside", "year until since"),
        (None, "2008-11-30", "inside before until", "year since"),
        ("2008-11-01", None, "inside after since", "year until"),
        (None, None, "inside before after year until since undated", ""),
    ],
)
def test_position_of_imprecise_dates(
    start: str | None, end: str | None, inside: str, imprecise: str
) -> None:
    found = statements(Statement(name, "sw", 1, *dates, "1", name) for name, dates in DATES.items())

    where = position(
        found,
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
    )

    assert {row.actor for row in found.rows(where.inside)} == set(inside.split())
    assert {row.actor for row in found.rows(where.imprecise)} == set(imprecise.split())
    every = where.inside.astype(int) + where.outside + where.imprecise + where.undated
    assert set(every.tolist()) == {1}


def test_span_of_statements() -> None:
    found = statements([Statement("A", "sw", 1, *DATES["year"], "1", "q")])

    assert span(found) == (date(2008, 1, 1), date(2008, 12, 31))
    assert span(statements([])) is None
    assert span(statements([Statement("A", "sw", 1, None, None, "1", "q")])) is None
