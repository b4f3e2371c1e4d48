"""The tests' own PostgreSQL comes and goes with the command it was made for."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
needs_server = pytest.mark.skipif(
    postgres.find_binaries() is None, reason="PostgreSQL's server programs are not installed"
)
SAY_AND_WAIT = "import os, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"


def start(code: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def server_folder(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(unquote(urlsplit(process.stdout.readline().strip()).hostname or ""))


def ends(pid: int, *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@needs_server
def test_command_gets_a_database_and_its_exit_code_comes_back() -> None:
    code = (
        "import os, sys, psycopg2; "
        "cursor = psycopg2.connect(os.environ['DATABASE_URL']).cursor(); "
        "cursor.execute('SHOW listen_addresses'); sys.exit(3 if cursor.fetchone() == ('',) else 4)"
    )
    process = start(code)
    process.communicate()

    assert process.returncode == 3


@needs_server
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_is_stopped_and_removed_when_told_to_end(number: signal.Signals) -> None:
    process = start(SAY_AND_WAIT)
    folder = server_folder(process)
    pid = int((folder / "data/postmaster.pid").read_text().splitlines()[0])

    process.send_signal(number)
    process.communicate()

    assert process.returncode == 128 + number
    assert ends(pid)
    assert not folder.exists()


@needs_server
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a server of its parent's end")
def test_server_ends_when_the_script_is_killed() -> None:
    process = start(SAY_AND_WAIT)
    folder = server_folder(process)
    pid = int((folder / "data/postmaster.pid").read_text().splitlines()[0])

    process.kill()
    process.communicate()

    assert ends(pid)
    subprocess.run(["rm", "-rf", folder], check=True)


@pytest.mark.parametrize(("in_ci", "code"), [("true", 1), ("", postgres.SKIPPED)])
def test_missing_server_is_loud_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_ci: str, code: int
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CI", in_ci)
    monkeypatch.setattr(postgres, "find_binaries", lambda: None)

    assert postgres.main(["--", "true"]) == code
    assert "apt-get install postgresql" in capsys.readouterr().err
