"""The finish rule: what an untouched target means.

If one coder codes a target and another passes over it, a coefficient that drops the unit counts
only where both saw something and so flatters the coders. A coder who marks a quote as finished has
looked at every target; only an unfinished quote is missing.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

NO_STANCE = "no_stance"
Key = TypeVar("Key", str, int)


def completed(
    values: Mapping[str, str], *, targets: Iterable[str], finished: bool
) -> dict[str, str | None]:
    """Return one coder's value of one quote for each of its targets, in the order of `targets`.

    Finished: what was not coded is `no_stance`. Not finished: it is None, missing.
    """
    rest = NO_STANCE if finished else None
    return {target: values.get(target, rest) for target in targets}


def to_write(values: Collection[Key], *, targets: Iterable[Key]) -> list[Key]:
    """Return the targets that get `no_stance` when a coder finishes a quote, given those coded."""
    return [target for target in targets if target not in values]
