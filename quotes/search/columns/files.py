"""A part in files, which processes map into memory and so share.

DIRECTORY/EPOCH-SEQ/NAME.npy, one folder for each state; DIRECTORY/CURRENT names the one in force.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from quotes.changes import State
from quotes.search.columns.part import ARRAYS, Part

CURRENT, WORDS, LOCK = "CURRENT", "words.json", "lock"


def load(directory: Path) -> tuple[State, Part] | None:
    """Return what is in force, or None: never built, or being replaced at this moment."""
    try:
        name = (directory / CURRENT).read_text(encoding="ascii").strip()
        epoch, seq, _ = name.split("_", 2)  # tempfile may add another
        folder = directory / name
        words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
        # asarray: a plain view of the map, without the cost of numpy's own class for it.
        arrays: dict[str, Any] = {
            one: np.asarray(np.load(folder / f"{one}.npy", mmap_mode="r")) for one in ARRAYS
        }
    except (OSError, ValueError):
        return None
    return State(int(epoch), int(seq)), Part(words=words, **arrays)


def save(directory: Path, state: State, part: Part) -> None:
    """Write a part and put it in force; what was in force before is removed.

    A process that has the old files mapped keeps them until it lets go of them.
    """
    prefix = f"{state.epoch}_{state.seq}_"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=directory))
    folder.chmod(0o755)
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(part, name), allow_pickle=False)
    (folder / WORDS).write_text(json.dumps(part.words), encoding="utf-8")
    pointer = directory / f"{folder.name}.pointer"
    pointer.write_text(folder.name, encoding="ascii")
    pointer.replace(directory / CURRENT)
    for other in directory.iterdir():
        if other.is_dir() and other.name != folder.name:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def building(directory: Path) -> Iterator[bool]:
    """Say whether this process may build now: no other one does. The lock dies with its holder."""
    directory.mkdir(parents=True, exist_ok=True)
    handle = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        held = False
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        yield held
    finally:
        os.close(handle)
