"""Damaged files: each is read or refused with a reason, and nothing else happens.

`make check-hard` tries 1,000; the seed is fixed, so that a failure comes again.
"""

import random
import time

import pytest

from quotes.parsing import RefusedError, RefusedRow, parse_bytes
from quotes.parsing.records import Reason
from tests.hard import times
from tests.parsing import bombs
from tests.parsing.pages import saved_page

PROSE = "Speaker A told the committee: “We will count every boat.” Nobody said a word to that. "
SAMPLES = {
    "a.txt": f"A headline\n\n{PROSE * 8}".encode(),
    "a.html": saved_page("A headline", [("p", PROSE * 3)] * 5, byline="Reporter A").encode(),
    "a.pdf": bombs.text_pdf(["A heading", *["Words of a line of text."] * 12]),
    "a.docx": bombs.docx("".join(bombs.paragraph(PROSE) for _ in range(20))),
    "a.jsonl": b'{"text": "Words", "title": "One"}\n' * 20,
    "a.csv": b'text,title\n"Some words, more","One"\n' * 10,
}


def mutate(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) or 1)
        kind = chance.randrange(6)
        if kind == 0 and changed:
            changed[at % len(changed)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at:]
        elif kind == 2:
            changed[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(2_000)]
        elif kind == 3:
            del changed[at : at + chance.randrange(200)]
        elif kind == 4:
            changed[at:at] = chance.randbytes(chance.randrange(64))
        else:
            other = chance.choice(list(SAMPLES.values()))
            changed += other[: chance.randrange(len(other))]
    return bytes(changed)


@pytest.mark.hard
def test_damaged_files_are_read_or_refused_with_a_reason(parse) -> None:
    chance = random.Random(20)
    crashed = []
    for number in range(times(60, 1_000)):
        name = chance.choice(list(SAMPLES))
        data = mutate(SAMPLES[name], chance)
        began = time.monotonic()
        try:
            items = list(parse_bytes(parse.sandbox, name, data))
            reasons = {item.reason for item in items if isinstance(item, RefusedRow)}
        except RefusedError as refused:
            reasons = {refused.reason}
        assert time.monotonic() - began < 20
        if Reason.CRASHED in reasons:
            crashed.append((number, name))
    assert crashed == []
