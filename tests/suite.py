"""The whole suite: every test on SQLite, and at the same time all but the browser's on PostgreSQL.

    python -m tests.suite [arguments for pytest]

Ends with pytest's own closing line for each database, a failed one last, so that neither the
reader nor a program that reads the last line can take half a success for a whole one.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.postgres import SKIPPED

NO_TESTS = 5  # pytest's code for "nothing was selected"


@dataclass(frozen=True)
class Result:
    name: str
    code: int
    closing: str

    @property
    def failed(self) -> bool:
        return self.code not in (0, SKIPPED, NO_TESTS)


def run(name: str, command: Sequence[str], environment: dict[str, str]) -> Result:
    """Run one half, show its output as it comes, and keep the last line it printed."""
    print(f"\n>>> {name}\n", flush=True)
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    tail = b""
    try:
        while chunk := os.read(process.stdout.fileno(), 65536):
            os.write(sys.stdout.fileno(), chunk)
            tail = (tail + chunk)[-4096:]
    except KeyboardInterrupt:
        # The same key reached pytest and the server's script: let them clear up.
        process.wait()
        raise SystemExit(130) from None
    lines = tail.decode(errors="replace").strip().splitlines()
    return Result(name, process.wait(), lines[-1] if lines else "no output")


def main(arguments: list[str]) -> int:
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    pytest = [sys.executable, "-m", "pytest", *colour]
    on_sqlite = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    postgres = [sys.executable, "-m", "tests.postgres", "--"]
    results = [
        run("SQLite: every test", [*pytest, "-m", "not postgresql", *arguments], on_sqlite),
        run(
            "PostgreSQL: every test but the browser's",
            [*postgres, *pytest, "-m", "not browser and not sqlite", *arguments],
            dict(os.environ),
        ),
    ]
    print("\n>>> Both databases")
    for result in sorted(results, key=lambda result: result.failed):
        state = {SKIPPED: "NOT RUN", NO_TESTS: "no test selected"}.get(result.code, "")
        print(f"\n{result.name}{': ' if state else ''}{state}\n{result.closing}")
    if all(result.code == NO_TESTS for result in results):
        return NO_TESTS
    return int(any(result.failed for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
