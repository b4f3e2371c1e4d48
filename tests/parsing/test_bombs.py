"""Files made to do harm: each is refused with a reason or read, and this process is unharmed."""

import resource
import time

import pytest

from quotes.parsing import RefusedError, RefusedRow, Sandbox, parse_bytes
from quotes.parsing.records import WALL_SECONDS
from tests.hard import HARD
from tests.parsing.bombs import BOMBS, SLOW

GROWTH = 50 * 1024 * 1024


def verdict(sandbox: Sandbox, name: str, data: bytes) -> set[str]:
    try:
        items = list(parse_bytes(sandbox, name, data))
    except RefusedError as refused:
        return {refused.reason}
    return {item.reason if isinstance(item, RefusedRow) else "accepted" for item in items}


@pytest.mark.hard
@pytest.mark.parametrize("name", [name for name in BOMBS if HARD or name not in SLOW])
def test_bomb_is_refused_with_a_reason_or_read(name: str) -> None:
    file, make, expected = BOMBS[name]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()

    with Sandbox() as sandbox:
        found = verdict(sandbox, file, data)
        after = verdict(sandbox, "well.txt", b"A headline\n\nWords of a text that is well.")

    # Which of the two limits such a file meets first depends on how quick the machine is.
    either = {"too_slow", "too_much_memory"} if name in SLOW else set()
    assert found <= expected | {"bad_row"} | either, found
    assert after == {"accepted"}
    assert time.monotonic() - began < WALL_SECONDS + 10
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown <= GROWTH + 2 * len(data)


def test_process_that_says_nothing_is_ended() -> None:
    with Sandbox(wall_seconds=0.5) as sandbox:
        found = verdict(sandbox, *(BOMBS["operators pdf"][0], BOMBS["operators pdf"][1]()))
        after = verdict(sandbox, "well.txt", b"Words")

    assert found == {"too_slow"}
    # Half a second is not enough for a new process to start on a busy machine.
    assert after <= {"accepted", "too_slow"}
