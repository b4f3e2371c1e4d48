"""Codings out and in again: the same codings, all of a file or nothing of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from lxml import etree

from quotes import stances
from quotes.exchange import FORMATS, Settings, apply, plan, read, record_as_project, write
from quotes.interchange import archive
from quotes.interchange.records import ImportRefusedError
from quotes.models import Article, Coder, CodingImport, Quote, Stance, StanceCoding, Target
from tests import factories
from tests.forms import client
from tests.interchange.test_dna import database

pytestmark = pytest.mark.django_db
LONG = "unit,target,coder,value,confidence,memo\n"
CREATE = Settings(create=True)
Rows = list[tuple[Any, ...]]


def rows() -> Rows:
    return sorted(
        StanceCoding.objects.values_list(
            "quote__public_id", "target__slug", "coder__slug", "value", "confidence", "memo"
        )
    )


def counts() -> list[int]:
    return [m.objects.count() for m in (Article, Quote, Target, Coder, StanceCoding, Stance)]


@pytest.fixture
def coded() -> Quote:
    """Two quotes of two articles, two targets, two coders; one quote in two stretches."""
    quote, other = (
        factories.quote(),
        factories.quote("And then,", "we will count them again."),
    )
    boats = factories.target(slug="boats", label="Boats")
    claim = factories.target("claim", slug="counted", label="Boats were counted")
    first, second = factories.coder(slug="first"), factories.coder(slug="second")
    for q, target, coder, value in (
        (quote, boats, first, "supports"),
        (quote, boats, second, "no_stance"),
        (quote, claim, first, "asserts"),
        (other, boats, second, "criticises"),
    ):
        stances.code(
            quote=q,
            target=target,
            coder=coder,
            value=value,
            confidence="high",
            memo="Why; in “two”\nlines, =1",
            by=factories.user(),
        )
    return quote


@pytest.mark.parametrize("format_name", ["long", "wide", "jsonl", "qdpx"])
def test_what_is_written_comes_back_as_the_same_codings(coded: Quote, format_name: str) -> None:
    before = rows()
    data = write(record_as_project(), format_name)
    kept = before if format_name != "wide" else [(*row[:4], "", "") for row in before]
    # The codings alone go, as they would on another copy of the record.
    Stance.objects.all().delete()
    StanceCoding.objects.all().delete()

    found = plan(read(f"x.{FORMATS[format_name].ending}", data, Settings()), Settings())
    apply(found, by=factories.user(), why="Imported")

    assert (found.faults, rows()) == ([], kept)
    assert StanceCoding.objects.first().history.latest().history_change_reason == "Imported"  # type: ignore[union-attr]
    assert Stance.objects.filter(basis="disputed").count() == 1
    again = plan(read(f"x.{FORMATS[format_name].ending}", data, Settings()), Settings())
    assert (again.same, again.new, again.changed) == (4, [], [])


def test_project_is_valid_by_the_schema(coded: Quote) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "interchange/refi_subset.xsd"))

    files = archive.unpack(write(record_as_project(), "qdpx"))

    schema.assertValid(etree.fromstring(files["project.qde"]))


def test_matrix_is_of_one_target_with_na_for_what_is_missing(coded: Quote) -> None:
    boats = Target.objects.get(slug="boats")
    other = Quote.objects.exclude(pk=coded.pk).get()
    names = sorted([str(coded.public_id), str(other.public_id)])

    table = write(record_as_project(target=boats), "numbers").decode().splitlines()

    assert table[0] == f"coder,{','.join(names)}"
    first = {"first": {str(coded.public_id): "1"}, "second": {str(other.public_id): "-1"}}
    for line in table[1:]:
        coder, *cells = line.split(",")
        assert cells == [first[coder].get(name, "NA") for name in names]
    with pytest.raises(ImportRefusedError, match="of one target"):
        write(record_as_project(), "matrix")


def test_published_export_holds_nothing_hidden(coded: Quote) -> None:
    hidden = factories.quote(status="accepted")
    factories.stance(hidden, Target.objects.get(slug="boats"), "mixed")

    public, every = record_as_project(published=True), record_as_project()

    assert (len(public.codings), len(every.codings)) == (4, 5)
    assert f"row-{hidden.pk}" not in {unit.id for unit in public.units}


def test_protected_speaker_is_their_role(coded: Quote) -> None:
    assert coded.speaker
    coded.speaker.protected, coded.speaker.public_role = True, "a relative"
    coded.speaker.save()

    assert record_as_project().units[0].speaker == "a relative"


def test_dna_file_comes_in_as_candidates_with_claims_and_coders() -> None:
    data = database(
        "INSERT INTO STATEMENTS VALUES (1, 1, 7, 19, 30, 1);"
        "INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 3, 3);"
        "INSERT INTO DATABOOLEAN VALUES (1, 1, 4, 0);"
    )
    refused = plan(read("x.dna", data, Settings()), Settings())
    assert {fault.split(":")[0].split(" “")[0] for fault in refused.faults} == {
        "document dna-7",
        "dna-1",
        "there is no target",
        "there is no coder",
    }

    found = plan(read("x.dna", data, CREATE), CREATE)
    apply(found, by=factories.user(), why="Imported from DNA")

    quote = Quote.objects.get()
    assert (quote.text, quote.status, quote.speaker_text, quote.method) == (
        "these words",
        "candidate",
        "Speaker A",
        "import",
    )
    coding = quote.codings.get()
    assert (coding.target.label, coding.target.kind, coding.value) == (
        "media pressure",
        "claim",
        "denies",
    )
    assert coding.target.proposition == "media pressure"
    assert (coding.coder.slug, coding.coder.user) == ("admin", None)
    assert quote.article.date_note == "From the imported file"


def test_accents_in_a_strangers_text_are_moved_to_the_canonical_text() -> None:
    text = "E\u0301mile said these words."
    data = database(
        "INSERT INTO STATEMENTS VALUES (1, 1, 7, 12, 23, 1);"
        "INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 3, 3);"
        "INSERT INTO DATABOOLEAN VALUES (1, 1, 4, 1);",
        text,
    )

    apply(plan(read("x.dna", data, CREATE), CREATE), by=factories.user(), why="x")

    assert Quote.objects.get().text == "these words"
    assert Article.objects.get().body == "\u00c9mile said these words."


REFUSED = {
    "wrong kind": "{id},counted,first,supports,,\n{id},counted,second,asserts,,",
    "unknown quote": "00000000,boats,first,supports,,",
    "unknown target": "{id},boots,first,supports,,",
    "unknown coder": "{id},boats,third,supports,,",
    "unknown confidence": "{id},counted,second,asserts,sure,",
    "coded already": "{id},boats,first,criticises,,\n{id},counted,second,asserts,,",
    "machine": "{id},boats,robot,supports,,",
}
REASONS = {
    "wrong kind": "“supports” is none of its values",
    "unknown quote": "there is no quote of this id",
    "unknown target": "there is no target “boots”",
    "unknown coder": "there is no coder “third”",
    "unknown confidence": "“sure” is no confidence",
    "coded already": "coded already, “supports”",
    "machine": "“robot” is a machine",
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_row_refuses_the_whole_file_with_its_reason(coded: Quote, case: str) -> None:
    factories.coder(slug="robot", kind="machine")
    data = (LONG + REFUSED[case].format(id=coded.public_id)).encode()
    before = rows(), counts()

    found = plan(read("x.csv", data, Settings()), Settings())

    assert any(REASONS[case] in fault for fault in found.faults)
    with pytest.raises(ImportRefusedError):
        apply(found, by=factories.user(), why="x")
    assert (rows(), counts()) == before


def test_replace_changes_a_coding_and_its_public_stance(coded: Quote) -> None:
    data = f"{LONG}{coded.public_id},counted,first,denies,,\n".encode()
    settings = Settings(replace=True)

    apply(plan(read("x.csv", data, settings), settings), by=factories.user(), why="x")

    assert coded.stances.get(target__slug="counted").value == "denies"


def test_a_step_that_refuses_leaves_nothing(coded: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = counts(), stances.code
    called: list[int] = []

    def fails(**values: Any) -> Any:
        called.append(1)
        if len(called) == 2:
            raise ImportRefusedError("the second")
        return real(**values)

    data = (
        f"{LONG}{coded.public_id},boats,third,mixed,,\n{coded.public_id},new claim,third,asserts,,"
    ).encode()
    found = plan(read("x.csv", data, CREATE), CREATE)
    monkeypatch.setattr(stances, "code", fails)

    with pytest.raises(ImportRefusedError):
        apply(found, by=factories.user(), why="x")

    assert counts() == before


def test_quote_of_a_file_that_stands_elsewhere_here_is_refused(coded: Quote) -> None:
    project = read("x.qdpx", write(record_as_project(), "qdpx"), Settings())
    one, other = project.units
    swapped = (replace(one, id=other.id), replace(other, id=one.id))

    found = plan(replace(project, units=swapped), CREATE)

    assert [fault.partition(": ")[2] for fault in found.faults] == [
        "the quote of this id stands elsewhere, or has other words"
    ] * 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.qdpx", b"PK no zip", "not a sound zip archive"),
        ("x.dna", b"nothing", "not an SQLite file"),
        ("x.csv", b"a,b\n1,2", "a table of codings has the columns"),
        ("x.jsonl", b"[]", "not an object of texts"),
        ("x.exe", b"", "ends in none of"),
        ("x.qdpx", archive.pack({"../project.qde": b""}), "points out of the archive"),
        ("x.qdpx", archive.pack({"project.qde": b"0" * 50_000_000}), "unpacks to more than"),
    ],
)
def test_broken_and_hostile_files_are_refused_at_every_door(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    before = counts()
    admin = client(factories.user("admin", username="ada"))
    (tmp_path / name).write_bytes(data)

    page = admin.post(
        reverse("admin:quotes_codingimport_import"),
        {"file": SimpleUploadedFile(name, data or b" ")},
    )
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_codings", tmp_path / name, by="ada")

    assert reason in page.content.decode()
    assert "Nothing was imported" in page.content.decode()
    assert counts() == before
    assert not CodingImport.objects.exists()


def test_commands_write_and_read(coded: Quote, tmp_path: Path, capsys: Any) -> None:
    factories.user(username="ada")
    file = tmp_path / "codings.csv"
    call_command("export_codings", file)
    text = file.read_text(encoding="utf-8").replace("asserts", "yes").replace("value", "Stance", 1)
    file.write_text(text, encoding="utf-8")
    before = rows()
    StanceCoding.objects.filter(target__slug="counted").delete()
    options: dict[str, Any] = {"by": "ada", "value": ["yes=asserts"], "column": ["value=Stance"]}

    call_command("import_codings", file, dry_run=True, **options)
    assert "codings that are new: 1" in capsys.readouterr().out
    assert len(rows()) == 3
    call_command("import_codings", file, **options)

    assert rows() == before
    for wrong in ({"by": "nobody"}, {"value": ["yes"]}):
        with pytest.raises(CommandError):
            call_command("import_codings", file, **{**options, **wrong})


def test_admin_shows_what_would_come_then_takes_it_in(
    coded: Quote, django_assert_num_queries: Callable[..., Any]
) -> None:
    admin = client(factories.user("admin"))
    editor = client(factories.user("editor"))
    download = editor.get(
        reverse("admin:quotes_codingimport_export"), {"format": "long", "target": ""}
    )
    assert download["Content-Disposition"] == 'attachment; filename="codings-long.csv"'
    before = rows()
    StanceCoding.objects.filter(target__slug="counted").delete()
    upload = {"file": SimpleUploadedFile("x.csv", download.content), "values": "", "columns": ""}

    page = admin.post(reverse("admin:quotes_codingimport_import"), upload, follow=True)
    assert page.context["plan"].counts["codings that are new"] == 1
    assert len(rows()) == 3
    row = CodingImport.objects.get()
    preview = reverse("admin:quotes_codingimport_preview", args=[row.pk])
    admin.post(preview)

    assert rows() == before
    row.refresh_from_db()
    assert (row.data, row.counts["codings that are new"]) == (None, 1)
    assert admin.get(preview).status_code == 404
    matrix = editor.get(reverse("admin:quotes_codingimport_export"), {"format": "matrix"})
    assert "of one target: choose it" in matrix.content.decode()


def test_faulty_upload_is_shown_and_thrown_away(coded: Quote) -> None:
    admin = client(factories.user("admin"))
    data = f"{LONG}{coded.public_id},boats,first,criticises,,\n".encode()

    page = admin.post(
        reverse("admin:quotes_codingimport_import"),
        {"file": SimpleUploadedFile("x.csv", data)},
        follow=True,
    )
    assert "1 fault: nothing of the file can be imported" in page.content.decode()
    preview = page.redirect_chain[-1][0]
    assert admin.post(preview).status_code == 200
    admin.post(preview, {"drop": "1"})

    assert not CodingImport.objects.exists()
    assert coded.codings.get(target__slug="boats", coder__slug="first").value == "supports"
