"""REFI-QDA projects: valid by the schema, the same again when read, and harmless from strangers."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from quotes.interchange import archive
from quotes.interchange.records import Coding, Document, ImportRefusedError, Project, Unit
from quotes.interchange.refi_read import read
from quotes.interchange.refi_write import guid, project_xml, write
from quotes.interchange.xml import NotWritableError

TEXT = 'An emoji \U0001f600 and e\u0301, then “these are; the "exact" words”.\nA second line.'
START = TEXT.index("these")
SPANS = ((START, START + 9), (TEXT.index("words"), TEXT.index("words") + 5))
PROJECT = Project(
    name='Speech & "stance"',
    documents=(
        Document("a1", "Example <News>", TEXT, date(2008, 11, 13), "Example News", "A. Writer"),
        Document("a2", "Nothing said", "No quote here."),
    ),
    units=(Unit("q1", "a1", SPANS, "Speaker A"), Unit("q2", "a1", ((0, 8),))),
    codings=(
        Coding("q1", "social workers", "coder-1", "supports", "high", " two\r\n\tlines; = 1 "),
        Coding("q1", "social workers", "coder-2", "criticises"),
        Coding("q1", "claim", "coder-1", "no_stance", "", "why"),
        Coding("q2", "claim", "coder-2", "denies", "low"),
    ),
    values={
        "social workers": ("supports", "criticises", "mixed"),
        "claim": ("asserts", "denies", "no_stance"),
    },
)


def test_what_is_written_reads_as_the_same() -> None:
    assert read(write(PROJECT)) == PROJECT


def test_what_is_written_is_valid() -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).parent / "refi_subset.xsd"))

    for project in (PROJECT, Project("empty"), Project("texts", PROJECT.documents)):
        schema.assertValid(etree.fromstring(project_xml(project).encode()))


def test_the_same_project_is_the_same_bytes() -> None:
    assert write(PROJECT) == write(PROJECT)


def test_texts_lie_in_the_archive_under_their_ids() -> None:
    files = archive.unpack(write(PROJECT))

    assert files[f"sources/{guid('source', 'a1')}.txt"].decode() == TEXT
    assert next(iter(files)) == "project.qde"


def test_each_coder_has_codings_of_their_own() -> None:
    root = etree.fromstring(project_xml(PROJECT).encode())
    name = "{urn:QDA-XML:project:1.0}"
    users = {user.get("guid"): user.get("name") for user in root.iter(f"{name}User")}
    first = next(root.iter(f"{name}PlainTextSelection"))

    assert [users[coding.get("creatingUser")] for coding in first.iter(f"{name}Coding")] == [
        "coder-1",
        "coder-2",
        "coder-1",
    ]
    case = next(root.iter(f"{name}Case"))
    assert (case.get("name"), len(list(case))) == ("Speaker A", 2)


@pytest.mark.parametrize(
    "broken",
    [
        Project("p", PROJECT.documents, (Unit("q", "a9", ((0, 1),)),)),
        Project("p", PROJECT.documents, (Unit("q", "a2", ((0, 99),)),)),
        Project("p", PROJECT.documents, (Unit("q", "a2", ((3, 5), (0, 1))),)),
        Project("p", PROJECT.documents, PROJECT.units, (Coding("q9", "claim", "c", "denies"),)),
        Project("p", PROJECT.documents, PROJECT.units, PROJECT.codings * 2),
        Project(
            "p",
            PROJECT.documents,
            PROJECT.units,
            (Coding("q1", "claim", "c", "supports"),),
            PROJECT.values,
        ),
    ],
)
def test_project_that_does_not_fit_is_refused(broken: Project) -> None:
    with pytest.raises(ImportRefusedError):
        write(broken)


def test_what_the_format_cannot_hold_is_refused() -> None:
    with pytest.raises(NotWritableError, match="0x0007"):
        write(Project("a\x07"))
    with pytest.raises(NotWritableError, match="q1 has no place"):
        write(Project("p", codings=PROJECT.codings))


# --- Files of other programs ---------------------------------------------------------------------

G = "00000000-0000-4000-8000-0000000000{:02}".format
HEAD = (
    '<Project xmlns="urn:QDA-XML:project:1.0" name="theirs" origin="Other 9">'
    f'<Users><User guid="{{{G(1)}}}" name="Ann"/></Users>'
    f'<CodeBook><Codes><Code guid="{G(10)}" name="Theme" isCodable="false">'
    f'<Code guid="{G(11)}" name="good" isCodable="true"/>'
    f'<Code guid="{G(12)}" name="bad" isCodable="true"/></Code>'
    f'<Code guid="{G(13)}" name="Alone" isCodable="true"/></Codes></CodeBook><Sources>'
)
TAIL = "</Sources></Project>"


def selection(number: int, start: object, end: object, code: int, user: str = "") -> str:
    by = f' creatingUser="{user}"' if user else ""
    return (
        f'<PlainTextSelection guid="{G(number)}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{G(number + 20)}"{by}><CodeRef targetGUID="{G(code)}"/></Coding>'
        "</PlainTextSelection>"
    )


def theirs(selections: str, *, text: str = "one\r\ntwo three", head: str = HEAD) -> bytes:
    source = (
        f'<TextSource guid="{G(40)}" name="Doc" plainTextPath="internal://t.txt">{selections}'
        "</TextSource>"
    )
    return archive.pack(
        {"project.qde": (head + source + TAIL).encode(), "sources/t.txt": text.encode("utf-8-sig")}
    )


def alone(text: str) -> bytes:
    return archive.pack({"project.qde": text.encode()})


def source(path: str) -> str:
    return f'{HEAD}<TextSource guid="{G(40)}" plainTextPath="{path}"/>{TAIL}'


def test_selections_of_one_place_are_one_unit() -> None:
    found = read(theirs(selection(50, 5, 8, 11, G(1)) + selection(51, 5, 8, 13, f"{{{G(1)}}}")))

    assert found.documents[0].text == "one\ntwo three"
    assert found.units == (Unit(G(50), G(40), ((4, 7),)),)
    assert found.codings == (
        Coding(G(50), "Theme", "Ann", "good"),
        Coding(G(50), "Alone", "Ann", "coded"),
    )
    assert found.values == {"Theme": ("good", "bad"), "Alone": ("coded",)}


def test_sibling_codes_on_one_place_become_targets_and_a_note() -> None:
    found = read(theirs(selection(50, 5, 8, 11) + selection(51, 5, 8, 12)))

    assert [(c.target, c.value, c.coder) for c in found.codings] == [
        ("Theme > good", "coded", "unknown"),
        ("Theme > bad", "coded", "unknown"),
    ]
    assert found.notes == ("Theme: its codes do not exclude each other, so each is a target",)


def test_what_has_no_place_here_is_noted() -> None:
    data = theirs("", head=HEAD + f'<PDFSource guid="{G(60)}" name="p"/>')

    assert read(data).notes == ("1 PDFSource left out: only texts can be read",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (theirs(selection(50, 5, 99, 11)), "5 to 99 lies outside its text of 14"),
        (theirs(selection(50, 8, 5, 11)), "8 to 5 lies outside"),
        (theirs(selection(50, -1, 5, 11)), "no proper startPosition"),
        (theirs(selection(50, "9" * 5000, 5, 11)), "no proper startPosition"),
        (theirs(selection(50, 0, 5, 99)), "refers to no known code"),
        (theirs("").replace(b"PK", b"KP"), "not a sound zip"),
        (b"", "not a sound zip"),
        (archive.pack({"other.txt": b""}), "there is no project.qde"),
        (archive.pack({"project.qde": b""}), "not well-formed"),
        (archive.pack({"project.qde": b"<Project/>"}), "not a REFI-QDA project"),
        (archive.pack({"project.qde": b"<a>" * 101}), "deeper than 100"),
        (alone("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "document type"),
        (alone(source("internal://../../etc/passwd")), "is not in the archive"),
        (alone(source("absolute:///etc/passwd")), "kept outside the archive"),
        (alone(HEAD + '<TextSource guid="x"/>' + TAIL), "no proper guid"),
    ],
)
def test_broken_file_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        read(data)


@pytest.mark.parametrize("name", ["../a", "/a", "a/../b", "c:/a", "a\\b", "./a", "a//b"])
def test_names_that_point_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(ImportRefusedError, match="points out of the archive"):
        archive.unpack(archive.pack({name: b"x"}))


def zipped(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for info, data in entries:
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)
    return buffer.getvalue()


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped((zipfile.ZipInfo("project.qde"), bytes(50_000_000)))

    assert len(bomb) < 100_000
    with pytest.raises(ImportRefusedError, match="unpacks to more than"):
        read(bomb)


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(zipped((zipfile.ZipInfo("project.qde"), bytes(50_000_000))))
    size = (50_000_000).to_bytes(4, "little")
    lie = bytes(bomb).replace(size, (1000).to_bytes(4, "little"))

    with pytest.raises(ImportRefusedError):
        read(lie)


def test_link_and_double_names_are_refused() -> None:
    link = zipfile.ZipInfo("sources/a")
    link.external_attr = 0o120777 << 16
    with pytest.raises(ImportRefusedError, match="is a link"):
        archive.unpack(zipped((link, b"/etc/passwd")))
    twice = [(zipfile.ZipInfo(name), b"x") for name in ("a.txt", "A.TXT")]
    with pytest.raises(ImportRefusedError, match="is there twice"):
        archive.unpack(zipped(*twice))


@pytest.mark.parametrize("place", range(0, 900, 37))
def test_damaged_archive_is_refused_or_read_whole(place: int) -> None:
    data = bytearray(write(PROJECT))
    data[place % len(data)] ^= 0xFF

    try:
        found = read(bytes(data))
    except ImportRefusedError:
        return
    assert found == PROJECT


def test_file_without_a_name_is_refused() -> None:
    data = archive.pack({"x": b"y"})

    # zipfile itself stumbles over an empty name; only the directory at the end is without one.
    nameless = bytearray(data)
    at = data.index(b"PK\x01\x02")
    nameless[at + 28 : at + 30] = b"\0\0"
    with pytest.raises(ImportRefusedError, match="not a sound zip"):
        archive.unpack(bytes(nameless))
