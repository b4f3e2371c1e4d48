"""What machines read: Zotero, Wikipedia, JSON-LD, annotations, embeds, typed links."""

import html
import json
import re
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import extruct
import pytest
from hypothesis import HealthCheck, given, settings
from signposting import find_signposting_http_link

from quotes.citations.exports import FORMATS
from quotes.citations.exports.annotation import quote_annotation, stance_annotations
from quotes.citations.exports.jsonld import jsonld, script_json
from quotes.citations.exports.signposting import (
    FILES,
    Link,
    describes,
    header,
    links,
    linkset,
)
from quotes.citations.exports.web import blockquote, oembed, open_graph
from quotes.citations.exports.wikipedia import wikipedia
from quotes.citations.exports.zotero import coins, embedded, rdf_zotero, unapi_formats
from quotes.citations.record import Citation, SourceKind, SpanRecord, StanceRecord
from tests.citations.generated import citations
from tests.citations.items import item

some = settings(
    max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
HIGHWIRE = re.compile("^citation_")


def test_reported_words_never_stand_between_quotation_marks() -> None:
    """But as a title in the styles that set every title between marks."""
    words = "the deadline would be kept"
    reported = item(text=words, indirect=True)
    marked = re.compile(f"[“‘]{words}")

    texts = {key: str(made.write(reported)) for key, made in FORMATS.items() if key != "text"}
    texts |= {"preview": str(open_graph(reported)), "embed": oembed(reported)["html"]}

    assert [key for key, text in texts.items() if marked.search(text)] == []
    assert marked.search(str(open_graph(item(text=words))))


def test_head_is_what_zotero_was_seen_to_capture() -> None:
    metas = embedded(item(pages="5"))

    assert [(meta.attribute, meta.key, meta.content) for meta in metas] == [
        ("name", "z:itemType", "newspaperArticle"),
        ("name", "DC.title", "Ministers split over river clean-up deadline"),
        ("name", "DC.creator", "Okafor, Amara"),
        ("name", "DC.creator", "Lindqvist, Per"),
        ("name", "z:publicationTitle", "The Northern Courier"),
        ("name", "DCTERMS.issued", "2024-03-14"),
        ("name", "DC.language", "en-GB"),
        ("name", "z:pages", "5"),
        ("name", "z:url", "https://northerncourier.example/2024/03/14/river-deadline"),
        ("name", "z:callNumber", "Q7K3M9P2"),
        ("name", "DC.description", "Quotation Q7K3M9P2 v3, https://quotes.example/q/Q7K3M9P2/v3"),
    ]


@pytest.mark.parametrize("kind", SourceKind)
def test_head_never_holds_highwire_tags(kind: SourceKind) -> None:
    metas = embedded(item(kind=kind))

    assert metas[0].key == "z:itemType"
    assert not [meta for meta in metas if HIGHWIRE.match(meta.key)]


def test_interview_has_interviewee_and_interviewers() -> None:
    keys = {meta.key: meta.content for meta in embedded(item(kind=SourceKind.INTERVIEW))}

    assert keys["z:itemType"] == "interview"
    assert keys["z:interviewees"] == "Marsh, Helena"
    assert keys["z:interviewers"] == "Lindqvist, Per"


def test_rdf_zotero_holds_the_article_and_the_quote_as_its_note() -> None:
    root = ElementTree.fromstring(rdf_zotero(item(pages="5")))  # noqa: S314  # written by us

    names = {"bib": "http://purl.org/net/biblio#", "dc": "http://purl.org/dc/elements/1.1/"}
    names |= {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
    names |= {"z": "http://www.zotero.org/namespaces/export#"}
    article, memo = list(root)
    assert article.findtext("z:itemType", namespaces=names) == "newspaperArticle"
    assert article.findtext(".//bib:Newspaper/dc:title", namespaces=names) == "The Northern Courier"
    assert memo.findtext("rdf:value", namespaces=names) == (
        "<blockquote>We will not miss the 2030 deadline.</blockquote>"
        "<p>Helena Marsh. https://quotes.example/q/Q7K3M9P2/v3</p>"
    )


@some
@given(citations)
def test_rdf_zotero_is_always_one_article_and_one_note(citation: Citation) -> None:
    root = ElementTree.fromstring(rdf_zotero(citation))  # noqa: S314  # written by us

    assert len(list(root)) == 2


def test_unapi_names_rdf_zotero_first() -> None:
    server, one = unapi_formats(), unapi_formats("Q7K3M9P2")

    assert server.index('name="rdf_zotero"') < server.index('name="ris"')
    assert '<formats id="Q7K3M9P2">' in one
    ElementTree.fromstring(one)  # noqa: S314  # written by us


def test_coins_are_one_context_object() -> None:
    fields = parse_qs(coins(item()))

    assert fields["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert fields["rft.type"] == ["newspaperArticle"]
    assert fields["rft.source"] == ["The Northern Courier"]
    assert (fields["rft.aulast"], fields["rft.aufirst"]) == (["Okafor"], ["Amara"])
    assert fields["rft.au"] == ["Amara Okafor", "Per Lindqvist"]


def test_wikipedia_template_is_complete() -> None:
    assert wikipedia(item()) == (
        "{{cite news |last1=Okafor |first1=Amara |last2=Lindqvist |first2=Per "
        "|title=Ministers split over river clean-up deadline |work=The Northern Courier "
        "|date=14 March 2024 |url=https://northerncourier.example/2024/03/14/river-deadline "
        "|quote=We will not miss the 2030 deadline. |access-date=2026-11-22}}"
    )


@some
@given(citations)
def test_wikipedia_template_can_not_be_closed_from_inside(citation: Citation) -> None:
    text = wikipedia(citation)

    assert "\n" not in text
    inside = text.removeprefix("{{").removesuffix("}}")
    assert not re.search(r"[{}\[\]<>~]|''", inside)


def test_jsonld_is_read_by_extruct() -> None:
    citation = item(
        speaker_slug="helena-marsh",
        speaker_role="Environment Secretary",
        stances=(StanceRecord("deadline", "The 2030 deadline", "supports"),),
    )
    page = f'<script type="application/ld+json">{script_json(jsonld(citation))}</script>'

    (graph,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]

    nodes = {node["@type"]: node for node in graph["@graph"]}
    assert nodes["Quotation"]["text"] == "We will not miss the 2030 deadline."
    assert nodes["Quotation"]["version"] == "3"
    assert nodes["Quotation"]["creator"] == {"@id": nodes["Person"]["@id"]}
    assert nodes["Person"]["name"] == "Helena Marsh"
    assert nodes["NewsArticle"]["author"][0]["name"] == "Amara Okafor"
    assert nodes["NewsArticle"]["@id"] == citation.url
    assert "ClaimReview" not in json.dumps(graph)


@some
@given(citations)
def test_jsonld_can_not_end_its_script(citation: Citation) -> None:
    text = script_json(jsonld(citation))

    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text)["@graph"][0]["identifier"] == citation.quote_id


def test_annotation_selects_by_words_and_by_code_points() -> None:
    body = "Ms Marsh 😀 said: “We will wait,” she said, “and 😀 then go.” The end."
    words = ["We will wait,", "and 😀 then go."]
    spans = tuple(
        SpanRecord(body.index(part), body.index(part) + len(part), part) for part in words
    )
    citation = item(
        text=" […] ".join(words),
        spans=spans,
        prefix="Ms Marsh 😀 said: “",
        suffix="” The end.",
        article_id="A1B2C3D4",
        article_sha256="ab",
    )

    targets: list[dict[str, Any]] = quote_annotation(citation)["target"]

    ours = [target for target in targets if "articles/" in target["source"]]
    for target, part in zip(ours, words, strict=True):
        quote, position = target["selector"]
        assert body[position["start"] : position["end"]] == quote["exact"] == part
        # A script that counts UTF-16 units would miss; by code points it finds the words.
        units = body.encode("utf-16-le")
        assert units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") != part
        at = body.index(quote.get("prefix", "") + part + quote.get("suffix", ""))
        assert at >= 0
    assert [target["source"] for target in targets if target not in ours] == [citation.url] * 2


def test_stance_is_an_annotation_of_its_own() -> None:
    stance = StanceRecord("deadline", "The 2030 deadline", "supports", rationale="Says so.")

    (annotation,) = stance_annotations(item(stances=(stance,)))

    assert annotation["id"] == "https://quotes.example/q/Q7K3M9P2/v3/annotation/deadline"
    assert annotation["motivation"] == "classifying"
    assert annotation["body"][0]["source"] == "https://quotes.example/targets/deadline#supports"


def test_open_graph_carries_the_quote_in_its_description() -> None:
    properties = {meta.key: meta.content for meta in open_graph(item())}

    assert properties["og:title"] == "Helena Marsh: “We will not miss the 2030 deadline”"
    assert properties["og:description"] == (
        "“We will not miss the 2030 deadline.” — Helena Marsh, "
        "in The Northern Courier, 14 March 2024"
    )
    assert properties["og:url"] == "https://quotes.example/q/Q7K3M9P2"


def test_oembed_is_a_blockquote_and_a_withdrawn_quote_is_not_in_it() -> None:
    reply = oembed(item())

    assert (reply["version"], reply["type"]) == ("1.0", "rich")
    assert "<script" not in reply["html"]
    assert "We will not miss" in reply["html"]
    assert "miss" not in json.dumps(oembed(item(withdrawn=True)))


@some
@given(citations)
def test_blockquote_holds_only_its_own_markup(citation: Citation) -> None:
    text = blockquote(citation)

    tags = set(re.findall(r"</?(\w+)", text))
    assert tags <= {"blockquote", "p", "br", "footer", "cite", "a"}
    assert html.unescape(text)


def test_typed_links_name_version_and_files() -> None:
    citation = item(speaker_slug="ليلى")
    found = links(citation, latest=4, licence="https://quotes.example/data")

    rels = {link.rel for link in found}
    assert {"cite-as", "type", "author", "describedby", "item", "license", "linkset"} <= rels
    assert {"latest-version", "predecessor-version", "version-history"} <= rels
    assert header(found).isascii()
    assert header(found).startswith('<https://quotes.example/q/Q7K3M9P2/v3>; rel="cite-as", ')
    assert {link.rel for link in describes(citation)} == {"describes", "linkset"}
    (anchor, *back) = linkset(citation, found)["linkset"]
    assert anchor["cite-as"] == [{"href": citation.permalink}]
    assert all(row["describes"][0]["href"] == citation.permalink for row in back)


def test_header_is_read_by_signposting() -> None:
    citation = item(speaker_slug="helena-marsh")

    found = find_signposting_http_link([header(links(citation, latest=3))], citation.permalink)

    assert str(found.citeAs.target) == citation.permalink
    assert {str(post.target) for post in found.authors} == {
        "https://quotes.example/people/helena-marsh"
    }
    assert {str(post.type) for post in found.describedBy} == {kind for _end, kind in FILES}
    assert len(found.linksets) == 1


def test_header_can_not_be_split() -> None:
    link = Link('https://x.example/\r\nSet-Cookie: a=b>; rel="x"', "author")

    assert "\r" not in str(link)
    assert "\n" not in str(link)
    assert str(link).count(">") == 1


@some
@given(citations)
def test_every_format_writes_every_citation(citation: Citation) -> None:
    for row in FORMATS.values():
        assert row.write(citation).encode()
