"""REFI-QDA 1.0 and 1.5 projects in: text sources, their selections and what coders made of them.

A code within a code is a target and its value; a code that stands alone is a target with the value
"coded". What has no place here (pictures, sets, graphs) is named in the notes. Anything that does
not fit together refuses the whole file.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from quotes.interchange import archive
from quotes.interchange.records import Coding, Document, ImportRefusedError, Project, Unit, check
from quotes.interchange.refi_write import ORIGIN, PROJECT_FILE
from quotes.interchange.xml import Element, parse

NAMESPACES = "urn:QDA-XML:project:"
CODED = "coded"
NO_USER = "unknown"
LONGEST_TEXT = 10_000_000
_GUID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|\{[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}"
)
_LEFT_OUT = ("PDFSource", "PictureSource", "AudioSource", "VideoSource")


def read(data: bytes) -> Project:
    """Read a .qdpx. Raises ImportRefusedError with the reason; then nothing is read."""
    files = archive.unpack(data)
    names = [name for name in files if name.casefold() == PROJECT_FILE]
    if len(names) != 1:
        raise ImportRefusedError(f"there is no {PROJECT_FILE} at the top of the archive")
    root = parse(files[names[0]], what=PROJECT_FILE)
    if root.name != "Project" or not root.namespace.startswith(NAMESPACES):
        raise ImportRefusedError(f"{PROJECT_FILE} is not a REFI-QDA project: {root.name}")
    project = _Reader(root, files).project()
    check(project)
    return project


class _Reader:
    def __init__(self, root: Element, files: dict[str, bytes]) -> None:
        self.root = root
        self.files = {name.casefold(): data for name, data in files.items()}
        self.ours = root.attributes.get("origin") == ORIGIN
        self.notes: list[str] = []
        self.users = {
            _guid(user): user.attributes.get("name") or _guid(user)
            for user in self.inside("Users", "User")
        }
        self.codes: dict[str, tuple[str, str]] = {}
        self.values: dict[str, tuple[str, ...]] = {}
        for book in root.all("CodeBook"):
            for codes in book.all("Codes"):
                self.read_codes(codes, ())
        self.variables = {
            _guid(variable): variable.attributes.get("name", "")
            for variable in self.inside("Variables", "Variable")
        }
        self.note_texts = {
            _guid(note): self.note_text(note) for note in self.inside("Notes", "Note")
        }
        self.speakers = self.read_cases()

    def inside(self, container: str, *names: str) -> list[Element]:
        return [child for one in self.root.all(container) for child in one.all(*names)]

    def read_codes(self, parent: Element, path: tuple[str, ...]) -> None:
        for code in parent.all("Code"):
            name = code.attributes.get("name", "").strip()
            if not name:
                raise ImportRefusedError(f"the code {_guid(code)} has no name")
            pair = (" > ".join(path), name) if path else (name, CODED)
            self.codes[_guid(code)] = pair
            nested = code.all("Code")
            if path or not nested:
                self.values[pair[0]] = (*self.values.get(pair[0], ()), pair[1])
            self.read_codes(code, (*path, name))

    def read_cases(self) -> dict[str, str]:
        """Return the speaker of each selection: the first case that refers to it."""
        found: dict[str, str] = {}
        for case in self.inside("Cases", "Case"):
            for ref in case.all("SelectionRef"):
                found.setdefault(_target(ref), case.attributes.get("name", ""))
        return found

    def note_text(self, note: Element) -> str:
        if content := note.first("PlainTextContent"):
            return content.text
        path = note.attributes.get("plainTextPath", "")
        return self.text_of(path, "a note") if path else ""

    def text_of(self, path: str, what: str) -> str:
        if not path.startswith("internal://"):
            raise ImportRefusedError(
                f"{what}: its text is kept outside the archive ({path[:60] or 'no path'}); export "
                "the project with its sources"
            )
        name = f"sources/{path.removeprefix('internal://')}"
        data = self.files.get(name.casefold())
        if data is None:
            raise ImportRefusedError(f"{what}: {name} is not in the archive")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ImportRefusedError(f"{what}: {name} is not UTF-8") from error
        if len(text) > LONGEST_TEXT:
            raise ImportRefusedError(f"{what}: {name} has over {LONGEST_TEXT} characters")
        return text

    def project(self) -> Project:
        documents: list[Document] = []
        units: list[Unit] = []
        codings: list[Coding] = []
        for source in self.inside("Sources", "TextSource"):
            document, found = self.read_source(source)
            documents.append(document)
            for unit, its_codings in found:
                units.append(unit)
                codings += its_codings
        for kind in _LEFT_OUT:
            if n := len(self.inside("Sources", kind)):
                self.notes.append(f"{n} {kind} left out: only texts can be read")
        for kind in ("Sets", "Graphs", "Links"):
            if self.root.all(kind):
                self.notes.append(f"{kind} left out")
        name = self.root.attributes.get("name", "")
        codings = self.one_value_each(codings)
        rows = (tuple(documents), tuple(units), tuple(codings))
        return Project(name, *rows, self.values, tuple(self.notes))

    def read_source(self, source: Element) -> tuple[Document, list[tuple[Unit, list[Coding]]]]:
        own = _guid(source)
        title = source.attributes.get("name", "")
        content = source.first("PlainTextContent")
        path = source.attributes.get("plainTextPath", "")
        if content is not None and path:
            raise ImportRefusedError(f"{title}: PlainTextContent and plainTextPath at once")
        raw = content.text if content is not None else self.text_of(path, title or own)
        facts = self.facts(source)
        document = Document(
            id=facts.get("document id", own),
            title=title,
            text=raw.replace("\r\n", "\n").replace("\r", "\n"),
            published=_date(facts.get("published", "")),
            outlet=facts.get("outlet", ""),
            author=facts.get("author", ""),
        )
        if n := len(source.all("Coding")):
            self.notes.append(f"{title}: {n} codings of the whole text left out")
        return document, self.read_units(source, document, raw)

    def facts(self, source: Element) -> dict[str, str]:
        found = {}
        for value in source.all("VariableValue"):
            ref = value.first("VariableRef")
            name = self.variables.get(_target(ref), "") if ref else ""
            texts = [child.text for child in value.children if child.name.endswith("Value")]
            if name and texts and texts[0]:
                found[name] = texts[0]
        return found

    def read_units(
        self, source: Element, document: Document, raw: str
    ) -> list[tuple[Unit, list[Coding]]]:
        """Gather selections into units: of one name in a file of ours, of one place in others."""
        groups: dict[object, list[tuple[int, int, Element]]] = {}
        for selection in source.all("PlainTextSelection"):
            start, end = _position(selection, "startPosition"), _position(selection, "endPosition")
            if not 0 <= start < end <= len(raw):
                raise ImportRefusedError(
                    f"{document.title}: the selection {start} to {end} lies outside its text of "
                    f"{len(raw)} characters"
                )
            place = (start - raw.count("\r\n", 0, start), end - raw.count("\r\n", 0, end))
            key = (self.ours and selection.attributes.get("name")) or place
            groups.setdefault(key, []).append((*place, selection))
        return [self.read_unit(key, rows, document) for key, rows in groups.items()]

    def read_unit(
        self, key: object, rows: list[tuple[int, int, Element]], document: Document
    ) -> tuple[Unit, list[Coding]]:
        first = rows[0][2]
        name = key if isinstance(key, str) else _guid(first)
        spans = tuple(dict.fromkeys(sorted((start, end) for start, end, _selection in rows)))
        speaker = next(
            (self.speakers[_guid(s)] for _start, _end, s in rows if _guid(s) in self.speakers), ""
        )
        # A quote in several stretches has its codings on each of them: once is enough.
        codings = {
            (coding.target, coding.coder, coding.value): coding
            for _start, _end, selection in rows
            for coding in (
                self.read_coding(name, element, selection) for element in selection.all("Coding")
            )
        }
        return Unit(name, document.id, spans, speaker), list(codings.values())

    def one_value_each(self, codings: list[Coding]) -> list[Coding]:
        """Give each coder one value for a unit and target.

        In other programs sibling codes need not exclude each other. Where one coder put two of
        them on one passage, each is a target of its own with the value "coded".
        """
        times = Counter((coding.unit, coding.target, coding.coder) for coding in codings)
        loose = {target for (_unit, target, _coder), n in times.items() if n > 1}
        if loose and self.ours:
            raise ImportRefusedError(f"one coder gave {sorted(loose)[0]} two values on one quote")
        for target in sorted(loose):
            self.notes.append(f"{target}: its codes do not exclude each other, so each is a target")
            for value in self.values.pop(target, ()):
                self.values[f"{target} > {value}"] = (CODED,)
        return [
            replace(coding, target=f"{coding.target} > {coding.value}", value=CODED)
            if coding.target in loose
            else coding
            for coding in codings
        ]

    def read_coding(self, unit: str, element: Element, selection: Element) -> Coding:
        ref = element.first("CodeRef")
        target, value = self.codes.get(_target(ref) if ref else "", ("", ""))
        if not target:
            raise ImportRefusedError(f"the coding {_guid(element)} refers to no known code")
        by = element.attributes.get("creatingUser") or selection.attributes.get("creatingUser", "")
        coder = self.users.get(_plain(by), NO_USER)
        texts = [self.note_texts.get(_target(note), "") for note in element.all("NoteRef")]
        memo, confidence = "\n".join(texts), ""
        if self.ours and memo.startswith("confidence: "):
            confidence, _, memo = memo.removeprefix("confidence: ").partition("\n")
        return Coding(unit, target, coder, value, confidence, memo)


def _guid(element: Element) -> str:
    found = element.attributes.get("guid", "")
    if not _GUID.fullmatch(found):
        raise ImportRefusedError(f"a {element.name} has no proper guid: “{found[:40]}”")
    return _plain(found)


def _target(ref: Element) -> str:
    return _plain(ref.attributes.get("targetGUID", ""))


def _plain(guid: str) -> str:
    return guid.strip("{}").lower()


def _position(selection: Element, name: str) -> int:
    text = selection.attributes.get(name, "")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ImportRefusedError(f"a selection has no proper {name}: “{text[:20]}”")
    return int(text)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
