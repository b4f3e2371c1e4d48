"""How often a test tries: a few times with every change, many times with `make check-hard`.

HARD is how much of the large number: 1 for all of it, 0.1 for a tenth on a machine with less time.
Tests that ask here carry the mark `hard`, by which `check-hard` finds them.
"""

import os

SHARE = float(os.environ.get("HARD") or 0)
HARD = SHARE > 0


def times(usual: int, hard: int) -> int:
    """Return how many tries this run makes."""
    return max(usual, round(hard * SHARE))
