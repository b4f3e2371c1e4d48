"""Imports go one way and nothing grows without end; each rule was broken once on a small tree."""

from pathlib import Path

import pytest

from tests.architecture import LAYERS, REASONS, faults

ROOT = Path(__file__).resolve().parent.parent


def tree(folder: Path, **texts: str) -> Path:
    """Write files named by their dotted module name with `__` for the dots."""
    for name, text in texts.items():
        path = folder / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_project_keeps_its_architecture() -> None:
    assert faults(ROOT) == []


def test_each_row_stands_in_one_layer() -> None:
    rows = [row for names in LAYERS.values() for row in names]

    assert len(rows) == len(set(rows))
    assert [sorted(names) for names in LAYERS.values()] == [list(n) for n in LAYERS.values()]


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("quotes.views.search", "from quotes.review import publish"),
        ("quotes.review", "from quotes import versions"),
        ("quotes.review", "from people.models import Person"),
        ("quotes.models.quote", "import quotes.choices"),
        ("quotes.collection.load", "from quotes.models import Quote"),
        ("quotes.collection.load", "from django.db import transaction"),
        ("quotes.extraction.marks", "from quotes.extraction.words import Word"),
        ("quotes.extraction.marks", "import re, unicodedata"),
        ("quotes.querysets", "if TYPE_CHECKING:\n    from quotes.models import Quote"),
        ("config.urls", "from quotes.views import home"),
        ("people.names", "import unicodedata"),
        ("people.admin", "def ready():\n    import json  # models are loaded by now"),
    ],
)
def test_import_that_is_right_passes(tmp_path: Path, module: str, statement: str) -> None:
    assert faults(tree(tmp_path, **{module.replace(".", "__"): statement})) == []


@pytest.mark.parametrize(
    ("module", "statement", "fault"),
    [
        (
            "quotes.models.quote",
            "from quotes.review import publish",
            "quotes.models.quote (models) may not import quotes.review.publish (steps)",
        ),
        (
            "quotes.review",
            "from quotes import views",
            "quotes.review (steps) may not import quotes.views (edges)",
        ),
        (
            "quotes.listing",
            "import quotes.api.urls",
            "quotes.listing (readings) may not import quotes.api.urls (edges)",
        ),
        (
            "quotes.collection.format",
            "from quotes.collection.load import load",
            "quotes.collection.format (plain) may not import quotes.collection.load.load (steps)",
        ),
        (
            "people.models",
            "from quotes.choices import Status",
            "people may not import quotes: quotes.choices.Status",
        ),
        (
            "people.models",
            "if TYPE_CHECKING:\n    from quotes.models import Quote",
            "people may not import quotes: quotes.models.Quote",
        ),
        (
            "base.dates",
            "from people.models import Person",
            "base may not import people: people.models.Person",
        ),
        (
            "quotes.views.search",
            "from config import settings",
            "quotes may not import config: config.settings",
        ),
        (
            "config.context",
            "from quotes.models import Quote",
            "config.context (base) may not import quotes.models.Quote (models)",
        ),
        (
            "quotes.review",
            "from tests.conftest import block",
            "quotes.review imports the tests",
        ),
        (
            "quotes.spans",
            "from django.db import models",
            "quotes.spans is plain Python and may not import django.db.models",
        ),
        (
            "quotes.extraction.marks",
            "import edtf",
            "quotes.extraction.marks may import only Python's own modules and quotes.extraction: "
            "edtf",
        ),
        (
            "quotes.extraction.marks",
            "from quotes.spans import Span",
            "quotes.extraction.marks may import only Python's own modules and quotes.extraction: "
            "quotes.spans.Span",
        ),
        (
            "quotes.review",
            "def publish():\n    from quotes.versions import record",
            f"an import inside a function needs one of these comments: {'; '.join(REASONS)}",
        ),
        (
            "quotes.review",
            "def publish():\n    import json  # because",
            f"an import inside a function needs one of these comments: {'; '.join(REASONS)}",
        ),
        (
            "quotes.helpers",
            "",
            "quotes.helpers has no row in LAYERS: which step is it?",
        ),
    ],
)
def test_import_that_is_wrong_is_named(
    tmp_path: Path, module: str, statement: str, fault: str
) -> None:
    found = faults(tree(tmp_path, **{module.replace(".", "__"): statement}))

    assert [line.split(": ", 1)[1] for line in found] == [fault]


def test_migrations_are_left_alone(tmp_path: Path) -> None:
    text = "from quotes.views import home\n" * 401

    assert faults(tree(tmp_path, people__migrations__0001_initial=text)) == []


@pytest.mark.parametrize(("lines", "expected"), [(400, []), (401, ["401 lines, more than 400"])])
@pytest.mark.parametrize("name", ["quotes/review.py", "templates/a.html", "static/a.css"])
def test_long_file_is_named(tmp_path: Path, name: str, lines: int, expected: list[str]) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text("\n" * lines, encoding="utf-8")

    assert [line.split(": ")[1] for line in faults(tmp_path)] == expected


def test_vendored_file_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / "static/vendor/sheet.css"
    path.parent.mkdir(parents=True)
    path.write_text("\n" * 999, encoding="utf-8")

    assert faults(tmp_path) == []


@pytest.mark.parametrize(("lines", "expected"), [(80, []), (81, ["81 lines, more than 80"])])
def test_long_function_is_named(tmp_path: Path, lines: int, expected: list[str]) -> None:
    body = "def publish():\n" + "    pass\n" * (lines - 1)

    found = faults(tree(tmp_path, quotes__review=body))

    assert [line.split("() has ")[1] for line in found] == expected
