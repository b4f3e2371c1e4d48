"""The other public pages: what they count and link, and that rows cost no queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Membership, PersonName, PersonRedirect
from quotes.models import Quote, Utterance
from tests import factories

pytestmark = pytest.mark.django_db


def full_quote(**values: Any) -> Quote:
    """A quote with one of everything that a page shows beside it."""
    person, body = factories.person(), factories.organization()
    PersonName.objects.create(person=person, name=f"Alias {factories.number()}")
    Membership.objects.create(person=person, organization=body, role="chair")
    quote = factories.quote(speaker=person, on_behalf_of=body, channel="speech", **values)
    factories.stance(quote, factories.target(), "supports")
    return quote


def same_everything(first: Quote) -> Quote:
    """A quote of the same article, speaker, body, utterance and target, elsewhere in the text."""
    quote = factories.quote(
        "Others said little.",
        article=first.article,
        speaker=first.speaker,
        on_behalf_of=first.on_behalf_of,
        utterance=first.utterance,
    )
    factories.stance(quote, first.stances.get().target, "criticises")
    return quote


LISTS = {
    "/": 10,
    "/quotes": 6,
    "/quotes?q=boat": 6,
    "/people": 4,
    "/organizations": 2,
    "/outlets": 2,
    "/articles": 2,
    "/targets": 2,
}


@pytest.mark.parametrize(("url", "queries"), LISTS.items())
def test_list_costs_the_same_at_one_row_and_at_three(
    client: Client, django_assert_num_queries: Callable[..., Any], url: str, queries: int
) -> None:
    full_quote()
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200

    full_quote()
    full_quote()
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_every_list_costs_the_same_at_a_hundred_rows(client: Client) -> None:
    """Pages, API and downloads with a hundred of everything (L6): one more for a next page."""
    addresses = [*LISTS, "/api/v1/quotes", "/api/v1/people", "/quotes.csv", "/quotes.atom"]
    for _ in range(3):
        full_quote()
    few = [cost(client, address) for address in addresses]
    for _ in range(97):
        full_quote()

    many = [cost(client, address) for address in addresses]
    assert {more - less for more, less in zip(many, few, strict=True)} <= {0, 1}
    assert max(many) <= 10


def cost(client: Client, address: str) -> int:
    """Return how many queries an answer takes, to its last byte."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200, address
        for _ in response:
            pass
    return len(queries)


PAGES: dict[str, tuple[Callable[[Quote], str], int]] = {
    "quote": (lambda quote: quote.get_absolute_url(), 6),
    "person": (lambda quote: quote.speaker.get_absolute_url(), 22),  # type: ignore[union-attr]
    "organization": (lambda quote: quote.on_behalf_of.get_absolute_url(), 6),  # type: ignore[union-attr]
    "outlet": (lambda quote: quote.article.outlet.get_absolute_url(), 5),  # type: ignore[union-attr]
    "article": (lambda quote: quote.article.get_absolute_url(), 3),
    "target": (lambda quote: quote.stances.get().target.get_absolute_url(), 19),
    "utterance": (lambda quote: f"/utterances/{quote.utterance.public_id}", 3),  # type: ignore[union-attr]
}


@pytest.mark.parametrize(("name", "queries"), [(name, row[1]) for name, row in PAGES.items()])
def test_page_costs_the_same_at_few_rows_and_at_more(
    client: Client, django_assert_num_queries: Callable[..., Any], name: str, queries: int
) -> None:
    quote = full_quote(utterance=Utterance.objects.create(title="Counting"))
    same_everything(quote)
    url = PAGES[name][0](quote)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200

    same_everything(quote)
    same_everything(quote)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_home_counts_and_shows_the_newest(client: Client) -> None:
    quote = full_quote()

    response = client.get("/")

    assert [shown.public_id for shown in response.context["newest"]] == [quote.public_id]
    (summary,) = response.context["targets"]
    assert [(one.value, one.count) for one in summary.counts] == [("supports", 1)]


def test_home_without_quotes(client: Client) -> None:
    assert "No quote has been published yet." in client.get("/").content.decode()
    assert "No quote has been published yet." in client.get("/quotes").content.decode()


def test_person_page_tells_roles_names_and_sides(client: Client) -> None:
    person = factories.person("Speaker A", summary="Counts boats.")
    body = factories.organization("Body A")
    Membership.objects.create(
        person=person, organization=body, role="chair", start="2008-11", end="2009"
    )
    PersonName.objects.create(person=person, name="A. Speaker")
    target = factories.target(label="Boats", slug="boats")
    factories.stance(factories.quote(speaker=person), target, "criticises")
    factories.stance(factories.quote(speaker=person), target, "supports")

    text = " ".join(client.get("/people/speaker-a").content.decode().split())

    assert "Counts boats." in text
    assert "<bdi>chair</bdi>, <bdi>Body A</bdi> from November 2008 until 2009" in text
    assert "<bdi>A. Speaker</bdi>" in text
    assert '<a href="/quotes?speaker=speaker-a">2 quotes</a>' in text
    assert 'href="/quotes?speaker=speaker-a&amp;target=boats&amp;stance=supports"' in text
    assert text.index("stance=supports") < text.index("stance=criticises")


def test_merged_person_leads_to_the_survivor(client: Client) -> None:
    person = factories.person("Speaker A")
    factories.quote(speaker=person)
    PersonRedirect.objects.create(slug="old-a", person=person, reason="Merged")

    response = client.get("/people/old-a")

    assert (response.status_code, response.headers["Location"]) == (301, "/people/speaker-a")


def test_name_in_another_script_has_an_address(client: Client) -> None:
    person = factories.person("Ελένη Β")
    factories.quote(speaker=person)

    response = client.get(person.get_absolute_url())

    assert response.status_code == 200
    assert "<bdi>Ελένη Β</bdi>" in response.content.decode()


def test_target_page_counts_by_speaker(client: Client) -> None:
    target = factories.target(label="Boats", slug="boats", full_definition="All that float.")
    first, second = factories.person("Speaker A"), factories.person("Speaker B")
    hidden = factories.person("Secret", protected=True, public_role="a relative")
    for person, value in (
        (first, "supports"),
        (first, "supports"),
        (first, "criticises"),
        (second, "neutral"),
        (hidden, "neutral"),
    ):
        factories.stance(factories.quote(speaker=person), target, value)
    factories.stance(factories.quote(status="candidate"), target, "mixed")

    response = client.get("/targets/boats")

    people = response.context["tables"][0]
    assert [
        (row["label"], row["url"], [one["n"] for one in row["cells"]]) for row in people["rows"]
    ] == [
        ("Speaker A", "/people/speaker-a", [2, 1, 0, 0, 0, 0]),
        ("Speaker B", "/people/speaker-b", [0, 0, 0, 1, 0, 0]),
        ("No one named", "", [0, 0, 0, 1, 0, 0]),
    ]
    assert [one["n"] for one in people["totals"]] == [2, 1, 0, 2, 0, 0]
    text = response.content.decode()
    assert '<th scope="row"><a href="/people/speaker-a">' in text
    link = "/quotes?speaker=speaker-a&target=boats&stance=supports"
    assert link.replace("&", "&amp;") in text
    assert client.get(link).context["listing"].count == 2
    assert "All that float." in text


def test_article_page_shows_quotes_in_order_and_no_more_than_context(client: Client) -> None:
    article = factories.article(
        factories.BODY + " Then came a long passage. " + "Nobody is quoted in it. " * 20
    )
    last = factories.quote("And then,", "we will count them again.", article=article)
    first = factories.quote(article=article)

    response = client.get(article.get_absolute_url())
    text = response.content.decode()

    assert [quote.public_id for quote in response.context["quotes"]] == [
        first.public_id,
        last.public_id,
    ]
    assert "Nobody is quoted in it" not in text
    assert "2 quotes, in the article’s order" in text


def test_article_with_full_rights_shows_its_text_with_links(client: Client) -> None:
    article = factories.article("He spoke.\n\n“We count,” she said.", rights="full")
    quote = factories.quote("We count,", article=article)

    text = client.get(article.get_absolute_url()).content.decode()

    assert '<p dir="auto">He spoke.</p>' in text
    assert f'“<a href="/q/{quote.public_id}">We count,</a>” she said.' in text


def test_outlet_page_lists_articles(client: Client) -> None:
    outlet = factories.outlet(name="Outlet A")
    article = factories.article(outlet=outlet, headline="Boats counted")
    factories.quote(article=article)

    text = " ".join(client.get("/outlets/outlet-a").content.decode().split())

    assert '<a href="/quotes?outlet=outlet-a">1 quote in 1 article</a>' in text
    assert "<bdi>Boats counted</bdi>" in text


@pytest.mark.parametrize("path", ["people", "organizations", "outlets", "articles"])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [("page=0", "page"), ("page=x", "page"), ("page=%D9%A1", "page"), ("sort=x", "sort"),
     ("page=1&page=2", "page"), ("%00=1", "⟨U+0000⟩")],
)  # fmt: skip
def test_plain_list_names_a_bad_parameter(
    client: Client, path: str, query: str, parameter: str
) -> None:
    response = client.get(f"/{path}?{query}")

    assert response.status_code == 400
    assert f"<code>{parameter}</code>" in response.content.decode()


@pytest.mark.parametrize("path", ["people", "organizations", "outlets", "articles"])
def test_plain_list_leads_a_page_too_high_to_the_first(client: Client, path: str) -> None:
    response = client.get(f"/{path}?page=2")

    assert (response.status_code, response.headers["Location"]) == (302, f"/{path}")


def test_address_outside_the_alphabet_is_not_found(client: Client) -> None:
    for url in ("/people/%00", "/people/a%0A", "/outlets/a%20b", "/targets/../x", "/articles/x"):
        assert client.get(url).status_code == 404, url


def test_healthz_says_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/healthz").content == b"ok\n"

    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)

    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"database unavailable\n")


def test_failure_is_a_page_without_particulars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.views.home.overview", lambda: 1 / 0)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def test_form_without_its_token_is_refused_in_the_same_design() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})

    assert response.status_code == 403
    assert "You may not do this" in response.content.decode()


def test_organization_page_has_what_its_people_said_in_their_time(client: Client) -> None:
    body, person = factories.organization("Body A"), factories.person("Speaker A")
    Membership.objects.create(person=person, organization=body, role="chair", end="2008-12")
    then = factories.quote(speaker=person, article=factories.article(published="2008-12-07"))
    factories.quote(speaker=person, article=factories.article(published="2009"))
    factories.stance(then, factories.target(slug="boats"), "supports")

    response = client.get("/organizations/body-a")

    assert [quote.public_id for quote in response.context["newest"]] == [then.public_id]
    link = "/quotes?organization=body-a&target=boats&stance=supports"
    assert link.replace("&", "&amp;") in response.content.decode()
    assert client.get(link).context["listing"].count == 1


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "is corrected by the editors of this copy"),
        ("desk@example.org", '<a href="mailto:desk@example.org">'),
        ("https://example.org/desk", '<a href="https://example.org/desk"'),
    ],
)
def test_about_says_whom_to_write_to(
    client: Client, settings: Any, contact: str, shown: str
) -> None:
    settings.CONTACT = contact

    assert shown in client.get("/about").content.decode()


def test_fixed_part_is_rendered_once_for_each_value() -> None:
    page = engines["django"].from_string("{% load page %}{% fixed here %}{{ word }}{% endfixed %}")

    shown = [page.render({"here": here, "word": here * 2}) for here in "abab"]
    again = page.render({"here": "a", "word": "new"})

    assert shown == ["aa", "bb", "aa", "bb"]
    assert again == "aa"
