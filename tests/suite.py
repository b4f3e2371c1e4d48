"""The whole suite: every test on SQLite, and beside it those that touch data on PostgreSQL.

    python -m tests.suite [arguments for pytest]

With HARD in the environment only the tests that then try more often (tests/hard.py).

Both at once, since each half leaves a core idle; SQLite's output comes as it is made, the other's
when it is whole. Ends with pytest's own closing line for each database, a failed one last, so that
neither the reader nor a program that reads the last line can take half a success for a whole one.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from tests.hard import HARD
from tests.postgres import SKIPPED

ONLY_HARD = " that tries more often" if HARD else ""
NO_TESTS = 5  # pytest's code for "nothing was selected"


@dataclass(frozen=True)
class Result:
    name: str
    code: int
    closing: str

    @property
    def failed(self) -> bool:
        return self.code not in (0, SKIPPED, NO_TESTS)


class Half:
    """One half of the suite, running; its output goes to the screen, or to a file until shown."""

    def __init__(
        self, name: str, command: Sequence[str], environment: dict[str, str], *, aside: bool
    ) -> None:
        self.name, self.aside = name, aside
        self.output = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the half
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=self.output if aside else subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def result(self) -> Result:
        """Wait for the end, show what was kept, and return the last line that was printed."""
        print(f"\n>>> {self.name}\n", flush=True)
        try:
            tail = self._shown() if self.aside else self._passed_on()
        except KeyboardInterrupt:
            # The same key reached pytest and the server's script: let them clear up.
            self.process.wait()
            raise SystemExit(130) from None
        lines = tail.decode(errors="replace").strip().splitlines()
        return Result(self.name, self.process.wait(), lines[-1] if lines else "no output")

    def _passed_on(self) -> bytes:
        assert self.process.stdout is not None
        tail = b""
        while chunk := os.read(self.process.stdout.fileno(), 65536):
            os.write(sys.stdout.fileno(), chunk)
            tail = (tail + chunk)[-4096:]
        return tail

    def _shown(self) -> bytes:
        self.process.wait()
        self.output.seek(0)
        text = self.output.read()
        sys.stdout.buffer.write(text)
        sys.stdout.flush()
        return text[-4096:]


def main(arguments: list[str]) -> int:
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    # Half an hour is all that there is: the log shows where it goes.
    longest = ["--durations=25", "--durations-min=5"] if HARD else []
    pytest = [sys.executable, "-m", "pytest", *colour, *longest]
    on_sqlite = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # Plain Python is the same on both: tests/conftest.py marks it.
    hard = "hard and " if HARD else ""
    postgres = [sys.executable, "-m", "tests.postgres", "--"]
    halves = [
        Half(
            "SQLite: every test" + ONLY_HARD,
            [*pytest, "-m", f"{hard}not postgresql", *arguments],
            on_sqlite,
            aside=False,
        ),
        Half(
            "PostgreSQL: every test that touches data" + ONLY_HARD,
            [
                *postgres,
                *pytest,
                "-m",
                f"{hard}not browser and not sqlite and not plain",
                *arguments,
            ],
            dict(os.environ),
            aside=True,
        ),
    ]
    results = [half.result() for half in halves]
    print("\n>>> Both databases")
    for result in sorted(results, key=lambda result: result.failed):
        state = {SKIPPED: "NOT RUN", NO_TESTS: "no test selected"}.get(result.code, "")
        print(f"\n{result.name}{': ' if state else ''}{state}\n{result.closing}")
    if all(result.code == NO_TESTS for result in results):
        return NO_TESTS
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
