"""How often each stance value was taken, and what follows from it: sides, mean, share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SIDE_OF = {
    "supports": "positive",
    "asserts": "positive",
    "criticises": "negative",
    "denies": "negative",
    "mixed": "between",
    "questions": "between",
    "neutral": "between",
    "reports": "between",
    "no_stance": "none",
    "unclear": "none",
}
SIGNS = {"positive": 1, "negative": -1, "between": 0, "none": 0}
MEAN = (
    "mean = (statements for - statements against) / n, from -1 (all against) to +1 (all for); n "
    "counts mixed, neutral, questioning and reporting statements as 0 and leaves out no stance and "
    "unclear"
)
SHARE = "share for = statements for / (statements for + statements against); n is their sum"


@dataclass(frozen=True)
class Tally:
    """Numbers of stances by value."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def side(self, side: str) -> int:
        return sum(n for value, n in self.counts.items() if SIDE_OF[value] == side)

    @property
    def total(self) -> int:
        """All that was coded, whether a position was found or not."""
        return sum(self.counts.values())

    @property
    def n(self) -> int:
        """The statements: stances with a value."""
        return self.total - self.side("none")

    @property
    def mean(self) -> float | None:
        """Mean of the statements' signs; None without any. Printed only with `n`."""
        return (self.side("positive") - self.side("negative")) / self.n if self.n else None

    @property
    def taken(self) -> int:
        """The statements that take a side."""
        return self.side("positive") + self.side("negative")

    @property
    def share(self) -> float | None:
        """Share of the positive among those that take a side; None where nobody does."""
        return self.side("positive") / self.taken if self.taken else None

    @property
    def is_divided(self) -> bool:
        """Both sides were taken: a mean near 0 that is no neutrality."""
        return bool(self.side("positive") and self.side("negative"))


def signed(mean: float | None) -> str:
    """Return "+0.61", "-1.00", "0.00"; with a minus sign that lines up, and "" for none."""
    if mean is None:
        return ""
    text = f"{mean:+.2f}".replace("-", "−")
    return text[1:] if float(f"{mean:.2f}") == 0 else text


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    counts: dict[str, int] = {}
    for one in tallies:
        for value, n in one.counts.items():
            counts[value] = counts.get(value, 0) + n
    return Tally(counts)
