"""The same file, the same words and facets, served by Datasette with its limits raised."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from benchmarks.scale.client import replay, share
from benchmarks.scale.mix import LIST, Request
from benchmarks.scale.server import first_answer, free_port, running
from quotes.search import parse
from quotes.search.query import is_text
from quotes.search.sqlite import matching

# What the quotes' own table has; outlet, language, year and stances are in others.
FACETS = ("speaker_id", "on_behalf_of_id", "kind", "channel", "speaker_role")


def compare(
    database: Path, requests: Sequence[Request], ours: dict[str, float]
) -> Iterator[tuple[str, str, str]]:
    """Yield Datasette's p95 over the searches for words of the mix, with 3 and with 5 facets."""
    program = shutil.which("datasette")
    if program is None:
        yield "Datasette is not installed", "", "pip install '.[benchmark]'"
        return
    port = free_port()
    command = [program, "serve", str(database), "--port", str(port)]
    limits = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "num_sql_threads": 8}
    for name, limit in limits.items():
        command += ["--setting", name, str(limit)]
    with running(command, port, {}) as server:
        first_answer(server, "/")
        for facets in (FACETS[:3], FACETS):
            asked = [one for request in requests for one in _asked(request, database, facets)]
            answers = replay(port, asked)
            wrong = sum(answer.status != 200 for answer in answers)
            p95 = share(answers, 0.95)
            yield (
                f"Datasette, {len(asked)} searches, {len(facets)} facets: p50 / p95, ms",
                f"{share(answers, 0.5):.0f} / {p95:.0f}",
                f"{p95 / ours['list p95']:.1f} times ours, of 11 facets ({wrong} errors)",
            )


def _asked(request: Request, database: Path, facets: Sequence[str]) -> Iterator[Request]:
    parameters = parse_qs(urlsplit(request.path).query)
    if request.kind != LIST or set(parameters) - {"q", "kind"} or not parameters:
        return
    where = ["status = 'published'"]
    if "kind" in parameters:
        where.append(f"kind = '{parameters['kind'][0]}'")
    if "q" in parameters:
        root = parse(parameters["q"][0]).root
        if not is_text(root):
            return
        sql, values = matching(root)
        where.append(f"id IN ({sql})".replace("%s", "'" + values[0].replace("'", "''") + "'"))
    pairs = [("_where", one) for one in where] + [("_facet", facet) for facet in facets]
    pairs += [("_sort_desc", "date_earliest"), ("_size", "20")]
    yield Request(LIST, f"/{database.stem}/quotes_quote?{urlencode(pairs)}", request.what)
