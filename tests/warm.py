"""Processes of the project that need not load it: forks of one that has, `python -m tests.warm`.

What kills hundreds of processes would spend its time on starting them, and most of its kills would
fall before any work. A fork is a process of its own, leader of its own group, with connections of
its own; it is killed like any other.
"""

import io
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from tests.sites import ROOT


class Run:
    """One fork; its process id is its group's."""

    def __init__(self, maker: "Warm", log: Path) -> None:
        self.maker, self.log = maker, log
        self.pid = int(maker.said())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while it runs."""
        if self.returncode is None and self.maker.has_said():
            self.wait()
        return self.returncode

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(self.maker.said())
        return self.returncode

    def kill(self) -> None:
        """End the whole group at once, as a loss of power does."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it may end at this very moment
                os.killpg(self.pid, signal.SIGKILL)
            self.wait()


class Warm:
    """Where forks come from, one at a time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.last: Run | None = None
        assert self.said() == "ready"

    def start(self, log: Path, program: str, *arguments: str | Path, url: str = "") -> Run:
        """Start manage.py or gunicorn, what it says added to a file, on another database by url."""
        assert self.process.stdin is not None
        order = {"log": str(log), "words": [program, *map(str, arguments)], "url": url}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.last = Run(self, log)
        return self.last

    def run(self, log: Path, *arguments: str | Path, url: str = "") -> tuple[int, str]:
        """Run a command of manage.py to its end; return its exit code and what it said."""
        log.unlink(missing_ok=True)
        code = self.start(log, "manage.py", *arguments, url=url).wait()
        return code, log.read_text(errors="replace")

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()

    def has_said(self) -> bool:
        assert self.process.stdout is not None
        return bool(select.select([self.process.stdout], [], [], 0)[0])


@contextmanager
def warm(environment: dict[str, str]) -> Iterator[Warm]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.warm"],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What is waiting must be seen by select: nothing is read ahead.
        bufsize=0,
    ) as process:
        made = Warm(process)
        try:
            yield made
        finally:
            if made.last is not None:
                made.last.kill()
            # The end of its input is its own end.


def load() -> None:
    """Load what the programs would load, and hold no connection."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    import_module("config.wsgi")
    import_module("gunicorn.app.wsgiapp")
    import_module("quotes.management.commands.ingest")
    call_command("check", stdout=io.StringIO())
    connections.close_all()


def become(order: dict[str, str], words: list[str]) -> None:
    """Be the program, in a process that was forked."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(log, number)
    if order["url"]:
        import dj_database_url
        from django.db import connection

        os.environ["DATABASE_URL"] = order["url"]
        connection.settings_dict["NAME"] = dj_database_url.parse(order["url"])["NAME"]
    sys.argv = words
    if words[0] == "gunicorn":
        import_module("gunicorn.app.wsgiapp").run()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(words)


def serve() -> None:
    """Fork for each line that is read; say the fork's id, then its exit code."""
    load()
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        if (pid := os.fork()) == 0:
            os.setpgid(0, 0)
            become(order, order["words"])
            return
        # By both: whichever comes first, the group is there when its id is said.
        os.setpgid(pid, pid)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
