"""The API: the list's rows, page by page; what is refused, gone, unchanged, too much."""

import json
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from people.models import Membership
from quotes import merging, review
from quotes.api.base import EXPOSED
from quotes.api.parameters import WORDS, described
from quotes.api.schema import operations, schema
from quotes.exports.past import written
from quotes.exports.state import as_of_now
from quotes.filters import QuoteForm
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def collection(settings: Any) -> dict[str, Any]:
    settings.API_PER_MINUTE = 0
    by = factories.user()
    person = factories.person("Speaker A", summary="Counts boats")
    body = factories.organization("Harbour Board")
    Membership.objects.create(person=person, organization=body, role="chair", start="2008")
    target = factories.target(slug="divers")
    article = factories.article("Far away. " * 60 + "“We count.” " + "Secret body. " * 60)
    quotes = [
        factories.quote(by=by, speaker=person, on_behalf_of=body, note=f"{n}") for n in range(4)
    ]
    quotes.append(factories.quote("We count.", article=article, by=by))
    factories.stance(quotes[0], target, "criticises", by=by)
    factories.stance(quotes[1], target, "unclear", by=by)
    return {"quotes": quotes, "article": article, "by": by}


def crawl(client: Client, address: str) -> list[dict[str, Any]]:
    """Return all rows of a list, by the Link headers alone."""
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        response = client.get(following)
        assert response.status_code == 200, response.content
        found += response.json()["results"]
        links = dict(
            part.split("; ")[::-1] for part in response.get("Link", "").split(", ") if part
        )
        following = links.get('rel="next"', "").strip("<>") or None
        assert int(response["X-Total-Count"]) == response.json()["count"]
    assert len(found) == response.json()["count"]
    return found


def test_quotes_are_the_rows_of_the_download_in_pages(
    client: Client, collection: dict[str, Any]
) -> None:
    for query in ("", "sort=oldest", "sort=added", "q=boat&sort=relevance", "speaker=speaker-a"):
        lines = b"".join(client.get(f"/quotes.jsonl?{query}")).splitlines()

        assert crawl(client, f"{API}/quotes?{query}&limit=2".replace("?&", "?")) == [
            json.loads(line) for line in lines
        ], query
    moment = written(as_of_now())
    review.withdraw(quote=collection["quotes"][2], by=collection["by"], reason="error")
    assert len(crawl(client, f"{API}/quotes?as_of={moment}&limit=2")) == 5
    assert len(crawl(client, f"{API}/quotes?limit=2")) == 4


def test_other_rows(client: Client, collection: dict[str, Any]) -> None:
    people = crawl(client, f"{API}/people?limit=1")
    chair = next(row for row in people if row["slug"] == "speaker-a")
    assert sorted(row["quotes"] for row in people) == [1, 4]
    assert chair["roles"][0] == {
        "role": "chair",
        "organization": "harbour-board",
        "organization_name": "Harbour Board",
        "start": "2008",
        "end": "",
    }
    assert chair["address"] == "http://testserver/people/speaker-a"
    assert len(crawl(client, f"{API}/articles?limit=2")) == 5
    assert len(crawl(client, f"{API}/outlets?limit=2")) == 5
    assert crawl(client, f"{API}/organizations")[0]["quotes"] == 4
    assert crawl(client, f"{API}/targets")[0]["slug"] == "divers"
    stances = crawl(client, f"{API}/stances?limit=1")
    assert sorted((row["value"], row["number"]) for row in stances) == [
        ("criticises", -1),
        ("unclear", None),
    ]
    assert len(crawl(client, f"{API}/stances?stance=criticises")) == 1
    one = client.get(f"{API}/articles/{collection['article'].public_id}").json()
    assert one["quotes"] == 1
    assert "Secret" not in json.dumps(one)
    facets = {row["name"]: row["options"] for row in crawl_facets(client)}
    assert facets["kind"][0]["count"] == 5
    assert facets["speaker"][0] == {
        "value": "speaker-a",
        "label": "Speaker A",
        "count": 4,
        "selected": False,
        "left_out": False,
    }


def crawl_facets(client: Client) -> list[dict[str, Any]]:
    response = client.get(f"{API}/facets")
    assert response.status_code == 200
    return response.json()["results"]


def test_versions_withdrawals_and_merges(client: Client, collection: dict[str, Any]) -> None:
    first, second, third = collection["quotes"][:3]
    by = collection["by"]
    review.correct(quote=third, by=by, why="Heard again", speaker_role="skipper")
    versions = client.get(f"{API}/quotes/{third.public_id}/versions").json()

    assert [row["why"] for row in versions["results"]] == ["Published", "Heard again"]
    one = client.get(f"{API}/quotes/{third.public_id}/versions/1").json()
    assert one["record"]["speaker_role"] == ""
    assert client.get(f"{API}/quotes/{third.public_id}/versions/9").status_code == 404

    merging.merge(quote=first, into=second, by=by, why="The same words")
    moved = client.get(f"{API}/quotes/{first.public_id}")
    assert (moved.status_code, moved["Location"]) == (301, f"{API}/quotes/{second.public_id}")
    assert client.get(f"{API}/quotes/{second.public_id.lower()}").status_code == 301

    review.withdraw(quote=third, by=by, reason="child-or-victim")
    gone = client.get(f"{API}/quotes/{third.public_id}")
    assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
    assert gone.json()["reason"] == "child-or-victim"
    assert client.get(f"{API}/quotes/{third.public_id}/versions/1").status_code == 410
    never = client.get(f"{API}/quotes/00000000")
    assert (never.status_code, never["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/api/v1/nothing").json()["status"] == 404


def test_rows_that_were_public_are_gone_and_those_that_never_were_are_unknown(
    client: Client, collection: dict[str, Any]
) -> None:
    quotes = [quote for quote in collection["quotes"] if quote.status == "published"]
    speakers = {quote.speaker.slug for quote in quotes if quote.speaker}
    targets = {stance.target.slug for quote in quotes for stance in quote.stances.all()}
    articles = {quote.article.public_id for quote in quotes}
    rows = [f"{API}/people/{slug}" for slug in speakers]
    rows += [f"{API}/targets/{slug}" for slug in targets]
    rows += [f"{API}/articles/{public_id}" for public_id in articles]
    pages = [f"/{page}/{slug}" for page in ("codebook", "agreement") for slug in targets]
    assert speakers
    assert targets
    assert {client.get(row).status_code for row in rows} == {200}

    for quote in quotes:
        review.withdraw(quote=quote, by=collection["by"], reason="child-or-victim")

    assert {client.get(address).status_code for address in rows + pages} == {410}
    gone = client.get(rows[0])
    assert gone["Content-Type"] == "application/problem+json"
    assert gone.json()["status"] == 410
    assert client.get(f"{API}/people/never-was").status_code == 404


@pytest.mark.parametrize(
    ("address", "parameter", "repaired"),
    [
        ("quotes?limit=0&kind=direct", "limit", "?kind=direct"),
        ("quotes?limit=501", "limit", ""),
        ("quotes?limit=1&limit=2", "limit", ""),
        ("quotes?limit=%D9%A1", "limit", ""),
        ("quotes?sort=best", "sort", ""),
        ("quotes?after=x", "after", ""),
        ("quotes?as_of=2020-01-01T00:00:00Z&after=2008-12-07_ABCDEFGH", "after", ""),
        ("quotes?unknown=1", "unknown", ""),
        ("people?unknown=1", "unknown", ""),
        ("people?limit=x", "limit", "?limit=500"),
        ("people?after=a&after=b", "after", "?after=a"),
        ("stances?unknown=1", "unknown", ""),
        ("stances?after=%00", "after", ""),
        ("facets?page=2", "page", ""),
        ("facets?as_of=2020-01-01T00:00:00Z", "as_of", ""),
        ("targets/divers?limit=1", "limit", ""),
    ],
)
def test_unfit_parameter_is_named(
    client: Client, collection: dict[str, Any], address: str, parameter: str, repaired: str
) -> None:
    response = client.get(f"{API}/{address}")
    problem = response.json()

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert problem["errors"][0]["parameter"] == parameter
    path = address.partition("?")[0]
    assert problem["repaired"] == f"http://testserver{API}/{path}{repaired}"
    assert client.get(problem["repaired"]).status_code == 200


def test_unchanged_answers_304_and_any_page_may_ask(
    client: Client, collection: dict[str, Any]
) -> None:
    first = client.get(f"{API}/quotes")
    again = client.get(f"{API}/quotes", headers={"if-none-match": first["ETag"]})
    head = client.head(f"{API}/quotes")

    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert first["Access-Control-Expose-Headers"] == EXPOSED
    assert "Set-Cookie" not in first.headers
    review.withdraw(quote=collection["quotes"][0], by=collection["by"], reason="error")
    later = client.get(f"{API}/quotes", headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    for method in ("post", "put", "delete", "patch", "options", "trace"):
        refused = getattr(client, method)(f"{API}/quotes")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD"), method
    asked = client.get(f"{API}/quotes", headers={"accept": "text/html"})
    assert asked["Content-Type"].startswith("application/json")


def test_who_asks_too_often_waits(
    client: Client, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_PER_MINUTE = 3
    caches["shared"].clear()
    monkeypatch.setattr("time.time", lambda: 1_800_000_010.0)

    codes = [client.get(f"{API}/people").status_code for _ in range(5)]
    refused = client.get(f"{API}/people")
    other = client.get(f"{API}/people", REMOTE_ADDR="192.0.2.7")
    monkeypatch.setattr("time.time", lambda: 1_800_000_061.0)

    assert codes == [200, 200, 200, 429, 429]
    assert refused["Retry-After"] == "50"
    assert refused.json()["type"] == "/errors/throttled"
    assert other.status_code == 200
    assert client.get(f"{API}/people").status_code == 200


def test_codings_are_the_coders_own_until_the_policy_says_otherwise(
    client: Client, collection: dict[str, Any], settings: Any
) -> None:
    refused = client.get(f"{API}/codings")
    settings.PUBLISH_CODINGS = True
    rows = crawl(client, f"{API}/codings?limit=1")

    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert sorted(row["value"] for row in rows) == ["criticises", "unclear"]
    assert set(rows[0]) == {
        *("quote", "target", "coder", "coder_kind", "value", "confidence", "codebook_version")
    }


@pytest.mark.parametrize(
    ("address", "most"),
    [("quotes", 10), ("people", 8), ("articles", 6), ("stances", 6), ("targets", 6)],
)
def test_queries_do_not_grow_with_the_rows(
    client: Client,
    collection: dict[str, Any],
    address: str,
    most: int,
    django_assert_max_num_queries: Any,
) -> None:
    counts = []
    for limit in (1, 5):
        with django_assert_max_num_queries(most) as asked:
            assert client.get(f"{API}/{address}?limit={limit}").status_code == 200
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 0 or address == "quotes"


def test_schema_describes_every_address_and_parameter(client: Client) -> None:
    response = client.get(f"{API}/schema")
    found = json.loads(response.content)

    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.1"
    assert found["openapi"] == "3.1.0"
    assert found == schema()
    described_names = {row["name"] for row in found["paths"]["/quotes"]["get"]["parameters"]}
    assert described_names == {*QuoteForm.base_fields, "as_of", "limit"}
    assert all(described(name) for name in QuoteForm.base_fields)
    assert set(WORDS) <= set(QuoteForm.base_fields)
    text = client.get("/api/docs").content.decode()
    for operation in operations():
        assert (
            f'<h3 id="{operation.name}"><code>{operation.path}</code></h3>'.replace("{", "{")
            in text
        )
        assert operation.summary in text
        assert operation.fields or operation.name == "version"
