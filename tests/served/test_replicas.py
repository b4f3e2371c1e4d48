"""Public reads on a real streaming replica: behind, too far behind, back again, and gone.

Planted: with `is_public` always true the reader who wrote gets the old words; without
`process_exception` the requests after the replica's end answer 503.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from config import replicas
from tests import postgres
from tests.architecture import LAYERS
from tests.served.server import PATIENCE, Server
from tests.sites import ROOT, URL, Site

LAG = 3
PERSON = "ed-balls"


class Replicated(Site):
    """A site whose public reads go to a copy of its database."""

    def __init__(self, site: Site, replica: postgres.Server) -> None:
        super().__init__(site.url)
        self.replica = replica.url_of(site.url.rsplit("/", 1)[1])

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "REPLICA_URLS": self.replica,
            "REPLICA_LAG_SECONDS": str(LAG),
            "COLUMNS_FROM": "1",
        }


def execute(url: str, statement: str, *values: str) -> Any:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        found = cursor.fetchone() if cursor.description else None
    connection.close()
    return found and found[0]


def until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def copied(collection: Site) -> Iterator[tuple[Replicated, ExitStack]]:
    """The site, and what ends its replica."""
    binaries = postgres.find_binaries()
    assert binaries is not None
    with ExitStack() as stack:
        replica = stack.enter_context(postgres.replica(binaries, URL))
        yield Replicated(collection, replica), stack


@pytest.mark.postgresql
def test_public_reads_go_to_the_replica_while_it_is_fit(
    copied: tuple[Replicated, ExitStack], people: dict[str, Any], tmp_path: Path
) -> None:
    site, stack = copied
    server = Server(site, tmp_path / "log")
    signed_in = {"Cookie": f"session={people['sessions'][0]}"}
    wrote = {"Cookie": f"{replicas.WROTE}=1"}

    def write(words: str) -> None:
        execute(site.url, "UPDATE people_person SET summary = %s WHERE slug = %s", words, PERSON)

    def shows(words: str, **headers: str) -> bool:
        status, _, content = server.get(f"/people/{PERSON}", **headers)
        assert status == 200
        return words.encode() in content

    try:
        server.start()
        write("First words")
        until(lambda: shows("First words") and "replica-1 answers" in server.said())

        # Behind, but no more than is allowed: the public reads on, who wrote sees what they wrote.
        execute(site.replica, "SELECT pg_wal_replay_pause()")
        before = server.get("/quotes.csv")[1]["ETag"]
        write("Second words")
        assert shows("First words")
        assert shows("Second words", **wrote)
        assert shows("Second words", **signed_in)
        # The name of a state is the state's own: the replica's rows under the replica's name.
        assert server.get("/quotes.csv")[1]["ETag"] == before
        assert server.get("/quotes.csv", **wrote)[1]["ETag"] != before
        assert server.get("/quotes?q=media+pressure")[0] == 200

        # Too far behind: the primary answers.
        until(lambda: shows("Second words"))
        assert "replica-1 is away or behind" in server.said()

        # It catches up and is asked again; a form that was sent leaves its mark.
        execute(site.replica, "SELECT pg_wal_replay_resume()")
        until(lambda: "replica-1 answers" in server.said().rpartition("behind")[2])
        assert (
            server.ask("POST", "/report")[1].get("Set-Cookie", "").startswith(f"{replicas.WROTE}=1")
        )

        # Gone between two requests: nobody notices.
        stack.close()
        for _ in range(20):
            assert shows("Second words")
            assert server.get("/quotes?q=media+pressure")[0] == 200
    finally:
        server.kill()


def test_replicas_are_judged_by_what_they_have_replayed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, answers = [100.0], {"default": "0/10", "replica-1": True}
    monkeypatch.setattr(replicas, "_ask", lambda alias, *_: answers[alias])
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(settings, "REPLICA_LAG_SECONDS", 5, raising=False)
    watch = replicas.Watch(["replica-1"])

    def fit_after(seconds: float, **now: Any) -> list[str]:
        clock[0] += seconds
        answers.update({name.replace("_", "-"): value for name, value in now.items()})
        watch.look()
        return list(watch.fit)

    assert fit_after(0) == ["replica-1"]
    # A mark that is not reached: allowed for five seconds, however often it is asked.
    assert fit_after(4, replica_1=False) == ["replica-1"]
    assert fit_after(2) == []
    # What it reaches is what the primary had when the mark was set, not now.
    assert fit_after(4, replica_1=True) == []
    assert fit_after(1) == ["replica-1"]
    # The primary is away: what was fit reads on, as long as it answers.
    assert fit_after(60, default=None) == ["replica-1"]
    assert fit_after(1, replica_1=None) == []
    assert fit_after(1, replica_1=True) == []


# Is it up?
ON_PURPOSE = {"quotes/views/machines.py"}
PRIMARY_BY_NAME = re.compile(r"^from django\.db import .*\bconnection\b", re.MULTILINE)


def test_nothing_that_readers_ask_for_names_the_primary() -> None:
    """`connection` is the primary whatever the router says; it knows the replica of a request."""
    layers = [name for layer in ("readings", "edges") for name in LAYERS[layer]]
    found = {
        path.relative_to(ROOT).as_posix()
        for name in layers
        for path in [ROOT / f"{name.replace('.', '/')}.py", *files(name)]
        if path.exists() and PRIMARY_BY_NAME.search(path.read_text(encoding="utf-8"))
    }
    assert {path for path in found if not path.startswith("operations/")} <= ON_PURPOSE


def files(name: str) -> list[Path]:
    return sorted((ROOT / name.replace(".", "/")).rglob("*.py"))
