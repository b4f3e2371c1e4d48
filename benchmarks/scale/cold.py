"""Each facet, order and pair of filters asked for once, by a server that has just been started.

Nothing of any answer is remembered: no address comes twice, and no process is older than the first.
"""

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from benchmarks.scale.client import Answer, Client
from benchmarks.scale.collection import Collection
from benchmarks.scale.language import COMMON
from benchmarks.scale.mix import FREQUENT, Request, facet_values, quotes
from benchmarks.scale.server import Server
from quotes.filters import NOT, SORTS

LIMIT = 1_000
WORST = 5
TICK = 1_000 / os.sysconf("SC_CLK_TCK")
Row = tuple[str, str, str]


def requests(collection: Collection) -> Iterator[Request]:
    values = facet_values(collection)
    words = (COMMON[0], *(collection.language.words[rank] for rank in FREQUENT))
    for sort in SORTS:
        # The usual order is left out, as the site's own links leave it.
        order = {"sort": sort} if sort != SORTS[0] else {}
        if sort != "relevance":
            yield quotes("order", **order)
            for name, value in values.items():
                yield quotes("facet and order", **order, **{name: value})
                yield quotes("facet left out and order", **order, **{NOT + name: value})
        for word in words:
            yield quotes("word and order", q=word, **order)
    for first, second in combinations(values, 2):
        yield quotes("two facets", **{name: values[name] for name in (first, second)})
    for name, value in values.items():
        yield quotes("word and facet", q=words[1], sort="relevance", **{name: value})


def worst(server: Server, collection: Collection) -> Iterator[Row]:
    """Ask for each once, by one client, and name the slowest, in ms, by the clock."""
    client, found = Client(server.port), []
    for request in requests(collection):
        before = _spent(server)
        found.append((client.ask(request), _spent(server) - before))
    found.sort(key=lambda pair: -pair[0].seconds)
    above = sum(answer.seconds * 1_000 > LIMIT for answer, _ in found)
    wrong = [answer for answer, _ in found if answer.status != 200]
    of = f"{len(found)} asked once: above a second / no 200"
    yield of, f"{above} / {len(wrong)}", "0 / 0"
    for answer, spent in found[:WORST]:
        yield _row(answer, spent)
    for answer in wrong[:WORST]:
        yield f"   {answer.status} {answer.request.path[:50]}", "", ""


def _row(answer: Answer, spent: float) -> Row:
    by_clock = f"{1_000 * answer.seconds:.0f} / {spent:.0f}"
    return f"   {answer.request.path[:50]}: ms, processor", by_clock, str(LIMIT)


def _spent(server: Server) -> float:
    """Return the milliseconds of processor time that the workers have taken so far."""
    stats = (Path(f"/proc/{worker}/stat").read_text() for worker in server.workers)
    fields = (stat.rpartition(")")[2].split() for stat in stats)
    return sum(int(field[11]) + int(field[12]) for field in fields) * TICK
