"""One size on one database: fill it if it is empty, serve it, measure, print the table."""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["LOG_LEVEL"] = "ERROR"
from benchmarks.scale.server import SETTINGS  # the settings read the environment

for name, value in SETTINGS.items():
    os.environ[name] = value

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from benchmarks.scale import cold, mix  # noqa: E402
from benchmarks.scale.client import Answer, Client, replay, saturate, share  # noqa: E402
from benchmarks.scale.collection import Collection  # noqa: E402
from benchmarks.scale.datasette import compare  # noqa: E402
from benchmarks.scale.load import fill  # noqa: E402
from benchmarks.scale.server import Server, first_answer, gunicorn  # noqa: E402
from quotes.models import Quote  # noqa: E402
from quotes.search.columns import build  # noqa: E402

PAGE, DEEP = 20, 10_000
Row = tuple[str, str, str]


def prepare(quotes: int) -> None:
    """Leave a filled database with its columns built, and static files collected."""
    call_command("migrate", verbosity=0)
    if not Quote.objects.exists():
        fill(quotes)
    call_command("collectstatic", interactive=False, verbosity=0)
    started = time.perf_counter()
    build("default")
    say(
        "columns built",
        f"{time.perf_counter() - started:.1f} s",
        f"{size(settings.COLUMNS_DIR)} MB",
    )


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 2**20


def disk(folder: Path) -> int:
    """Return the size of the database in MB, with its index of words."""
    if connection.vendor == "sqlite":
        return size(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1048576")
        return int(cursor.fetchone()[0])


def say(*row: str) -> None:
    print(f"{row[0]:58} {row[1]:>14}  {row[2] if len(row) > 2 else ''}", flush=True)


def lists(answers: list[Answer], figures: dict[str, float]) -> Iterator[Row]:
    found = [one for one in answers if one.request.kind == mix.LIST]
    for name, of in (("p50", 0.5), ("p95", 0.95), ("worst", 1.0)):
        figures[f"list {name}"] = share(found, of)
    goal = "30 / 90 / 250" if connection.vendor == "sqlite" else "40 / 160 / 400"
    three = " / ".join(f"{figures[f'list {one}']:.0f}" for one in ("p50", "p95", "worst"))
    yield "list: p50 / p95 / worst, ms", three, goal
    for what in dict.fromkeys(one.request.what for one in found):
        some = [one for one in found if one.request.what == what]
        yield f"   {what}: p50 / worst", f"{share(some, 0.5):.0f} / {share(some, 1):.0f}", ""
    browse = [one for one in answers if one.request.kind == mix.BROWSE]
    yield "without a filter (home, browse): p95, ms", f"{share(browse, 0.95):.0f}", "30"
    permalinks = [one for one in answers if one.request.kind == mix.QUOTE]
    yield "permalink: p95, ms", f"{share(permalinks, 0.95):.1f}", "8"
    others = [one for one in answers if one.request.kind == mix.OTHER]
    yield "people and articles: p95, ms", f"{share(others, 0.95):.0f}", ""
    wrong = [one for one in answers if one.status != 200]
    yield "answers that were no 200", str(len(wrong)), "0"
    for one in wrong[:5]:
        yield f"   {one.status} {one.request.path[:50]}", "", ""


def again(server: Server, requests: Sequence[mix.Request]) -> str:
    """Return the same three figures of the lists where the keys of the words are kept."""
    found = [a for a in replay(server.port, requests) if a.request.kind == mix.LIST]
    return " / ".join(f"{share(found, of):.0f}" for of in (0.5, 0.95, 1.0))


def deep(server: Server) -> Row:
    """Compare page 10,000 (or the last, in a smaller collection) with the first, by its place."""
    quotes = Quote.objects.published().newest_first()
    number = min(DEEP * PAGE, quotes.filter(date_earliest__isnull=False).count() - 2 * PAGE)
    day, key = quotes.values_list("date_earliest", "public_id")[number]
    client = Client(server.port)
    times = {}
    for path in ("/quotes", f"/quotes?after={day}_{key}"):
        taken = [client.ask(mix.Request("", path, "")) for _ in range(15)]
        times[path] = share(taken, 0.5)
    first, last = times.values()
    return f"page {number // PAGE} over page 1, by place", f"{last / first:.2f}", "1.5"


def csv(server: Server) -> Iterator[Row]:
    """Read the whole list as CSV."""
    before, started = server.highest(), time.perf_counter()
    client = Client(server.port)
    client.connection.request("GET", "/quotes.csv")
    response = client.connection.getresponse()
    response.read(1)
    first = time.perf_counter() - started
    if response.status != 200:
        yield "CSV of all rows", f"{response.status}", "0.5 s / 20,000 / 64 MB"
        return
    lines = 0
    while block := response.read(1 << 20):
        lines += block.count(b"\n")
    seconds = time.perf_counter() - started
    more = server.highest() - before
    figures = f"{first:.2f} / {lines / seconds:.0f} / {more:.0f}"
    yield "CSV: first byte s / lines a second / more memory MB", figures, "0.5 / 20,000 / 64"


def edit(server: Server) -> Row:
    """Change a quote in another process (this one) and wait until a count shows it."""
    client, path = Client(server.port), "/quotes?kind=direct"
    quote = Quote.objects.published().filter(kind="direct").order_by("pk")[7]
    before = client.get(path)[1].split(b"<h1", 1)[1].split(b"</h1>")[0]
    Quote.objects.filter(pk=quote.pk).update(kind="mixed")
    started = time.perf_counter()
    while client.get(path)[1].split(b"<h1", 1)[1].split(b"</h1>")[0] == before:
        if time.perf_counter() - started > 30:
            return "an edit is visible in list and counts after, s", "never", "1"
    seconds = time.perf_counter() - started
    Quote.objects.filter(pk=quote.pk).update(kind="direct")
    return "an edit is visible in list and counts after, s", f"{seconds:.2f}", "1"


def empty_worker(folder: Path) -> float:
    """Return the memory of a worker that serves an empty database."""
    database = folder / "empty.sqlite3"
    environment = {"DATABASE_URL": f"sqlite:///{database}", "COLUMNS_DIR": str(folder / "none")}
    shutil.rmtree(folder / "none", ignore_errors=True)
    database.unlink(missing_ok=True)
    os.system(  # noqa: S605  # a command of our own words
        f"DATABASE_URL=sqlite:///{database} {sys.executable} manage.py migrate -v 0"
    )
    with gunicorn(environment) as server:
        first_answer(server, "/quotes")
        replay(server.port, [mix.Request("", path, "") for path in ("/", "/quotes")] * 10)
        return server.memory()


def main(options: argparse.Namespace) -> None:
    quotes, smaller = options.quotes, options.smaller
    print(f"\n{quotes:,} quotes, {connection.vendor}, load {os.getloadavg()[0]:.1f}\n")
    figures: dict[str, float] = {}
    prepare(quotes)
    if options.fill_only:
        return
    collection = Collection(quotes)
    requests = mix.requests(collection)
    folder = Path(settings.DATA_DIR)
    empty = empty_worker(folder)
    connections.close_all()
    with gunicorn({}) as server:
        first_answer(server, "/quotes?kind=direct")
        for row in cold.worst(server, collection):
            say(*row)
    if options.cold_only:
        return
    # As if nobody had searched for the words before.
    with gunicorn({"KEYS_KEPT_MB": "0"}) as server:
        starting = first_answer(server, "/quotes?kind=direct")
        replay(server.port, requests)  # the system's own caches, as on a site that is in use
        for row in lists(replay(server.port, requests), figures):
            say(*row)
        say("cold start to first answer, s", f"{starting:.1f}", "5")
        rate, wrong = saturate(server.port, requests)
        say("16 connections, words new each time: answers a second", f"{rate:.0f} / {wrong}")
    with gunicorn({}) as server:
        first_answer(server, "/quotes?kind=direct")
        replay(server.port, requests)
        say("list, words asked for again: p50 / p95 / worst, ms", again(server, requests))
        rate, wrong = saturate(server.port, requests)
        goal = "150 / 0" if connection.vendor == "sqlite" else "100 / 0"
        say("16 connections: answers a second / errors", f"{rate:.0f} / {wrong}", goal)
        say("memory a worker above empty, MB", f"{server.memory() - empty:.0f}", "250")
        say(*deep(server))
        say(*edit(server))
        for row in csv(server) if "csv" not in options.without else ():
            say(*row)
    if smaller and smaller.exists():
        before = json.loads(smaller.read_text())["list p95"]
        say("list p95 over that of the smaller", f"{figures['list p95'] / before:.1f}", "3")
    (folder / "figures.json").write_text(json.dumps(figures))
    if connection.vendor == "sqlite" and "datasette" not in options.without:
        for row in compare(Path(settings.DATABASES["default"]["NAME"]), requests, figures):
            say(*row)
    say("database on disk, MB", str(disk(folder)), "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("quotes", type=int)
    parser.add_argument("--smaller", type=Path)
    parser.add_argument("--fill-only", action="store_true")
    parser.add_argument("--cold-only", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    main(parser.parse_args())
