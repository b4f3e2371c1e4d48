"""Who codes which units in which order: drawn at random, the same again for the same seed."""

from collections.abc import Sequence
from itertools import combinations, islice
from math import comb
from random import Random

# Groups of coders beyond this number are too many to go through in turn; these are drawn from.
MOST_GROUPS = 1_000


def deal(
    units: Sequence[int], coders: Sequence[int], *, overlap: int, coders_each: int, seed: int
) -> dict[int, list[int]]:
    """Return each coder's units in the coder's own random order.

    `overlap` percent of the units, rounded up, are a simple random sample coded by `coders_each`
    coders (by all, if they are fewer); which coders, rotates, so that no pair's habits weigh more
    (MedCon codebook). The rest go to one coder each, to whoever has fewest.
    """
    draw = Random(f"coding {seed}")  # noqa: S311  # a sample that can be drawn again, not a secret
    order = sorted(units)
    draw.shuffle(order)
    sample = -(-len(order) * overlap // 100)
    size = min(coders_each, len(coders))
    groups = list(islice(combinations(coders, size), min(comb(len(coders), size), MOST_GROUPS)))
    draw.shuffle(groups)
    dealt: dict[int, list[int]] = {coder: [] for coder in coders}
    for at, unit in enumerate(order[:sample]):
        for coder in groups[at % len(groups)]:
            dealt[coder].append(unit)
    for unit in order[sample:]:
        least = min(coders, key=lambda coder: len(dealt[coder]))
        dealt[least].append(unit)
    for own in dealt.values():
        draw.shuffle(own)
    return dealt
