from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.dates import bounds, display


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2008-11-12", date(2008, 11, 12), date(2008, 11, 12), "12 November 2008"),
        ("2008-11", date(2008, 11, 1), date(2008, 11, 30), "November 2008"),
        ("2008", date(2008, 1, 1), date(2008, 12, 31), "2008"),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29), "February 2008"),
        ("2009-03?", date(2009, 3, 1), date(2009, 3, 31), "March 2009 (uncertain)"),
        ("2008-11~", date(2008, 11, 1), date(2008, 11, 30), "about November 2008"),
        ("2008-11-XX", date(2008, 11, 1), date(2008, 11, 30), "November 2008"),
        (
            "2008-12/2009-03-10",
            date(2008, 12, 1),
            date(2009, 3, 10),
            "December 2008 to 10 March 2009",
        ),
        ("2008-11-12/..", date(2008, 11, 12), None, "12 November 2008 or later"),
        ("../2008-11", None, date(2008, 11, 30), "November 2008 or earlier"),
        ("2008-23", date(2008, 9, 1), date(2008, 11, 30), "autumn 2008"),
        ("", None, None, ""),
    ],
)
def test_date_keeps_its_precision(
    text: str, earliest: date | None, latest: date | None, words: str
) -> None:
    found = bounds(text)

    assert (found.earliest, found.latest, display(text)) == (earliest, latest, words)


@pytest.mark.parametrize(
    "text",
    [
        "2008-13-01",
        "2009-02-30",
        "12 November 2008",
        "2008-1-2",
        "٢٠٠٨",
        "2009/2008",
        "/2008",
        "2008/",
        "-0044",
        "2008-11-12" * 10,
        "\x00",
    ],
)
def test_date_that_can_not_be_held_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write 2008-11-12, 2008-11|ends before it begins"):
        bounds(text)


@given(st.text(max_size=45))
def test_bounds_refuses_or_answers_whatever_is_typed(text: str) -> None:
    try:
        found = bounds(text)
    except ValueError:
        return
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
    assert isinstance(display(text), str)
