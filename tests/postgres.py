"""Run a command with DATABASE_URL set to a PostgreSQL that exists only for that command.

    python -m tests.postgres -- python -m pytest -m "not browser"

In this order: the server that DATABASE_URL names; else a private one made from the machine's own
PostgreSQL (unix socket only, thrown away afterwards, never on disk for long); else nothing is run:
exit code 77 ("skipped"), or 1 when CI=true. docs/decisions/0005 says why.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

import psycopg2

SKIPPED = 77
NOT_FOUND = """
**********************************************************************************************
No PostgreSQL found, so nothing was run on it. Half of what is promised is untested.
Install one (Debian and Ubuntu: apt-get install postgresql), or set DATABASE_URL to a server.
**********************************************************************************************
"""
INITDB_OPTIONS = [
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
]
# Nothing here survives the run, so nothing waits for a disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "50",
}
PR_SET_PDEATHSIG = 1


def find_binaries() -> Path | None:
    """Return the folder of the newest installed server, or None."""
    on_path = shutil.which("initdb")
    # A link on PATH points at the folder that also holds the server itself.
    candidates = [Path(on_path).resolve().parent] if on_path else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda path: path.parent.name.zfill(3), reverse=True)
    return next((path for path in candidates if (path / "postgres").exists()), None)


def server_user() -> pwd.struct_passwd | None:
    """Return whom to run the server as: it refuses root. None means: as we are."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def end_with_parent(number: signal.Signals) -> None:
    """Ask the system for this signal if this script is killed and cannot send it (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


@contextlib.contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Start a private server, yield its DATABASE_URL, stop it and remove it in every case."""
    with private_folder() as folder:
        run_as_owner(
            [binaries / "initdb", "--pgdata", folder / "data", *INITDB_OPTIONS], cwd=folder
        )
        with served(binaries, folder):
            yield url_of(folder)


@contextlib.contextmanager
def standby(binaries: Path, primary: str, *, settings: dict[str, str]) -> Iterator[Path]:
    """Copy a server that runs, start the copy as its replica and yield its folder."""
    with private_folder() as folder:
        command = [binaries / "pg_basebackup", "--dbname", primary, "--pgdata", folder / "data"]
        options = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--no-manifest"]
        run_as_owner([*command, *options], cwd=folder)
        with served(binaries, folder, settings):
            yield folder


def url_of(folder: Path, name: str = "postgres") -> str:
    return f"postgresql://postgres@{quote(str(folder), safe='')}/{name}"


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a new folder of the server's user and remove it in every case."""
    user = server_user()
    # Short on purpose: a socket's whole path may have about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="otr-pg-", dir="/tmp"))
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner() -> dict[str, Any]:
    """Return how a process is started as the server's user."""
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def run_as_owner(command: list[str | Path], *, cwd: Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cwd, **owner())


@contextlib.contextmanager
def served(binaries: Path, folder: Path, more: dict[str, str] | None = None) -> Iterator[None]:
    """Run the server whose data is in a folder, its socket beside it."""
    settings = OPTIONS | {"unix_socket_directories": str(folder)} | (more or {})
    flags = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *flags],
            stdout=log,
            stderr=log,
            # Ctrl-C reaches this script first, which stops the server last.
            start_new_session=True,
            preexec_fn=partial(end_with_parent, signal.SIGQUIT),
            cwd=folder,
            **owner(),
        )
    try:
        wait_until_ready(folder, server)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def wait_until_ready(folder: Path, server: subprocess.Popen[bytes], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(encoding="utf-8", errors="replace")
                raise SystemExit(f"PostgreSQL did not start: {error}\n{log}") from error
            time.sleep(0.05)
        else:
            return


def run(command: list[str], database_url: str) -> int:
    """Run the command and return its exit code; end it too when this script is told to end."""
    process = subprocess.Popen(
        command,
        env=os.environ | {"DATABASE_URL": database_url},
        preexec_fn=partial(end_with_parent, signal.SIGTERM),
    )
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(words: list[str]) -> int:
    command = words[words.index("--") + 1 :] if "--" in words else words
    if not command:
        print(__doc__)
        return 2
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return run(command, given)
    binaries = find_binaries()
    if binaries is None:
        print(NOT_FOUND, file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
    with cluster(binaries) as url:
        return run(command, url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
