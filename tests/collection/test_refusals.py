"""What a collection is refused for: each fault with its file, its entry and the reason."""

from pathlib import Path

import pytest

from quotes.collection import load_collection
from tests.collection.conftest import Break, Reasons
from tests.collection.refusal_cases import CASES, COSTLY, NOTES, TOP


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_collection_is_refused_with_file_entry_and_reason(
    case: tuple[str, str, str, str], swap: Break, faults: Reasons
) -> None:
    name, old, new, line = case
    swap(name, old, new)
    assert line in faults()


@pytest.mark.parametrize(("field", "what"), [("target", "target"), ("coder", "coder")])
def test_stance_on_an_unknown_target_or_by_an_unknown_coder_is_refused(
    field: str, what: str, folder: Path, faults: Reasons
) -> None:
    path = folder / NOTES
    known = {"target": "late-opening", "coder": "coder-1"}[field]
    path.write_text(path.read_text("utf-8").replace(f'{field} = "{known}"', f'{field} = "none"'))
    line = f"{COSTLY[:-2]}, stance 1: {field} is 'none', but there is no {what} of that key"
    assert line in faults()


def test_stance_by_one_coder_on_one_target_twice_is_refused(folder: Path, faults: Reasons) -> None:
    path = folder / NOTES
    text = path.read_text("utf-8")
    path.write_text(text + text[text.rindex("[[quotes.stances]]") :])
    assert faults() == [f"{COSTLY[:-2]}, stance 2: 'coder-1' coded 'late-opening' twice"]


def test_after_and_before_pick_one_occurrence(folder: Path, swap: Break) -> None:
    swap(NOTES, 'spans = ["costly"]', 'spans = ["council"]\nafter = "A spokesman for the"')
    swap(TOP, 'text = "costly"', 'text = "council"')
    quote = load_collection(folder).articles[0].quotes[-1]
    assert (quote.key, quote.suffix) == ("costly", " called the plan “costly”.")


def test_a_changed_document_is_refused(folder: Path, faults: Reasons) -> None:
    path = folder / "documents" / "meeting.txt"
    path.write_bytes(path.read_bytes() + b" ")
    (line,) = faults()
    assert line.startswith(
        f"{NOTES}: article: sha256 differs: the file 'documents/meeting.txt' has"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe", "'documents/meeting.txt': not UTF-8: byte 0xff at offset 0"),
        (b"a\x00", "'documents/meeting.txt': contains a NUL character at offset 1"),
    ],
)
def test_a_document_that_is_no_text_is_refused(
    data: bytes, reason: str, folder: Path, faults: Reasons
) -> None:
    (folder / "documents" / "meeting.txt").write_bytes(data)
    assert any(reason in line for line in faults())


def test_a_link_out_of_the_folder_is_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, faults: Reasons
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "meeting.txt"
    path = folder / "documents" / "meeting.txt"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)
    line = f"{NOTES}: article: file 'documents/meeting.txt' lies outside the collection's folder"
    assert line in faults()


def test_the_same_text_twice_is_refused(folder: Path, faults: Reasons) -> None:
    path = folder / NOTES
    path.with_name("second.toml").write_bytes(path.read_bytes())
    assert faults() == [
        "annotations/second.toml: article: has the same text as 'documents/meeting.txt'"
    ]


def test_a_file_that_is_no_toml_is_refused(folder: Path, faults: Reasons) -> None:
    (folder / NOTES).write_text("[article\n")
    first, *rest = faults()
    assert first.startswith(f"{NOTES}: file: cannot be read: ")
    assert all(line.startswith(TOP) for line in rest)


def test_an_empty_folder_is_refused(tmp_path: Path, faults: Reasons) -> None:
    for path in sorted(tmp_path.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert faults() == [
        f"{TOP}: file: cannot be read: No such file or directory",
        "annotations: folder: holds no annotation file (*.toml)",
    ]


def test_all_faults_are_told_at_once(swap: Break, faults: Reasons) -> None:
    swap(TOP, 'role = "librarian"\n', "")
    swap(NOTES, 'rights = "excerpt"', 'rights = "all"')
    swap(NOTES, 'spans = ["costly"]', 'spans = ["dear"]')
    lines = faults()
    assert f"{TOP}: memberships number 1: role is missing" in lines
    assert f"{NOTES}: article: rights is 'all'; it may be excerpt, full" in lines
    assert f"{COSTLY}the words 'dear' are not in the body" in lines
