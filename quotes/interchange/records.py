"""What goes between programs: documents, stretches of them, and what coders made of these.

One record for every format, so that a file of one can be written as another. Offsets are Unicode
code points of the document's text, the end excluded.
"""

from dataclasses import dataclass, field
from datetime import date


class ImportRefusedError(ValueError):
    """The file is not read at all; the message says what is wrong and where."""


@dataclass(frozen=True)
class Coding:
    """One coder's value for one unit and target."""

    unit: str
    target: str
    coder: str
    value: str
    confidence: str = ""
    memo: str = ""


@dataclass(frozen=True)
class Unit:
    """A quote: the stretches of its document that it consists of, and who says it."""

    id: str
    document: str
    spans: tuple[tuple[int, int], ...]
    speaker: str = ""


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    text: str
    published: date | None = None
    outlet: str = ""
    author: str = ""


@dataclass(frozen=True)
class Project:
    """Everything in one file, in a fixed order."""

    name: str
    documents: tuple[Document, ...] = ()
    units: tuple[Unit, ...] = ()
    codings: tuple[Coding, ...] = ()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The values of each target, the codebook; those in use where a file says no more."""
    notes: tuple[str, ...] = ()
    """What a reader was not able to take over, for the dry-run report."""


def check(project: Project) -> None:
    """Refuse a project whose parts do not fit: it would be half imported."""
    texts = {document.id: document.text for document in project.documents}
    _refuse_twice("document", [document.id for document in project.documents])
    _refuse_twice("unit", [unit.id for unit in project.units])
    for unit in project.units:
        if unit.document not in texts:
            raise ImportRefusedError(f"unit {unit.id}: there is no document {unit.document}")
        last = 0
        for start, end in unit.spans:
            if not last <= start < end <= len(texts[unit.document]):
                raise ImportRefusedError(
                    f"unit {unit.id}: {start} to {end} is no stretch of {unit.document} behind "
                    f"{last}, which has {len(texts[unit.document])} characters"
                )
            last = end
    known = {unit.id for unit in project.units}
    for coding in project.codings:
        if known and coding.unit not in known:
            raise ImportRefusedError(f"a coding by {coding.coder}: there is no unit {coding.unit}")
        allowed = project.values.get(coding.target)
        if allowed is not None and coding.value not in allowed:
            raise ImportRefusedError(
                f"{coding.coder} on {coding.unit}: “{coding.value}” is no value of {coding.target}"
            )
    _refuse_twice("coding", [f"{c.unit}, {c.target}, {c.coder}" for c in project.codings])


def _refuse_twice(what: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ImportRefusedError(f"{what} {name} is there twice")
        seen.add(name)
