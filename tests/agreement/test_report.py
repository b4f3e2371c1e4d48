"""The measurement in words: what a paper prints."""

import json

from quotes.agreement.measure import measure, measure_targets
from quotes.agreement.records import SUBJECT, Coding, Coefficient
from quotes.agreement.report import as_dict, figure, interval, paragraph, rows, table
from tests.agreement.test_measure import codings, some


def test_paragraph_of_two_coders() -> None:
    found = measure(some(), scale=SUBJECT, name="social workers")

    assert paragraph(found, codebook="v3").startswith(
        "2 coders coded “social workers” before adjudication, with codebook v3: "
    )
    assert paragraph(found, codebook="v3", blind=True) == (
        "2 coders coded “social workers” independently, before adjudication, with codebook v3: "
        "40 units, of which 40 were coded by at least two. "
        f"Coder pairs agreed on {figure(found.percent)} of units. "
        f"Krippendorff's alpha (nominal) is {figure(found.alphas[0])}, "
        f"{interval(found.alphas[0])}: {found.alphas[0].band}. "
        f"Krippendorff's alpha (ordinal) is {figure(found.alphas[1])}, "
        f"{interval(found.alphas[1])}: {found.alphas[1].band}. "
        f"Krippendorff's alpha (interval) is {figure(found.alphas[2])}, "
        f"{interval(found.alphas[2])}: {found.alphas[2].band}. "
        f"Gwet's AC1 is {figure(found.ac1)}, {interval(found.ac1)}. "
        f"Cohen's kappa is {figure(found.cohen)}. "
        "Intervals are 95 % percentile intervals of 1000 bootstrap resamples of the double-coded "
        "units (seed 20081112)."
    )


def test_paragraph_without_double_coded_units_gives_no_number() -> None:
    found = measure([Coding("q1", "a", "supports")], scale=SUBJECT)

    assert paragraph(found) == (
        "1 coder coded the variable before adjudication: 1 unit, of which 0 were "
        "coded by at least two. No agreement can be given: no unit was coded by two coders."
    )


def test_figures_are_printed_as_the_style_guides_do() -> None:
    printed = [figure(Coefficient("ac1", value)) for value in (0.7434, -0.05, 1.0, -0.00001)]

    assert printed == [".743", "-.050", "1.000", ".000"]
    assert figure(Coefficient("percent", 0.95)) == "95.0 %"
    assert figure(Coefficient("ac1", None, why="because")) == "not defined: because"


def test_rows_say_what_each_figure_allows() -> None:
    found = measure(codings("sscc", "sscc"), scale=SUBJECT)

    assert rows(found)[1] == (
        "Krippendorff's alpha, nominal",
        "1.000",
        "fewer than 10 units coded by two coders",
        "reliable",
    )


def test_table_has_one_line_a_variable() -> None:
    found = measure_targets({"workers": codings("sscc", "sscs")}, {"workers": SUBJECT}, draws=0)

    assert table(found).splitlines()[1] == (
        "workers\t4\t4\t2\t75.0 %\t.533\t\t.533\t.529\tdo not report"
    )


def test_dictionary_survives_json() -> None:
    found = as_dict(measure(some(), scale=SUBJECT, name="workers"))

    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [c["name"] for c in found["coefficients"]] == [
        "percent",
        "alpha_nominal",
        "alpha_ordinal",
        "alpha_interval",
        "ac1",
        "cohen",
        "fleiss",
    ]
