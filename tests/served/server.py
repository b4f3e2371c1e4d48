"""The site as it is served: gunicorn with threads, on a database of its own, on this machine.

What is started here is ended here, by the id of the group of processes that it is.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tests.forms import form_with
from tests.sites import ROOT, Site
from tests.warm import Run, Warm

HOST = "127.0.0.1"
# As docs/deployment.md says.
COMMAND = ["gunicorn", "config.wsgi", "--config", "deploy/gunicorn.conf.py"]
TOKEN = "t" * 32
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    site: Site
    log: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | Run | None = None

    @property
    def environment(self) -> dict[str, str]:
        # The columns are of this database alone.
        own = {"COLUMNS_DIR": str(self.log.parent / "columns")}
        served = {"DJANGO_SETTINGS_MODULE": "tests.served.settings"}
        # As deploy/ontherecord.service has it.
        served["MALLOC_ARENA_MAX"] = "2"
        return self.site.environment | served | own | self.settings

    @property
    def socket(self) -> Path:
        """Where a proxy reaches it."""
        return self.log.parent / "web.sock"

    def start(self, warm: Warm | None = None) -> None:
        """Start it and return when it answers; as a fork of what has the site loaded, if given."""
        command = [*COMMAND, "--bind", f"{HOST}:{self.port}", "--bind", f"unix:{self.socket}"]
        if warm is not None:
            self.process = warm.start(self.log, *command)
        else:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self.wait()

    def wait(self) -> None:
        """Return when the site answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                # As a proxy asks, where the settings say that there is one.
                if self.get("/healthz", **{"X-Forwarded-Proto": "https"})[0] == 200:
                    return
            except OSError:
                pass
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, dict(response.headers), response.read()
        finally:
            connection.close()

    def kill(self) -> None:
        """End every process of the server at once, as a loss of power does."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def workers(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def rows(site: Site, editors: int) -> dict[str, Any]:
    """Make the rows of tests/served/rows.py."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.served.rows", str(editors)],
        cwd=ROOT,
        env=site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    found: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return found


@dataclass
class Editor:
    """One who opens the page of an organisation, writes into it and saves, again and again."""

    port: int
    session: str
    organization: int

    def save(self, words: str) -> int:
        """Save the page with these words as text and reason; return the answer's status.

        302 says that it was saved, 200 that another was quicker and nothing was.
        """
        path = f"/admin/people/organization/{self.organization}/change/"
        cookies = {"Cookie": f"session={self.session}; csrf={TOKEN}"}
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=cookies)
            page = connection.getresponse()
            content = page.read()
            if page.status != 200:
                return -page.status
            data = form_with(SimpleNamespace(content=content), "summary", "reason")
            data |= {"summary": words, "reason": words, "csrfmiddlewaretoken": TOKEN}
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(data), cookies | form)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def check_saves(site: Site, organization: int, saved: list[str], tried: set[str]) -> None:
    """Each answered save is there with its reason; each other is there wholly or not at all."""
    changes = f"WHERE id = {organization} AND history_type = '~' ORDER BY history_id"
    found = {
        column: site.values(f"SELECT {column} FROM people_historicalorganization {changes}")  # noqa: S608
        for column in ("history_change_reason", "summary")
    }
    reasons, words = found.values()
    assert words == reasons
    assert len(set(reasons)) == len(reasons)
    assert set(saved) <= set(reasons), "an answered save is gone"
    assert set(reasons) <= tried
    for column, wanted in (("revision", 1 + len(reasons)), ("summary", (words or [""])[-1])):
        now = f"SELECT {column} FROM people_organization WHERE id = {organization}"  # noqa: S608
        assert site.values(now) == [wanted]
