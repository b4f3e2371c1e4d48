"""A measurement in words: paragraph and table of a methods section, and the same as data."""

from collections.abc import Mapping
from typing import Any

from quotes.agreement.records import Agreement, Coefficient, PairAgreement
from quotes.agreement.units import UnitAgreement

LABELS = {
    "percent": "Percent agreement",
    "alpha_nominal": "Krippendorff's alpha, nominal",
    "alpha_ordinal": "Krippendorff's alpha, ordinal",
    "alpha_interval": "Krippendorff's alpha, interval",
    "alpha_ratio": "Krippendorff's alpha, ratio",
    "ac1": "Gwet's AC1",
    "cohen": "Cohen's kappa",
    "fleiss": "Fleiss' kappa",
    "alpha_tokens": "Krippendorff's alpha over tokens",
}
SOURCES = (
    "Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of "
    "Pennsylvania.",
    "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of "
    "high agreement. British Journal of Mathematical and Statistical Psychology, 61(1), 29-48.",
    "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and "
    "Psychological Measurement, 20(1), 37-46.",
    "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological "
    "Bulletin, 76(5), 378-382.",
    "Zapf, A., Castell, S., Morawietz, L., & Karch, A. (2016). Measuring inter-rater reliability "
    "for nominal data: which coefficients and confidence intervals are appropriate? BMC Medical "
    "Research Methodology, 16, 93.",
)
PREVALENCE = (
    "Percent agreement and alpha tell different stories where one value is rare or nearly the only "
    "one: coders then agree by chance most of the time, alpha discounts that, and AC1 discounts "
    "less of it. Read the three together with the counts of the values."
)


def figure(coefficient: Coefficient) -> str:
    """Return the value as it is printed: "95.0 %", ".743", or the words for none."""
    if coefficient.value is None:
        return f"not defined: {coefficient.why}"
    return _number(coefficient.name, coefficient.value)


def interval(coefficient: Coefficient) -> str:
    """Return the interval as it is printed: "[.612, .861]", or nothing."""
    if coefficient.low is None or coefficient.high is None:
        return ""
    low, high = (_number(coefficient.name, end) for end in (coefficient.low, coefficient.high))
    return f"[{low}, {high}]"


def _number(name: str, value: float) -> str:
    if name == "percent":
        return f"{100 * value:.1f} %"
    # A true zero below zero after rounding is no "-.000"; no zero before the point (APA 7, 6.36).
    text = f"{value + 0.0:.3f}"
    text = "0.000" if text == "-0.000" else text
    return text.replace("0.", ".", 1) if abs(value) < 1 and not text.startswith("1") else text


def rows(found: Agreement) -> list[tuple[str, str, str, str]]:
    """Return the table of one measurement: measure, value, interval, what it allows to be said."""
    return [
        (
            LABELS[coefficient.name],
            figure(coefficient),
            interval(coefficient) or coefficient.why_no_interval,
            coefficient.band if coefficient.name.startswith("alpha") else "",
        )
        for coefficient in found.coefficients
    ]


def table(found: Mapping[str, Agreement], *, separator: str = "\t") -> str:
    """Return one line a variable with its leading figures, ready for a text or a spreadsheet."""
    head = ("Variable", "Units", "Double-coded", "Coders", "Percent", "Alpha", "95 % interval")
    lines = [separator.join((*head, "Alpha, ordinal", "AC1", "Reading"))]
    for name, one in found.items():
        ordinal = next((c for c in one.alphas if c.name == "alpha_ordinal"), None)
        cells = (
            name,
            str(one.n_units),
            str(one.n_pairable),
            str(len(one.coders)),
            figure(one.percent),
            figure(one.alpha),
            interval(one.alpha),
            figure(ordinal) if ordinal else "",
            figure(one.ac1),
            one.alpha.band,
        )
        lines.append(separator.join(cells))
    return "\n".join(lines) + "\n"


def paragraph(
    found: Agreement, *, codebook: str = "", adjudicated: bool = False, blind: bool = False
) -> str:
    """Return the sentences of a methods section on one variable.

    Only `blind` coding, where nobody could see another's, is called independent.
    """
    name = f"“{found.name}”" if found.name else "the variable"
    stage = "after" if adjudicated else "independently, before" if blind else "before"
    sentences = [
        f"{_count(len(found.coders), 'coder')} coded {name} {stage} adjudication"
        f"{f', with codebook {codebook}' if codebook else ''}: {_count(found.n_units, 'unit')}, "
        f"of which {found.n_pairable} were coded by at least two."
    ]
    if found.percent.value is None:
        return f"{sentences[0]} No agreement can be given: {found.percent.why}."
    sentences.append(f"Coder pairs agreed on {figure(found.percent)} of units.")
    sentences += [_sentence(found, coefficient) for coefficient in found.alphas]
    sentences.append(f"Gwet's AC1 is {_with_interval(found.ac1)}.")
    if found.cohen.value is not None:
        sentences.append(f"Cohen's kappa is {figure(found.cohen)}.")
    if found.fleiss.value is not None and len(found.coders) > 2:
        sentences.append(f"Fleiss' kappa is {figure(found.fleiss)}.")
    sentences.append(method(found))
    return " ".join(sentences)


def method(found: Agreement) -> str:
    """Return how the intervals were made, in one sentence."""
    made = found.bootstrap
    if not made.draws:
        return "No intervals were computed."
    return (
        f"Intervals are {100 * made.confidence:g} % percentile intervals of {made.draws} bootstrap "
        f"resamples of the double-coded units (seed {made.seed})."
    )


def _sentence(found: Agreement, coefficient: Coefficient) -> str:
    if coefficient.value is None:
        return f"{LABELS[coefficient.name].replace(', ', ' (')}) is not defined: {coefficient.why}."
    label = LABELS[coefficient.name].replace(", ", " (") + ")"
    return f"{label} is {_with_interval(coefficient)}: {coefficient.band}."


def _with_interval(coefficient: Coefficient) -> str:
    if coefficient.value is None:
        return figure(coefficient)
    shown = interval(coefficient)
    return f"{figure(coefficient)}{f', {shown}' if shown else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def as_dict(found: Agreement) -> dict[str, Any]:
    """Return the whole measurement as plain JSON values."""
    return {
        "name": found.name,
        "n_units": found.n_units,
        "n_pairable": found.n_pairable,
        "n_coders": len(found.coders),
        "n_codings": found.n_codings,
        "coders": list(found.coders),
        "values": list(found.values),
        "counts": dict(zip(found.values, found.counts, strict=True)),
        "coefficients": [_coefficient(coefficient) for coefficient in found.coefficients],
        "pairs": [_pair(pair) for pair in found.pairs],
        "confusion": [list(row) for row in found.confusion],
        "bootstrap": {
            "method": "percentile interval, double-coded units resampled with replacement",
            "draws": found.bootstrap.draws,
            "seed": found.bootstrap.seed,
            "confidence": found.bootstrap.confidence,
        },
        "sources": list(SOURCES),
    }


def _coefficient(coefficient: Coefficient) -> dict[str, Any]:
    return {
        "name": coefficient.name,
        "label": LABELS[coefficient.name],
        "value": _rounded(coefficient.value),
        "low": _rounded(coefficient.low),
        "high": _rounded(coefficient.high),
        "band": coefficient.band if coefficient.name.startswith("alpha") else None,
        "why": coefficient.why or None,
        "why_no_interval": coefficient.why_no_interval or None,
    }


def _rounded(value: float | None) -> float | None:
    """Return six decimals, so that the last bits of another machine make no other file."""
    return None if value is None else round(value, 6) + 0.0


def _pair(pair: PairAgreement) -> dict[str, Any]:
    return {
        "coders": [pair.first, pair.second],
        "n_units": pair.n_units,
        "percent": _rounded(pair.percent.value),
        "alpha_nominal": _rounded(pair.alpha.value),
        "cohen": _rounded(pair.kappa.value),
        "why": pair.alpha.why or None,
        "confusion": [list(row) for row in pair.confusion],
    }


def units_as_dict(found: UnitAgreement) -> dict[str, Any]:
    """Return the agreement on the units themselves as plain JSON values."""
    return {
        "n_documents": found.n_documents,
        "n_tokens": found.n_tokens,
        "alpha_tokens": _rounded(found.token_alpha.value),
        "why": found.token_alpha.why or None,
        "pairs": [
            {
                "coders": [pair.first, pair.second],
                "n": [pair.n_first, pair.n_second],
                "exact": pair.exact,
                "precision": _rounded(pair.precision),
                "recall": _rounded(pair.recall),
                "f1": _rounded(pair.f1),
            }
            for pair in found.pairs
        ],
    }
