"""The real server, started and ended, and what its processes hold in memory."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS, THREADS = 2, 16
SETTINGS = {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
    "ALLOWED_HOSTS": "127.0.0.1",
    "HTTPS_ONLY": "false",
    "LOG_LEVEL": "ERROR",
    "CONTACT": "nobody@example.org",
    # As deploy/ontherecord.service has it.
    "MALLOC_ARENA_MAX": "2",
}


class Server:
    """A running server: its port, and its workers' processes."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def memory(self) -> float:
        """Return the memory of a worker in MB: its own pages, and its share of the others."""
        shares = []
        for worker in self.workers:
            lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
            shares.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")))
        return sum(shares) / len(shares) / 1024

    def highest(self) -> float:
        """Return the most memory that a worker has held so far, mapped files included, in MB."""
        peaks = []
        for worker in self.workers:
            lines = Path(f"/proc/{worker}/status").read_text().splitlines()
            peaks.append(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")))
        return max(peaks) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    """Start a program that listens on the port; end it with its children."""
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("VERBOSE") else subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Server(port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[Server]:
    """Start the site as docs/settings.md says."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
    with running(command, port, SETTINGS | environment) as server:
        yield server


def first_answer(server: Server, path: str, *, seconds: float = 120) -> float:
    """Return the seconds until the server answers; it has just been started."""
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=seconds)
            connection.request("GET", path)
            if connection.getresponse().read() is not None:
                return time.perf_counter() - started
        except OSError:
            time.sleep(0.02)
    raise SystemExit("The server did not answer.")
