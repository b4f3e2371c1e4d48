"""How long the coding screen takes among a million quotes: p95 of looking, saving and finishing.

Milliseconds of the processor, so that a busy machine does not count; the database is in-process.

    python -m benchmarks.coding [QUOTES]

Makes a SQLite database of its own in a temporary folder and prints; it changes nothing else.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

QUOTES = 1_000_000
ROUND = 5_000
TURNS = 100
# Copies of the first row of a table under other keys, by columns that differ.
COPY = """
WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
INSERT INTO {table} ({names}) SELECT {values} FROM {table}, n WHERE {table}.id = 1
"""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUOTES
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DEBUG": "false",
            "SECRET_KEY": "a key for this benchmark only, 0123456789 abcdefghij XYZ",
            "ALLOWED_HOSTS": "testserver",
            "HTTPS_ONLY": "false",
            "REQUIRE_SECOND_FACTOR": "false",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django  # after the settings are named

        django.setup()
        measure(count)


def measure(count: int) -> None:
    from django.core.management import call_command
    from django.test import override_settings

    call_command("migrate", verbosity=0)
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with override_settings(
        STORAGES=storages | {"staticfiles": storage}, ALLOWED_HOSTS=["testserver"]
    ):
        task = fill(count)
        walk(task, count)


def fill(count: int) -> Any:
    """Make `count` quotes by copying one, and deal some of them to two coders."""
    from quotes import coding
    from quotes.models import Article, Quote, QuoteSpan
    from quotes.triggers import suspended
    from tests import factories

    factories.quote(status="accepted")
    with suspended():
        copy(Article, count // 100, sha256="printf('%064d', n.i)", public_id="'A' || n.i")
        article = f"n.i % {count // 100} + 1"
        copy(Quote, count, article_id=article, public_id="NULL")
        copy(QuoteSpan, count, quote_id="n.i")
    assert Quote.objects.count() == QuoteSpan.objects.count() == count
    step = count // ROUND
    return coding.make(
        name="Round",
        quotes=Quote.objects.filter(pk__in=range(step, count, step)),
        targets=[factories.target(), factories.target("claim")],
        coders=[factories.user("coder"), factories.user("coder")],
        by=factories.user(),
    )


def copy(model: Any, count: int, **columns: str) -> None:
    """Fill a table up to `count` rows with copies of its first, but for these columns."""
    from django.db import connection

    table = model._meta.db_table
    names = [field.column for field in model._meta.local_concrete_fields]
    differing = {"id": "n.i", **columns}
    values = ", ".join(differing.get(name, f'{table}."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(table=table, names=quoted, values=values, count=count))


def walk(task: Any, count: int) -> None:
    """Time one coder at work: look, give a value, finish, undo."""
    from tests.coding import address, first, names, user_of
    from tests.forms import client, form_with

    browser = client(user_of(first(task)))
    times: dict[str, list[float]] = {"look": [], "save": [], "finish": [], "undo": []}
    for place in range(1, TURNS + 1):
        page = timed(times["look"], lambda at=place: browser.get(address(task, at)))
        data = form_with(page, "n", f"{names(task)[0]}-revision")
        given = {**data, f"{names(task)[0]}-value": "supports", "action": "save"}
        saved = timed(times["save"], post(browser, address(task), given))
        again = form_with(saved, "n", f"{names(task)[0]}-revision")
        timed(times["finish"], post(browser, address(task), {**again, "action": "finish"}))
        if place % 10 == 0:
            undo = {"n": str(place), "action": "undo"}
            timed(times["undo"], post(browser, address(task), undo))
    dealt = task.assignments.count() // 2
    print(f"{count:,} quotes, a round of {dealt:,}, SQLite, milliseconds of CPU:")
    for name, found in times.items():
        p95 = statistics.quantiles(found, n=20)[-1]
        print(f"  {name:7} p50 {statistics.median(found):6.1f}  p95 {p95:6.1f}")


def post(browser: Any, path: str, data: dict[str, Any]) -> Callable[[], Any]:
    return lambda: browser.post(path, data, headers={"X-Coding-Fragment": "1"})


def timed(times: list[float], ask: Callable[[], Any]) -> Any:
    started = time.process_time()
    response = ask()
    times.append((time.process_time() - started) * 1_000)
    assert response.status_code == 200, response.status_code
    return response


if __name__ == "__main__":
    main()
