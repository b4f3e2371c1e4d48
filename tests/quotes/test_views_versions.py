"""A quote's other addresses: what kind of source it is, its archived copy, its versions by time."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from quotes import review
from quotes.models import Quote
from tests import factories

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture
def quote() -> Quote:
    """Two versions of a quote in an article of the web."""
    article = factories.article(url="https://courier.example/2008/12/07/boats")
    made = factories.quote(article=article, speaker=factories.person("Helena Marsh"))
    factories.stance(made, factories.target(), "supports")
    return made


def test_interview_is_cited_as_one(client: Client, quote: Quote) -> None:
    quote.article.kind = "interview"
    quote.article.save()
    review.correct(quote=quote, by=factories.user(), why="Heard again", channel="interview")

    content = client.get(f"/q/{quote.public_id}").content.decode()

    assert '<meta name="z:itemType" content="interview">' in content
    assert '<meta name="z:interviewees" content="Marsh, Helena">' in content
    assert client.get(f"/q/{quote.public_id}.csl.json").json()[0]["type"] == "interview"
    assert "<dt>Kind</dt><dd>Interview</dd>" in content
    # The version from before stays what it was.
    old = client.get(f"/q/{quote.public_id}/v1.csl.json").json()[0]
    assert old["type"] == "article-newspaper"


def test_archived_copy_and_hash_of_the_words_stand_on_the_page(
    client: Client, quote: Quote
) -> None:
    quote.article.archive_url = "https://archive.example/1/boats"
    quote.article.archived, quote.article.pages = date(2008, 12, 9), "5"
    quote.article.save()
    review.correct(quote=quote, by=factories.user(), why="Found in print", speaker_text="she")
    digest = hashlib.sha256(b"We will count every boat.").hexdigest()

    for address in ("/q/{}", "/q/{}/v3"):
        content = client.get(address.format(quote.public_id)).content.decode()
        assert '<a href="https://archive.example/1/boats" rel="external">' in content
        assert "The archived copy</a>, 9 December 2008" in content
        assert "|archive-url=https://archive.example/1/boats" in content.replace(" ", "")
    page = client.get(f"/q/{quote.public_id}").content.decode()
    assert 'data-versiondate="2008-12-09"' in page
    assert f'<code class="hash">{digest}</code>' in page
    data = client.get(f"/q/{quote.public_id}.json").json()
    assert data["words_sha256"] == digest
    assert data["record"]["article"]["archived"] == "2008-12-09"
    assert "SP  - 5" in client.get(f"/q/{quote.public_id}.ris").content.decode()


def test_words_after_an_id_are_never_looked_at(client: Client, quote: Quote) -> None:
    bare = f"/q/{quote.public_id}"

    for words in ("helena-marsh-we-will", "x", "مريم"):
        answer = client.get(f"{bare}/{words}")
        assert (answer.status_code, answer["Location"]) == (301, bare)
    assert client.get(f"{bare.lower()}/x")["Location"] == f"{bare}/x"
    for end in ("v0", "v99", "v01", "a/b", "x.json"):
        assert client.get(f"{bare}/{end}").status_code == 404, end


def test_versions_by_time(client: Client, quote: Quote) -> None:
    first, second = quote.versions.order_by("number")
    here = f"/q/{quote.public_id}"
    soon = http_date((second.created_at + timedelta(days=1)).timestamp())

    asked = {
        "": 2,
        http_date(first.created_at.timestamp() - 1_000): 1,
        soon: 2,
    }
    for moment, number in asked.items():
        answer = client.get(f"{here}/timegate", headers={"accept-datetime": moment})
        assert (answer.status_code, answer["Location"]) == (302, f"{here}/v{number}")
        assert "accept-datetime" in answer["Vary"].lower()
    for broken in ("yesterday", "9" * 400, "Thu, 99 May 2007 20:35:00 GMT"):
        answer = client.get(f"{here}/timegate", headers={"accept-datetime": broken})
        assert answer.status_code == 400
    listed = client.get(f"{here}/timemap")
    assert listed["Content-Type"] == "application/link-format"
    assert f'<{HOST}{here}/v1>; rel="first memento"; datetime="' in listed.content.decode()
    assert f'<{HOST}{here}/v2>; rel="last memento"' in listed.content.decode()
    assert f'<{HOST}{here}/timegate>; rel="timegate"' in client.get(f"{here}/v1")["Link"]
    review.withdraw(quote=quote, by=factories.user(), reason="court-order")
    assert {client.get(f"{here}/{end}").status_code for end in ("timegate", "timemap")} == {410}


@pytest.mark.parametrize("debug", [True, False])
def test_page_that_was_public_is_gone_also_while_developing(
    client: Client, quote: Quote, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    review.withdraw(quote=quote, by=factories.user(), reason="misquoted")

    assert client.get("/people/helena-marsh").status_code == 410
    assert client.get(f"/articles/{quote.article.public_id}").status_code == 410
    assert client.get("/people/nobody").status_code == 404


def test_note_of_a_withdrawal_stands_where_its_citation_does(client: Client, quote: Quote) -> None:
    review.withdraw(
        quote=quote,
        by=factories.user(),
        reason="misquoted",
        public_note="It said sails.",
        exposes="nothing",
    )

    for address in (f"/q/{quote.public_id}", "/corrections"):
        content = client.get(address).content.decode()
        assert "Not the words of the source" in content
        assert "It said sails." not in content


def test_inferred_date_is_marked_on_the_card(client: Client, quote: Quote) -> None:
    article = factories.article(published="2009-03", date_basis="inferred", date_note="The tide")
    inferred = factories.quote(article=article)

    for found, marked in ((quote, False), (inferred, True)):
        card = client.get(f"/q/{found.public_id}/v1/card.svg").content.decode()
        assert ("(inferred)" in card) is marked
