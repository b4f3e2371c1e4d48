"""Intervals: resample the units with replacement, take the middle of what comes out.

The percentile bootstrap over units (Efron & Tibshirani 1993, An Introduction to the Bootstrap,
chapter 13), which Zapf, Castell, Morawietz & Karch 2016 (BMC Medical Research Methodology 16: 93)
find to keep its level for Krippendorff's alpha. It differs from the bootstrap of Hayes &
Krippendorff 2007, which draws pairs of values and holds the expected disagreement fixed.

The units that two or more coders coded are resampled, their number held fixed, for it is the
design that says how many are double coded.
"""

from collections.abc import Callable, Iterator

import numpy as np

from quotes.agreement.records import Bootstrap
from quotes.agreement.table import Floats, Patterns

DRAWS = 1000
SEED = 20081112
CONFIDENCE = 0.95
# Below this an interval says more about the method than about the coders. Our convention.
FEWEST_UNITS = 10
# More undefined resamples than this share, and the rest is no fair picture.
MOST_UNDEFINED = 0.05
_CELLS = 4_000_000

Estimates = Callable[[Floats], dict[str, Floats]]


def resamples(data: Patterns, settings: Bootstrap) -> Iterator[Floats]:
    """Yield resamples x patterns, in parts that fit in memory.

    RandomState rather than the newer Generator: its numbers are promised to stay the same in every
    version of numpy, so a published interval can be computed again.
    """
    random = np.random.RandomState(settings.seed)
    n = data.n_pairable
    part = max(1, _CELLS // max(1, len(data.times)))
    for start in range(0, settings.draws, part):
        size = min(part, settings.draws - start)
        yield random.multinomial(n, data.times / n, size=size).astype(np.float64)


def intervals(
    data: Patterns, estimates: Estimates, settings: Bootstrap
) -> dict[str, tuple[float, float] | str]:
    """Return (low, high) for each name that `estimates` gives, or the reason why there is none."""
    if not settings.draws:
        return {}
    if data.n_pairable < FEWEST_UNITS:
        reason = f"fewer than {FEWEST_UNITS} units coded by two coders"
        return dict.fromkeys(estimates(data.times[None, :].astype(np.float64)), reason)
    parts: dict[str, list[Floats]] = {}
    for weights in resamples(data, settings):
        for name, found in estimates(weights).items():
            parts.setdefault(name, []).append(found)
    return {name: _interval(np.concatenate(found), settings) for name, found in parts.items()}


def _interval(found: Floats, settings: Bootstrap) -> tuple[float, float] | str:
    defined = found[~np.isnan(found)]
    missing = len(found) - len(defined)
    if missing > MOST_UNDEFINED * len(found):
        return f"undefined in {missing} of {len(found)} resamples: nearly all codings are one value"
    tail = (1 - settings.confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)
