"""docs/data-format.md tells the whole format, and its example works."""

import re
from pathlib import Path

import pytest

from quotes.collection import fields, load_collection
from tests.collection.conftest import FORMAT_PAGE

HEADINGS = {
    "collection.toml": "## collection.toml",
    "annotation": "## annotations/NAME.toml",
    "collection": "### `[collection]`",
    "article": "### `[article]`",
    "targets.values": "### `[targets.values]`",
    "targets.example": "### `[targets.example]`",
    "targets.counter_example": "### `[targets.example]`",
}


def section(table: str) -> str:
    """Return the part of the page on one table."""
    heading = HEADINGS.get(table, f"### `[[{table}]]`")
    found = re.search(
        rf"^{re.escape(heading)}.*?$(?P<text>.*?)(?=^##|\Z)",
        FORMAT_PAGE.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert found, f"no section {heading}"
    return found["text"]


@pytest.mark.parametrize("table", fields.TABLES)
def test_format_page_has_every_field_in_its_table(table: str) -> None:
    rows = re.findall(r"^[|] (`.*) [|]$", section(table), re.MULTILINE)
    # The values stand in two columns, one a kind; everywhere else a row begins with its field.
    columns = 2 if table == "targets.values" else 1
    cells = {cell.strip(" `") for row in rows for cell in row.split("|")[:columns]}
    assert cells == set(fields.TABLES[table])


@pytest.mark.parametrize(
    ("table", "name"),
    [(table, name) for table, row in fields.TABLES.items() for name in row if row[name].choices],
)
def test_format_page_names_every_value_of_a_field(table: str, name: str) -> None:
    choices = fields.TABLES[table][name].choices
    where = "targets.values" if choices == fields.ALL_VALUES else table
    missing = [word for word in choices if f"`{word}`" not in section(where)]
    assert missing == []


def test_format_page_example_loads(folder: Path) -> None:
    collection = load_collection(folder)
    (article,) = collection.articles
    assert [quote.text for quote in article.quotes] == [
        "The town library will stay open until ten",
        "The readers asked for it, […] and they were right.",
        "costly",
    ]
    assert [stance.value for quote in article.quotes for stance in quote.stances] == [
        "supports",
        "criticises",
    ]
