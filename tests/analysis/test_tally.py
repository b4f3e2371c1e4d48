"""Sides, means and shares; where a position changed; lines over periods."""

import re
from datetime import date

from quotes.analysis.charts.lines import Period, Series, lines
from quotes.analysis.positions import Stand, changes, ends, repeats
from quotes.analysis.tally import Tally, added, signed

DAYS = [date(2008, 12, number) for number in range(1, 20)]


def stand(value: str, first: int | None, last: int | None = None, quote: str = "") -> Stand:
    early = None if first is None else DAYS[first]
    late = early if last is None else DAYS[last]
    return Stand(value, early, late, quote or f"{value}-{first}", article=first or 0, outlet=1)


def test_mean_and_share_count_what_their_formula_says() -> None:
    tally = Tally({"supports": 3, "criticises": 1, "mixed": 2, "no_stance": 5, "unclear": 1})

    assert (tally.total, tally.n, tally.taken) == (12, 6, 4)
    assert tally.mean == 2 / 6
    assert tally.share == 0.75
    assert tally.is_divided
    assert added([tally, Tally({"supports": 1})]).counts["supports"] == 4


def test_without_a_position_there_is_no_mean() -> None:
    for counts in ({}, {"no_stance": 3}):
        assert Tally(counts).mean is None
        assert Tally(counts).share is None
    assert Tally({"neutral": 2}).mean == 0
    assert Tally({"neutral": 2}).share is None
    assert [signed(mean) for mean in (None, 0.0, -0.001, 1.0, -0.5)] == [
        "",
        "0.00",
        "0.00",
        "+1.00",
        "−0.50",
    ]


def test_change_is_the_last_before_and_the_first_after() -> None:
    rows = [
        stand("supports", 5),
        stand("supports", 0),
        stand("mixed", 6),
        stand("no_stance", 7),
        stand("criticises", 8),
        stand("criticises", 9),
        stand("supports", 12),
        stand("criticises", None),
    ]

    found = changes(rows)

    assert [(one.before.quote, one.after.quote, one.is_ordered) for one in found] == [
        ("supports-5", "criticises-8", True),
        ("criticises-9", "supports-12", True),
    ]
    assert changes(rows[:2]) == []


def test_overlapping_dates_make_one_contradiction_without_an_order() -> None:
    rows = [
        stand("asserts", 0, 9),
        stand("denies", 1, 9),
        stand("asserts", 2, 9),
        stand("denies", 15),
    ]

    found = changes(rows)

    assert [(one.before.value, one.after.value, one.is_ordered) for one in found] == [
        ("asserts", "denies", False),
        ("asserts", "denies", True),
    ]


def test_what_is_surely_earlier_stands_before() -> None:
    march = (10, 15)
    rows = [
        stand("supports", 2),
        stand("criticises", *march, quote="a"),
        stand("supports", *march, quote="b"),
        stand("supports", *march, quote="c"),
    ]

    (found,) = changes(rows)

    assert (found.before.quote, found.after.quote, found.is_ordered) == ("supports-2", "a", True)


def test_repeats_and_ends() -> None:
    rows = [
        stand("denies", 3),
        stand("denies", 1),
        stand("asserts", 2),
        stand("unclear", 4),
        stand("unclear", 5),
    ]

    (repeat,) = repeats(rows)

    assert (repeat.value, len(repeat.stands), repeat.articles, repeat.outlets) == (
        "denies",
        2,
        2,
        1,
    )
    assert {sign: (a.quote, b.quote) for sign, (a, b) in ends(rows).items()} == {
        -1: ("denies-1", "denies-3"),
        1: ("asserts-2", "asserts-2"),
    }


def test_line_breaks_where_there_is_no_figure() -> None:
    periods = [
        Period("2008", 4, "/quotes?x=1"),
        Period("2009", 0),
        Period("2010", 2),
        Period("2011", 1),
    ]

    chart = lines(
        periods,
        [Series("share for", (0.25, None, 0.5, 1.0))],
        id_="s",
        title="Share",
        low=0,
        high=1,
        ends=("all against", "all for"),
    )

    # One piece, between the last two; one line needs no key.
    assert len(re.findall('class="series"', chart.svg)) == 1
    assert len(re.findall('class="mark mark-series"', chart.svg)) == 3
    assert 'aria-label="share for, 2008: 0.25 (n 4)"' in chart.svg
    assert "style=" not in chart.svg
    assert [[cell.text for cell in row] for row in chart.table.rows] == [
        ["2008", "0.250", "4"],
        ["2009", "", "0"],
        ["2010", "0.500", "2"],
        ["2011", "1.000", "1"],
    ]
