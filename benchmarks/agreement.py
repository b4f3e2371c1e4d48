"""How long agreement over 100,000 codings by ten coders takes, intervals included.

    python -m benchmarks.agreement

The target (issue 6): at most 2 seconds. Prints one line for each way the work may be shared out,
and the memory that the process reached.
"""

import random
import resource
import time

from quotes.agreement.bootstrap import DRAWS
from quotes.agreement.measure import measure
from quotes.agreement.records import SUBJECT, Coding

CODINGS = 100_000
CODERS = 10
SLIPS = 0.2


def codings(coders_each: int) -> list[Coding]:
    """Return CODINGS codings, each unit by `coders_each` of the ten, a fifth of them at random."""
    chance = random.Random(1)
    names = [f"coder-{number}" for number in range(CODERS)]
    found = []
    for unit in range(CODINGS // coders_each):
        truth = chance.choice(SUBJECT.values)
        for coder in chance.sample(names, coders_each):
            value = chance.choice(SUBJECT.values) if chance.random() < SLIPS else truth
            found.append(Coding(f"q{unit:06}", coder, value))
    return found


def main() -> None:
    for coders_each in (10, 3, 2):
        rows = codings(coders_each)
        started = time.perf_counter()
        found = measure(rows, scale=SUBJECT)
        seconds = time.perf_counter() - started
        print(
            f"{len(rows)} codings, {len(found.coders)} coders, {coders_each} a unit, "
            f"{found.n_pairable} units, {DRAWS} draws: {seconds:.2f} s, "
            f"alpha {found.alpha.value:.3f} [{found.alpha.low:.3f}, {found.alpha.high:.3f}]"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
