"""The list as files: the same rows as the page, in every format, exact to the byte."""

import csv
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from quotes import notices, review
from quotes.exports import records as batches
from quotes.exports.columns import COLUMNS
from quotes.exports.writers import FILES
from tests import factories

pytestmark = pytest.mark.django_db

HOSTILE = "=cmd|' /C calc'!A1 was counted, “@boats”, said the harbour.\nAnd\tmore."


def body(client: Client, address: str, **extra: Any) -> bytes:
    response = client.get(address, **extra)
    assert response.status_code == 200, response.content
    return b"".join(response)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, address).decode("utf-8-sig"), newline="")))


@pytest.fixture
def collection() -> dict[str, Any]:
    """Three quotes: a plain one with a stance, one whose words are a formula, one long ago."""
    target = factories.target(slug="divers")
    plain = factories.quote(speaker=factories.person("Speaker A"))
    factories.stance(plain, target, "criticises")
    hostile = factories.quote(
        HOSTILE,
        article=factories.article(f"First. {HOSTILE} Last.", headline="+1 boat"),
        speaker=factories.person("Speaker B"),
    )
    old = factories.quote(article=factories.article(published="2007-03"))
    return {"plain": plain, "hostile": hostile, "old": old, "target": target}


def test_csv_holds_every_row_of_the_page_in_its_order(
    client: Client, collection: dict[str, Any]
) -> None:
    for query in ("", "?sort=oldest", "?speaker=speaker-a", "?target=divers&stance=criticises"):
        shown = [
            quote.public_id for quote in client.get(f"/quotes{query}").context["listing"].shown
        ]

        assert [row["id"] for row in rows(client, f"/quotes.csv{query}")] == shown

    row = rows(client, "/quotes.csv?speaker=speaker-a")[0]
    assert (row["stances"], row["stance_numbers"]) == ("divers=criticises", "divers=-1")
    assert row["address"] == f"http://testserver/q/{collection['plain'].public_id}/v2"
    assert (row["date_earliest"], row["date_latest"]) == ("2008-12-07", "2008-12-07")
    assert row["spans"] == f"{collection['plain'].start}-{collection['plain'].start + 25}"


def test_guarded_csv_says_which_cells_it_changed_and_raw_changes_none(
    client: Client, collection: dict[str, Any]
) -> None:
    guarded = next(row for row in rows(client, "/quotes.csv") if row["guarded"])
    raw = next(
        row
        for row in rows(client, "/quotes.csv?raw=1")
        if row["id"] == collection["hostile"].public_id
    )

    assert (guarded["text"], guarded["headline"]) == (f"'{HOSTILE}", "'+1 boat")
    assert guarded["guarded"] == "text|headline"
    assert (raw["text"], raw["headline"]) == (HOSTILE, "+1 boat")
    assert "guarded" not in raw
    assert body(client, "/quotes.csv").startswith("\ufeffid,version".encode())
    assert body(client, "/quotes.csv?raw=1").startswith(b"id,version")


def test_json_lines_hold_the_exact_words_and_every_column(
    client: Client, collection: dict[str, Any]
) -> None:
    lines = [json.loads(line) for line in body(client, "/quotes.jsonl").decode().splitlines()]

    assert {line["id"]: line["text"] for line in lines} == {
        quote.public_id: quote.text for quote in (v for k, v in collection.items() if k != "target")
    }
    assert [list(line) for line in lines] == [[column.name for column in COLUMNS]] * 3
    plain = next(line for line in lines if line["stances"])
    assert plain["stances"][0]["number"] == -1
    document = json.loads(body(client, "/quotes.json?sort=oldest"))
    assert document["title"] == "3 quotes, oldest first"
    assert document["count"] == 3
    assert [line["id"] for line in document["quotes"]] == [
        line["id"]
        for line in sorted(lines, key=lambda line: (line["date_earliest"], line["added"]))
    ]


@pytest.mark.parametrize("ending", FILES)
def test_every_format_has_the_same_quotes_a_name_and_its_headers(
    client: Client, collection: dict[str, Any], ending: str
) -> None:
    response = client.get(f"/quotes.{ending}?sort=oldest")
    text = b"".join(response).decode()
    head = client.head(f"/quotes.{ending}?sort=oldest")
    again = client.get(f"/quotes.{ending}?sort=oldest", headers={"if-none-match": response["ETag"]})

    ids = [collection[name].public_id for name in ("old", "plain", "hostile")]
    assert [text.index(public_id) for public_id in ids] == sorted(map(text.index, ids))
    assert response["Content-Disposition"] == (
        f'attachment; filename="on-the-record-quotes.{ending}"'
    )
    assert response["X-Total-Count"] == "3"
    assert (head.status_code, head.content) == (200, b"")
    own = ("Content-Length", "X-Request-ID")
    assert {k: v for k, v in head.headers.items() if k not in own} == {
        k: v for k, v in response.headers.items() if k not in own
    }
    assert (again.status_code, again.content) == (304, b"")

    review.correct(quote=collection["old"], by=factories.user(), why="Read again", note="In rain")
    changed = review.correct(
        quote=collection["old"], by=factories.user(), why="Read again", speaker_role="skipper"
    )
    after = client.get(f"/quotes.{ending}?sort=oldest", headers={"if-none-match": response["ETag"]})
    assert changed.revision > 1
    assert after.status_code == 200


def test_moment_alone_never_answers_304(client: Client, collection: dict[str, Any]) -> None:
    """Two changes may bear one moment; planted: with Last-Modified asked by, the answer is 304."""
    since = client.get("/quotes.csv")["Last-Modified"]

    assert client.get("/quotes.csv", headers={"if-modified-since": since}).status_code == 200


def test_replies_and_disputes_stand_in_the_row(client: Client, collection: dict[str, Any]) -> None:
    notices.give_notice(
        quote=collection["plain"],
        kind="disputed",
        text="I counted them.",
        dated=collection["plain"].published_at.date(),
        by=factories.user(),
        why="Her letter",
    )
    line = json.loads(body(client, "/quotes.jsonl?speaker=speaker-a"))

    assert line["dispute"] == "disputed"
    assert line["notices"][0]["text"] == "I counted them."
    assert "Disputed" in body(client, "/quotes.ris?speaker=speaker-a").decode()


def test_withdrawn_while_the_download_runs_is_left_out(
    client: Client, collection: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 1)
    streamed = iter(client.get("/quotes.jsonl?sort=oldest"))
    next(streamed)
    review.withdraw(quote=collection["plain"], by=factories.user(), reason="error")

    rest = b"".join(streamed).decode()

    assert collection["plain"].public_id not in rest
    assert collection["hostile"].public_id in rest


@pytest.mark.parametrize(
    ("query", "parameter", "repaired"),
    [
        ("sort=best", "sort", ""),
        ("nonsense=1&kind=direct", "nonsense", "?kind=direct"),
        ("page=2", "page", ""),
        ("raw=yes", "raw", ""),
        ("date_from=yesterday", "date_from", ""),
        ("speaker=nobody", "speaker", ""),
        ("q=%22boat", "q", "?q=boat"),
    ],
)
def test_unfit_parameter_is_named_with_an_address_that_works(
    client: Client, collection: dict[str, Any], query: str, parameter: str, repaired: str
) -> None:
    response = client.get(f"/quotes.csv?{query}")
    problem = response.json()

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert problem["errors"][0]["parameter"] == parameter
    assert problem["repaired"] == f"http://testserver/quotes.csv{repaired}"
    assert client.get(problem["repaired"]).status_code == 200


def test_only_csv_takes_raw(client: Client) -> None:
    assert client.get("/quotes.json?raw=1").status_code == 400


def test_queries_do_not_grow_with_the_rows(
    client: Client, collection: dict[str, Any], django_assert_num_queries: Any
) -> None:
    found = []
    for query in ("date_to=2007", "date_from=2007"):
        # The state in two, the keys, the count for the title; versions, replies, protected people.
        with django_assert_num_queries(8):
            found.append(len(body(client, f"/quotes.jsonl?{query}").splitlines()))
    assert found == [1, 3]


def test_dictionary_page_describes_every_column(client: Client) -> None:
    text = client.get("/data/columns").content.decode()

    for column in COLUMNS:
        assert f'<tr id="{column.name}">' in text
    page = (settings.BASE_DIR / "docs/exports.md").read_text(encoding="utf-8")
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in page] == []
    assert [row.ending for row in FILES.values() if f"/quotes.{row.ending}`" not in page] == []
