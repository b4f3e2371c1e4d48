"""A database of its own for tests that start real processes, on whichever database is tested."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[1]
URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = URL.startswith("postgres")
LONGEST = 300  # seconds; what takes a few by itself may stand still on a machine that is shared
# Everything that a document leaves, by its text and not by numbers that differ from run to run.
QUERIES = {
    "articles": "SELECT sha256, headline, published, language, boilerplate FROM quotes_article",
    "history": "SELECT a.sha256, h.history_type, h.history_change_reason FROM "
    "quotes_historicalarticle h JOIN quotes_article a ON a.id = h.id",
    "quotes": "SELECT a.sha256, q.start, q.text, q.prefix, q.suffix, q.kind, q.speaker_text, "
    "q.cue, q.basis, q.confidence, q.method, q.status FROM quotes_quote q "
    "JOIN quotes_article a ON a.id = q.article_id",
    "quote history": "SELECT a.sha256, h.start, h.text, h.history_type FROM "
    "quotes_historicalquote h JOIN quotes_article a ON a.id = h.article_id",
    "spans": "SELECT a.sha256, s.ordinal, s.start, s.words FROM quotes_quotespan s "
    "JOIN quotes_quote q ON q.id = s.quote_id JOIN quotes_article a ON a.id = q.article_id",
    "suggestions": "SELECT a.sha256, q.start, s.name, s.confidence FROM quotes_suggestion s "
    "JOIN quotes_quote q ON q.id = s.quote_id JOIN quotes_article a ON a.id = q.article_id",
    "shingles": "SELECT a.sha256, s.value FROM quotes_articleshingle s "
    "JOIN quotes_article a ON a.id = s.article_id",
}
COPIES = (
    "SELECT a.sha256, b.sha256 FROM quotes_nearduplicate n "
    "JOIN quotes_article a ON a.id = n.article_id JOIN quotes_article b ON b.id = n.earlier_id"
)
Rows = dict[str, list[Any]]


def limit_files(size: int) -> None:
    """Let writing beyond `size` bytes fail as on a full disk, and not by a signal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class Site:
    """One database, and the commands that run on it."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"DATABASE_URL": self.url, "PYTHONFAULTHANDLER": "1"}

    def start(
        self, *arguments: str | Path, largest_file: int | None = None
    ) -> subprocess.Popen[str]:
        """Start a command; with `largest_file` bytes, the disk is full for a file beyond them."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            preexec_fn=partial(limit_files, largest_file) if largest_file else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str | Path, largest_file: int | None = None) -> tuple[int, str]:
        """Run a command to its end and return its exit code and what it said."""
        process = self.start(*arguments, largest_file=largest_file)
        try:
            said, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            # Each Python process of the group says where it stands, and ends.
            os.killpg(process.pid, signal.SIGABRT)
            said, _ = process.communicate(timeout=10)
            pytest.fail(f"still running after {LONGEST} seconds:\n{said}")
        return process.returncode, said

    def rows(self) -> Rows:
        """Return everything that documents left, and the pairs of copies whichever came first."""
        with closing(self.connect()) as connection, closing(connection.cursor()) as cursor:
            found: Rows = {}
            for name, query in QUERIES.items():
                cursor.execute(query)
                found[name] = sorted(map(str, cursor.fetchall()))
            cursor.execute(COPIES)
            found["copies"] = sorted(str(sorted(pair)) for pair in cursor.fetchall())
            return found

    def values(self, query: str) -> list[Any]:
        """Return the first column of what a query finds."""
        with closing(self.connect()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(query)
            return [row[0] for row in cursor.fetchall()]

    def connect(self) -> Any:
        if ON_POSTGRES:
            return psycopg2.connect(self.url)
        return sqlite3.connect(self.url.removeprefix("sqlite:///"))


class Sites:
    """Makes databases, each a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self.template = self._empty("template")
        code, said = self.template.run("migrate", "--verbosity", "0")
        assert code == 0, said

    def new(self) -> Site:
        name = self._name()
        if not ON_POSTGRES:
            shutil.copy(self.folder / "template.sqlite3", self.folder / f"{name}.sqlite3")
            return Site(f"sqlite:///{self.folder}/{name}.sqlite3")
        self._sql(f"CREATE DATABASE {name} TEMPLATE otr_template_{os.getpid()}")
        return Site(self._url(name))

    def bare(self) -> Site:
        """Return a database without a table."""
        name = self._name()
        if not ON_POSTGRES:
            return Site(f"sqlite:///{self.folder}/{name}.sqlite3")
        self._sql(f"CREATE DATABASE {name}")
        return Site(self._url(name))

    def _name(self) -> str:
        self.count += 1
        return f"otr_site_{os.getpid()}_{self.count}"

    def _empty(self, name: str) -> Site:
        if not ON_POSTGRES:
            return Site(f"sqlite:///{self.folder}/{name}.sqlite3")
        self._sql(f"CREATE DATABASE otr_{name}_{os.getpid()}")
        return Site(self._url(f"otr_{name}_{os.getpid()}"))

    def _url(self, name: str) -> str:
        return f"{URL.rsplit('/', 1)[0]}/{name}"

    def _sql(self, statement: str) -> None:
        with closing(psycopg2.connect(URL)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)

    def drop(self) -> None:
        """Remove the databases; files go with their folder."""
        if ON_POSTGRES:
            names = [f"otr_site_{os.getpid()}_{n + 1}" for n in range(self.count)]
            for name in [*names, f"otr_template_{os.getpid()}"]:
                self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    made = Sites(tmp_path_factory.mktemp("databases"))
    yield made
    made.drop()


@pytest.fixture
def site(sites: Sites) -> Site:
    return sites.new()
