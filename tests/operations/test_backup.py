"""A backup made under load comes back whole; what is no whole backup is refused."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.hard import times
from tests.intake.documents import folder
from tests.sites import ON_POSTGRES, ROOT, Site, Sites
from tests.warm import warm

# Writes rows of one transaction each until it is told to end: a backup must see all or none.
WRITER = """
import sys, django
django.setup()
from django.db import transaction
from people.models import Organization
number = 0
while True:
    with transaction.atomic():
        for half in ("a", "b"):
            Organization.objects.create(name=f"Body {number} {half}", slug=f"body-{number}-{half}")
    number += 1
    if number == 1:
        print("writing", flush=True)
"""


@contextmanager
def writing(site: Site) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        cwd=ROOT,
        env=site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        yield
        assert process.poll() is None, "the writer met an error"
    finally:
        process.kill()
        process.communicate()


def backup(site: Site, target: Path, *options: str) -> Path:
    code, said = site.run("backup", target, *options)
    assert code == 0, said
    return Path(said.splitlines()[0])


@pytest.fixture(scope="module")
def filled(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = sites.new()
    for command in (["load_seeds"], ["ingest", folder(tmp_path_factory.mktemp("papers"), 6)]):
        code, said = site.run(*command)
        assert code == 0, said
    return site


@pytest.fixture(scope="module")
def made(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backup(filled, tmp_path_factory.mktemp("backups"))


@pytest.mark.hard
def test_backup_under_load_restores_to_whole_transactions(sites: Sites, tmp_path: Path) -> None:
    site = sites.new()
    if not ON_POSTGRES:
        # Large enough that a copy made bit by bit would begin anew with each row written meanwhile.
        with closing(site.connect()) as connection:
            connection.execute("CREATE TABLE large AS SELECT randomblob(40000000)")
    with warm(site.environment) as loaded:
        with writing(site):
            made = [
                loaded.run(tmp_path / "said", "backup", tmp_path / "backups")
                for _ in range(times(2, 30))
            ]

        for code, said in made:
            assert code == 0, said
            target = sites.bare()
            copy = said.splitlines()[0]
            code, said = loaded.run(tmp_path / "said", "restore", copy, url=target.url)
            assert code == 0, said
            check_halves(target)


def check_halves(site: Site) -> None:
    """Of each transaction of the writer, both rows are there or none."""
    names = site.values("SELECT name FROM people_organization")
    halves = [{name[:-2] for name in names if name.endswith(half)} for half in (" a", " b")]
    assert halves[0] == halves[1]
    assert halves[0]


def test_restored_database_is_the_same_and_passes_verify(
    sites: Sites, filled: Site, made: Path, tmp_path: Path
) -> None:
    target = sites.bare()

    code, said = target.run("restore", made)

    assert code == 0, said
    assert target.rows() == filled.rows()
    code, said = target.run("verify")
    assert (code, said.splitlines()[-1]) == (0, "0 faults")
    sums = []
    for name, site in {"before": filled, "after": target}.items():
        code, said = site.run("export_dataset", tmp_path / name)
        assert code == 0, said
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        sums.append([(path.name, sha256(path.read_bytes()).hexdigest()) for path in files])
    assert sums[0] == sums[1]
    assert len(sums[0]) > 5


def test_restore_does_not_write_over_a_database(sites: Sites, made: Path) -> None:
    used = sites.new()
    before = used.rows()

    code, said = used.run("restore", made)

    assert code == 1
    assert "has tables" in said if ON_POSTGRES else "--replace" in said
    assert used.rows() == before


@pytest.mark.sqlite
def test_replaced_database_is_kept_beside_the_new_one(
    sites: Sites, filled: Site, made: Path
) -> None:
    used = sites.new()

    code, said = used.run("restore", made, "--replace")

    assert code == 0, said
    assert used.rows() == filled.rows()
    assert Site(used.url + ".before-restore").rows()["articles"] == []


@pytest.mark.parametrize("name", ["manifest.json", "data"])
def test_damaged_backup_is_refused(sites: Sites, made: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / made.name
    copy.mkdir()
    for path in made.iterdir():
        content = bytearray(path.read_bytes())
        if path.name.startswith(name):
            content[len(content) // 2] ^= 1
        (copy / path.name).write_bytes(content)

    code, said = sites.bare().run("restore", copy)

    assert code == 1
    assert "no backup" in said or "damaged" in said or "not the same" in said
    assert "Traceback" not in said


def test_check_reads_and_changes_nothing(sites: Sites, made: Path) -> None:
    target = sites.bare()

    code, said = target.run("restore", made, "--check")

    assert code == 0
    assert said.startswith("The backup is whole: ")
    assert target.run("restore", made)[0] == 0


def test_backup_of_the_other_kind_is_refused(sites: Sites, made: Path, tmp_path: Path) -> None:
    copy = tmp_path / made.name
    copy.mkdir()
    for path in made.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["vendor"] = "sqlite" if ON_POSTGRES else "postgresql"
    (copy / "manifest.json").write_text(json.dumps(manifest))

    code, said = sites.bare().run("restore", copy)

    assert code == 1
    assert "transfer" in said


def test_newest_are_kept_and_remains_of_a_cut_run_removed(filled: Site, tmp_path: Path) -> None:
    cut = tmp_path / "ontherecord-20260101T000000.000000Z.partial"
    cut.mkdir()
    first, second, third = (backup(filled, tmp_path, "--keep", "2") for _ in range(3))

    assert sorted(tmp_path.iterdir()) == [second, third]
    assert not first.exists()


def test_backup_that_cannot_be_written_says_so_and_leaves_nothing(
    filled: Site, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")

    code, said = filled.run("backup", tmp_path / "file")

    assert code == 1
    assert "No backup was made" in said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.sqlite
def test_full_disk_ends_the_backup_without_a_trace(filled: Site, tmp_path: Path) -> None:
    code, said = filled.run("backup", tmp_path / "backups", largest_file=100_000)

    assert code == 1
    assert "No backup was made" in said
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.postgresql
def test_sqlite_moves_to_postgresql_row_by_row(sites: Sites, tmp_path: Path) -> None:
    source = Site(f"sqlite:///{tmp_path}/source.sqlite3")
    assert source.run("migrate", "--verbosity", "0")[0] == 0
    assert source.run("load_seeds")[0] == 0
    target = sites.new()

    code, said = target.run("transfer", tmp_path / "source.sqlite3")

    assert code == 0, said
    assert "every table is the same in both" in said
    assert target.run("verify")[1].splitlines()[-1] == "0 faults"
    # The next row has a number of its own.
    assert target.run("ingest", folder(tmp_path / "papers", 2))[0] == 0
    code, said = target.run("transfer", tmp_path / "source.sqlite3")
    assert (code, "not empty" in said) == (1, True)


@pytest.mark.sqlite
def test_transfer_to_sqlite_is_refused(site: Site, tmp_path: Path) -> None:
    code, said = site.run("transfer", tmp_path / "source.sqlite3")

    assert code == 1
    assert "DATABASE_URL" in said
