"""The page of promises names every row of its plan and tests that exist; so does the checklist."""

import ast
import re
from functools import cache

from django.conf import settings

PAGE = settings.BASE_DIR / "docs" / "promises.md"
ROWS = {"L": 9, "F": 12, "B": 15, "A": 15, "I": 9}
ANSWERS = ("met", "not met", "does not apply")
STATES = ("kept", "in part", "not yet")


def lines() -> dict[str, list[str]]:
    """Return the cells of each row by its id."""
    found = re.findall(r"^\| ([A-Z]\d+)(?: \(2\))? \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
    assert len(found) == len(dict(found)), "a row stands twice"
    return {row: cells.split(" | ") for row, cells in found}


@cache
def functions_in(path: str) -> set[str]:
    tree = ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_its_row_and_says_how_far_it_is_kept() -> None:
    found = lines()

    assert sorted(found) == sorted(
        f"{letter}{number}" for letter, last in ROWS.items() for number in range(1, last + 1)
    )
    for row, (promise, checked, how_far) in found.items():
        assert promise
        assert checked, row
        assert how_far.startswith(STATES), row


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text())

    assert len(named) > 80
    assert [f"{path}::{name}" for path, name in named if name not in functions_in(path)] == []


def test_what_is_kept_names_a_test_or_a_reason() -> None:
    unfounded = [
        row
        for row, (_, checked, how_far) in lines().items()
        if how_far.startswith("kept") and "::" not in checked and not checked.startswith("reason:")
    ]

    assert unfounded == []


def test_self_assessment_answers_each_requirement_once_and_names_files_that_exist() -> None:
    text = (PAGE.parent / "asvs.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (\d+\.\d+\.\d+) \| (met|not met|does not apply) \| (.+) \|$", text, re.M
    )
    counts = [sum(state == wanted for _, state, _ in rows) for wanted in ANSWERS]

    assert len({number for number, _, _ in rows}) == len(rows) > 250
    assert (
        "Of {} requirements {} are met, {} are not, {} do not apply".format(len(rows), *counts)
        in text
    )
    paths = re.findall(r"`((?:[a-z]+/)+[\w.*]+)`", text)
    assert [path for path in paths if not any(settings.BASE_DIR.glob(path))] == []


def test_what_tries_more_often_with_check_hard_is_marked_for_it() -> None:
    asks = [
        path
        for path in (settings.BASE_DIR / "tests").rglob("test_*.py")
        if re.search(r"tests\.hard import|import .*\bhard\b", path.read_text())
    ]

    assert len(asks) > 9
    assert [path.name for path in asks if "@pytest.mark.hard\n" not in path.read_text()] == []
