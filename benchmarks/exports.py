"""How fast the database at hand is taken away whole: first byte, rows a second, memory beside.

    DATABASE_URL=... python -m benchmarks.exports [csv jsonl ris ...]

Goal for CSV of a million rows on 2 cores: first byte in 0.5 s, 20,000 rows a second, 64 MB.
"""

import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # Django first
from django.test import RequestFactory  # noqa: E402

from quotes.exports.writers import FILES  # noqa: E402
from quotes.views.downloads import download  # noqa: E402


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(endings: list[str]) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
    print(f"{'format':10} {'rows':>9} {'first byte s':>12} {'rows/s':>9} {'MB':>8} {'+RAM MB':>8}")
    # A server that has answered before; the columns are mapped, nothing is read yet.
    download(RequestFactory().head("/quotes.csv?q=zzzzzz"), "csv")
    for ending in endings:
        request = RequestFactory().get(f"/quotes.{ending}")
        before = megabytes()
        begin = time.perf_counter()
        response = download(request, ending)
        first, size = 0.0, 0
        for piece in response.streaming_content:  # type: ignore[attr-defined]
            first = first or time.perf_counter() - begin
            size += len(piece)
        spent = time.perf_counter() - begin
        rows = int(response.headers["X-Total-Count"])
        print(
            f"{ending:10} {rows:9,} {first:12.2f} {rows / spent:9,.0f} {size / 1e6:8.1f} "
            f"{megabytes() - before:8.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:] or list(FILES))
