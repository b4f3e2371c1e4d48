"""What a network is asked to be, and the same in words: formula, rule and filter of each result."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from quotes.analysis import duplicates
from quotes.analysis.statements import StatementsRefusedError

AGGREGATIONS = {
    "two_mode": {
        "ignore": "weight = statements of the actor on the concept, whatever their stance",
        "combine": "weight = 1 where only positive, 2 where only negative, 3 where both occur "
        "(4 is added where neutral statements are counted and occur)",
        "subtract": "weight = positive minus negative statements of the actor on the concept",
    },
    "one_mode": {
        "ignore": "w(i,i') = Σ_j n_ij · n_i'j: products of the numbers of statements on each "
        "concept j, whatever their stance",
        "congruence": "w(i,i') = Σ_j Σ_k Σ_k' a_ijk · a_i'jk' · (1 - |q_k - q_k'| / 2): products "
        "of the numbers of statements with the same stance",
        "conflict": "w(i,i') = Σ_j Σ_k Σ_k' a_ijk · a_i'jk' · |q_k - q_k'| / 2: products of the "
        "numbers of statements with opposite stances",
        "subtract": "w(i,i') = congruence minus conflict",
    },
    "event_list": {"ignore": "one row for each statement"},
}
NORMALISATIONS = {
    "two_mode": {
        "no": "not normalised",
        "activity": "divided by the actor's total over concepts",
        "prominence": "divided by the concept's total over actors",
    },
    "one_mode": {
        "no": "not normalised",
        "average": "divided by (n_i + n_i') / 2, n the number of statements of an actor; this is "
        "what DNA computes, and it may exceed 1",
        "jaccard": "divided by m10 + m01 + m11: statements on what only the one says, what only "
        "the other says, and the products of those on what both say; what DNA computes",
        "dna_cosine": "divided by n_i · n_i', the product of the actors' numbers of statements; "
        "DNA calls this cosine, it is not one",
        "true_cosine": "divided by √(s_i · s_i'), s the actor's congruence with itself (without "
        "stance: the sum of its squared numbers): the cosine of the two actors, from 0 to 1; not "
        "among DNA's",
    },
    "event_list": {"no": "not normalised"},
}
TOTALS = {
    "ignore": "the total is the number of statements",
    "combine": "the total is the number of cells that are not empty",
    "subtract": "the total is the number of statements, positive and negative",
}
ISOLATES = {
    "current": "only who takes part in the statements counted is shown",
    "all": "who takes part in no statement counted is shown too, without ties",
}
FIELDS = ("actor", "concept", "value", "article")
NODES = ("actor", "concept")
VALUES = {"+1": 1, "1": 1, "0": 0, "-1": -1}


@dataclass(frozen=True)
class Filter:
    """Leave out statements with these values of a field, or with `keep` all others."""

    field: str
    values: tuple[str, ...]
    keep: bool = False

    def words(self) -> str:
        return f"{'only' if self.keep else 'without'} {self.field} {', '.join(self.values)}"


@dataclass(frozen=True)
class Options:
    """What to compute. Raises StatementsRefusedError for what does not go together.

    `nodes` says what a one-mode network ties together: actors by shared concepts, or concepts by
    shared actors. Neutral statements add no structure to camps and are left out unless asked for.
    """

    kind: str = "one_mode"
    aggregation: str = "congruence"
    normalisation: str = "no"
    duplicates: str = "document"
    isolates: str = "current"
    neutral: bool = False
    nodes: str = "actor"
    start: date | None = None
    end: date | None = None
    filters: tuple[Filter, ...] = ()

    def __post_init__(self) -> None:
        _refuse("kind", self.kind, AGGREGATIONS)
        _refuse("aggregation", self.aggregation, AGGREGATIONS[self.kind], f" for {self.kind}")
        _refuse("normalisation", self.normalisation, NORMALISATIONS[self.kind], f" for {self.kind}")
        _refuse("duplicates", self.duplicates, duplicates.RULES)
        _refuse("isolates", self.isolates, ISOLATES)
        _refuse("nodes", self.nodes, NODES)
        for one in self.filters:
            _refuse("field", one.field, FIELDS)
            for value in one.values if one.field == "value" else ():
                _refuse("value", value, VALUES)
        if self.start and self.end and self.start > self.end:
            raise StatementsRefusedError(f"{self.start} is after {self.end}.")

    @property
    def by_value(self) -> bool:
        """Whether statements with different stances are different statements."""
        return self.kind == "event_list" or self.aggregation != "ignore"

    def words(self) -> "tuple[tuple[str, str], ...]":
        """Return what was computed, as pairs of a heading and a sentence."""
        normalised = NORMALISATIONS[self.kind][self.normalisation]
        if self.normalisation in ("activity", "prominence"):
            normalised = f"{normalised}; {TOTALS[self.aggregation]}"
        what = AGGREGATIONS[self.kind][self.aggregation]
        if self.kind == "one_mode" and self.nodes == "concept":
            what += "; here i are concepts and j actors"
        return (
            ("Formula", what),
            ("Normalisation", normalised),
            ("Duplicates", duplicates.words(self.duplicates)),
            ("Isolates", ISOLATES[self.isolates]),
            ("Filter", self._filter()),
        )

    def _filter(self) -> str:
        parts = [one.words() for one in self.filters]
        if not self.neutral:
            parts.append("without neutral statements")
        if self.start or self.end:
            start = self.start.isoformat() if self.start else "the beginning"
            end = self.end.isoformat() if self.end else "the end"
            parts.append(f"from {start} to {end}, both days included")
        return "; ".join(parts) or "none"


def _refuse(name: str, value: str, allowed: Collection[str], where: str = "") -> None:
    if value not in allowed:
        raise StatementsRefusedError(
            f"“{value}” is not a choice of {name}{where}: {', '.join(allowed)}."
        )
