"""Benchmark files: documents with human attribution, and who counts as the same speaker."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

Quote = dict[str, Any]


class Document(NamedTuple):
    """One document of a benchmark file."""

    id: str
    text: str
    quotes: list[Quote]
    ignored: list[tuple[int, int]]


def read(path: Path, ids: Path | None = None) -> list[Document]:
    """Return the documents of a JSONL file, restricted to the listed ids if a list is given."""
    wanted = set(ids.read_text(encoding="utf-8").split("\n")) if ids else None
    documents = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                raw = json.loads(line)
                if wanted is None or raw["id"] in wanted:
                    ignored = [(start, end) for start, end in raw.get("ignore") or []]
                    documents.append(Document(raw["id"], raw["text"], raw["quotes"], ignored))
    return documents


_HONORIFICS = frozenset(
    "mr mrs ms miss dr sen rep gov president senator governor sir lord "
    "jr sr ii iii prof the".split()
)
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")
_POSSESSIVE = re.compile(r"[’']s\b")
_TAIL = re.compile(r",| who | which | of the | of | for the | in the | from ")


def head_name(printed: str | None) -> str:
    """Return the lower-cased last name word of a speaker as printed, or "" if there is none."""
    if not printed:
        return ""
    printed = _POSSESSIVE.sub("", printed)
    leading = _WORD.findall(_TAIL.split(printed)[0]) or _WORD.findall(printed)
    chosen = [word for word in leading if word[0].isupper() and not _is_honorific(word)] or leading
    chosen = [word for word in chosen if not _is_honorific(word)] or chosen
    return chosen[-1].lower() if chosen else ""


def _is_honorific(word: str) -> bool:
    return word.lower().strip(".") in _HONORIFICS


PRONOUNS = frozenset("he she they it who i we you him her them us".split()) - {"us"}


def owner(start: int, end: int, quotes: list[Quote]) -> Quote | None:
    """Return the smallest quote that covers half of the range."""
    covering = [
        q for q in quotes if min(end, q["end"]) - max(start, q["start"]) >= 0.5 * (end - start)
    ]
    return min(covering, key=lambda q: int(q["end"] - q["start"])) if covering else None
