"""Camps: groups of nodes with more weight among them than chance would give.

Modularity Q = Σ_ij (w_ij - s_i s_j / 2m) [same group] / 2m, s_i the weights of a node, 2m all
weights (Newman 2004, Physical Review E 70, 056131). Found by the method of Louvain (Blondel,
Guillaume, Lambiotte & Lefebvre 2008, J. Stat. Mech. P10008): the best of several seeded runs. Such
a search finds a good division, not surely the best, and Q is high in random networks too.
"""

import random
from dataclasses import dataclass

import numpy as np

from quotes.analysis.statements import Floats, Integers, StatementsRefusedError

SEED = 20081112
RUNS = 10
_GAIN = 1e-12


@dataclass(frozen=True)
class Communities:
    """`groups` are places of nodes, the largest group first; Q is None where there is no tie."""

    groups: tuple[tuple[int, ...], ...]
    modularity: float | None
    seed: int
    runs: int

    def of(self, place: int) -> int:
        """Return which group a node belongs to."""
        return next(number for number, group in enumerate(self.groups) if place in group)


def communities(weights: Floats, *, seed: int = SEED, runs: int = RUNS) -> Communities:
    """Divide the nodes of a symmetric matrix of weights; the same seed gives the same groups.

    Ties below zero cannot be counted as closeness: StatementsRefusedError says so.
    """
    if (weights < 0).any():
        raise StatementsRefusedError(
            "Camps need ties of closeness: take congruence, not a network with weights below zero."
        )
    if not weights.any():
        alone = tuple((place,) for place in range(len(weights)))
        return Communities(alone, None, seed, runs)
    chance = random.Random(seed)  # noqa: S311  # a seeded search, nothing secret
    found = [_louvain(weights, chance) for _ in range(runs)]
    best = max(found, key=lambda labels: round(modularity(weights, labels), 12))
    groups: dict[int, list[int]] = {}
    for place, name in enumerate(best.tolist()):
        groups.setdefault(name, []).append(place)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group))
    q = modularity(weights, best)
    return Communities(tuple(tuple(group) for group in ordered), q, seed, runs)


def modularity(weights: Floats, labels: Integers) -> float:
    """Return Q of a division; `labels` has one group number a node."""
    total = float(weights.sum())
    strengths = weights.sum(axis=1)
    same = labels[:, None] == labels[None, :]
    inside = float(weights[same].sum()) / total
    groups = np.bincount(labels, weights=strengths)
    return inside - float(np.square(groups / total).sum())


def _louvain(weights: Floats, chance: random.Random) -> Integers:
    labels: Integers = np.arange(len(weights), dtype=np.int64)
    while True:
        moved = _moves(weights, chance)
        names, moved = np.unique(moved, return_inverse=True)
        labels = moved[labels]
        if len(names) == len(weights):
            return labels
        member = np.zeros((len(weights), len(names)))
        member[np.arange(len(weights)), moved] = 1
        weights = member.T @ weights @ member


def _moves(weights: Floats, chance: random.Random) -> Integers:
    """Move single nodes to the neighbouring group of largest gain until none gains."""
    size = len(weights)
    strengths, total = weights.sum(axis=1), float(weights.sum())
    labels: Integers = np.arange(size, dtype=np.int64)
    sums = strengths.copy()
    order = list(range(size))
    chance.shuffle(order)
    changed = True
    while changed:
        changed = False
        for node in order:
            own = int(labels[node])
            links = np.bincount(labels, weights=weights[node], minlength=size)
            links[own] -= weights[node, node]
            sums[own] -= strengths[node]
            gain = links - strengths[node] * sums / total
            stay = gain[own]
            # Only groups it is tied to; staying wins where nothing is gained.
            gain[links == 0] = -np.inf
            best = int(np.argmax(gain))
            if gain[best] > stay + _GAIN:
                labels[node], changed = best, True
            sums[labels[node]] += strengths[node]
    return labels
