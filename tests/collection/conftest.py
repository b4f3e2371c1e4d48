"""A small sound collection that the tests break one thing at a time."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.collection import CollectionError, load_collection

ROOT = Path(__file__).resolve().parents[2]
FORMAT_PAGE = ROOT / "docs" / "data-format.md"
EXAMPLE = re.compile(r"<!-- example: (?P<path>\S+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)

Break = Callable[[str, str, str], None]
Reasons = Callable[[], list[str]]


def doc_example() -> dict[str, str]:
    """Return the files of the complete example in docs/data-format.md."""
    files = {m["path"]: m["text"] for m in EXAMPLE.finditer(FORMAT_PAGE.read_text("utf-8"))}
    digest = hashlib.sha256(files["documents/meeting.txt"].encode()).hexdigest()
    files["annotations/meeting.toml"] = files["annotations/meeting.toml"].replace("SHA256", digest)
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example of the format page, written out."""
    for name, text in doc_example().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return tmp_path


@pytest.fixture
def swap(folder: Path) -> Break:
    """Replace one passage of one file; the passage must be there exactly once."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} is in {name} {text.count(old)} times"
        path.write_text(text.replace(old, new), "utf-8", newline="")

    return replace


@pytest.fixture
def faults(folder: Path) -> Reasons:
    """Load the folder and return its faults as lines."""

    def load() -> list[str]:
        with pytest.raises(CollectionError) as caught:
            load_collection(folder)
        assert str(caught.value) == "\n".join(map(str, caught.value.faults))
        return [str(fault) for fault in caught.value.faults]

    return load
