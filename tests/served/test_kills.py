"""The server is killed while editors save, and the database goes away and comes back.

Planted: with the save and its history in two transactions, `check_saves` finds rows that differ;
without the answer of `server_error` for a database that is away, the outage answers 500.
"""

import http.client
import itertools
import random
import threading
import time
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.hard import times
from tests.served.server import PATIENCE, Editor, Server, check_saves, rows
from tests.sites import URL, Site, Sites
from tests.warm import warm


@pytest.mark.hard
def test_killed_server_keeps_every_answered_save_and_no_half_of_another(
    sites: Sites, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make check-hard` kills 100 times (F2), each time every process of the server."""
    site = sites.new()
    made, chance = rows(site, 4), random.Random(2)
    server = Server(site, tmp_path / "log")
    saved: list[str] = []
    tried: set[str] = set()
    with warm(server.environment) as loaded:
        for kill in range(times(5, 100)):
            server.start(loaded)
            editors = [
                threading.Thread(target=edit, args=(server, made, number, kill, saved, tried))
                for number in range(4)
            ]
            before = len(saved)
            for editor in editors:
                editor.start()
            deadline = time.monotonic() + PATIENCE
            while len(saved) == before and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.8))
            server.kill()
            for editor in editors:
                editor.join()
            check_saves(site, made["organization"], saved, tried)

    with capsys.disabled():
        print(f"\n{times(5, 100)} kills, {len(saved)} answered saves, all there")
    assert len(saved) >= times(5, 100)
    assert site.run("verify")[0] == 0


def edit(
    server: Server,
    made: dict[str, Any],
    number: int,
    kill: int,
    saved: list[str],
    tried: set[str],
) -> None:
    """Save until the server is gone."""
    editor = Editor(server.port, made["sessions"][number], made["organization"])
    for count in itertools.count():
        words = f"Kill {kill}, editor {number}, save {count}"
        tried.add(words)
        try:
            status = editor.save(words)
        except (OSError, http.client.HTTPException):
            return
        assert status in (200, 302), status
        if status == 302:
            saved.append(words)


@pytest.mark.postgresql
def test_outage_of_the_database_is_said_and_ends_by_itself(
    server: Server, collection: Site
) -> None:
    """A restart between requests is not noticed; while it is away, 503 and when to ask (F3)."""
    name = collection.url.rsplit("/", 1)[1]

    def cut(*, allow: bool) -> None:
        connection = psycopg2.connect(URL)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(allow).lower()}")
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [name],
            )
        connection.close()

    assert server.get("/quotes")[0] == 200
    cut(allow=True)
    assert [server.get("/quotes")[0] for _ in range(30)] == [200] * 30
    try:
        cut(allow=False)
        for path in ("/quotes", "/people", "/admin/login/?next=/admin/"):
            status, headers, content = server.get(path)
            if path.startswith("/admin"):
                assert status in (200, 503)
                continue
            assert (status, headers.get("Retry-After")) == (503, "5")
            assert b"Traceback" not in content
            assert b"psycopg2" not in content
        assert server.get("/healthz")[0] == 503
    finally:
        cut(allow=True)

    assert server.get("/quotes")[0] == 200
