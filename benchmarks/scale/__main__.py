"""Measures the site at a million quotes against the numbers that are promised.

    python -m benchmarks.scale                          1,000,000 quotes in SQLite
    python -m tests.postgres -- python -m benchmarks.scale       in a private PostgreSQL
    python -m benchmarks.scale --quotes 100000 --folder /tmp/scale

The collection is generated once and kept: in the folder (SQLite), or in a database of its own
(`scale_1000000`) on the server that DATABASE_URL names. `--fill-only` stops there.
`--smaller 100000` measures that size as well, for the ratio between the two. `--cold-only` asks
each facet, order and pair of filters once in a new process and stops. `--without csv --without
datasette` leaves out what takes minutes.
Datasette, if `datasette` is on the path (pip install '.[benchmark]'), serves the same SQLite file.
VERBOSE=1 shows what the servers say. Nothing else should run on the machine.
"""

import argparse
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--smaller", type=int, default=0)
    parser.add_argument("--without", choices=("csv", "datasette"), action="append", default=[])
    parser.add_argument("--fill-only", action="store_true", help="measure nothing")
    parser.add_argument("--cold-only", action="store_true", help="the slowest of each, and no more")
    parser.add_argument("--folder", type=Path, default=Path("data") / "scale")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for quotes in sorted({options.smaller or options.quotes, options.quotes}):
        folder = options.folder.resolve() / str(quotes)
        folder.mkdir(exist_ok=True)
        environment = {"DATA_DIR": str(folder), "COLUMNS_DIR": str(folder / "columns")}
        environment["DATABASE_URL"] = database(quotes, folder)
        command = [sys.executable, "-m", "benchmarks.scale.measure", str(quotes)]
        command += [word for part in options.without for word in ("--without", part)]
        if options.cold_only:
            command.append("--cold-only")
        if options.fill_only:
            command.append("--fill-only")
        elif quotes != options.smaller:
            figures = options.folder.resolve() / str(options.smaller) / "figures.json"
            command += ["--smaller", str(figures)]
        subprocess.run(command, env=os.environ | environment, check=True)


def database(quotes: int, folder: Path) -> str:
    """Return the address of the database of this size: a file, or one of the server's."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return f"sqlite:///{folder / 'scale.sqlite3'}"
    name = f"scale_{quotes}"
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


if __name__ == "__main__":
    main()
