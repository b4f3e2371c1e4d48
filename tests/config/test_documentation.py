"""Each setting is in docs/settings.md and .env.example, each check in docs/settings.md."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = {"text", "flag", "number", "words"}
PAGE = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def settings_read() -> set[str]:
    """Return the first argument of each call of a reader in config/settings.py."""
    tree = ast.parse((ROOT / "config/settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_settings_page_lists_each_setting_and_no_other() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, flags=re.MULTILINE)) == settings_read()


def test_example_lists_each_setting_and_no_other() -> None:
    assert set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)) == settings_read()


def test_settings_page_lists_each_check_and_no_other() -> None:
    source = (ROOT / "config/checks.py").read_text(encoding="utf-8")

    assert set(re.findall(r"`(config\.[EWI]\d+)`", PAGE)) == set(
        re.findall(r'id="(config\.[EWI]\d+)"', source)
    )
