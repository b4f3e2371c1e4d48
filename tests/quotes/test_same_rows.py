"""One search in every form: pages, files and API hold the same quotes with the same words."""

import csv
import io
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from quotes.exports.past import written
from quotes.exports.state import as_of_now
from tests.quotes.test_api import crawl

pytestmark = pytest.mark.django_db


def digest(rows: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """Return how many quotes, and the SHA-256 over their ids and words in one order."""
    kept = sorted(rows)
    return len(kept), sha256(json.dumps(kept).encode()).hexdigest()


def of_pages(client: Client, query: str) -> list[tuple[str, str]]:
    found = []
    address = f"/quotes?{query}".rstrip("?")
    while address:
        response = client.get(address)
        assert response.status_code == 200, address
        found += [(q.public_id, q.text) for q in response.context["listing"].shown]
        address = response.context["next_url"]
    return found


def of_file(client: Client, address: str) -> str:
    return b"".join(client.get(address)).decode()


def test_pages_files_and_api_hold_the_same(client: Client, settings: Any) -> None:
    settings.API_PER_MINUTE = 0
    call_command("load_seeds", verbosity=0)
    moment = written(as_of_now())
    sizes = []
    for query in ("", "q=media+pressure&sort=relevance", "stance=denies&sort=oldest"):
        joined = f"{query}&" if query else ""
        past = "&".join(part for part in query.split("&") if part and "sort=rel" not in part)
        table = of_file(client, f"/quotes.csv?{joined}raw=1")
        lines = of_file(client, f"/quotes.jsonl?{query}").splitlines()
        then = of_file(client, f"/quotes.jsonl?{past}&as_of={moment}").splitlines()

        digests = {
            "pages": digest(of_pages(client, query)),
            "csv": digest(
                (row["id"], row["text"]) for row in csv.DictReader(io.StringIO(table, newline=""))
            ),
            "jsonl": digest((row["id"], row["text"]) for row in map(json.loads, lines)),
            "as_of": digest((row["id"], row["text"]) for row in map(json.loads, then)),
            "api": digest(
                (row["id"], row["text"]) for row in crawl(client, f"/api/v1/quotes?{joined}limit=7")
            ),
        }
        assert len(set(digests.values())) == 1, digests
        sizes.append(digests["pages"][0])
    assert sizes[0] > 20 > sizes[1] > 0
    assert sizes[2] > 0
