"""Every style against the strings that citeproc-js prints: equal, or a listed exception."""

import html
import json
import tomllib
from pathlib import Path

import pytest

from quotes.citations.styles import STYLES, Form, cite
from tests.citations.regenerate import GOLDEN, ITEMS, PREFIXES, cases

EXPECTED: dict[str, list[str]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
LISTED = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
EXCEPTIONS: dict[str, list[str]] = {
    key: texts for group in LISTED["exceptions"] for key, texts in group["citations"].items()
}
MOST_EXCEPTIONS = 0.05


def printed(key: str) -> list[str]:
    """Return what we print for one citation, as the golden file writes it."""
    name, style, form = key.split(" | ")
    cited = cite(ITEMS[name], style, Form(form))
    for text in (cited.in_text, cited.reference):
        assert html.unescape(text.html).replace("<i>", "").replace("</i>", "") == text.plain
    return [html.unescape(cited.in_text.html), html.unescape(cited.reference.html)]


@pytest.mark.parametrize("style", STYLES)
def test_style_prints_what_the_golden_file_holds(style: str) -> None:
    wanted = {key: EXCEPTIONS.get(key, EXPECTED[key]) for key in EXPECTED if f"| {style} |" in key}

    assert {key: printed(key) for key in wanted} == wanted


def test_exceptions_are_needed() -> None:
    assert [key for key in EXCEPTIONS if EXCEPTIONS[key] == EXPECTED[key]] == []


def test_exceptions_have_reasons_and_are_few() -> None:
    assert all(len(group["reason"]) > 20 for group in LISTED["exceptions"])
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS * len(EXPECTED)


def test_golden_file_holds_every_item_in_every_style() -> None:
    asked = {f"{name} | {style} | {form}" for name, _, form, _ in cases() for style in STYLES}

    assert asked == set(EXPECTED)
    assert len(ITEMS) >= 120
    assert set(PREFIXES) == set(STYLES)
