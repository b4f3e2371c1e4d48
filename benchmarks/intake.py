"""A long ingest: documents a second, and whether the process grows with what it has taken in.

    python -m benchmarks.intake [documents]

The documents are made of neutral words, each with three quotations, and go into a database of their
own. Memory is what the process holds after a tenth of them and after all.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DEBUG", "true")
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/intake.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django  # noqa: E402

django.setup()

from django.conf import settings as site  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from quotes.intake import ingest  # noqa: E402
from quotes.intake.speakers import Directory  # noqa: E402
from quotes.models import Quote  # noqa: E402
from tests.intake.documents import document, text  # noqa: E402


def held() -> int:
    """Return the kilobytes of memory that the process holds now (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def main(documents: int) -> None:
    # With it every statement is kept for the debug page.
    site.DEBUG = False
    call_command("migrate", verbosity=0)
    people = Directory.read()
    begun = time.process_time()
    early = 0
    for number in range(documents):
        ingest(document(text=text(number)), people=people)
        if number + 1 == documents // 10:
            early = held()
    seconds = time.process_time() - begun
    late = held()
    quotes = Quote.objects.count()
    print(f"{documents} documents, {documents / seconds:.0f} a second of processor time")
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        (size,) = cursor.fetchone()
    print(
        f"a million candidates at this rate: {seconds / quotes * 1_000_000 / 3600:.1f} hours of "
        f"one processor, {size / quotes / 1_000:.1f} GB ({quotes} found)"
    )
    print(f"memory after {documents // 10}: {early / 1024:.1f} MB, after all: {late / 1024:.1f} MB")
    print(f"grown by {1024 * (late - early) / (0.9 * documents):.0f} bytes a document")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
