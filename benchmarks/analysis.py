"""How long the pages that count take with a million stances.

    DEBUG=true DATABASE_URL=sqlite:////tmp/bench/db.sqlite3 python -m benchmarks.analysis [STANCES]

Fills an empty database with generated rows (names are numbers, quotes have no words; only what is
counted is there), builds the columns, then asks for whole pages of each kind, filter panel
included: cold, with the columns mapped but no answer kept, and again with the answer kept.
Goals: 300 ms and 30 ms for 95 of 100 tables and profiles, 3 s for a network.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# After the settings are named:
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DEFAULT_DB_ALIAS, connection, models  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from base import triggers  # noqa: E402
from people.models import Membership, Organization, Person  # noqa: E402
from quotes.models import Article, Outlet, Quote, Stance, Target  # noqa: E402
from quotes.search.columns import build  # noqa: E402
from quotes.triggers import all_triggers  # noqa: E402
from quotes.views import keeping  # noqa: E402

ACTORS, BODIES, OUTLETS, TARGETS = 50_000, 300, 300, 20
VALUES = ("supports", "supports", "criticises", "neutral", "mixed", "no_stance")


def fill(stances: int) -> None:
    """Make the rows, without triggers: nothing here is changed by a person."""
    chance = random.Random(1)
    call_command("migrate", verbosity=0)
    triggers.remove(connection, all_triggers(connection.vendor))
    editor = _editor()
    _make(Outlet, ({"name": f"Outlet {n}", "slug": f"outlet-{n}"} for n in range(OUTLETS)))
    _make(Organization, ({"name": f"Body {n}", "slug": f"body-{n}"} for n in range(BODIES)))
    names = ((n, f"Generated {n:05}") for n in range(ACTORS))
    _make(
        Person, ({"name": name, "sort_name": name, "slug": f"generated-{n}"} for n, name in names)
    )
    roles = range(0, ACTORS, 10)
    _make(
        Membership,
        ({"person_id": n + 1, "organization_id": n % BODIES + 1, "role": "member"} for n in roles),
    )
    _make(
        Target,
        (
            {"label": f"Subject {n}", "slug": f"subject-{n}", "kind": "subject"}
            for n in range(TARGETS)
        ),
    )
    days = [date(2008, 1, 1) + timedelta(days=n) for n in range(4380)]
    articles = [chance.choice(days) for _ in range(max(stances // 4, 1))]
    _make(Article, (_article(n, day, chance) for n, day in enumerate(articles)))
    now = timezone.now()
    _make(Quote, (_quote(n, articles, chance, editor, now) for n in range(stances)))
    _make(
        Stance,
        (
            {
                "quote_id": n + 1,
                "target_id": int(TARGETS * chance.random() ** 2) + 1,
                "value": chance.choice(VALUES),
                "decided_at": now,
            }
            for n in range(stances)
        ),
    )
    triggers.install(connection, all_triggers(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _article(number: int, day: date, chance: random.Random) -> dict[str, Any]:
    return {
        "outlet_id": int(OUTLETS * chance.random() ** 2) + 1,
        "headline": f"Headline {number}",
        "body": f"No. {number}",
        "sha256": f"{number:064}",
        "published": day.isoformat(),
        "published_earliest": day,
        "published_latest": day,
        "date_basis": "printed",
    }


def _quote(
    number: int, articles: list[date], chance: random.Random, editor: int, now: Any
) -> dict[str, Any]:
    day = articles[number // 4]
    return {
        "article_id": number // 4 + 1,
        "public_id": f"{number:08}",
        "kind": chance.choice(("direct", "direct", "indirect")),
        # Few speak often (Zipf): the first a tenth of all.
        "speaker_id": min(int(ACTORS ** chance.random()), ACTORS),
        "speaker_text": "Generated",
        "status": "published",
        "reviewer_id": editor,
        "reviewed_at": now,
        "published_at": now,
        "date_earliest": day,
        "date_latest": day,
    }


def _editor() -> int:
    from django.contrib.auth.models import User  # models are loaded by now

    return User.objects.create(username="generator").pk


def _make(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    rest: Iterator[dict[str, Any]] = iter(rows)
    while batch := [model(**values) for values in islice(rest, 20_000)]:
        model._default_manager.bulk_create(batch, batch_size=500)


def pages(chance: random.Random) -> dict[str, list[str]]:
    # Who is looked up is who is quoted: often those who speak often.
    keys = chance.sample(range(1, Quote.objects.count() + 1), 60)
    rows = Quote.objects.filter(pk__in=keys).order_by("pk")
    people = rows.values_list("speaker__slug", flat=True)
    return {
        "matrix": [
            "/compare",
            "/compare?rows=outlet",
            "/compare?rows=organization",
            "/compare?order=name",
            "/compare?page=9",
            "/compare?kind=direct&year=2012",
            "/compare?rows=outlet&organization=body-10",
            "/compare?rows=organization&stance=criticises",
            "/compare?date_from=2010-03&date_to=2011-09",
            *(f"/compare?target=subject-{n}&order=against" for n in range(10)),
            *(f"/compare?rows=outlet&by=subject-{n}" for n in range(10)),
        ],
        "profile": [f"/people/{slug}" for slug in dict.fromkeys(people)],
        "target": ["/targets/subject-0", "/targets/subject-7"],
        "network of outlets": ["/network?actors=outlet", "/network?actors=outlet&type=two_mode"],
        "camps of outlets by year": ["/camps?actors=outlet&unit=years"],
        "GraphML of outlets": ["/network.graphml?actors=outlet"],
    }


def ask(client: Client, urls: list[str]) -> list[float]:
    found = []
    for url in urls:
        started = time.perf_counter()
        response = client.get(url)
        found.append((time.perf_counter() - started) * 1000)
        assert response.status_code == 200, (url, response.status_code)
    return found


def told(name: str, what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    figures = f"{statistics.median(times):7.0f} {p95:7.0f} {ordered[-1]:7.0f} {len(times):5}"
    print(f"{name:26} {what:5} {figures}", flush=True)


def timed(what: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - started:.1f} s", flush=True)


def main() -> None:
    stances = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if not Stance.objects.exists() if _has_tables() else True:
        timed(f"{stances} stances made", lambda: fill(stances))
    timed("columns built", lambda: build(DEFAULT_DB_ALIAS))
    keeping.SLOW = 0
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(SERVER_NAME="localhost")
    # What a process does once: templates, and the counts of the whole collection.
    ask(client, ["/compare", "/network?actors=outlet"])
    print(f"{'':26} {'':5} {'p50':>7} {'p95':>7} {'worst':>7} {'n':>5}   in ms")
    for name, urls in pages(random.Random(2)).items():
        cache.clear()
        told(name, "cold", ask(client, urls))
        told(name, "kept", ask(client, urls))


def _has_tables() -> bool:
    return "quotes_stance" in connection.introspection.table_names()


if __name__ == "__main__":
    main()
