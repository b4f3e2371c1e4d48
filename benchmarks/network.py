"""How long networks of 500 actors and 20 targets from a million statements take.

    python -m benchmarks.network

The target (issue 7): a one-mode network in at most 3 seconds. Prints one line a step and the memory
that the process reached.
"""

import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from quotes.analysis.network import network
from quotes.analysis.options import Options
from quotes.analysis.statements import Statement, statements

STATEMENTS = 1_000_000
ACTORS = 500
TARGETS = 20
T = TypeVar("T")


def rows() -> list[Statement]:
    """Return a million statements over ten years in 200,000 articles, some without a day."""
    chance = random.Random(1)
    days = [date(2008, 1, 1) + timedelta(days=number) for number in range(3650)]
    actors = [f"actor-{number:03}" for number in range(ACTORS)]
    targets = [f"target-{number:02}" for number in range(TARGETS)]
    found = []
    for number in range(STATEMENTS):
        day = days[int(chance.random() * 3650)]
        early = day.replace(day=1) if chance.random() < 1 / 6 else day
        found.append(
            Statement(
                actors[int(chance.random() ** 2 * ACTORS)],
                targets[int(chance.random() * TARGETS)],
                chance.choice((1, 1, -1, 0)),
                early,
                day,
                f"article-{number // 5}",
                f"{number:08}",
            )
        )
    return found


def timed(name: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    found = work()
    print(f"{name}: {time.perf_counter() - started:.2f} s", flush=True)
    return found


def main() -> None:
    given = rows()
    columns = timed(f"{STATEMENTS} statements into columns", lambda: statements(given))
    for duplicates in ("include", "document", "week", "across_range"):
        for aggregation in ("congruence", "subtract"):
            options = Options(aggregation=aggregation, duplicates=duplicates)
            name = f"one-mode {aggregation}, duplicates {duplicates}"
            timed(name, partial(network, columns, options))
    options = Options(duplicates="document", normalisation="jaccard")
    found = timed("one-mode congruence, jaccard", lambda: network(columns, options))
    print(f"  {len(found.nodes)} nodes, {len(found.ties())} ties")
    timed("its ties with dates and ten quote ids each", lambda: list(found.edges(quotes=10)))
    two = Options(kind="two_mode", aggregation="subtract")
    timed("two-mode subtract, duplicates document", lambda: network(columns, two))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
