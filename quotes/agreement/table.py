"""From codings to a table of units and coders, and to the few patterns that it repeats."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotes.agreement.records import Coding, CodingsRefusedError, Scale

MISSING = -1
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Codings as a grid: `codes[unit, coder]` is the place of the value in `values`, or MISSING."""

    units: tuple[str, ...]
    coders: tuple[str, ...]
    values: tuple[str, ...]
    codes: NDArray[np.int16]

    @property
    def counts(self) -> Integers:
        """How many coders gave each value to each unit: units x values."""
        counts = np.zeros((len(self.units), len(self.values)), dtype=np.int64)
        for code in range(len(self.values)):
            counts[:, code] = (self.codes == code).sum(axis=1)
        return counts


@dataclass(frozen=True)
class Patterns:
    """Units with the same counts of values are one pattern; `times` says how many there are.

    Ten coders and six values leave a few hundred patterns of 10,000 units, which is what makes a
    thousand resamples cheap.
    """

    counts: Floats
    """patterns x values; each with two codings or more."""
    times: Integers
    singles: Floats
    """How often each value was given where it was the only coding of a unit."""

    @property
    def n_pairable(self) -> int:
        return int(self.times.sum())


def table(codings: Iterable[Coding], scale: Scale) -> Table:
    """Arrange codings as units x coders, both sorted, so that their order changes no figure.

    Raises CodingsRefusedError for a value outside the scale and for a coder who coded a unit twice.
    """
    places = {value: place for place, value in enumerate(scale.values)}
    units: dict[str, int] = {}
    coders: dict[str, int] = {}
    rows, columns, codes = [], [], []
    for unit, coder, value, _when in codings:
        code = places.get(value)
        if code is None:
            raise CodingsRefusedError(
                f"“{value}” ({coder} on {unit}) is not a value of this variable: "
                f"{', '.join(scale.values)}."
            )
        rows.append(units.setdefault(unit, len(units)))
        columns.append(coders.setdefault(coder, len(coders)))
        codes.append(code)
    grid = np.full((len(units), len(coders)), MISSING, dtype=np.int16)
    _refuse_twice(rows, columns, list(units), list(coders))
    grid[rows, columns] = codes
    by_unit, by_coder = sorted(units), sorted(coders)
    grid = grid[[units[unit] for unit in by_unit]][:, [coders[coder] for coder in by_coder]]
    return Table(tuple(by_unit), tuple(by_coder), scale.values, grid)


def _refuse_twice(rows: list[int], columns: list[int], units: list[str], coders: list[str]) -> None:
    cells = np.array(rows, dtype=np.int64) * max(len(coders), 1) + np.array(columns, dtype=np.int64)
    found, times = np.unique(cells, return_counts=True)
    if (times > 1).any():
        unit, coder = divmod(int(found[times > 1][0]), len(coders))
        raise CodingsRefusedError(
            f"{coders[coder]} coded {units[unit]} twice. One coder has one coding of a unit; to "
            "compare a coder with the same coder later, name the two rounds apart."
        )


def patterns(counts: Integers) -> Patterns:
    """Gather the rows of a units x values table into patterns of pairable units."""
    coders = counts.sum(axis=1)
    singles = counts[coders == 1].sum(axis=0)
    pairable = counts[coders >= 2]
    found, times = np.unique(pairable, axis=0, return_counts=True)
    return Patterns(found.astype(np.float64), times.astype(np.int64), singles.astype(np.float64))
