"""Measure the agreement of codings: of one variable, of each target and all, over time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import isnan

import numpy as np
from numpy.typing import NDArray

from quotes.agreement import coefficients
from quotes.agreement.bootstrap import CONFIDENCE, DRAWS, SEED, intervals
from quotes.agreement.records import (
    Agreement,
    Bootstrap,
    Coding,
    CodingsRefusedError,
    Coefficient,
    Confusion,
    PairAgreement,
    Scale,
)
from quotes.agreement.table import MISSING, Floats, Integers, Patterns, Table, patterns, table

NO_UNITS = "no unit was coded by two coders"
ONE_UNIT = "only one unit was coded by two coders"
NO_NUMBERS = "no unit has two codings with a value that has a number"
UNANIMOUS = "every coding that can be compared has one and the same value"
BY_LEVEL = {level: f"alpha_{level}" for level in coefficients.LEVELS}
OVER_ALL = "all"


def measure(
    codings: Iterable[Coding],
    *,
    scale: Scale,
    name: str = "",
    levels: Sequence[str] = ("nominal", "ordinal", "interval"),
    draws: int = DRAWS,
    seed: int = SEED,
    confidence: float = CONFIDENCE,
) -> Agreement:
    """Measure how far coders agree on one variable.

    Nominal alpha is always the first of `alphas`; other `levels` need a scale with numbers. Pass
    `draws=0` to go without intervals. Raises CodingsRefusedError as `table` does.
    """
    settings = Bootstrap(draws, seed, confidence)
    grid = table(codings, scale)
    data = patterns(grid.counts)
    wanted = ["nominal", *(level for level in levels if level != "nominal" and scale.numbers)]
    estimates = _Estimates(data, scale, wanted)
    found = estimates.coefficients(settings)
    return Agreement(
        name=name,
        values=grid.values,
        coders=grid.coders,
        n_units=len(grid.units),
        n_pairable=data.n_pairable,
        n_codings=int((grid.codes != MISSING).sum()),
        counts=tuple(int(count) for count in grid.counts.sum(axis=0)),
        percent=found["percent"],
        alphas=tuple(found[BY_LEVEL[level]] for level in wanted),
        ac1=found["ac1"],
        fleiss=_fleiss(grid, data),
        cohen=_cohen(grid),
        pairs=tuple(_pair(grid, a, b) for a, b in combinations(range(len(grid.coders)), 2)),
        confusion=_all_pairs(grid.counts),
        bootstrap=settings,
    )


def measure_targets(
    codings: Mapping[str, Sequence[Coding]],
    scales: Mapping[str, Scale],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Agreement]:
    """Measure each target by its own scale, and all together under the name "all".

    All together, a unit is a quote and a target. Where the targets have different values, chance
    agreement across them is low and the pooled figure is flattering: report the targets.
    """
    found = {
        target: measure(rows, scale=scales[target], name=target, draws=draws, seed=seed)
        for target, rows in codings.items()
    }
    whole = Scale(())
    for target in codings:
        whole = whole.joined(scales[target])
    pooled = (
        Coding(f"{target}: {unit}", coder, value)
        for target, rows in codings.items()
        for unit, coder, value, _when in rows
    )
    found[OVER_ALL] = measure(pooled, scale=whole, name=OVER_ALL, draws=draws, seed=seed)
    return found


def measure_over_time(
    codings: Iterable[Coding], *, scale: Scale, period: str = "month", draws: int = 0
) -> dict[str, Agreement]:
    """Measure each period of coding, oldest first, to see coders drift apart or together.

    A unit belongs to the period of its last coding, for only then could it be compared. Codings
    without a date are left out.
    """
    units: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.when is not None:
            units.setdefault(coding.unit, []).append(coding)
    periods: dict[str, list[Coding]] = {}
    for rows in units.values():
        last = max(coding.when for coding in rows if coding.when is not None)
        periods.setdefault(period_name(last, period), []).extend(rows)
    return {
        name: measure(rows, scale=scale, name=name, draws=draws)
        for name, rows in sorted(periods.items())
    }


def period_name(day: date, period: str) -> str:
    """Return "2008", "2008-11" or the ISO week "2008-W46"; such names sort by time."""
    if period == "year":
        return f"{day.year:04}"
    if period == "month":
        return f"{day.year:04}-{day.month:02}"
    if period == "week":
        year, week, _weekday = day.isocalendar()
        return f"{year:04}-W{week:02}"
    raise CodingsRefusedError(f"“{period}” is not a period: week, month or year.")


def disagreements(
    codings: Iterable[Coding], *, scale: Scale
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the units on which coders differ with each coder's value, most divided first."""
    grid = table(codings, scale)
    counts = grid.counts
    coders = counts.sum(axis=1)
    share = counts.max(axis=1, initial=0) / np.maximum(coders, 1)
    divided = np.flatnonzero((coders >= 2) & (share < 1))
    order = sorted(divided.tolist(), key=lambda row: (share[row], grid.units[row]))
    return [
        (
            grid.units[row],
            tuple(
                (coder, grid.values[code])
                for coder, code in zip(grid.coders, grid.codes[row].tolist(), strict=True)
                if code != MISSING
            ),
        )
        for row in order
    ]


class _Estimates:
    """The coefficients that are also computed for every resample."""

    def __init__(self, data: Patterns, scale: Scale, levels: Sequence[str]) -> None:
        self.data = data
        self.levels = levels
        numbers = sorted({float(scale.numbers[v]) for v in scale.values if v in scale.numbers})
        self.numbers: Floats = np.array(numbers, dtype=np.float64)
        merge = np.zeros((len(scale.values), len(numbers)))
        for row, value in enumerate(scale.values):
            if value in scale.numbers:
                merge[row, numbers.index(scale.numbers[value])] = 1
        # Values of one number are one rank; values without a number are missing here.
        self.numbered: Floats = data.counts @ merge

    def __call__(self, weights: Floats) -> dict[str, Floats]:
        found = {
            "percent": coefficients.percent(self.data, weights),
            "ac1": coefficients.ac1(self.data, weights),
        }
        nominal = coefficients.coincidences(self.data.counts, weights)
        numbered = nominal
        if len(self.levels) > 1:
            numbered = coefficients.coincidences(self.numbered, weights)
        for level in self.levels:
            matrices = nominal if level == "nominal" else numbered
            found[BY_LEVEL[level]] = coefficients.alpha(matrices, level, self.numbers)
        return found

    def coefficients(self, settings: Bootstrap) -> dict[str, Coefficient]:
        names = ("percent", "ac1", *(BY_LEVEL[level] for level in self.levels))
        if self.data.n_pairable < 2:
            why = ONE_UNIT if self.data.n_pairable else NO_UNITS
            return {name: Coefficient(name, None, why=why) for name in names}
        points = self(self.data.times[None, :].astype(np.float64))
        ranges = intervals(self.data, self, settings)
        found = {name: _coefficient(name, points[name][0], ranges.get(name)) for name in names}
        if not (self.numbered.sum(axis=1) >= 2).any():
            for name in names[3:]:  # all but percent, AC1 and nominal alpha
                found[name] = Coefficient(name, None, why=NO_NUMBERS)
        return found


def _coefficient(
    name: str, value: float, interval: tuple[float, float] | str | None = None
) -> Coefficient:
    if isnan(value):
        return Coefficient(name, None, why=UNANIMOUS)
    if isinstance(interval, tuple):
        return Coefficient(name, float(value), *interval)
    return Coefficient(name, float(value), why_no_interval=interval or "")


def _fleiss(grid: Table, data: Patterns) -> Coefficient:
    coders = (grid.codes != MISSING).sum(axis=1)
    if data.n_pairable < 2:
        return Coefficient("fleiss", None, why=ONE_UNIT if data.n_pairable else NO_UNITS)
    if coders.min() != coders.max():
        why = f"units were coded by {coders.min()} to {coders.max()} coders; it needs equally many"
        return Coefficient("fleiss", None, why=why)
    return _coefficient(
        "fleiss", coefficients.fleiss(data, data.times[None, :].astype(np.float64))[0]
    )


def _cohen(grid: Table) -> Coefficient:
    if len(grid.coders) != 2:
        return Coefficient("cohen", None, why=f"{len(grid.coders)} coders; it is for two")
    return _pair(grid, 0, 1).kappa


def _pair(grid: Table, a: int, b: int) -> PairAgreement:
    first, second = grid.codes[:, a].astype(np.int64), grid.codes[:, b].astype(np.int64)
    both = (first != MISSING) & (second != MISSING)
    n, size = int(both.sum()), len(grid.values)
    cells = np.bincount(first[both] * size + second[both], minlength=size * size)
    square: Integers = cells.reshape(size, size)
    confusion = _tuples(square)
    names = ("percent", "alpha_nominal", "cohen")
    if n < 2:
        why = "only one unit was coded by both" if n else "no unit was coded by both"
        percent, alpha, kappa = (Coefficient(name, None, why=why) for name in names)
    else:
        matrix = (square + square.T)[None].astype(np.float64)
        found = coefficients.alpha(matrix, "nominal", np.empty(0))[0]
        percent = Coefficient("percent", float(np.trace(square) / n))
        alpha = _coefficient("alpha_nominal", float(found))
        kappa = _coefficient("cohen", coefficients.cohen(confusion))
    return PairAgreement(grid.coders[a], grid.coders[b], n, percent, alpha, kappa, confusion)


def _all_pairs(counts: Integers) -> Confusion:
    """Return how many pairs of codings on one unit have each two values."""
    return _tuples(counts.T @ counts - np.diag(counts.sum(axis=0)))


def _tuples(square: NDArray[np.int64]) -> Confusion:
    return tuple(tuple(int(cell) for cell in row) for row in square)
