"""The pages that name what the code has, held against the code."""

import re

import pytest
from django.conf import settings

from quotes.choices import NON_VALUES, VALUES_BY_KIND, RejectReason, TargetKind
from quotes.filters import NOT, QuoteForm
from quotes.scope import OptionsForm
from quotes.search.examples import EXAMPLES
from quotes.views.compare import CompareForm
from quotes.views.network_forms import CampsForm, NetworkForm
from quotes.views.responsibility import ResponsibilityForm
from quotes.wording import VALUE_MEANINGS

DOCS = settings.BASE_DIR / "docs"


def table_words(page: str, heading: str) -> list[str]:
    """Return the first column's code words of the table under a heading."""
    text = (DOCS / page).read_text(encoding="utf-8")
    section = text.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("A subject", [v for v in VALUES_BY_KIND[TargetKind.SUBJECT] if v not in NON_VALUES]),
        ("A claim", [v for v in VALUES_BY_KIND[TargetKind.CLAIM] if v not in NON_VALUES]),
        ("Neither", list(NON_VALUES)),
    ],
)
def test_codebook_page_has_the_stance_values_of_the_code(heading: str, values: list[str]) -> None:
    assert table_words("codebook.md", heading) == values


def test_review_page_has_the_reasons_of_the_code() -> None:
    text = (DOCS / "review.md").read_text(encoding="utf-8")
    section = text.split("### Why candidates are rejected", 1)[1].split("\n## ", 1)[0]

    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == RejectReason.values


def test_keys_of_the_review_screen_are_on_its_sheet_and_in_its_page() -> None:
    script = (settings.BASE_DIR / "static/editing/review.js").read_text(encoding="utf-8")
    table = script.split("const KEYS = {", 1)[1].split("\n  };", 1)[0]
    keys = set(re.findall(r'^    "?([A-Za-z?])"?:', table, re.MULTILINE))
    sheet = settings.BASE_DIR / "templates/admin/quotes/screen/_keys.html"
    shown = set(re.findall(r"<kbd>([A-Za-z?])</kbd>", sheet.read_text(encoding="utf-8")))
    page = (DOCS / "review.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`([A-Za-z?])`", page.split("| Key |", 1)[1].split("\n\n", 1)[0]))

    assert len(keys) >= 15
    assert shown == keys
    assert described == keys


@pytest.mark.parametrize("form", [CompareForm, NetworkForm, CampsForm, ResponsibilityForm])
def test_analysis_page_has_the_options_of_the_code(form: type[OptionsForm]) -> None:
    section = (DOCS / "analysis.md").read_text(encoding="utf-8").split("## Options", 1)[1]
    described = set(re.findall(r"`([a-z_]+)`", section))

    assert set(form.base_fields) <= described


def test_codebook_page_says_what_values_mean_as_the_site_does() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")

    found = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+?) \|", text, re.MULTILINE))

    assert found == VALUE_MEANINGS


def test_search_page_has_the_parameters_examples_and_codes_of_the_code() -> None:
    text = (DOCS / "search.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \|", text.split("## Parameters", 1)[1], re.MULTILINE)
    parameters = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]
    scanned = "".join(
        (settings.BASE_DIR / f"quotes/search/{module}.py").read_text(encoding="utf-8")
        for module in ("language", "scanning")
    )
    codes = set(re.findall(r'(?:SearchError|_refuse)\(\s*"([a-z-]+)"', scanned))
    said = set(re.findall(r"`([a-z]+-[a-z]+)`", text.split("| Code |", 1)[1].split("\n\n", 1)[0]))

    assert sorted(parameters) == sorted(
        name for name in QuoteForm.base_fields if not name.startswith(NOT)
    )
    for typed, finds in EXAMPLES:
        assert f"| `{typed}` | {finds} |" in text
    assert said == codes


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(settings.BASE_DIR)} -> {link}"
        for page in [*settings.BASE_DIR.glob("*.md"), *DOCS.rglob("*.md")]
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]

    assert broken == []


def test_decisions_are_numbered_once() -> None:
    numbers = [page.name[:4] for page in sorted((DOCS / "decisions").glob("*.md"))]

    assert numbers == sorted(set(numbers))
