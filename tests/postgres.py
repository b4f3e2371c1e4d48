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
import resource
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


class Server:
    """A private server in a folder of its own, which may be stopped and started again."""

    def __init__(self, binaries: Path) -> None:
        self.binaries, self.user = binaries, server_user()
        # Short on purpose: a socket's whole path may have about 100 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="otr-pg-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/{name}"

    @property
    def _as_user(self) -> dict[str, Any]:
        user = self.user
        return {
            "cwd": self.folder,
            "user": user and user.pw_uid,
            "group": user and user.pw_gid,
            "extra_groups": user and [],
        }

    def make(self, *options: str) -> None:
        """Write an empty database cluster; more options are initdb's."""
        command = [self.binaries / "initdb", "--pgdata", self.folder / "data", *INITDB_OPTIONS]
        subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL, **self._as_user)

    def copy(self, primary: str) -> None:
        """Become a replica of the server at an address."""
        command: list[str | Path] = [self.binaries / "pg_basebackup", "--dbname", primary]
        command += ["--pgdata", self.folder / "data", "--write-recovery-conf"]
        command += ["--checkpoint=fast", "--no-sync", "--no-manifest"]
        subprocess.run(command, check=True, **self._as_user)

    def start(self, *, largest_file: int | None = None) -> None:
        """Return when the server takes connections; beyond `largest_file` its disk is full."""
        settings = OPTIONS | {"unix_socket_directories": str(self.folder)}
        flags = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *flags],
                stdout=log,
                stderr=log,
                # Ctrl-C reaches this script first, which stops the server last.
                start_new_session=True,
                preexec_fn=partial(prepare, largest_file),
                **self._as_user,
            )
        wait_until_ready(self.folder, self.process)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End the server: SIGQUIT at once, SIGINT in good order, whoever is connected."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()


def prepare(largest_file: int | None) -> None:
    """Let the new process end with its parent, and its files at their limit."""
    end_with_parent(signal.SIGQUIT)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))


@contextlib.contextmanager
def private_server(binaries: Path, *options: str) -> Iterator[Server]:
    """Start a private server, yield it, stop it and remove it in every case."""
    with _kept(Server(binaries)) as server:
        server.make(*options)
        server.start()
        yield server


@contextlib.contextmanager
def replica(binaries: Path, primary: str) -> Iterator[Server]:
    """Copy a running server and yield the copy, which follows it; remove it in every case."""
    with _kept(Server(binaries)) as server:
        server.copy(primary)
        server.start()
        yield server


@contextlib.contextmanager
def _kept(server: Server) -> Iterator[Server]:
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


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
    with private_server(binaries) as server:
        return run(command, server.url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
