"""Only regular files under the folder that was given; nothing hangs."""

import os
from pathlib import Path

import pytest

from quotes.parsing import RefusedError, Sandbox, find, parse_file
from quotes.parsing.files import open_file


def refusal(root: Path, name: str) -> str:
    with pytest.raises(RefusedError) as refused:
        os.close(open_file(root, name))
    return refused.value.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    (inside / "sub").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("Words outside")
    (inside / "a.txt").write_text("Words inside")
    (inside / "sub" / "b.html").write_text("<p>Words</p>")
    return inside


def test_way_out_is_refused(folder) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "up").symlink_to(folder.parent)

    assert refusal(folder, "../outside.txt") == "outside_folder"
    assert refusal(folder, str(folder.parent / "outside.txt")) == "outside_folder"
    assert refusal(folder, "sub/../../outside.txt") == "outside_folder"
    assert refusal(folder, "link.txt") == "not_a_file"
    assert refusal(folder, "up/outside.txt") == "unreadable"


def test_what_is_no_regular_file_is_refused_without_waiting(folder) -> None:
    os.mkfifo(folder / "pipe.txt")

    assert refusal(folder, "pipe.txt") == "not_a_file"
    assert refusal(folder, "sub") == "not_a_file"
    assert refusal(Path("/dev"), "zero") == "not_a_file"


@pytest.mark.parametrize("name", ["", "a\0.txt", "x" * 301, "x" * 270, "not-there.txt"])
def test_name_that_names_nothing_is_refused(folder, name) -> None:
    assert refusal(folder, name) in ("unreadable", "outside_folder")


def test_folder_is_searched_in_order_and_its_page_parts_passed_over(folder) -> None:
    (folder / "page.html").write_text("<p>Words</p>")
    (folder / "page_files").mkdir()
    (folder / "page_files" / "frame.html").write_text("<p>Advert</p>")
    (folder / "picture.png").write_text("x")
    (folder / ".hidden.txt").write_text("x")
    (folder / "loop").symlink_to(folder)

    assert [found.name for found in find(folder)] == ["a.txt", "page.html", "sub/b.html"]
    assert [found.name for found in find(folder / "picture.png")] == ["picture.png"]


def test_file_that_is_too_large_is_refused_unread(folder) -> None:
    with (folder / "large.txt").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)

    with Sandbox() as sandbox, pytest.raises(RefusedError) as refused:
        list(parse_file(sandbox, folder, "large.txt"))

    assert refused.value.reason == "too_large"


def test_parsing_process_knows_nothing_of_the_site(folder) -> None:
    with Sandbox() as sandbox:
        list(parse_file(sandbox, folder, "a.txt"))
        process = sandbox._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ").read_text()

    assert "SECRET" not in environment
    assert "DATABASE" not in environment
    assert process.poll() is not None
