"""Multinomial logistic regression with a ridge penalty, by accelerated gradient descent.

Minimises the mean log loss plus PENALTY / (2 n) times the squared weights (Bishop 2006, Pattern
Recognition and Machine Learning, 4.3.4). Nesterov's method with a fixed step: with rows of length 1
the gradient of the loss has a Lipschitz constant of at most 1/2 (Boehning 1992, Annals of the
Institute of Statistical Mathematics 44(1): 197-200), so no step is searched for and the same
examples give the same weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotes.learning.features import Example, Floats, Matrix, Vocabulary

PENALTY = 1.0
ROUNDS = 40
REASONS = 6


@dataclass(frozen=True)
class Model:
    values: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    """Features x values."""
    calibration: tuple[float, float] = (1.0, 0.0)
    """Slope and offset of `confidence`."""

    def scores(self, examples: Sequence[Example]) -> Floats:
        """Return examples x values before they are made probabilities."""
        if not examples:
            return np.zeros((0, len(self.values)))
        return self.vocabulary.matrix(examples).times(self.weights)

    def reasons(self, example: Example, value: str) -> list[str]:
        """Return the features that speak most for a value against the others, strongest first."""
        matrix = self.vocabulary.matrix([example])
        at = self.values.index(value)
        parts = self.weights[matrix.columns]
        own = (parts[:, at] - parts.mean(axis=1)) * matrix.cells
        order = np.argsort(-own, kind="stable")
        names = self.vocabulary.names
        return [
            names[matrix.columns[row]] for row in order if own[row] > 0 and matrix.columns[row]
        ][:REASONS]

    def words(self, most: int = 12) -> dict[str, list[str]]:
        """Return by value the features that speak most for it."""
        against = self.weights - self.weights.mean(axis=1, keepdims=True)
        return {
            value: [
                self.vocabulary.names[row]
                for row in np.argsort(-against[:, at], kind="stable")[:most]
                if row and against[row, at] > 0
            ]
            for at, value in enumerate(self.values)
        }


def fit(examples: Sequence[Example]) -> Model:
    """Learn from examples; each has a value. The same examples give the same model."""
    values = tuple(sorted({example.value for example in examples}))
    vocabulary = Vocabulary(examples)
    matrix = vocabulary.matrix(examples)
    given = np.array([values.index(example.value) for example in examples])
    wanted = np.eye(len(values))[given]
    return Model(values, vocabulary, _descend(matrix, wanted))


def _descend(matrix: Matrix, wanted: Floats) -> Floats:
    n, rows = len(matrix), matrix.rows
    ridge = PENALTY / n
    step = 1 / (0.5 + ridge)
    weights = ahead = np.zeros((matrix.width, wanted.shape[1]))
    momentum = 1.0
    for _round in range(ROUNDS):
        errors = (probabilities(matrix.times(ahead)) - wanted) / n
        following = ahead - step * (matrix.turned_times(errors, rows) + ridge * ahead)
        faster = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = following + (momentum - 1) / faster * (following - weights)
        weights, momentum = following, faster
    return weights


def probabilities(scores: Floats) -> Floats:
    """Return each row's share of exp(score)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def confidence(scores: Floats, calibration: tuple[float, float] = (1.0, 0.0)) -> Floats:
    """Return how likely each row's highest value is right, by the calibration given."""
    slope, offset = calibration
    return np.asarray(1 / (1 + np.exp(-(slope * _log_odds(scores) + offset).clip(-30, 30))))


def calibrate(scores: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and offset by which confidence fits how often the highest value was right.

    Platt 1999, Probabilistic Outputs for Support Vector Machines, on the log odds of the highest
    value, with his smoothed answers and a little ridge, by Newton's method. The slope is never
    below zero: a surer score never means a less likely answer.
    """
    n_right, n_wrong = right.sum(), (~right).sum()
    wanted = np.where(right, (n_right + 1) / (n_right + 2), 1 / (n_wrong + 2))
    design = np.stack([_log_odds(scores), np.ones(len(right))], axis=1)
    # From zero, where Newton does not overshoot; the prior is to leave the scores as they are.
    found, prior = np.zeros(2), np.array([1.0, 0.0])
    for _round in range(25):
        share = 1 / (1 + np.exp(-(design @ found).clip(-30, 30)))
        slope = design.T @ (share - wanted) + 0.1 * (found - prior)
        curve = (design * (share * (1 - share))[:, None]).T @ design + 0.1 * np.eye(2)
        found = found - np.linalg.solve(curve, slope)
    return max(0.0, float(found[0])), float(found[1])


def _log_odds(scores: Floats) -> Floats:
    highest = probabilities(scores).max(axis=1, initial=0.0).clip(1e-6, 1 - 1e-6)
    return np.asarray(np.log(highest / (1 - highest)))
