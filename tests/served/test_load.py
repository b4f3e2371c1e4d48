"""Readers, editors and an ingest at once: nobody meets an error and nothing is lost (L1, L3, L7).

`make check-hard` runs it for a minute with 16 connections and prints how long answers took, `make
soak` for ten minutes, after which memory and open files may not have grown; with every change it
runs for a few seconds. Planted: with `transaction_mode` DEFERRED on SQLite the log
holds "database is locked", and a save without its condition on the revision loses updates.
"""

import http.client
import os
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.hard import HARD, times
from tests.intake.documents import folder
from tests.served.server import HOST, PATIENCE, Editor, Server, check_saves
from tests.sites import ON_POSTGRES, Site

SOAK = int(os.environ.get("SOAK") or 0)
CONNECTIONS, SECONDS = 16 if HARD else 6, SOAK or times(4, 60)
PAPERS = 5 * SOAK or times(10, 300)
TOO_MANY = (64, 256) if HARD else (64,)
LARGEST_WAL = 64 * 1024 * 1024
Held = tuple[int, int, int]


def addresses(quotes: list[str]) -> list[str]:
    found = ["/", "/quotes", "/quotes?stance=denies", "/quotes?q=media+pressure", "/healthz"]
    found += ["/quotes?sort=oldest&kind=direct", "/people", "/targets", "/sitemap.xml"]
    for public_id in quotes:
        found += [f"/q/{public_id}", f"/q/{public_id}/history", f"/q/{public_id}.json"]
    return found


def read(port: int, paths: list[str], until: float, found: list[tuple[Any, float]]) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    number = 0
    while time.monotonic() < until:
        began = time.monotonic()
        status: int | str = 0
        try:
            connection.request("GET", paths[number % len(paths)])
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, http.client.HTTPException) as error:
            # A connection that the server closed between two requests is opened again once.
            connection.close()
            status = type(error).__name__
        found.append((status, time.monotonic() - began))
        number += 1
    connection.close()


def watch(server: Server, until: float, found: list[Held]) -> None:
    """Note the memory and the open files of the workers ten times."""
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, SECONDS / 10))
        found.append(held_by(server))


def held_by(server: Server) -> Held:
    """Return the kilobytes and the open files of both workers, and the write-ahead file's size."""
    while True:
        pids, size, files = server.workers(), 0, 0
        try:
            for pid in pids:
                status = Path(f"/proc/{pid}/status").read_text()
                size += int(status.split("VmRSS:")[1].split()[0])
                files += len(list(Path(f"/proc/{pid}/fd").iterdir()))
        except (OSError, IndexError):
            continue  # one was replaced by another, as after so many requests each is
        if len(pids) == 2:
            return size, files, wal(server.site)
        time.sleep(0.5)


def wal(site: Site) -> int:
    """Return the size of SQLite's write-ahead file."""
    path = Path(site.url.removeprefix("sqlite:///") + "-wal")
    return path.stat().st_size if not ON_POSTGRES and path.exists() else 0


@pytest.mark.hard
def test_readers_never_fail_while_editors_write(
    server: Server,
    collection: Site,
    people: dict[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = addresses(people["quotes"])
    for path in paths:
        assert server.get(path)[0] == 200, path
    held = [held_by(server)]
    until = time.monotonic() + SECONDS
    reads: list[tuple[Any, float]] = []
    edits: list[tuple[int, float, str]] = []

    def edit(number: int) -> None:
        editor, count = Editor(server.port, people["sessions"][number], people["organization"]), 0
        while time.monotonic() < until:
            words, began = f"Load, editor {number}, save {count}", time.monotonic()
            edits.append((editor.save(words), time.monotonic() - began, words))
            count += 1

    threads = [
        threading.Thread(target=read, args=(server.port, paths[n:] + paths[:n], until, reads))
        for n in range(CONNECTIONS)
    ] + [threading.Thread(target=edit, args=(n,)) for n in range(2)]
    threads.append(threading.Thread(target=watch, args=(server, until, held)))
    ingest = collection.start("ingest", folder(tmp_path / "papers", PAPERS))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said, _ = ingest.communicate(timeout=300 + SECONDS)
    with capsys.disabled():
        print("\n" + summary(reads, edits, held))

    assert set(Counter(status for status, _ in reads)) == {200}
    assert {status for status, _, _ in edits} <= {200, 302}
    assert ingest.returncode == 0, said
    assert "locked" not in server.said() + said
    assert "Traceback" not in server.said()
    assert '"status": 5' not in server.said()
    saved = [words for status, _, words in edits if status == 302]
    assert saved
    check_saves(collection, people["organization"], saved, {words for _, _, words in edits})
    assert max(log for _, _, log in held) <= LARGEST_WAL
    if HARD:
        assert collection.run("verify")[0] == 0
    if SOAK:
        # After a minute (of a short run, half of it) every thread has had every kind of work, and
        # what comes now would add up for ever.
        (size, files, _), *later = held[1 if SOAK >= 600 else 5 :]
        assert max(more for more, _, _ in later) <= 1.1 * size
        assert max(more for _, more, _ in later) <= files + 5
        if not ON_POSTGRES:
            assert collection.values("PRAGMA integrity_check") == ["ok"]


def summary(
    reads: list[tuple[Any, float]],
    edits: list[tuple[int, float, str]],
    held: list[Held],
) -> str:
    times_of = {"reads": [s for _, s in reads], "saves": [s for _, s, _ in edits]}
    lines = [f"{name}: {spent(found)} in {SECONDS} s" for name, found in times_of.items()]
    conflicts = sum(status == 200 for status, _, _ in edits)
    lines.append(f"conflicts told: {conflicts}")
    lines.append(f"kilobytes, open files of the workers, bytes of the write-ahead file: {held}")
    return "\n".join(lines)


def spent(seconds: list[float]) -> str:
    found = sorted(seconds)
    at = {part: f"{1000 * found[len(found) * part // 100]:.0f} ms" for part in (50, 95, 99)}
    return f"{len(found)}, " + ", ".join(f"p{part} {value}" for part, value in at.items())


@pytest.mark.hard
def test_too_many_readers_are_slow_and_never_broken(
    server: Server, people: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """More readers than threads wait for their turn; once they are gone all is as before (L3).

    Planted: with one connection allowed to each worker, readers find theirs closed.
    """
    paths = addresses(people["quotes"])
    for connections in TOO_MANY:
        reads: list[tuple[Any, float]] = []
        until = time.monotonic() + times(2, 20)
        threads = [
            threading.Thread(target=read, args=(server.port, paths[n % 9 :], until, reads))
            for n in range(connections)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        began, quick = time.monotonic(), []
        while time.monotonic() - began < times(1, 5):
            asked = time.monotonic()
            assert server.get("/quotes")[0] == 200
            quick.append(time.monotonic() - asked)
        with capsys.disabled():
            print(f"\n{connections} readers: {spent([s for _, s in reads])}")
            print(f"the first after them {1000 * quick[0]:.0f} ms, then {spent(quick)}")

        assert set(Counter(status for status, _ in reads)) <= {200, 429, 503}
        assert {status for status, _ in reads[-10:]} == {200}
        assert '"status": 500' not in server.said()
        assert "Traceback" not in server.said()
    assert server.get("/healthz")[0] == 200
