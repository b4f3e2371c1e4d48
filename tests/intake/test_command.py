"""manage.py ingest: what it says and how it ends."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from quotes.models import Article, Outlet, Quote
from tests.intake.documents import folder, text

pytestmark = pytest.mark.django_db


def ingest(*arguments: object) -> tuple[int, str]:
    """Run the command; return its exit code and what it said."""
    out = StringIO()
    try:
        call_command("ingest", *map(str, arguments), stdout=out, stderr=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_command_says_what_became_of_each(tmp_path: Path) -> None:
    folder(tmp_path, 3)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0")

    code, said = ingest(tmp_path)

    assert code == 1
    assert "refused empty.txt: empty. There is nothing in it." in said
    assert "refused old.docx: unsupported_format." in said
    assert "copy 000.txt: 95% as article" in said
    assert "6 documents in" in said
    assert "  3 new\n" in said
    assert "  1 near-duplicates of an article that was there\n" in said
    assert f"  {Quote.objects.count()} candidates for review\n" in said
    assert "  2 refused\n    1 empty\n    1 unsupported_format" in said


def test_kind_of_source_is_of_every_document(tmp_path: Path) -> None:
    code, _ = ingest(folder(tmp_path, 2), "--kind", "interview")

    assert code == 0
    assert set(Article.objects.values_list("kind", flat=True)) == {"interview"}


def test_dry_run_stores_nothing(tmp_path: Path) -> None:
    code, said = ingest(folder(tmp_path, 2), "--dry-run", "--outlet", "Gazette")

    assert code == 0
    assert "Nothing was stored (--dry-run)." in said
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_collection_is_read_by_a_map_of_columns(tmp_path: Path) -> None:
    rows = [{"words": text(n), "when": f"2009-03-{n:02}", "kind": "x"} for n in range(1, 6)]
    collection = tmp_path / "all.jsonl"
    collection.write_text("\n".join(map(json.dumps, rows)) + '\n{"words": ""}\n')
    report = tmp_path / "report.jsonl"

    code, said = ingest(
        *(collection, "--column", "text=words", "--column", "published=when"),
        *("--outlet", "The Gazette", "--report", report),
    )

    assert code == 1
    assert "refused all.jsonl#6: bad_row." in said
    dates = Article.objects.order_by("published").values_list("published", flat=True)
    assert list(dates) == [row["when"] for row in rows]
    assert {article.outlet.name for article in Article.objects.all()} == {"The Gazette"}
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["outcome"] or line["reason"] for line in lines] == [*["new"] * 5, "bad_row"]


def test_limit_stops_and_the_next_run_goes_on(tmp_path: Path) -> None:
    papers = folder(tmp_path, 9)

    ingest(papers, "--limit", "4")
    assert Article.objects.count() == 4
    ingest(papers)
    assert Article.objects.count() == 10


@pytest.mark.sqlite
def test_full_disk_is_said_and_leaves_whole_documents(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
    try:
        with pytest.raises(CommandError, match=r"full.*run it again"):
            ingest(folder(tmp_path, 30))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    stored = Article.objects.count()
    assert stored < 30
    assert all(article.quotes.count() >= 3 for article in Article.objects.all())

    code, _ = ingest(tmp_path)

    assert code == 0
    assert Article.objects.count() == 33
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)


@pytest.mark.parametrize(
    "arguments", [["--workers", "0"], ["--column", "text"], ["--limit", "-1"], ["--workers", "١"]]
)
def test_argument_that_makes_no_sense_is_said(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises((CommandError, SystemExit)):
        call_command("ingest", str(tmp_path), *arguments)


def test_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Not there"):
        ingest(tmp_path / "nothing")


def test_name_of_any_bytes_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text(text(1))
    (tmp_path / "bad\udce9\n.txt").write_bytes(b"")

    code, said = ingest(tmp_path)

    assert code == 1
    assert "refused bad?.txt: empty." in said
    assert Article.objects.get().source_file == "caf?.txt"
