"""Pages, files and servers by which a quote is cited, seen as a reader and as their programs do."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import extruct
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from signposting.linkheader import find_signposting_http_link

from people.models import Person
from quotes import merging, notices, review
from quotes.models import Quote
from tests import factories

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
ENDINGS = ("json", "jsonld", "csl.json", "record.csl.json", "bib", "biblatex", "ris", "txt")
RECORD = re.compile(r"<article class=\"record\".*?</article>", re.DOTALL)


@pytest.fixture
def quote() -> Quote:
    article = factories.article(
        headline="Ministers split over boats",
        byline="By Amara Okafor and Per Lindqvist",
        url="https://courier.example/2008/12/07/boats",
        outlet=factories.outlet(name="The Northern Courier"),
        language="en-GB",
    )
    made = factories.quote(
        article=article, speaker=factories.person("Helena Marsh"), speaker_role="chair"
    )
    factories.stance(made, factories.target(), "supports")
    return made


def metas(content: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', content):
        found.setdefault(key, []).append(value)
    return found


def test_quote_page_tells_zotero_what_its_translators_read(client: Client, quote: Quote) -> None:
    content = client.get(f"/q/{quote.public_id}").content.decode()
    found = metas(content)

    assert found["z:itemType"] == ["newspaperArticle"]
    assert found["DC.title"] == ["Ministers split over boats"]
    assert found["DC.creator"] == ["Okafor, Amara", "Lindqvist, Per"]
    assert found["z:publicationTitle"] == ["The Northern Courier"]
    assert found["DCTERMS.issued"] == ["2008-12-07"]
    assert found["z:url"] == ["https://courier.example/2008/12/07/boats"]
    assert found["z:callNumber"] == [quote.public_id]
    assert found["DC.description"] == [
        f"Quotation {quote.public_id} v2, {HOST}/q/{quote.public_id}/v2"
    ]
    assert found["og:description"][0].startswith("“We will count every boat.” — Helena Marsh, in")
    # A Highwire tag would make a journal article of the page (citing.md b2).
    assert not [key for key in found if key.startswith("citation_")]
    assert f'<abbr class="unapi-id" title="{quote.public_id}" hidden></abbr>' in content
    assert 'rel="unapi-server" type="application/xml" title="unAPI" href="/unapi"' in content


def test_structured_data_reads_back_as_the_record(client: Client, quote: Quote) -> None:
    response = client.get(f"/q/{quote.public_id}")
    data = extruct.extract(
        response.content.decode(), base_url=HOST, syntaxes=["json-ld", "opengraph"]
    )
    graph = {node["@type"]: node for node in data["json-ld"][0]["@graph"]}

    quotation = graph["Quotation"]
    assert quotation["@id"] == f"{HOST}/q/{quote.public_id}"
    assert (quotation["text"], quotation["version"]) == ("We will count every boat.", "2")
    assert quotation["creator"]["@id"] == f"{HOST}/people/helena-marsh"
    assert graph["Person"]["name"] == "Helena Marsh"
    assert [author["name"] for author in graph["NewsArticle"]["author"]] == [
        "Amara Okafor",
        "Per Lindqvist",
    ]
    og = dict(data["opengraph"][0]["properties"])
    assert og["og:url"] == f"{HOST}/q/{quote.public_id}"
    assert og["og:image"] == f"{HOST}/q/{quote.public_id}/v2/card.png"


def test_link_header_is_signposting(client: Client, quote: Quote) -> None:
    page, version = (client.get(f"/q/{quote.public_id}{end}") for end in ("", "/v1"))
    found = find_signposting_http_link([page.headers["Link"]], HOST)
    here = f"{HOST}/q/{quote.public_id}/v2"

    assert found.citeAs is not None
    assert found.citeAs.target == here
    assert {link.target for link in found.types} == {
        "https://schema.org/Quotation",
        "https://schema.org/AboutPage",
    }
    assert [link.target for link in found.authors] == [f"{HOST}/people/helena-marsh"]
    assert {link.target for link in found.describedBy} >= {f"{here}.jsonld", f"{here}.csl.json"}
    assert found.license is not None
    assert found.linksets
    assert 'rel="predecessor-version"' in page.headers["Link"]
    assert f'<{here}>; rel="latest-version"' in version.headers["Link"]
    assert f'<{here}>; rel="successor-version"' in version.headers["Link"]
    for link in [*found.describedBy, *found.items, *found.linksets]:
        answer = client.get(link.target.removeprefix(HOST))
        assert answer.status_code == 200, link.target
        assert answer.headers["Content-Type"].split(";")[0] == str(link.type)


@pytest.mark.parametrize("ending", ENDINGS)
def test_file_beside_a_quote_and_each_version(client: Client, quote: Quote, ending: str) -> None:
    latest = client.get(f"/q/{quote.public_id}.{ending}")
    old = client.get(f"/q/{quote.public_id}/v1.{ending}")

    assert (latest.status_code, old.status_code) == (200, 200)
    assert str(quote.public_id) in latest.content.decode()
    assert 'rel="describes"' in latest.headers["Link"]
    lower = client.get(f"/q/{str(quote.public_id).lower()}.{ending}")
    if str(quote.public_id).lower() != quote.public_id:
        assert lower.headers["Location"] == f"/q/{quote.public_id}.{ending}"
    assert client.get(f"/q/00000000.{ending}").status_code == 404


def test_version_page_and_files_stay_as_they_were(client: Client, quote: Quote) -> None:
    address = f"/q/{quote.public_id}/v2"
    page = RECORD.findall(client.get(address).content.decode())
    files = {end: client.get(f"{address}.{end}").content for end in ENDINGS[1:]}
    by = factories.user()
    assert quote.speaker
    assert quote.article.outlet

    review.correct(quote=quote, by=by, why="Role", speaker_role="minister", note="A note")
    Person.objects.filter(pk=quote.speaker.pk).update(name="Helena Marsh-Brown")
    quote.article.headline = "Another headline"
    quote.article.save()
    quote.article.outlet.name = "Another outlet"
    quote.article.outlet.save()

    assert RECORD.findall(client.get(address).content.decode()) == page != []
    assert {end: client.get(f"{address}.{end}").content for end in ENDINGS[1:]} == files


def test_old_version_says_that_a_later_one_exists_and_what_changed(
    client: Client, quote: Quote
) -> None:
    response = client.get(f"/q/{quote.public_id}/v1")
    content = response.content.decode()

    assert "This is version 1 of 2." in content
    assert "stance on target" in content
    assert f'<link rel="canonical" href="{HOST}/q/{quote.public_id}">' in content
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Memento-Datetime"].endswith("GMT")
    assert client.get(f"/q/{quote.public_id}/v3").status_code == 404
    assert client.get(f"/q/{quote.public_id}/v0").status_code == 404


def test_history_shows_differences_word_by_word_with_reasons(client: Client, quote: Quote) -> None:
    review.correct(
        quote=quote,
        by=factories.user(),
        why="The article says more",
        spans=factories.spans(quote.article.body, "We will count every boat.", "And then,"),
    )

    content = client.get(f"/q/{quote.public_id}/history").content.decode()

    assert "The article says more" in content
    assert "We will count every boat.<ins> […] And then,</ins>" in content


def test_merged_quote_redirects_in_every_form_and_keeps_its_versions(
    client: Client, quote: Quote
) -> None:
    into = factories.quote()
    merging.merge(quote=quote, into=into, by=factories.user(), why="Same")

    for end in ("", ".ris", ".json"):
        response = client.get(f"/q/{quote.public_id}{end}")
        assert (response.status_code, response.headers["Location"]) == (
            301,
            f"/q/{into.public_id}{end}",
        )
    assert "was merged into" in client.get(f"/q/{quote.public_id}/v1").content.decode()
    assert client.get(f"/embed/q/{quote.public_id}").headers["Location"] == (
        f"/embed/q/{into.public_id}"
    )


@pytest.mark.parametrize("reason", ["misattributed", "court-order"])
def test_withdrawn_quote_shows_what_its_reason_allows(
    client: Client, quote: Quote, reason: str
) -> None:
    review.withdraw(quote=quote, by=factories.user(), reason=reason, public_note="We were wrong")
    sealed = reason == "court-order"

    page = client.get(f"/q/{quote.public_id}")
    data = client.get(f"/q/{quote.public_id}.json")
    old = client.get(f"/q/{quote.public_id}/v1")

    assert (page.status_code, data.status_code) == (410, 410)
    assert ("Helena Marsh" in page.content.decode()) is not sealed
    assert ("We were wrong" in page.content.decode()) is not sealed
    assert "We will count" not in page.content.decode()
    assert data.headers["Content-Type"] == "application/problem+json"
    assert json.loads(data.content) == {
        "type": "/errors/withdrawn",
        "title": "Withdrawn",
        "status": 410,
        "id": quote.public_id,
        "reason": reason,
        "withdrawn": timezone.now().date().isoformat(),
    }
    assert old.status_code == (410 if sealed else 200)
    assert ("This quote was withdrawn" in old.content.decode()) is True
    for address in ("/embed/q/{}", "/q/{}/history", "/unapi?id={}&format=ris"):
        assert client.get(address.format(quote.public_id)).status_code == 410
    for end in (".ris", ".jsonld", "/card.svg", "/linkset.json"):
        answer = client.get(f"/q/{quote.public_id}/v1{end}")
        assert answer.status_code == (410 if sealed else 200)


def test_reply_and_dispute_stand_on_page_data_and_embed(client: Client, quote: Quote) -> None:
    by = factories.user()
    day = timezone.localdate() - timedelta(days=1)
    notices.give_notice(
        quote=quote, kind="reply", text="I never said so.", dated=day, by=by, why="Asked us to"
    )
    notices.give_notice(
        quote=quote, kind="corrected", text="It was a ship.", dated=day, by=by, why="Read it"
    )

    for address in ("/q/{}", "/q/{}/v1", "/embed/q/{}", "/q/{}.json"):
        content = client.get(address.format(quote.public_id)).content.decode()
        assert "I never said so." in content, address
        assert "It was a ship." in content, address
    assert client.get(f"/q/{quote.public_id}.json").json()["dispute"] == "corrected"
    embedded = client.get(f"/oembed?url={HOST}/q/{quote.public_id}").json()
    assert "Disputed: corrected by the outlet" in embedded["html"]


def test_unapi_answers_as_its_specification_says(client: Client, quote: Quote) -> None:
    formats = client.get("/unapi")
    assert formats.status_code == 200
    assert ElementTree.fromstring(formats.content)[0].attrib["name"] == "rdf_zotero"  # noqa: S314

    one = client.get(f"/unapi?id={quote.public_id}")
    assert one.status_code == 300
    assert ElementTree.fromstring(one.content).attrib["id"] == quote.public_id  # noqa: S314

    rdf = client.get(f"/unapi?id={quote.public_id}&format=rdf_zotero")
    assert rdf.headers["Content-Type"] == "application/rdf+xml; charset=utf-8"
    assert "<z:itemType>newspaperArticle</z:itemType>" in rdf.content.decode()
    assert '<bib:Memo rdf:about="#n">' in rdf.content.decode()
    assert client.get(f"/unapi?id={quote.public_id}&format=mods").status_code == 406
    assert client.get("/unapi?id=00000000").status_code == 404
    assert client.get("/unapi?id=%00").status_code == 404


def test_oembed_is_a_blockquote_and_of_this_site_only(client: Client, quote: Quote) -> None:
    data = client.get(f"/oembed?url={HOST}/q/{quote.public_id}/v1&format=json").json()

    assert data["type"] == "rich"
    assert data["html"].startswith("<blockquote")
    assert f"{HOST}/q/{quote.public_id}/v2" in data["html"]
    for url in ("", "https://evil.example/q/00000000", f"{HOST}/q/00000000", f"{HOST}.evil/q/x"):
        assert client.get("/oembed", {"url": url}).status_code == 404
    assert client.get(f"/oembed?url={HOST}/q/{quote.public_id}&format=xml").status_code == 501


def test_embed_may_be_framed_and_sets_no_cookie(client: Client, quote: Quote) -> None:
    response = client.get(f"/embed/q/{quote.public_id}")

    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert not response.cookies
    assert "<script" not in response.content.decode()


@pytest.mark.parametrize(
    ("url", "kind", "start"),
    [("card.svg", "image/svg+xml", b"<svg "), ("card.png", "image/png", b"\x89PNG")],
)
def test_share_card_is_an_image(
    client: Client, quote: Quote, url: str, kind: str, start: bytes
) -> None:
    response = client.get(f"/q/{quote.public_id}/v2/{url}")

    assert response.headers["Content-Type"] == kind
    assert response.content.startswith(start)


def test_sitemap_lists_what_search_engines_may_keep(client: Client, quote: Quote) -> None:
    unlisted = factories.quote()
    Quote.objects.filter(pk=unlisted.pk).update(unlisted=True)
    hidden = factories.person(protected=True, public_role="a relative")
    factories.quote(speaker=hidden)

    index, page = client.get("/sitemap.xml"), client.get("/sitemap-1.xml")

    assert f"<loc>{HOST}/sitemap-1.xml</loc>" in index.content.decode()
    assert re.findall(r"<loc>(.*?)</loc>", page.content.decode()) == [f"{HOST}/q/{quote.public_id}"]
    assert client.get("/sitemap-2.xml").status_code == 404
    assert f"Sitemap: {HOST}/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "noindex" in client.get(f"/q/{unlisted.public_id}").headers["X-Robots-Tag"]


@pytest.mark.parametrize("stances", [1, 3])
def test_quote_page_with_all_metadata_takes_six_queries(
    client: Client, quote: Quote, stances: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from quotes.models import Utterance

    said = Utterance.objects.create(title="One thing")
    by = factories.user()
    others = [factories.quote(utterance=said) for _ in range(stances)]
    review.correct(quote=quote, by=by, why="Same", utterance=said)
    for _ in range(stances):
        factories.stance(quote, factories.target(), "supports")
        notices.give_notice(
            quote=quote, kind="reply", text="No.", dated=timezone.localdate(), by=by, why="Asked"
        )
    assert others

    with django_assert_num_queries(6):
        client.get(f"/q/{quote.public_id}")


HOSTILE = [
    'Ann "Q" <script>alert(1)</script>',
    "مريم " + "ا" * 295,
    "N" * 300,
    "A\u201cB\u201dC {\\bfseries} %0d%0aX: 1",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_break_no_page_file_or_header(client: Client, name: str) -> None:
    article = factories.article(
        headline=name,
        byline=name,
        url="https://x.example/a?b=<>&c=%0d%0aX",
        archive_url="https://archive.example/a?b=<>&c=%0d%0aX",
        pages='5"<i>',
        outlet=factories.outlet(name=f"{name[:290]} Outlet"),
    )
    quote = factories.quote(
        article=article,
        speaker=factories.person(name),
        speaker_role=name[:200],
        speaker_text=name,
        on_behalf_of=factories.organization(name),
    )
    names = set(client.get("/about").headers)

    for page in ("/quotes", "/people", f"/articles/{article.public_id}", "/outlets"):
        assert "<script>alert" not in client.get(page).content.decode()
    for end in ("", "/v1", "/history", *(f"/v1.{end}" for end in ENDINGS), "/v1/card.svg"):
        response = client.get(f"/q/{quote.public_id}{end}")
        assert response.status_code == 200, end
        extra = {"Link", "Memento-Datetime", "X-Robots-Tag", "Content-Disposition", "Vary"}
        assert set(response.headers) <= names | extra | {"Content-Language"} | {
            "Cache-Control",
            "Cross-Origin-Resource-Policy",
        }
        if response.headers["Content-Type"].startswith("text/html"):
            assert "<script>alert" not in response.content.decode()
            assert "</script>alert" not in response.content.decode()
    graph: dict[str, Any] = client.get(f"/q/{quote.public_id}.jsonld").json()
    assert graph["@graph"][0]["@type"] == "Quotation"
    ElementTree.fromstring(client.get(f"/q/{quote.public_id}/v1/card.svg").content)  # noqa: S314
    ElementTree.fromstring(  # noqa: S314
        client.get(f"/unapi?id={quote.public_id}&format=rdf_zotero").content
    )


def test_quote_without_byline_date_outlet_or_url_is_cited_with_its_gaps(client: Client) -> None:
    article = factories.article(published="", date_basis="", url="", byline="")
    article.outlet = None
    article.save()
    quote = factories.quote(article=article, basis="implicit")
    review.correct(quote=quote, by=factories.user(), why="Nobody says", speaker=None)

    content = client.get(f"/q/{quote.public_id}").content.decode()

    assert (
        "The article does not say who speaks, who wrote the article, when it was published, "
        "who published it, an address on the web" in content
    )
    assert "n.d." in content
