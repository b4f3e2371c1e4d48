"""How good a model would be on quotes that it has not seen, beside always saying the usual value.

Folds are by words, not by rows: reports of one utterance fall into one fold, for a model that has
seen the same words elsewhere has seen the answer.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import numpy as np

from quotes.agreement import coefficients
from quotes.learning import softmax
from quotes.learning.features import WORD, Example, Floats
from quotes.learning.softmax import Model, calibrate, confidence

FOLDS = 5
FEWEST = 30
FEWEST_OF_A_VALUE = 5
DRAWS = 1000
SEED = 20081112
BINS = 10
TOO_FEW = "too few coded quotes"
ONE_VALUE = "too few quotes with a second value"
NO_BETTER = "no better than always saying the most frequent value"


@dataclass(frozen=True)
class HeldOut:
    """What a model that never saw an example says of it."""

    value: str
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Learned:
    """The model of all examples, or none with the reason; and how it did on those held out."""

    model: Model | None
    why_silent: str
    held_out: tuple[HeldOut, ...] = ()
    figures: dict[str, Any] | None = None


def why_too_few(examples: Sequence[Example]) -> str:
    """Return why nothing can be learned from these examples, or nothing."""
    if len(examples) < FEWEST:
        return f"{TOO_FEW}: {len(examples)} of at least {FEWEST}"
    counts = Counter(example.value for example in examples).most_common()
    enough = [value for value, times in counts if times >= FEWEST_OF_A_VALUE]
    if len(enough) < 2:
        return f"{ONE_VALUE}: at least {FEWEST_OF_A_VALUE} are needed"
    return ""


def learn(examples: Sequence[Example]) -> Learned:
    """Learn from what people coded and say how well, or be silent with the reason.

    It speaks only where it beats the majority value: the 95 % interval of the difference in
    accuracy (bootstrap over examples, fixed seed) lies above zero.
    """
    if why := why_too_few(examples):
        return Learned(None, why)
    values = tuple(sorted({example.value for example in examples}))
    given = [values.index(example.value) for example in examples]
    folds = np.array([fold_of(example.text) for example in examples])
    scores, usual, models = _held_out_scores(examples, values, folds)
    said = scores.argmax(axis=1)
    right = said == np.array(given)
    sure = _calibrated(scores, right, folds)
    held_out = tuple(
        HeldOut(values[at], float(chance), _reasons(models[int(fold)], example, values[at]))
        for example, fold, at, chance in zip(examples, folds, said, sure, strict=True)
    )
    figures = _figures(said, sure, usual, given, values)
    if figures["gain_low"] <= 0:
        return Learned(None, NO_BETTER, held_out, figures)
    whole = replace(softmax.fit(examples), calibration=calibrate(scores, right))
    return Learned(whole, "", held_out, figures)


def fold_of(text: str) -> int:
    """Return the fold of a quote: of its words alone, on every machine."""
    words = " ".join(WORD.findall(text.casefold()))
    return blake2b(words.encode(), digest_size=4).digest()[0] % FOLDS


def _held_out_scores(
    examples: Sequence[Example], values: tuple[str, ...], folds: Any
) -> tuple[Floats, list[int], dict[int, Model]]:
    """Return scores by models that did not see the row, and the usual value where they learned."""
    scores = np.zeros((len(examples), len(values)))
    usual = [0] * len(examples)
    models: dict[int, Model] = {}
    for fold in sorted(set(folds.tolist())):
        seen = [example for example, at in zip(examples, folds, strict=True) if at != fold]
        rows: list[int] = np.flatnonzero(folds == fold).tolist()
        if not seen:
            seen = list(examples[:1])
        model = models[fold] = softmax.fit(seen)
        part = model.scores([examples[row] for row in rows])
        # A value that the others do not have can't be said.
        scores[rows] = part.min(axis=1, keepdims=True, initial=0) - 5.0
        columns = np.array([values.index(value) for value in model.values])
        scores[np.ix_(np.array(rows), columns)] = part
        most = Counter(example.value for example in seen).most_common(1)[0][0]
        for row in rows:
            usual[row] = values.index(most)
    return scores, usual, models


def _calibrated(scores: Floats, right: Any, folds: Any) -> Floats:
    """Return how sure each row is, by the calibration that fits the other folds."""
    found = np.zeros(len(scores))
    for fold in set(folds.tolist()):
        own, others = folds == fold, folds != fold
        fitted = calibrate(scores[others], right[others])
        found[own] = confidence(scores[own], fitted)
    return found


def _reasons(model: Model, example: Example, value: str) -> tuple[str, ...]:
    return tuple(model.reasons(example, value)) if value in model.values else ()


def _figures(
    said: Any, sure: Floats, usual: list[int], given: list[int], values: tuple[str, ...]
) -> dict[str, Any]:
    answers = np.array(given)
    right, baseline = said == answers, np.array(usual) == answers
    low, high = gain(right.astype(float) - baseline.astype(float))
    size = len(values)
    confusion = np.bincount(answers * size + said, minlength=size * size).reshape(size, size)
    return {
        "n": len(given),
        "folds": FOLDS,
        "values": list(values),
        "accuracy": float(right.mean()),
        "majority": float(baseline.mean()),
        "gain_low": low,
        "gain_high": high,
        "macro_f1": _macro_f1(confusion),
        "kappa": _rounded(coefficients.cohen(confusion.tolist())),
        "calibration_error": calibration_error(sure, right),
        "confusion": confusion.tolist(),
        "seed": SEED,
        "draws": DRAWS,
    }


def gain(differences: Floats) -> tuple[float, float]:
    """Return the 95 % interval of the mean of differences, by bootstrap."""
    random = np.random.RandomState(SEED)
    n = len(differences)
    # A difference is -1, 0 or 1, so a resample is a draw of how many there are of each.
    shares = np.array([(differences == value).mean() for value in (-1, 0, 1)])
    counts = random.multinomial(n, shares / shares.sum(), size=DRAWS)
    means = (counts[:, 2] - counts[:, 0]) / n
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def calibration_error(said: Floats, right: Any) -> float:
    """Return the expected calibration error in ten bins: how far confidence is from being right.

    Naeini, Cooper & Hauskrecht 2015, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning.
    """
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    error = 0.0
    for at in range(BINS):
        inside = bins == at
        if inside.any():
            error += inside.mean() * abs(float(said[inside].mean() - right[inside].mean()))
    return float(error)


def _macro_f1(confusion: Any) -> float:
    """Return the mean F1 over the values; a value that is never said nor right counts as 0."""
    hits = np.diag(confusion).astype(float)
    either = confusion.sum(axis=0) + confusion.sum(axis=1)
    return float(np.mean(np.where(either > 0, 2 * hits / np.maximum(either, 1), 0.0)))


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
