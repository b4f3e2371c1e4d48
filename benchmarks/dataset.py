"""How long a snapshot of the database at hand takes to write, and how much memory.

    DATABASE_URL=... python -m benchmarks.dataset [sqlite]

Goal for a million quotes on 2 cores: 5 minutes, 300 MB.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # Django first

from quotes.dataset.export import export  # noqa: E402


def main(sqlite: bool) -> None:
    settings.DEBUG = False
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        done = export(Path(folder) / "out", sqlite=sqlite)
        spent = time.perf_counter() - begin
        rows = done.snapshot.files["quotes"].rows
        size = sum(path.stat().st_size for path in (Path(folder) / "out").iterdir()) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} quotes in {spent:.1f} s, {memory:.0f} MB of memory, {size:.1f} MB of files")


if __name__ == "__main__":
    main("sqlite" in sys.argv[1:])
