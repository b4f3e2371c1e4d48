"""Real processes on a database of their own: at once, killed, and finished by another run."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hard import times
from tests.intake.documents import folder
from tests.sites import ROOT, Rows, Site, Sites
from tests.warm import Run, Warm, warm

DOCUMENTS = 20
FILES = 22


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("papers"), DOCUMENTS)


@pytest.fixture(scope="module")
def clean(sites: Sites, papers: Path) -> Rows:
    """What one undisturbed run leaves."""
    site = sites.new()
    code, said = site.run("ingest", papers)
    assert code == 0, said
    rows = site.rows()
    assert len(rows["articles"]) == FILES
    assert len(rows["copies"]) == 2
    assert len(rows["spans"]) >= len(rows["quotes"]) >= 3 * FILES
    return rows


def test_second_run_changes_nothing(site, papers, clean) -> None:
    site.run("ingest", papers)

    code, said = site.run("ingest", papers)

    assert code == 0
    assert f"{FILES} known already, nothing changed" in said
    assert site.rows() == clean


def test_four_runs_at_once_leave_what_one_leaves(site, papers, clean) -> None:
    runs = [site.start("ingest", papers) for _ in range(4)]
    said = [run.communicate(timeout=240)[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0, 0, 0], said
    assert site.rows() == clean


def test_workers_leave_what_one_process_leaves(site, papers, clean) -> None:
    code, said = site.run("ingest", papers, "--workers", "3")

    assert code == 0, said
    assert site.rows() == clean


@pytest.mark.hard
def test_killed_runs_leave_whole_documents_and_the_next_one_finishes(
    sites, papers, clean, capsys
) -> None:
    """`make check-hard` kills 200 times, at a moment of the time that the run would take."""
    chance = random.Random(6)
    kills, ended, left, site = 0, 0, 1.0, sites.new()
    with warm(site.environment) as loaded:
        takes = {workers: seconds(loaded, sites.new(), papers, workers) for workers in "12"}
        while kills < times(4, 200):
            workers = chance.choice("1112")
            run = start(loaded, site, papers, workers)
            # Documents that an earlier run stored are passed over quickly.
            time.sleep(takes[workers] * chance.uniform(0, max(left, 0.3)))
            run.kill()
            assert run.returncode in (0, -signal.SIGKILL), run.log.read_text()
            rows = site.rows()
            _check_whole(rows, clean)
            left = 1 - len(rows["articles"]) / FILES
            if run.returncode == 0:
                assert rows == clean
                site, ended, left = sites.new(), ended + 1, 1.0
            else:
                kills += 1
    with capsys.disabled():
        print(f"\n{kills} runs killed, {ended} ended before; a whole one takes {takes}")
    code, said = site.run("ingest", papers)
    assert code == 0, said
    assert site.rows() == clean


def start(loaded: Warm, site: Site, papers: Path, workers: str) -> Run:
    log = papers.parent / "said"
    return loaded.start(log, "manage.py", "ingest", papers, "--workers", workers, url=site.url)


def seconds(loaded: Warm, site: Site, papers: Path, workers: str) -> float:
    """Return how long a run takes that nobody kills."""
    began = time.monotonic()
    run = start(loaded, site, papers, workers)
    assert run.wait() == 0, run.log.read_text()
    return time.monotonic() - began


def _check_whole(rows: Rows, clean: Rows) -> None:
    """Of every article that is there, everything is there."""
    stored = {row.split("'")[1] for row in rows["articles"]}
    for name, found in rows.items():
        if name != "copies":
            assert found == [row for row in clean[name] if row.split("'")[1] in stored], name
    both = [pair for pair in clean["copies"] if all(s in stored for s in pair.split("'")[1::2])]
    assert rows["copies"] == both


def test_interrupt_ends_between_documents_and_says_so(site, tmp_path) -> None:
    run = site.start("ingest", folder(tmp_path / "many", 200))
    time.sleep(2.5)
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=60)

    # On a quick machine the run may be done by then; on a slow one not begun.
    assert run.returncode in (130, 0, -2, 1), said
    assert "Traceback" not in said or "manage.py" in said
    rows = site.rows()
    assert len(rows["history"]) == len(rows["articles"])


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a Dask cluster of two processes."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.intake.cluster"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("")


def test_cluster_leaves_what_one_process_leaves(sites, papers, clean, scheduler) -> None:
    site = sites.new()
    code, said = site.run("ingest", papers, "--dask", scheduler)

    assert code == 0, said
    assert site.rows() == clean
    code, said = site.run("ingest", papers, "--dask", scheduler)
    assert (code, f"{FILES} known already" in said) == (0, True), said


def test_without_a_cluster_nothing_is_stored_and_the_reason_said(site, papers) -> None:
    # Nobody listens on port 9.
    code, said = site.run("ingest", papers, "--dask", "tcp://127.0.0.1:9")
    together, why = site.run("ingest", papers, "--dask", "tcp://127.0.0.1:9", "--workers", "2")

    assert (code, together) == (1, 1)
    assert "no Dask scheduler with a worker at tcp://127.0.0.1:9" in said
    assert "one of them" in why
    assert site.rows()["articles"] == []
