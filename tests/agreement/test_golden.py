"""The published examples: figures that are not ours to move."""

import pytest

from quotes.agreement.measure import UNANIMOUS, measure
from quotes.agreement.records import Agreement, Coding, Scale

NUMBERS = Scale(tuple("12345"), {digit: float(digit) for digit in "12345"})
LEVELS = ("nominal", "ordinal", "interval", "ratio")

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C.
KRIPPENDORFF = """\
1 2 3 3 2 1 4 1 2 * * *
1 2 3 3 2 2 4 1 2 5 * 3
* 3 3 3 2 3 4 2 2 5 1 *
1 2 3 3 2 4 4 1 2 5 1 *"""
# Wikipedia, "Krippendorff's alpha": three coders, fifteen units.
WIKIPEDIA = """\
* * * * * 3 4 1 2 1 1 3 3 * 3
1 * 2 1 3 3 4 3 * * * * * * *
* * 2 1 3 4 4 * 2 1 1 3 3 * 4"""


def codings(rows: str) -> list[Coding]:
    return [
        Coding(f"unit {unit:02}", f"coder {coder}", value)
        for coder, line in enumerate(rows.splitlines(), start=1)
        for unit, value in enumerate(line.split(), start=1)
        if value != "*"
    ]


def alphas(found: Agreement) -> dict[str, float | None]:
    return {
        coefficient.name.removeprefix("alpha_"): coefficient.value for coefficient in found.alphas
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            KRIPPENDORFF,
            {"nominal": 0.7434, "ordinal": 0.8154, "interval": 0.8491, "ratio": 0.7974},
        ),
        (WIKIPEDIA, {"nominal": 0.6914, "ordinal": 0.8067, "interval": 0.8108}),
    ],
)
def test_alpha_is_the_published_one(rows: str, expected: dict[str, float]) -> None:
    found = measure(codings(rows), scale=NUMBERS, levels=LEVELS, draws=0)

    values = alphas(found)
    assert {level: round(values[level] or 0, 4) for level in expected} == expected


def test_units_of_the_published_example_are_counted() -> None:
    found = measure(codings(KRIPPENDORFF), scale=NUMBERS, draws=0)

    assert (found.n_units, found.n_pairable, len(found.coders), found.n_codings) == (12, 11, 4, 41)


def test_unanimous_codings_have_no_alpha() -> None:
    found = measure(codings("1 1 1 1\n1 1 1 1"), scale=NUMBERS, draws=0)

    assert found.percent.value == 1.0
    assert [(c.value, c.why) for c in found.alphas] == [(None, UNANIMOUS)] * 3
    assert (found.ac1.value, found.ac1.why) == (None, UNANIMOUS)
    assert (found.cohen.value, found.fleiss.value) == (None, None)


def test_prevalence_trap_has_alpha_zero_at_95_percent() -> None:
    found = measure(codings("1 " * 19 + "1\n" + "1 " * 19 + "2"), scale=NUMBERS, draws=0)

    assert found.percent.value == 0.95
    assert found.alpha.value == pytest.approx(0.0, abs=1e-12)
    assert found.ac1.value == pytest.approx(0.9474, abs=1e-4)


def test_kappa_of_cohens_textbook_table() -> None:
    # Wikipedia, "Cohen's kappa": 50 proposals, yes and no: 20, 5, 10, 15.
    pairs = [("1", "1")] * 20 + [("1", "2")] * 5 + [("2", "1")] * 10 + [("2", "2")] * 15
    rows = "\n".join(" ".join(column) for column in zip(*pairs, strict=True))

    found = measure(codings(rows), scale=NUMBERS, draws=0)

    assert found.cohen.value == pytest.approx(0.4)
    assert found.pairs[0].confusion[0][:2] == (20, 5)
    assert found.pairs[0].confusion[1][:2] == (10, 15)


def test_fleiss_kappa_of_the_textbook_table() -> None:
    # Wikipedia, "Fleiss' kappa": ten subjects, fourteen raters, five categories.
    table = """0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|7 7 0 0 0|3 2 6 3 0|2 5 3 2 2
6 5 2 1 0|0 2 2 3 7""".replace("\n", "|")
    rows = []
    for unit, line in enumerate(table.split("|")):
        values = [
            str(value + 1) for value, times in enumerate(line.split()) for _ in range(int(times))
        ]
        rows += [Coding(str(unit), f"{coder:02}", value) for coder, value in enumerate(values)]

    found = measure(rows, scale=NUMBERS, draws=0)

    assert found.fleiss.value == pytest.approx(0.210, abs=5e-4)
