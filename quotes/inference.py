"""What a stance on one claim says of related claims, and no more than that. Plain Python.

A and B equivalent: the value carries over. A the negation of B: asserting one denies the other. A
a part of B (B says A and more): who asserts B asserts A; who denies A denies B. Doubt carries over
to an equivalent or a negation; passing on what others say is no position and carries nowhere.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

EQUIVALENT, NEGATION, PART_OF = "equivalent", "negation", "part-of"
_SAME = {"asserts": "asserts", "denies": "denies", "questions": "questions"}
_TURNED = {"asserts": "denies", "denies": "asserts", "questions": "questions"}
# From this claim to that one, and back.
_FORTH = {EQUIVALENT: _SAME, NEGATION: _TURNED, PART_OF: {"denies": "denies"}}
_BACK = {EQUIVALENT: _SAME, NEGATION: _TURNED, PART_OF: {"asserts": "asserts"}}


class Relation(NamedTuple):
    claim: int
    kind: str
    other: int


@dataclass(frozen=True)
class Inferred:
    """A value that follows for a claim, from the coded value of another."""

    claim: int
    value: str
    source: int
    """The claim that was coded."""
    source_value: str
    steps: int


def infer(coded: Mapping[int, str], relations: Iterable[Relation]) -> list[Inferred]:
    """Return what follows from the coded values of one quote, by claim.

    A claim that was coded itself is left alone, and where two values would follow for one claim
    none does. Of several ways to the same value the shortest is named.
    """
    ways: dict[int, list[tuple[int, Mapping[str, str]]]] = {}
    for claim, kind, other in relations:
        ways.setdefault(claim, []).append((other, _FORTH[kind]))
        ways.setdefault(other, []).append((claim, _BACK[kind]))
    found: dict[int, dict[str, Inferred]] = {}
    for source, source_value in sorted(coded.items()):
        seen = {(source, source_value)}
        queue = deque([(source, source_value, 0)])
        while queue:
            at, value, steps = queue.popleft()
            for claim, carried in ways.get(at, []):
                follows = carried.get(value)
                if follows is None or (claim, follows) in seen:
                    continue
                seen.add((claim, follows))
                queue.append((claim, follows, steps + 1))
                one = Inferred(claim, follows, source, source_value, steps + 1)
                known = found.setdefault(claim, {}).get(follows)
                if known is None or one.steps < known.steps:
                    found[claim][follows] = one
    return [
        next(iter(values.values()))
        for claim, values in sorted(found.items())
        if len(values) == 1 and claim not in coded
    ]
