"""Nothing but what is published reaches a reader.

A quote in each other status is planted with a word of its own in every text around it, and every
public address is fetched. A route without a row in ADDRESSES fails.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from quotes import review
from quotes.api.rows import KINDS
from quotes.models import Quote
from tests import factories
from tests.addresses import addresses, searches
from tests.hard import times
from tests.planted import Planted, plant

pytestmark = pytest.mark.django_db

HIDDEN_STATUSES = ("candidate", "accepted", "rejected", "withdrawn")
# The admin asks for a login; tests/quotes/admin sees to it.
NOT_PUBLIC = {"admin/", "admin/metrics", "admin/second-factor/"}


@pytest.fixture(autouse=True)
def codings_are_published(settings: Any) -> None:
    """As a collection may choose; and the API answers however often it is asked."""
    settings.PUBLISH_CODINGS = True
    settings.API_PER_MINUTE = 0
    settings.CONTACT = "editors@example.org"


@pytest.fixture
def hidden() -> list[Planted]:
    """One quote of every status that is not public, withdrawn without showing its citation.

    `make check-hard` plants 52.
    """
    found = []
    for number, status in enumerate(HIDDEN_STATUSES * times(1, 13)):
        planted = plant(f"zqcanary{number}", "published" if status == "withdrawn" else status)
        if status == "withdrawn":
            review.withdraw(
                quote=planted.quote,
                by=factories.user(),
                reason="court-order",
                public_note=f"{planted.canary} note of withdrawal",
            )
        found.append(planted)
    return found


@pytest.fixture
def shown() -> Planted:
    return plant("visible", "published")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, pattern) of every public route."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if pattern in NOT_PUBLIC:
            continue
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield entry.name or "", pattern


def test_every_route_has_a_row_here(shown: Planted) -> None:
    assert sorted(name for name, _ in routes()) == sorted(addresses(shown))


def test_every_address_of_what_is_published_answers(client: Client, shown: Planted) -> None:
    codes = {
        url: client.get(url, follow=True).status_code
        for name, urls in addresses(shown).items()
        for url in urls[:1]
        if name not in ("api_nothing", "dataset_archive")
    }

    assert {url: code for url, code in codes.items() if code != 200} == {}


@pytest.mark.hard
def test_nothing_hidden_in_any_answer(
    client: Client, hidden: list[Planted], shown: Planted
) -> None:
    everywhere = {
        url for planted in [shown, *hidden] for urls in addresses(planted).values() for url in urls
    }
    leaks = []
    for url in sorted(everywhere):
        response = client.get(url)
        text = everything(response)
        for planted in hidden:
            # An address that the reader typed may come back, as in "there is no … here".
            if planted.canary in text.replace(url, "") and planted.canary not in url:
                leaks.append((url, planted.canary))
    assert leaks == []


def test_hidden_things_asked_for_by_name_are_not_there(
    client: Client, hidden: list[Planted]
) -> None:
    for planted in hidden:
        named = addresses(planted)
        for name in (
            "article",
            "outlet",
            "target",
            "codebook_entry",
            "target_agreement",
            "utterance",
            "person",
            "organization",
            *(f"api_{kind}_one" for kind in KINDS),
        ):
            for url in named[name]:
                # What was public once and is withdrawn says so, and no more; the rest never was.
                once = planted.quote.status == "withdrawn"
                assert client.get(url).status_code in ((404, 410) if once else (404,)), url
        for name, slug in {
            "speaker": planted.person.slug,
            "organization": planted.organization.slug,
            "outlet": planted.outlet.slug,
            "target": planted.target.slug,
            "role": f"{planted.canary} role",
            "not_speaker": planted.person.slug,
        }.items():
            unknown = client.get(f"/quotes?{name}=nobody-of-this-name")
            asked = client.get(f"/quotes?{name}={slug}")
            assert (asked.status_code, unknown.status_code) == (400, 400)
            assert asked.content.decode() == unknown.content.decode().replace(
                "nobody-of-this-name", slug
            )


def test_words_of_hidden_quotes_and_of_unshown_text_find_nothing(
    client: Client, hidden: list[Planted], shown: Planted
) -> None:
    for planted in hidden:
        for url in searches(planted):
            assert client.get(url).context["listing"].count == 0, url
    counts = [client.get(url).context["listing"].count for url in searches(shown)]
    assert counts == [1, 1, 1, 1, 0]


@pytest.mark.hard
def test_counts_and_options_are_of_published_quotes_only(
    client: Client, hidden: list[Planted], shown: Planted
) -> None:
    listing = client.get("/quotes").context["listing"]

    assert listing.count == 1
    assert {
        facet.name: [(option.value, option.count) for option in facet.options]
        for facet in listing.facets
    } == {
        "target": [("visible-target", 1)],
        "stance": [("supports", 1)],
        "speaker": [("visible-person", 1)],
        "organization": [("visible-body", 1)],
        "role": [("visible role", 1)],
        "outlet": [("visible-outlet", 1)],
        "year": [("2008", 1)],
        "kind": [("direct", 1)],
        "language": [("en", 1)],
    }
    held = client.get("/").context["counts"]
    assert (held.quotes, held.people, held.organizations) == (1, 1, 1)
    assert (held.articles, held.outlets, len(held.targets)) == (1, 1, 1)


def test_unpublished_quotes_answer_as_if_they_had_never_been(
    client: Client, hidden: list[Planted]
) -> None:
    assert client.get("/q/00000000").status_code == 404
    for planted in hidden:
        if planted.quote.status == "withdrawn":
            assert client.get(f"/q/{planted.quote.public_id}").status_code == 410
        else:  # it has no id at all
            assert planted.quote.public_id is None


def test_hidden_quote_in_a_public_article_stays_hidden(client: Client, shown: Planted) -> None:
    factories.quote(
        "Nothing more is said here.",
        status="candidate",
        article=shown.article,
        speaker=shown.person,
        note="zqsecond note",
        utterance=shown.utterance,
    )

    for urls in addresses(shown).values():
        for url in urls:
            assert "zqsecond" not in everything(client.get(url)), url
    assert len(client.get(f"/articles/{shown.article.public_id}").context["quotes"]) == 1
    assert client.get(f"/people/{shown.person.slug}").context["count"] == 1


def test_body_outside_the_context_is_shown_only_where_rights_allow(
    client: Client, shown: Planted
) -> None:
    for urls in addresses(shown).values():
        for url in urls:
            assert "visiblefar" not in everything(client.get(url)), url

    shown.article.rights = "full"
    shown.article.save()

    holding = [
        url
        for urls in addresses(shown).values()
        for url in urls
        if "visiblefar" in everything(client.get(url))
    ]
    assert holding == [f"/articles/{shown.article.public_id}"]


def test_name_of_a_protected_person_is_nowhere(client: Client) -> None:
    planted = plant("zqprotected", "published", protected=True)
    public = ("zqprotectedquoted", "zqprotected headline", "https://example.org/zqprotected")
    Quote.objects.get(pk=planted.quote.pk)

    page = everything(client.get(f"/q/{planted.quote.public_id}"))

    assert "a relative" in page
    for secret in ("Person", "Alias", "as printed", "role", "member", "summary", "before", "after"):
        assert f"zqprotected {secret}" not in page
        assert f"zqprotected{secret}" not in page
    assert public[0] in page
    for urls in addresses(planted).values():
        for url in urls:
            text = everything(client.get(url)).replace(url, "")
            for secret in (" Person", " Alias", " as printed", " role", "before", "after"):
                if planted.person.slug not in url:
                    assert f"zqprotected{secret}" not in text, url
            if planted.person.slug not in url:
                assert planted.person.slug not in text, url
    assert client.get(f"/people/{planted.person.slug}").status_code == 404
    assert client.get(f"/people/{planted.canary}-former").status_code == 404
    assert client.get(f"/quotes?speaker={planted.person.slug}").status_code == 400
    for word in ("", "before", "after", "far"):
        assert client.get(f"/quotes?q=zqprotected{word}&kind=direct").context["listing"].count == (
            1 if word == "" else 0  # the headline alone holds the bare word
        )
    assert "noindex" in client.get(f"/q/{planted.quote.public_id}").headers["X-Robots-Tag"]


def everything(response: Any) -> str:
    """All that a reader gets: headers and body."""
    if response.get("Content-Type") == "image/png":
        return ""  # drawn from the same words as the card.svg beside it
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{headers}\n{body.decode(errors='replace')}"
