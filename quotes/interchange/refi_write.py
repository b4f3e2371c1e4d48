"""REFI-QDA 1.0 projects out: MAXQDA, NVivo, ATLAS.ti, QualCoder and others read them.

No value can hang on a selection there, so a stance is a code within a code, "target > value"; each
coder's coding is one of its own with its own user, so double coding survives. A speaker is a case
with the selections they speak. Confidence and memo are notes on the coding. Positions count Unicode
code points.
"""

import uuid
from collections.abc import Iterable

from quotes.interchange import archive
from quotes.interchange.records import Coding, Document, Project, Unit, check
from quotes.interchange.xml import NotWritableError, element, escaped

MEDIA_TYPE = "application/zip"
NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "On the Record 1"
PROJECT_FILE = "project.qde"
VARIABLES = (
    ("document id", "Text"),
    ("outlet", "Text"),
    ("author", "Text"),
    ("published", "Date"),
)
_IDS = uuid.UUID("6f1d2c7e-55a0-4d8e-9d5e-0b1a3f6c2e77")
_COLOURS = {
    **dict.fromkeys(("supports", "asserts"), "#1B6F3A"),
    **dict.fromkeys(("criticises", "denies"), "#8C2D6F"),
}


def write(project: Project) -> bytes:
    """Return a project as .qdpx: the same project gives the same ids and bytes.

    Raises ImportRefusedError for parts that do not fit together, NotWritableError for a unit
    without a place and for a character that XML cannot hold.
    """
    check(project)
    placed = {unit.id for unit in project.units if unit.spans}
    for name in [*(unit.id for unit in project.units), *(c.unit for c in project.codings)]:
        if name not in placed:
            raise NotWritableError(f"{name} has no place in a document, which this format needs.")
    files = {PROJECT_FILE: project_xml(project).encode("utf-8")}
    for document in project.documents:
        files[f"sources/{guid('source', document.id)}.txt"] = document.text.encode("utf-8")
    return archive.pack(files)


def guid(kind: str, *names: str) -> str:
    """Return the id of a thing: always the same for the same thing."""
    return str(uuid.uuid5(_IDS, "\x1f".join((kind, *names))))


def project_xml(project: Project) -> str:
    """Return project.qde. The order of its parts is fixed by the schema."""
    coders = sorted({coding.coder for coding in project.codings})
    parts = [
        _some("Users", (_user(coder) for coder in coders)),
        _some("CodeBook", [_some("Codes", _codes(project))]),
        _some("Variables", (_variable(name, kind) for name, kind in VARIABLES)),
        _some("Cases", _cases(project)),
        _some("Sources", _sources(project)),
        _some("Notes", (_note(coding) for coding in project.codings if _has_note(coding))),
    ]
    attributes = {"xmlns": NAMESPACE, "name": project.name, "origin": ORIGIN}
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element("Project", attributes, parts) + "\n"


def _some(name: str, children: Iterable[str]) -> str:
    """Return an element with its children, or nothing when there are none."""
    inside = [child for child in children if child]
    return element(name, {}, inside) if inside else ""


def _user(coder: str) -> str:
    return element("User", {"guid": guid("user", coder), "name": coder})


def _variable(name: str, kind: str) -> str:
    attributes = {"guid": guid("variable", name), "name": name, "typeOfVariable": kind}
    return element("Variable", attributes)


def _codes(project: Project) -> Iterable[str]:
    values = {target: list(names) for target, names in project.values.items()}
    for coding in project.codings:
        known = values.setdefault(coding.target, [])
        if coding.value not in known:
            known.append(coding.value)
    for target, names in values.items():
        children = (
            element(
                "Code",
                {
                    "guid": guid("code", target, name),
                    "name": name,
                    "isCodable": "true",
                    "color": _COLOURS.get(name, "#6B6B6B"),
                },
            )
            for name in names
        )
        head = {"guid": guid("code", target), "name": target, "isCodable": "false"}
        yield element("Code", head, children)


def _cases(project: Project) -> Iterable[str]:
    speakers: dict[str, list[str]] = {}
    for unit in project.units:
        if unit.speaker:
            speakers.setdefault(unit.speaker, []).extend(_selection_ids(unit))
    for speaker, selections in sorted(speakers.items()):
        refs = (element("SelectionRef", {"targetGUID": selection}) for selection in selections)
        yield element("Case", {"guid": guid("case", speaker), "name": speaker}, refs)


def _selection_ids(unit: Unit) -> list[str]:
    return [guid("selection", unit.id, str(place)) for place in range(len(unit.spans))]


def _sources(project: Project) -> Iterable[str]:
    units: dict[str, list[Unit]] = {}
    for unit in project.units:
        units.setdefault(unit.document, []).append(unit)
    codings: dict[str, list[Coding]] = {}
    for coding in project.codings:
        codings.setdefault(coding.unit, []).append(coding)
    for document in project.documents:
        own = guid("source", document.id)
        selections = [
            selection
            for unit in units.get(document.id, [])
            for selection in _selections(unit, codings.get(unit.id, []))
        ]
        attributes = {"guid": own, "name": document.title, "plainTextPath": f"internal://{own}.txt"}
        yield element("TextSource", attributes, [*selections, *_values(document)])


def _selections(unit: Unit, codings: list[Coding]) -> Iterable[str]:
    """Return one selection for each stretch of a quote; its name says which quote it is of."""
    for place, ((start, end), own) in enumerate(zip(unit.spans, _selection_ids(unit), strict=True)):
        attributes = {
            "guid": own,
            "name": unit.id,
            "startPosition": str(start),
            "endPosition": str(end),
        }
        yield element(
            "PlainTextSelection", attributes, (_coding(coding, place) for coding in codings)
        )


def _coding(coding: Coding, place: int) -> str:
    refs = [element("CodeRef", {"targetGUID": guid("code", coding.target, coding.value)})]
    if _has_note(coding):
        refs.append(element("NoteRef", {"targetGUID": _note_id(coding)}))
    own = guid("coding", coding.unit, coding.target, coding.coder, str(place))
    return element("Coding", {"guid": own, "creatingUser": guid("user", coding.coder)}, refs)


def _values(document: Document) -> Iterable[str]:
    published = document.published.isoformat() if document.published else ""
    values = (document.id, document.outlet, document.author, published)
    for (name, kind), value in zip(VARIABLES, values, strict=True):
        if value:
            ref = element("VariableRef", {"targetGUID": guid("variable", name)})
            yield element("VariableValue", {}, [ref, element(f"{kind}Value", {}, [escaped(value)])])


def _has_note(coding: Coding) -> bool:
    return bool(coding.confidence or coding.memo)


def _note_id(coding: Coding) -> str:
    return guid("note", coding.unit, coding.target, coding.coder)


def _note(coding: Coding) -> str:
    content = f"confidence: {coding.confidence}\n{coding.memo}"
    attributes = {
        "guid": _note_id(coding),
        "name": f"{coding.unit}, {coding.target}",
        "creatingUser": guid("user", coding.coder),
    }
    return element("Note", attributes, [element("PlainTextContent", {}, [escaped(content)])])
