"""The formulas, each over many resamples at once.

`weights` is resamples x patterns: how often each pattern occurs in a resample; the data as they
are is the one row `patterns.times`. A result has one number a resample, NaN where undefined.
"""

from collections.abc import Callable, Sequence

import numpy as np

from quotes.agreement.table import Floats, Patterns

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def coincidences(counts: Floats, weights: Floats) -> Floats:
    """Return Krippendorff's coincidence matrices: resamples x values x values.

    o_ck = sum over units of (pairs of codings with values c and k) / (codings of the unit - 1).
    Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability".
    """
    size = counts.shape[1]
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    share = np.where(coders >= 2, 1 / np.maximum(coders - 1, 1), 0.0)
    each = (pairs * share[:, None, None]).reshape(len(counts), size * size)
    return (weights @ each).reshape(len(weights), size, size)


def alpha(matrices: Floats, level: str, numbers: Floats) -> Floats:
    """Return Krippendorff's alpha for each coincidence matrix.

    alpha = 1 - (n - 1) * sum(o_ck d_ck) / sum(n_c n_k d_ck), d the squared difference of the level
    (Krippendorff 2011). NaN where all codings are one value: no disagreement was possible by
    chance, so nothing can be said of agreement beyond chance.
    """
    totals = matrices.sum(axis=2)
    n = totals.sum(axis=1)
    differences = _DIFFERENCES[level](totals, numbers)
    observed = (matrices * differences).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * differences).sum(axis=(1, 2))
    return 1 - _divided((n - 1) * observed, expected)


def _nominal(totals: Floats, _numbers: Floats) -> Floats:
    return np.broadcast_to(1 - np.eye(totals.shape[1]), (len(totals), *(totals.shape[1],) * 2))


def _ordinal(totals: Floats, _numbers: Floats) -> Floats:
    """(sum of n_g from c to k - (n_c + n_k) / 2) squared, which is the distance of mid-ranks."""
    middles = np.cumsum(totals, axis=1) - totals / 2
    return np.square(middles[:, :, None] - middles[:, None, :])


def _interval(totals: Floats, numbers: Floats) -> Floats:
    squares = np.square(numbers[:, None] - numbers[None, :])
    return np.broadcast_to(squares, (len(totals), *squares.shape))


def _ratio(totals: Floats, numbers: Floats) -> Floats:
    squares = np.square(
        _divided(numbers[:, None] - numbers[None, :], numbers[:, None] + numbers[None, :])
    )
    return np.broadcast_to(np.nan_to_num(squares), (len(totals), *squares.shape))


_DIFFERENCES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def percent(data: Patterns, weights: Floats) -> Floats:
    """Return the mean over pairable units of the share of coder pairs that agree, 0 to 1.

    With two coders that is the share of units on which they agree.
    """
    coders = data.counts.sum(axis=1)
    agreeing = (data.counts * (data.counts - 1)).sum(axis=1) / (coders * (coders - 1))
    return _divided(weights @ agreeing, weights.sum(axis=1))


def ac1(data: Patterns, weights: Floats) -> Floats:
    """Return Gwet's AC1 = (pa - pe) / (1 - pe), pe = sum p_k (1 - p_k) / (q - 1).

    Gwet 2008, British Journal of Mathematical and Statistical Psychology 61(1): 29-48. q counts the
    values that were given at all; p_k is taken over all units, also those coded once, as Gwet does.
    """
    shares = weights @ (data.counts / data.counts.sum(axis=1, keepdims=True)) + data.singles
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1)
    used = int(((data.counts.sum(axis=0) + data.singles) > 0).sum())
    if used < 2:
        return np.full(len(weights), np.nan)
    expected = (shares * (1 - shares)).sum(axis=1) / (used - 1)
    return _divided(percent(data, weights) - expected, 1 - expected)


def fleiss(data: Patterns, weights: Floats) -> Floats:
    """Return Fleiss' kappa = (P - Pe) / (1 - Pe), Pe = sum of squared shares of the values.

    Fleiss 1971, Psychological Bulletin 76(5): 378-382. Only for units with equally many coders.
    """
    totals = weights @ data.counts
    shares = totals / np.maximum(totals.sum(axis=1, keepdims=True), 1)
    expected = np.square(shares).sum(axis=1)
    return _divided(percent(data, weights) - expected, 1 - expected)


def cohen(confusion: Sequence[Sequence[int]]) -> float:
    """Return Cohen's kappa of two coders' confusion matrix, NaN where undefined.

    kappa = (po - pe) / (1 - pe), pe from each coder's own shares (Cohen 1960, Educational and
    Psychological Measurement 20(1): 37-46).
    """
    table = np.array(confusion, dtype=np.float64)
    n = table.sum()
    if not n:
        return float("nan")
    observed = np.trace(table) / n
    expected = (table.sum(axis=0) * table.sum(axis=1)).sum() / n**2
    return float(_divided(observed - expected, 1 - expected))


def _divided(above: Floats | float, below: Floats | float) -> Floats:
    """Divide, with NaN for nothing by nothing; a remainder of rounding below 1e-12 is nothing."""
    below = np.asarray(below, dtype=np.float64)
    empty = np.abs(below) < 1e-12
    return np.where(empty, np.nan, above / np.where(empty, 1.0, below))
