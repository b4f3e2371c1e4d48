"""Files to projects and back, by the ending of their names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from quotes.agreement.records import CLAIM, SUBJECT
from quotes.interchange import dna, refi_read, refi_write, tables
from quotes.interchange.records import ImportRefusedError, Project

NUMBERS = {**SUBJECT.numbers, **CLAIM.numbers}
ENDINGS = (".csv", ".jsonl", ".qdpx", ".dna")


@dataclass(frozen=True)
class Settings:
    """How a stranger's file is read, and what it may do."""

    values: Mapping[str, str] = field(default_factory=dict)
    """What the file calls our values: {"for": "supports"}."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What a table calls our columns: {"value": "Stance"}."""
    dna: Mapping[str, str] = field(default_factory=dict)
    """Of a DNA file: statement_type, actor, concept and qualifier, where names do not tell."""
    replace: bool = False
    """Change codings that are there with another value; otherwise they refuse the file."""
    create: bool = False
    """Add articles, candidates, targets and coders that the record does not have."""


@dataclass(frozen=True)
class Format:
    """One way out."""

    name: str
    label: str
    ending: str
    content_type: str
    write: Callable[[Project], Iterable[str] | bytes]


def _matrix(project: Project) -> Iterable[str]:
    """The matrix of the one target that the project is of."""
    targets = {coding.target for coding in project.codings}
    if len(targets) != 1:
        raise ImportRefusedError("a coder x unit matrix is of one target: choose it")
    return tables.matrix_csv(project.codings, target=targets.pop())


def _numbers(project: Project) -> Iterable[str]:
    targets = {coding.target for coding in project.codings}
    if len(targets) != 1:
        raise ImportRefusedError("a coder x unit matrix is of one target: choose it")
    return tables.matrix_csv(project.codings, target=targets.pop(), numbers=NUMBERS)


CSV = "text/csv; charset=utf-8"
FORMATS = {
    one.name: one
    for one in (
        Format("long", "CSV, one row a coding", "csv", CSV, lambda p: tables.long_csv(p.codings)),
        Format("wide", "CSV, one column a coder", "csv", CSV, lambda p: tables.wide_csv(p.codings)),
        Format(
            "jsonl",
            "JSON lines",
            "jsonl",
            "application/jsonl",
            lambda p: tables.long_jsonl(p.codings),
        ),
        Format("matrix", "Coder x unit matrix for R, one target", "csv", CSV, _matrix),
        Format("numbers", "The same with numbers: +1, 0, -1", "csv", CSV, _numbers),
        Format(
            "qdpx", "REFI-QDA project", "qdpx", refi_write.MEDIA_TYPE, lambda p: refi_write.write(p)
        ),
    )
}


def write(project: Project, format_name: str) -> bytes:
    """Return a project as a file. Raises ImportRefusedError or NotWritableError with the reason."""
    found = FORMATS[format_name].write(project)
    return found if isinstance(found, bytes) else "".join(found).encode()


def read(name: str, data: bytes, settings: Settings) -> Project:
    """Read a file into a project. Raises ImportRefusedError with the reason; then nothing is."""
    ending = PurePath(name).suffix.lower()
    if ending == ".csv":
        project = Project(name, codings=tuple(tables.read_csv(data, columns=settings.columns)))
    elif ending == ".jsonl":
        project = Project(name, codings=tuple(tables.read_jsonl(data)))
    elif ending == ".qdpx":
        project = refi_read.read(data)
    elif ending == ".dna":
        project = _read_dna(data, settings)
    else:
        raise ImportRefusedError(f"a file that ends in none of {', '.join(ENDINGS)}")
    return _translated(project, settings.values)


def _read_dna(data: bytes, settings: Settings) -> Project:
    if settings.dna:
        try:
            mapping = dna.Mapping(**settings.dna)
        except TypeError as error:
            raise ImportRefusedError(
                "name the statement_type, actor, concept and qualifier of the DNA file"
            ) from error
        return dna.read(data, mapping)
    report = dna.dry_run(data)
    if report.mapping is None:
        kinds = "; ".join(
            f"{one.label}: {', '.join(name for name, _kind in one.variables)}"
            for one in report.types
        )
        raise ImportRefusedError(
            f"its variables do not tell which is actor, concept and qualifier: {kinds}"
        )
    return dna.read(data, report.mapping)


def _translated(project: Project, values: Mapping[str, str]) -> Project:
    if not values:
        return project
    codings = tuple(
        replace(coding, value=values.get(coding.value, coding.value)) for coding in project.codings
    )
    known = {
        target: tuple(dict.fromkeys(values.get(value, value) for value in names))
        for target, names in project.values.items()
    }
    return replace(project, codings=codings, values=known)
