"""docs/api.md: every call on it is made against a real server, as it stands there."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from quotes.api import addresses

PAGE = (settings.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")
CALLS = re.findall(r"^```(sh|python)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
# What each prints, in the order of the page: some words of it.
PRINTED = (
    '"results": [{"id": ',
    "deny “Media pressure drove the action against Haringey”",
    "stances",
    "denies",
    "outlet",
    "304",
    '"parameter":"stance"',
)


def test_every_call_works_as_it_stands(live_server: LiveServer, tmp_path: Path) -> None:
    call_command("load_seeds", verbosity=0)
    outputs = []
    for language, text in CALLS:
        if language == "sh":
            script = f"set -eu\nSITE={live_server.url}\n{text}"
            command = ["bash", "-c", script]
        else:
            command = [sys.executable, "-c", f"SITE = {live_server.url!r}\n{text}"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, (text, done.stderr)
        outputs.append(done.stdout)

    assert len(outputs) == len(PRINTED)
    for expected, output in zip(PRINTED, outputs, strict=True):
        assert expected.replace(" ", "") in output.replace(" ", ""), output


def test_page_lists_every_address() -> None:
    paths = {
        re.sub(r"\(\?P<(\w+)>.*?\)", r"{\1}", str(entry.pattern).strip("^").removesuffix("\\Z"))
        for entry in addresses.urlpatterns
    }

    assert set(re.findall(r"`/api/v1/([^`]+)`", PAGE)) - {"schema"} == paths


@pytest.mark.parametrize("name", ["PUBLISH_CODINGS", "API_PER_MINUTE"])
def test_page_names_the_settings(name: str, settings: Any) -> None:
    assert f"`{name}`" in PAGE
    assert hasattr(settings, name)
