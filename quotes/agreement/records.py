"""What goes into a measurement of agreement and what comes out of it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

RELIABLE = 0.800
TENTATIVE = 0.667


class Coding(NamedTuple):
    """What one coder made of one unit, for one variable."""

    unit: str
    coder: str
    value: str
    when: date | None = None
    """When it was coded; only agreement over time reads it."""


class CodingsRefusedError(ValueError):
    """The codings cannot be measured as they are; the message says which one and why."""


@dataclass(frozen=True)
class Scale:
    """The values of one variable, in the order of its tables, and the numbers that some have.

    Values of equal number are one rank (mixed and neutral are both 0). A value without a number,
    such as `no_stance`, counts as a category of its own in nominal measures and as missing in
    ordinal, interval and ratio ones: it is not a point between the others.
    """

    values: tuple[str, ...]
    numbers: Mapping[str, float] = field(default_factory=dict)

    def joined(self, other: "Scale") -> "Scale":
        """Return one scale with the values of both, for a measurement over several variables."""
        values = tuple(dict.fromkeys(self.values + other.values))
        return Scale(values, {**self.numbers, **other.numbers})


NON_VALUES = ("no_stance", "unclear")
SUBJECT = Scale(
    ("supports", "mixed", "neutral", "criticises", *NON_VALUES),
    {"supports": 1, "mixed": 0, "neutral": 0, "criticises": -1},
)
CLAIM = Scale(
    ("asserts", "questions", "reports", "denies", *NON_VALUES),
    {"asserts": 1, "questions": 0, "reports": 0, "denies": -1},
)


@dataclass(frozen=True)
class Coefficient:
    """One figure; without a value `why` says why there is none, without an interval likewise."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    why_no_interval: str = ""

    @property
    def band(self) -> str:
        return band(self.value)


def band(value: float | None) -> str:
    """Return what an alpha allows to be said (Krippendorff 2004, Content Analysis, chapter 11).

    The customary limits are .800 and .667; they are a convention, not a test.
    """
    if value is None:
        return "not defined"
    if value >= RELIABLE:
        return "reliable"
    if value >= TENTATIVE:
        return "tentative conclusions only"
    return "do not report"


Confusion = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class PairAgreement:
    """Two coders over the units both coded. Rows of `confusion` are the first one's values."""

    first: str
    second: str
    n_units: int
    percent: Coefficient
    alpha: Coefficient
    kappa: Coefficient
    confusion: Confusion


@dataclass(frozen=True)
class Bootstrap:
    """How intervals were made, so that they can be made again."""

    draws: int
    seed: int
    confidence: float


@dataclass(frozen=True)
class Agreement:
    """The reliability of one variable, before adjudication unless the caller says else."""

    name: str
    values: tuple[str, ...]
    coders: tuple[str, ...]
    n_units: int
    """Units that anybody coded."""
    n_pairable: int
    """Units that two coders or more coded: only these say anything of agreement."""
    n_codings: int
    counts: tuple[int, ...]
    """How often each of `values` was given."""
    percent: Coefficient
    alphas: tuple[Coefficient, ...]
    """Krippendorff's alpha at each level of measurement that the scale has."""
    ac1: Coefficient
    fleiss: Coefficient
    cohen: Coefficient
    pairs: tuple[PairAgreement, ...]
    confusion: Confusion
    """Pairs of coders on a unit by the two values they gave; symmetric, each pair counted twice."""
    bootstrap: Bootstrap

    @property
    def alpha(self) -> Coefficient:
        """Nominal alpha: the figure that leads."""
        return self.alphas[0]

    @property
    def coefficients(self) -> tuple[Coefficient, ...]:
        return (self.percent, *self.alphas, self.ac1, self.cohen, self.fleiss)
