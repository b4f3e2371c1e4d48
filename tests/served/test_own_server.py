"""A PostgreSQL of its own that is stopped, started again, and told that its disk is full (F3, F4).

Planted: without CONN_HEALTH_CHECKS the first answers after the restart are 503; without a
transaction for each document the full disk leaves half of one.
"""

import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from tests import postgres
from tests.intake.documents import folder
from tests.served.server import PATIENCE, Server
from tests.sites import Site

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        postgres.find_binaries() is None, reason="PostgreSQL's server programs are not installed"
    ),
]
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.Server]:
    binaries = postgres.find_binaries()
    assert binaries
    # Files of the log of a megabyte: the full disk is a limit on sizes, and it is not about them.
    with postgres.private_server(binaries, "--wal-segsize=1") as made:
        yield made


@pytest.fixture(scope="module")
def site(database: postgres.Server) -> Site:
    made = Site(database.url)
    assert made.run("migrate", "--verbosity", "0")[0] == 0
    assert made.run("load_seeds")[0] == 0
    return made


def test_restart_of_the_database_is_said_while_it_lasts_and_ends_by_itself(
    database: postgres.Server, site: Site, tmp_path: Path
) -> None:
    server = Server(site, tmp_path / "log")
    seen: list[tuple[int, str | None]] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            status, headers, content = server.get("/quotes?q=media+pressure")
            assert b"Traceback" not in content
            assert b"psycopg2" not in content
            seen.append((status, headers.get("Retry-After")))

    readers = [threading.Thread(target=read) for _ in range(4)]
    try:
        server.start()
        for reader in readers:
            reader.start()
        until(lambda: len(seen) > 20)
        database.stop(signal.SIGINT)
        until(lambda: (503, "5") in seen)
        assert server.get("/healthz")[0] == 503
        database.start()
        began = time.monotonic()
        server.wait()
        recovered = time.monotonic() - began
        over.set()
        for reader in readers:
            reader.join()
        # Between requests: nobody notices.
        database.stop(signal.SIGINT)
        database.start()
        after = [server.get("/quotes")[0] for _ in range(30)]
    finally:
        over.set()
        server.kill()

    assert set(seen) == {(200, None), (503, "5")}, Counter(seen)
    assert after == [200] * 30
    # Two seconds are wanted of a machine that does nothing else.
    assert recovered < 10


def test_full_disk_of_the_server_ends_the_run_and_leaves_whole_documents(
    database: postgres.Server, site: Site, tmp_path: Path
) -> None:
    """A limit on the size of the server's files: what it cannot write beyond, as on a full disk."""
    papers = folder(tmp_path / "papers", 60)
    before = len(site.values("SELECT id FROM quotes_article"))
    with psycopg2.connect(database.url) as connection, connection.cursor() as cursor:
        # A page for each quote, so that few documents fill the disk.
        cursor.execute("ALTER TABLE quotes_quote SET (fillfactor = 10)")
    connection.close()
    database.stop(signal.SIGINT)
    sizes = [path.stat().st_size for path in (database.folder / "data/base").rglob("*")]
    database.start(largest_file=max(MEGABYTE, *sizes) + 64 * 1024)
    code, said = site.run("ingest", papers)
    rows = site.rows()
    stored = len(rows["articles"])

    assert code == 1
    assert "could not extend file" in said
    assert "What is stored is whole; run it again for the rest." in said
    assert "Traceback" not in said
    assert before < stored < before + 66
    assert len(rows["history"]) == stored
    assert set(site.values("SELECT id FROM quotes_article")) == set(
        site.values("SELECT DISTINCT article_id FROM quotes_quote")
    )

    database.stop(signal.SIGINT)
    database.start()
    assert site.run("ingest", papers)[0] == 0
    assert len(site.rows()["articles"]) == before + 66
    assert site.run("verify")[1].splitlines()[-1] == "0 faults"


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)
