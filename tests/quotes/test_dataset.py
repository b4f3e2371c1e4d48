"""The dataset: valid by the standard, the same bytes again, nothing that is not public."""

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from frictionless import system, validate

from people.models import Membership
from quotes import merging, notices, review
from quotes.dataset.export import Exported, export
from quotes.dataset.tables import TABLES
from quotes.exports.past import written
from quotes.exports.state import as_of_now
from quotes.models import Utterance
from tests import factories
from tests.planted import Planted, plant

pytestmark = pytest.mark.django_db
ODD = "=1+1, “two”\r\nlines — ἀλφα 🛥"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.PUBLISH_CODINGS = True


@pytest.fixture
def record() -> list[Planted]:
    """Three published quotes, one with a reply and odd characters; a merged and a withdrawn one."""
    made = [plant(f"canary{number}", "published") for number in range(3)]
    editor = factories.user()
    review.correct(quote=made[0].quote, by=editor, why="Checked again", note=ODD, said="2008-11")
    notices.give_notice(
        quote=made[0].quote, kind="reply", text="No.", dated=date(2009, 1, 2), by=editor, why="Sent"
    )
    merged, gone = factories.quote(), factories.quote()
    merging.merge(quote=merged, into=made[1].quote, by=editor, why="The same")
    review.withdraw(quote=gone, by=editor, reason="error", public_note="Misread")
    return made


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_package_is_valid_and_says_what_is_in_it(record: list[Planted], tmp_path: Path) -> None:
    done = export(tmp_path / "out", sqlite=True, root="https://record.example")

    with system.use_context(trusted=True):
        report = validate(tmp_path / "out" / "datapackage.json")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    rows = {resource["name"]: resource["rows"] for resource in package["resources"]}

    assert report.valid, report.flatten(["title", "message"])
    assert package["id"] == f"sha256:{done.snapshot.id}"
    assert rows == {
        **dict.fromkeys(("quotes", "stances", "codings", "articles", "people"), 3),
        **dict.fromkeys(("memberships", "organizations", "outlets", "targets", "utterances"), 3),
        **{"versions": 7, "notices": 1, "redirects": 4, "withdrawals": 1},
    }
    assert {name: len(table(tmp_path / "out", name)) for name in rows} == rows
    for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines():
        sha256, path = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / path).read_bytes()).hexdigest() == sha256


def test_every_character_is_kept_in_both_forms(record: list[Planted], tmp_path: Path) -> None:
    export(tmp_path / "out", sqlite=True)

    shown = {row["id"]: row for row in table(tmp_path / "out", "quotes")}
    rows = sqlite3.connect(tmp_path / "out" / "dataset.sqlite")
    both = dict(rows.execute("SELECT id, note FROM quotes"))

    # A note is no part of a citation, but this edit changed the date too, so it has a version.
    assert shown[str(record[0].quote.public_id)]["note"] == both[record[0].quote.public_id]
    assert both[record[0].quote.public_id].replace("\r\n", "\n") == ODD.replace("\r\n", "\n")
    for name in TABLES:
        count = rows.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        assert count == len(table(tmp_path / "out", name)), name
    rows.close()


def test_the_same_snapshot_is_the_same_bytes_whatever_came_after(
    record: list[Planted], tmp_path: Path
) -> None:
    at = as_of_now()
    first = export(tmp_path / "one", at=at, sqlite=True)
    again = export(tmp_path / "two", at=at, sqlite=True)
    editor = factories.user()
    person = record[0].person
    person.name, person.summary = "Speaker Renamed", "Another"
    person.save()
    Membership.objects.create(person=person, role="clerk")
    review.correct(quote=record[1].quote, by=editor, why="Later", speaker_text="Someone else")
    review.withdraw(quote=record[2].quote, by=editor, reason="error")
    Utterance.objects.update(title="Renamed")
    factories.quote(by=editor)
    later = export(tmp_path / "three", at=at, sqlite=True)
    now = export(tmp_path / "four")

    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")
    assert first.snapshot.id == again.snapshot.id == later.snapshot.id != now.snapshot.id


def test_nothing_hidden_and_no_protected_name_is_in_any_file(tmp_path: Path) -> None:
    for number, status in enumerate(("candidate", "accepted", "rejected", "withdrawn")):
        planted = plant(f"zqhidden{number}", "published" if status == "withdrawn" else status)
        if status == "withdrawn":
            review.withdraw(
                quote=planted.quote,
                by=factories.user(),
                reason="court-order",
                public_note="zqhidden note",
            )
    before = plant("visible", "published")
    at = as_of_now()
    protected = plant("zqprotected", "published", protected=True)

    export(tmp_path / "out", sqlite=True)
    before.person.protected, before.person.public_role = True, "a relative"
    before.person.save()
    export(tmp_path / "old", at=at, sqlite=True)

    everything = b"".join(contents(tmp_path / "out").values())
    assert b"zqhidden" not in everything
    for secret in (
        " Person",
        " Alias",
        " as printed",
        " role",
        "before",
        "after",
        "far",
        "-person",
    ):
        assert f"zqprotected{secret}".encode() not in everything, secret
    assert b"a relative" in everything
    assert str(protected.quote.public_id).encode() in everything
    # Protected after the moment: kept back from an old state too.
    assert b"visible Person" not in b"".join(contents(tmp_path / "old").values())


def test_the_page_offers_snapshots_until_one_must_be_closed(
    client: Client, record: list[Planted], tmp_path: Path
) -> None:
    assert "None has been made yet" in client.get("/data").content.decode()

    call_command("export_dataset", tmp_path / "out", "--offer", "--sqlite", stdout=io.StringIO())
    (snapshot, closed), *_ = client.get("/data").context["snapshots"]
    answer: Any = client.get(f"/data/{snapshot.file}")
    data = b"".join(answer.streaming_content)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()

    assert (closed, answer.status_code) == (False, 200)
    assert hashlib.sha256(data).hexdigest() == snapshot.sha256
    assert names == sorted(contents(tmp_path / "out"))
    for name in ("people", "memberships", "organizations", "outlets", "targets", "utterances"):
        small: Any = client.get(f"/data/{name}.csv")
        assert b"".join(small.streaming_content) == (tmp_path / "out" / f"{name}.csv").read_bytes()

    review.withdraw(quote=record[0].quote, by=factories.user(), reason="court-order")
    assert client.get(f"/data/{snapshot.file}").status_code == 410
    assert f'href="/data/{snapshot.file}"' not in client.get("/data").content.decode()
    for path in (
        "/data/quotes.csv",
        "/data/nothing.csv",
        "/data/dataset-2026-11-22-0123456789ab.zip",
    ):
        assert client.get(path).status_code == 404, path


def test_what_can_not_be_exported_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")

    with pytest.raises(CommandError, match="not empty"):
        call_command("export_dataset", tmp_path / "full")
    with pytest.raises(CommandError, match="still to come"):
        call_command("export_dataset", tmp_path / "out", "--as-of", "2999-01-01T00:00:00Z")
    done: Exported = export(tmp_path / "empty", sqlite=True)
    assert {file.rows for file in done.snapshot.files.values()} == {0}
    assert written(done.snapshot.at).startswith("1970")


def test_queries_grow_by_batches_not_by_rows(record: list[Planted], tmp_path: Path) -> None:
    with CaptureQueriesContext(connection) as few:
        export(tmp_path / "one")
    for number in range(3, 7):
        plant(f"canary{number}", "published")
    with CaptureQueriesContext(connection) as more:
        export(tmp_path / "two")
    assert len(few) == len(more)
