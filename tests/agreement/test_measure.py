"""What is measured, what is refused, and that a figure never depends on order."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.agreement.bootstrap import SEED
from quotes.agreement.measure import (
    NO_NUMBERS,
    NO_UNITS,
    ONE_UNIT,
    disagreements,
    measure,
    measure_over_time,
    measure_targets,
    period_name,
)
from quotes.agreement.records import CLAIM, SUBJECT, Coding, CodingsRefusedError, Scale, band


def codings(*rows: str) -> list[Coding]:
    """Return one coder's values a row, one unit a column; "-" is no coding."""
    words = {
        "s": "supports",
        "c": "criticises",
        "m": "mixed",
        "n": "neutral",
        "0": "no_stance",
        "u": "unclear",
    }
    return [
        Coding(f"q{unit}", f"coder-{coder}", words[letter])
        for coder, row in enumerate(rows, start=1)
        for unit, letter in enumerate(row)
        if letter != "-"
    ]


def some(n: int = 40, seed: int = 1) -> list[Coding]:
    chance = random.Random(seed)
    first = [chance.choice("sscmn0") for _ in range(n)]
    second = [letter if chance.random() < 0.8 else chance.choice("scmn") for letter in first]
    return codings("".join(first), "".join(second))


def test_ac1_counts_units_coded_once_as_gwet_does() -> None:
    # The example data of the R package irrCAC (cac.raw4raters), for which it prints 0.77544.
    rows = ("123321412---", "1233224125-3", "-3332342251-", "12332441251-")
    scale = Scale(tuple("12345"))
    data = [
        Coding(f"{unit:02}", f"rater {rater}", value)
        for rater, row in enumerate(rows)
        for unit, value in enumerate(row)
        if value != "-"
    ]

    found = measure(data, scale=scale, draws=0)

    assert found.percent.value == pytest.approx(0.81818, abs=1e-5)
    assert found.ac1.value == pytest.approx(0.77544, abs=1e-5)


def test_order_of_codings_changes_nothing() -> None:
    rows = some()
    mixed = rows[:]
    random.Random(2).shuffle(mixed)

    assert measure(rows, scale=SUBJECT) == measure(mixed, scale=SUBJECT)


def test_interval_is_the_same_each_time_and_holds_the_value() -> None:
    first, second = (measure(some(), scale=SUBJECT) for _ in range(2))

    assert first.alpha == second.alpha
    assert first.alpha.low is not None
    assert first.alpha.high is not None
    assert first.alpha.value is not None
    assert first.alpha.low < first.alpha.value < first.alpha.high
    assert (first.bootstrap.draws, first.bootstrap.seed) == (1000, SEED)


def test_interval_covers_what_the_coders_would_reach_in_the_long_run() -> None:
    # A fifth of the second coder's values are redrawn: the alpha of very many units is the truth.
    truth = measure(some(20_000, seed=99), scale=SUBJECT, draws=0).alpha.value
    covered = 0
    for seed in range(60):
        found = measure(some(60, seed=seed), scale=SUBJECT, draws=300).alpha
        assert None not in (found.low, found.high, truth)
        covered += found.low <= truth <= found.high  # type: ignore[operator]

    assert 51 <= covered <= 60


def test_few_units_have_a_value_and_no_interval() -> None:
    found = measure(codings("sscc", "sscs"), scale=SUBJECT).alpha

    assert found.value is not None
    assert (found.low, found.why_no_interval) == (
        None,
        "fewer than 10 units coded by two coders",
    )


def test_nearly_unanimous_codings_have_no_interval() -> None:
    found = measure(codings("s" * 20, "s" * 19 + "c"), scale=SUBJECT).alpha

    assert found.value == pytest.approx(0.0, abs=1e-12)
    assert found.low is None
    assert "of 1000 resamples" in found.why_no_interval


@pytest.mark.parametrize(
    ("rows", "why"),
    [([], NO_UNITS), (["ss"], NO_UNITS), (["s-", "-s"], NO_UNITS), (["sc", "s-"], ONE_UNIT)],
)
def test_too_few_units_say_so_and_give_no_number(rows: list[str], why: str) -> None:
    found = measure(codings(*rows), scale=SUBJECT)

    assert {(c.value, c.why) for c in (found.percent, *found.alphas, found.ac1)} == {(None, why)}
    assert found.fleiss.value is None
    assert found.cohen.value is None


def test_values_without_number_are_missing_only_where_numbers_count() -> None:
    found = measure(codings("sc0u", "sc00"), scale=SUBJECT, draws=0)
    nominal, ordinal, interval = found.alphas

    assert nominal.value == pytest.approx(1 - 7 * 2 / 46)
    assert (ordinal.value, interval.value) == (1.0, 1.0)


def test_codings_without_numbers_say_so() -> None:
    found = measure(codings("0u0", "00u"), scale=SUBJECT)

    assert found.alpha.value is not None
    assert {alpha.why for alpha in found.alphas[1:]} == {NO_NUMBERS}


def test_no_targets_measure_nothing() -> None:
    assert measure_targets({}, {})["all"].percent.why == NO_UNITS


def test_values_of_one_number_are_one_rank() -> None:
    found = measure(codings("scmn", "scnm"), scale=SUBJECT, draws=0)

    assert [c.value for c in found.alphas[1:]] == [1.0, 1.0]
    assert found.alpha.value is not None
    assert found.alpha.value < 0.5


def test_confusion_matrices_count_pairs() -> None:
    found = measure(codings("ssc", "scc", "s--"), scale=SUBJECT, draws=0)
    first = found.pairs[0]

    assert [(pair.first, pair.second, pair.n_units) for pair in found.pairs] == [
        ("coder-1", "coder-2", 3),
        ("coder-1", "coder-3", 1),
        ("coder-2", "coder-3", 1),
    ]
    assert (first.confusion[0][0], first.confusion[0][3], first.confusion[3][3]) == (1, 1, 1)
    assert first.percent.value == pytest.approx(2 / 3)
    assert found.pairs[1].alpha.why == "only one unit was coded by both"
    assert (found.confusion[0][0], found.confusion[0][3], found.confusion[3][0]) == (6, 1, 1)


def test_fleiss_needs_equally_many_coders() -> None:
    found = measure(codings("ssc", "scc", "s--"), scale=SUBJECT, draws=0)

    assert found.fleiss.why == "units were coded by 2 to 3 coders; it needs equally many"
    assert found.cohen.why == "3 coders; it is for two"


def test_value_outside_the_scale_is_refused() -> None:
    with pytest.raises(CodingsRefusedError, match=r"“asserts” \(a on q1\) is not a value"):
        measure([Coding("q1", "a", "asserts")], scale=SUBJECT)


def test_coding_twice_is_refused() -> None:
    rows = [Coding("q1", "a", "supports"), Coding("q1", "a", "mixed")]

    with pytest.raises(CodingsRefusedError, match="a coded q1 twice"):
        measure(rows, scale=SUBJECT)


def test_targets_are_measured_apart_and_together() -> None:
    claims = [Coding("q1", "coder-1", "denies"), Coding("q1", "coder-2", "asserts")]
    subjects = codings("sscs", "ssss")

    found = measure_targets(
        {"workers": subjects, "claim": claims}, {"workers": SUBJECT, "claim": CLAIM}
    )

    assert list(found) == ["workers", "claim", "all"]
    assert [one.n_pairable for one in found.values()] == [4, 1, 5]
    assert found["claim"].alpha.why == ONE_UNIT
    assert found["all"].values[:4] == ("supports", "mixed", "neutral", "criticises")
    assert found["all"].percent.value == pytest.approx(3 / 5)


def test_over_time_puts_a_unit_where_it_was_last_coded() -> None:
    days = {"coder-1": date(2009, 12, 28), "coder-2": date(2010, 1, 4)}
    rows = [row._replace(when=days[row.coder]) for row in codings("ss", "sc")]
    rows += [Coding("q9", "coder-1", "mixed", date(2009, 12, 28)), Coding("q9", "x", "mixed")]

    found = measure_over_time(rows, scale=SUBJECT)

    assert [(name, one.n_units, one.n_pairable) for name, one in found.items()] == [
        ("2009-12", 1, 0),
        ("2010-01", 2, 2),
    ]


@pytest.mark.parametrize(
    ("period", "name"), [("year", "2010"), ("month", "2010-01"), ("week", "2009-W53")]
)
def test_period_names_know_their_year(period: str, name: str) -> None:
    assert period_name(date(2010, 1, 3), period) == name


def test_period_of_another_name_is_refused() -> None:
    with pytest.raises(CodingsRefusedError, match="“day” is not a period"):
        period_name(date(2010, 1, 3), "day")


def test_disagreements_come_most_divided_first() -> None:
    found = disagreements(codings("sss-", "scs-", "scms"), scale=SUBJECT)

    assert [unit for unit, _values in found] == ["q1", "q2"]
    assert found[0][1] == (
        ("coder-1", "supports"),
        ("coder-2", "criticises"),
        ("coder-3", "criticises"),
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.8, "reliable"),
        (0.7999, "tentative conclusions only"),
        (0.667, "tentative conclusions only"),
        (0.6669, "do not report"),
        (-0.2, "do not report"),
        (None, "not defined"),
    ],
)
def test_band_in_words(value: float | None, words: str) -> None:
    assert band(value) == words


def plain_alpha(rows: list[Coding]) -> float | None:
    """Krippendorff's nominal alpha once more, from the pairs, to check the matrices against."""
    units: dict[str, list[str]] = {}
    for row in rows:
        units.setdefault(row.unit, []).append(row.value)
    kept = [values for values in units.values() if len(values) > 1]
    n = sum(map(len, kept))
    observed = sum(
        (a != b) / (len(values) - 1)
        for values in kept
        for i, a in enumerate(values)
        for j, b in enumerate(values)
        if i != j
    )
    every = [value for values in kept for value in values]
    expected = sum(a != b for a in every for b in every)
    return 1 - (n - 1) * observed / expected if expected else None


@given(st.lists(st.text("scmn0u-", min_size=6, max_size=6), min_size=2, max_size=5))
def test_alpha_is_that_of_the_pairs(rows: list[str]) -> None:
    data = codings(*rows)
    found = measure(data, scale=SUBJECT, draws=0)

    if found.n_pairable > 1:
        plain = plain_alpha(data)
        assert (found.alpha.value is None) == (plain is None)
        assert plain is None or found.alpha.value == pytest.approx(plain)
