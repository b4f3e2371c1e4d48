"""How long reports of the same words take to find among many quotes.

    python -m benchmarks.utterances [quotes]

Goal for 100,000 quotes on 2 cores: 2 minutes. The words are drawn by Zipf's law; one quote in fifty
is a cut report of an earlier one, by the same speaker, in another article.
"""

import random
import resource
import sys
import time
from itertools import accumulate

from quotes.analysis.utterances import Report, find

VOCABULARY = 40_000
LENGTHS = (8, 60)


def reports(count: int) -> tuple[list[Report], set[tuple[int, int]]]:
    """Return generated reports, and which pairs of them were made to be of the same words."""
    rng = random.Random(1)
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    words = [f"w{rank}" for rank in range(VOCABULARY)]
    made: list[Report] = []
    pairs = set()
    for key in range(count):
        day = rng.randrange(730_000, 735_000)
        if key % 50 == 49:
            before = made[rng.randrange(len(made))]
            start = rng.randrange(max(1, len(before.stems) // 3))
            stems = before.stems[start : start + max(6, len(before.stems) * 2 // 3)]
            pairs.add((before.key, key))
            made.append(Report(key, stems, before.speaker, key, before.first, before.last))
        else:
            stems = tuple(rng.choices(words, cum_weights=weights, k=rng.randint(*LENGTHS)))
            made.append(Report(key, stems, rng.randrange(count // 20 + 1), key, day, day))
    return made, pairs


def main(count: int) -> None:
    made, true = reports(count)
    begin = time.perf_counter()
    found = find(made, common=frozenset(f"w{rank}" for rank in range(100)))
    spent = time.perf_counter() - begin
    right = sum((pair.one, pair.other) in true for pair in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} quotes in {spent:.1f} s, {memory:.0f} MB: {len(found):,} pairs, "
        f"{right:,} of the {len(true):,} that were planted"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
