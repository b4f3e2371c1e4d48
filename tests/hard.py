"""How often a test tries: a few times with every change, many times with `make check-hard`."""

import os

HARD = os.environ.get("HARD") == "1"


def times(usual: int, hard: int) -> int:
    """Return how many tries this run makes."""
    return hard if HARD else usual
