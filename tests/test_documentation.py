"""The pages that name what the code has, held against the code."""

import re

import pytest
from django.conf import settings

from quotes.choices import NON_VALUES, VALUES_BY_KIND, TargetKind

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
