"""Where nodes go: computed, not drawn by chance, and the same on every machine.

Only + - * / and square roots of plain floats are used, which IEEE 754 fixes to the last bit, and
one seeded generator whose numbers Python promises to keep.
"""

import random
from collections.abc import Sequence
from math import sqrt

MOST_NODES = 60
SEED = 20081112
_STEPS = 150
_GRAVITY = 8

Point = tuple[float, float]
Tie = tuple[int, int, float]


class TooManyNodesError(ValueError):
    """More nodes than a picture can show; the message says what to narrow."""


def refuse_crowd(count: int) -> None:
    if count > MOST_NODES:
        raise TooManyNodesError(
            f"{count} nodes: a picture shows at most {MOST_NODES}. Narrow the dates, targets or "
            "actors; the table and the files have them all."
        )


def spring(count: int, ties: Sequence[Tie], *, seed: int = SEED) -> list[Point]:
    """Place nodes so that tied ones are near (Fruchterman & Reingold 1991), in a box 0..1.

    Ties are (node, node, weight); the stronger pull harder, those below zero do not pull. Raises
    TooManyNodesError above MOST_NODES.
    """
    refuse_crowd(count)
    if count == 1:
        return [(0.5, 0.5)]
    chance = random.Random(seed)  # noqa: S311  # a seeded layout, nothing secret
    x = [chance.random() for _ in range(count)]
    y = [chance.random() for _ in range(count)]
    strongest = max((weight for _a, _b, weight in ties if weight > 0), default=1.0)
    pulls = [(a, b, 0.3 + 0.7 * weight / strongest) for a, b, weight in ties if weight > 0]
    ideal = sqrt(1.0 / count)
    for step in range(_STEPS):
        dx, dy = _pushes(x, y, ideal)
        _pull(x, y, dx, dy, pulls, ideal)
        reach = 0.1 * (1 - step / _STEPS) + 0.001
        for node in range(count):
            # A pull to the middle keeps what has no tie from drifting off.
            dx[node] += (0.5 - x[node]) * _GRAVITY * ideal
            dy[node] += (0.5 - y[node]) * _GRAVITY * ideal
            length = sqrt(dx[node] * dx[node] + dy[node] * dy[node]) or 1.0
            x[node] += dx[node] / length * min(length, reach)
            y[node] += dy[node] / length * min(length, reach)
    return list(zip(_fitted(x), _fitted(y), strict=True))


def _pushes(x: list[float], y: list[float], ideal: float) -> tuple[list[float], list[float]]:
    dx, dy = [0.0] * len(x), [0.0] * len(x)
    for a in range(len(x)):
        for b in range(a):
            across, up = x[a] - x[b], y[a] - y[b]
            square = across * across + up * up or 1e-9
            force = ideal * ideal / square
            dx[a] += across * force
            dy[a] += up * force
            dx[b] -= across * force
            dy[b] -= up * force
    return dx, dy


def _pull(
    x: list[float],
    y: list[float],
    dx: list[float],
    dy: list[float],
    pulls: Sequence[Tie],
    ideal: float,
) -> None:
    for a, b, weight in pulls:
        across, up = x[a] - x[b], y[a] - y[b]
        force = sqrt(across * across + up * up) / ideal * weight
        dx[a] -= across * force
        dy[a] -= up * force
        dx[b] += across * force
        dy[b] += up * force


def _fitted(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    width = high - low
    return [round((value - low) / width, 4) if width > 1e-9 else 0.5 for value in values]


def columns(rows: int, others: int, ties: Sequence[Tie]) -> tuple[list[int], list[int]]:
    """Order both sides of a two-mode network so that fewer ties cross (barycentre heuristic).

    Ties are (row, column, weight). Returns the rows and the columns from top to bottom.
    """
    refuse_crowd(rows + others)
    left, right = list(range(rows)), list(range(others))
    for _sweep in range(8):
        right = _by_middle(right, left, [(b, a) for a, b, _weight in ties])
        left = _by_middle(left, right, [(a, b) for a, b, _weight in ties])
    return left, right


def _by_middle(side: list[int], fixed: list[int], ties: Sequence[tuple[int, int]]) -> list[int]:
    place = {node: at for at, node in enumerate(fixed)}
    near: dict[int, list[int]] = {}
    for node, other in ties:
        near.setdefault(node, []).append(place[other])
    middle = {node: at * len(fixed) / len(side) for at, node in enumerate(side)}
    middle |= {node: sum(places) / len(places) for node, places in near.items()}
    return sorted(side, key=lambda node: (middle[node], node))
