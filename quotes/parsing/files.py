"""Which files a path names, and how one is opened: regular files under a folder, nothing else.

A link, a pipe or a device is never opened for reading, whoever put it there and whenever.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from quotes.parsing.formats import SUFFIXES
from quotes.parsing.records import Reason, RefusedError

_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where the search began, and the way from there."""

    root: Path
    name: str


def find(path: Path) -> Iterator[Found]:
    """Yield the files that a path means: itself, or all of a folder in the order of their names.

    In a folder, files of other formats are passed over, and so is the `..._files` folder that a
    browser saves beside a page. What is named by itself is yielded whatever it is.
    """
    if not path.is_dir() or path.is_symlink():
        yield Found(path.parent, path.name)
        return
    for folder, folders, names in os.walk(path, followlinks=False):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith("_files")
        )
        for name in sorted(names):
            if PurePath(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Found(path, str(Path(folder, name).relative_to(path)))


def open_file(root: Path, name: str) -> int:
    """Return a descriptor of a regular file under the root; raises RefusedError for all else."""
    parts = PurePath(name).parts
    if not parts or PurePath(name).is_absolute() or ".." in parts:
        raise RefusedError(Reason.OUTSIDE)
    if len(name) > LONGEST_NAME or "\0" in name:
        raise RefusedError(Reason.UNREADABLE, "the name is not one that can be stored")
    try:
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise RefusedError(Reason.UNREADABLE, error.strerror or "") from error
    try:
        # One step at a time: a folder on the way that is a link would lead outside.
        for part in parts[:-1]:
            inner = os.open(part, _OPEN | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        # Looked at before it is opened, since opening a device may do something; and again after.
        if not stat.S_ISREG(os.stat(parts[-1], dir_fd=folder, follow_symlinks=False).st_mode):
            raise RefusedError(Reason.NOT_A_FILE)
        file = os.open(parts[-1], _OPEN, dir_fd=folder)
    except OSError as error:
        raise RefusedError(Reason.UNREADABLE, error.strerror or "") from error
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise RefusedError(Reason.NOT_A_FILE)
    return file
