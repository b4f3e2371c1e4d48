"""Sides, means and shares; where a position changed; lines over periods."""

import random
import re
from dataclasses import replace

import numpy as np

from quotes.analysis.charts.lines import Period, Series, lines
from quotes.analysis.positions import Change, Stands, changes, ends, repeats
from quotes.analysis.statements import NO_DATE
from quotes.analysis.tally import Tally, added, signed

VALUES = ("supports", "asserts", "criticises", "denies", "mixed")
SIGNS = (1, 1, -1, -1, 0)


def stands(*rows: tuple[str, int | None] | tuple[str, int, int]) -> Stands:
    """Return stands of (value, first day, last day), on one target."""
    values = [VALUES.index(row[0]) for row in rows]
    columns = (
        [7] * len(rows),
        values,
        [SIGNS[value] for value in values],
        [row[1] or NO_DATE for row in rows],
        [row[-1] or NO_DATE for row in rows],
        list(range(len(rows))),
    )
    return Stands(*(np.array(column, dtype=np.int64) for column in columns))


def told(found: Stands) -> list[tuple[int, int, bool]]:
    shown, n = changes(found)
    assert n == len(shown)
    return [(one.before, one.after, one.is_ordered) for one in shown]


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
    found = stands(
        ("supports", 5),
        ("supports", 1),
        ("mixed", 6),
        ("criticises", 8),
        ("criticises", 9),
        ("supports", 12),
        ("criticises", None),
    )

    assert told(found) == [(0, 3, True), (4, 5, True)]
    assert changes(found, most=1) == ([Change(0, 3, True)], 2)
    assert told(stands(("supports", 5), ("supports", 1))) == []
    assert told(stands()) == []


def test_changes_are_those_on_one_target() -> None:
    found = stands(("supports", 1), ("criticises", 2), ("supports", 3), ("criticises", 4))
    other = replace(found, over=np.array([1, 2, 1, 2]))

    assert told(found) == [(0, 1, True), (1, 2, True), (2, 3, True)]
    assert told(other) == []


def test_overlapping_dates_make_one_contradiction_without_an_order() -> None:
    found = stands(("asserts", 1, 9), ("denies", 2, 9), ("asserts", 3, 9), ("denies", 15))

    assert told(found) == [(0, 1, False), (2, 3, True)]


def test_what_is_surely_earlier_stands_before() -> None:
    march = (10, 15)
    found = stands(
        ("supports", 2), ("criticises", *march), ("supports", *march), ("supports", *march)
    )

    # Of March the ones of the side before come first, so that there is one change, not two.
    assert told(found) == [(0, 1, True)]


def test_sides_alternate_through_days_on_which_both_were_taken() -> None:
    both = [(value, day) for day in (3, 4, 5) for value in ("criticises", "supports")]
    found = stands(("supports", 1), *both, ("supports", 9))

    # For until the 3rd, then against; the 4th continues with against, and so on.
    assert told(found) == [(0, 1, True), (1, 4, True), (4, 5, True), (5, 7, True)]


def test_changes_are_as_told_one_after_the_other() -> None:
    chance = random.Random(3)
    for _ in range(300):
        rows = []
        for _ in range(chance.randrange(1, 12)):
            first = chance.randrange(1, 9)
            rows.append((chance.choice(VALUES), first, first + chance.choice((0, 0, 0, 1, 4))))
        assert told(stands(*rows)) == _one_by_one(rows), rows


def _one_by_one(rows: list[tuple[str, int, int]]) -> list[tuple[int, int, bool]]:
    """Return the changes as the rule reads: the plain way, which the columns are held against."""
    signs = [SIGNS[VALUES.index(row[0])] for row in rows]
    places = [at for at in range(len(rows)) if signs[at]]
    days = sorted({rows[at][1:] for at in places})
    ordered: list[int] = []
    for day in days:
        here = [at for at in places if rows[at][1:] == day]
        side = signs[ordered[-1]] if ordered else signs[here[0]]
        ordered += sorted(here, key=lambda at: signs[at] != side)
    found: list[tuple[int, int, bool]] = []
    run: list[int] = []
    for at in ordered:
        if run and signs[run[-1]] != signs[at]:
            surely = [one for one in run if rows[one][2] < rows[at][1]]
            before = max(surely, key=lambda one: rows[one][2]) if surely else run[-1]
            again = found and not found[-1][2] and len(run) == 1
            if surely or not again:
                found.append((before, at, bool(surely)))
            run = []
        run.append(at)
    return found


def test_repeats_and_ends() -> None:
    found = stands(("denies", 3), ("denies", 1), ("asserts", 2), ("mixed", 4), ("denies", None))

    (repeat,) = repeats(found)

    assert (repeat.over, VALUES[repeat.value], repeat.places.tolist()) == (7, "denies", [1, 0, 4])
    assert ends(found) == {1: (2, 2), -1: (1, 0)}


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
