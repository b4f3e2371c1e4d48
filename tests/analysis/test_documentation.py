"""What can be asked for and styled stands on its page."""

import re
from pathlib import Path

import pytest

from quotes.analysis import duplicates, options
from tests.analysis.test_charts import charts

PAGE = (Path(__file__).resolve().parents[2] / "docs/networks.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *duplicates.RULES,
        *options.AGGREGATIONS["one_mode"],
        *options.AGGREGATIONS["two_mode"],
        *(set(options.NORMALISATIONS["one_mode"]) | set(options.NORMALISATIONS["two_mode"]))
        - {"no"},
    ],
)
def test_page_explains_each_option(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_page_lists_each_class_of_the_charts() -> None:
    used = {
        name
        for chart in charts()
        for names in re.findall(r'class="([^"]+)"', chart.svg)
        for name in names.split()
    }
    for name in used:
        whole = f"`{name}`" in PAGE
        assert whole or re.sub(r"^(mark|bar|tie)(-[a-z]+)$", r"`\2`", name) in PAGE, name
