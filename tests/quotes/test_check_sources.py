"""Saved copies against the record: what stands, moved, changed or is missing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories

pytestmark = pytest.mark.django_db


def check(*paths: Path, **options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_sources", *paths, stdout=out, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("", "", 0, "1 unchanged, 0 moved, 0 changed, 0 missing"),
        ("Speaker A", "\ufeff Last night Speaker A", 0, "0 unchanged, 1 moved"),
        ("count every boat", "count every ship", 1, "is now “We will count every ship”"),
        ("“We will count every boat.” ", "", 1, "missing: “We will count every boat.”"),
    ],
)
def test_copy_is_compared_with_the_record(
    tmp_path: Path, old: str, new: str, code: int, said: str
) -> None:
    quote = factories.quote()
    article = quote.article
    path = tmp_path / "copy.txt"
    path.write_text(article.body.replace(old, new, 1))

    found = check(path, article=article.public_id)

    assert found[0] == code
    assert said in found[1]


def test_copy_is_found_by_its_headline_and_a_strange_one_is_refused(tmp_path: Path) -> None:
    quote = factories.quote()
    copy, strange = tmp_path / "a.txt", tmp_path / "b.txt"
    copy.write_text(f"{quote.article.headline}\n\n{quote.article.body}")
    strange.write_text("Nothing of ours")

    assert check(copy)[1].startswith(f"a.txt: article {quote.article.public_id}")
    for path in (strange, tmp_path / "none.txt", tmp_path):
        with pytest.raises(CommandError):
            check(path)
