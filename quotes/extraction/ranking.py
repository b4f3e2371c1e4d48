"""Step 7: rank the candidates of every marked string with learned weights and choose one, or
nobody.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from quotes.extraction.features import (
    Feature,
    Memory,
    candidate_features,
    candidates_for,
    nobody_features,
    ranks,
)
from quotes.extraction.mentions import Found
from quotes.extraction.reader import Quoted, Reader, describe_string

# A string of a longer quotation below the one takes the speaker of another one above the other.
UNSURE, SURE = 0.5, 0.8


@dataclass(slots=True)
class Decision:
    """The chosen speaker of one string (None: nobody) with the ranker's probability."""

    string: Quoted
    speaker: Found | None
    probability: float


Calibration = Sequence[tuple[float, float]]
EVEN: Calibration = ((0.0, 0.0), (1.0, 1.0))


class Weights:
    """Feature weights and the calibration of probabilities; a feature that is not listed weighs
    nothing.
    """

    def __init__(
        self,
        table: dict[Feature, float],
        calibration: Calibration = EVEN,
        indirect_calibration: Calibration = EVEN,
        least_indirect: float = 0.5,
        version: str = "untrained",
    ) -> None:
        self.table = table
        self.calibration = calibration
        self.indirect_calibration = indirect_calibration
        self.least_indirect = least_indirect
        self.version = version

    @classmethod
    def load(cls) -> Weights:
        """Return the weights that come with the engine."""
        raw = files(__package__ or "").joinpath("model", "weights.json").read_text(encoding="utf-8")
        document = json.loads(raw)
        return cls(
            {tuple(key.split(" ")): float(value) for key, value in document["weights"].items()},
            [(low, high) for low, high in document["calibration"]],
            [(low, high) for low, high in document["indirect_calibration"]],
            float(document["least_indirect"]),
            str(document["version"]),
        )

    def total(self, features: list[Feature]) -> float:
        """Return the sum of the weights of these features."""
        get = self.table.get
        return sum([get(feature, 0.0) for feature in features])


def calibrated(table: Calibration, probability: float) -> float:
    """Return the share of right answers among those that were given this probability."""
    low = table[0]
    for high in table[1:]:
        if probability <= high[0]:
            part = (probability - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 1.0
            return round(low[1] + part * (high[1] - low[1]), 4)
        low = high
    return low[1]


def decide(reader: Reader, string: Quoted, memory: Memory, weights: Weights) -> Decision:
    """Choose the speaker of one string and remember the choice."""
    chosen = candidates_for(reader, string)
    total = weights.total
    best: Found | None = None
    best_score = nobody = total(nobody_features(string, memory, chosen))
    scores = [nobody]
    for mention, rank in zip(chosen, ranks(string, chosen), strict=True):
        score = total(candidate_features(string, mention, rank, memory))
        scores.append(score)
        if score > best_score:
            best, best_score = mention, score
    probability = 1.0 / sum([math.exp(max(score - best_score, -30.0)) for score in scores])
    memory.remember(string, best)
    return Decision(string, best, probability)


def attribute(reader: Reader, weights: Weights) -> list[Decision]:
    """Return a decision for each marked string, in text order."""
    memory = Memory()
    decisions = [
        decide(reader, describe_string(reader, ordinal), memory, weights)
        for ordinal in range(len(reader.marked))
    ]
    _carry(decisions)
    return decisions


def _carry(decisions: list[Decision]) -> None:
    """Give the strings of a quotation over several paragraphs the speaker that is surest.

    A string with a cue in its own sentence keeps its own: the mark before it may just be missing.
    """
    first = 0
    for index in range(1, len(decisions) + 1):
        if index < len(decisions) and decisions[index].string.carried == "open":
            continue
        chain = decisions[first:index]
        given = [decision for decision in chain if decision.speaker is not None]
        if len(chain) > 1 and given:
            surest = max(given, key=lambda decision: decision.probability)
            for decision in chain:
                free = decision.string.look.endswith("-free")
                unsure = decision.speaker is None or decision.probability < UNSURE
                if free and unsure and surest.probability > SURE:
                    decision.speaker, decision.probability = surest.speaker, surest.probability
        first = index
