"""The filtered list: what it shows, says and refuses."""

from typing import Any

import pytest
from django.test import Client

from people.models import Membership, PersonRedirect
from tests import factories

pytestmark = pytest.mark.django_db

LONG = "boat " * 20_000


def ids(response: Any) -> list[str]:
    return [quote.public_id for quote in response.context["listing"].shown]


def test_list_shows_published_quotes_newest_first(client: Client) -> None:
    old = factories.quote(article=factories.article(published="2007"))
    undated = factories.quote(article=factories.article(published="", date_basis=""))
    new = factories.quote(article=factories.article(published="2009-03"))

    response = client.get("/quotes")

    assert ids(response) == [new.public_id, old.public_id, undated.public_id]
    assert ids(client.get("/quotes?sort=oldest")) == [
        old.public_id,
        new.public_id,
        undated.public_id,
    ]
    assert "<title>3 quotes, newest first · On the Record</title>" in response.content.decode()


def test_list_sorts_by_relevance(client: Client) -> None:
    beside = factories.quote(
        article=factories.article(headline="Every boat is counted", published="2009")
    )
    within = factories.quote(
        "Boat after boat.",
        article=factories.article("She said: “Boat after boat.” No more."),
    )
    within_first = client.get("/quotes?q=boat&sort=relevance")

    assert ids(within_first) == [within.public_id, beside.public_id]
    assert ids(client.get("/quotes?q=boat")) == [beside.public_id, within.public_id]


def test_matches_are_marked(client: Client) -> None:
    factories.quote()

    text = client.get("/quotes?q=counting+boats").content.decode()

    assert "“We will <mark>count</mark> every <mark>boat</mark>.”" in text


def test_filters_narrow_and_the_sentence_says_how(client: Client) -> None:
    person = factories.person("Speaker A")
    claim = factories.target("claim", label="The boats were counted", slug="boats")
    wanted = factories.quote(speaker=person, channel="speech")
    factories.stance(wanted, claim, "denies")
    other = factories.quote(speaker=person)
    factories.stance(other, claim, "asserts")
    factories.quote()

    response = client.get(
        "/quotes?q=boat&speaker=speaker-a&target=boats&stance=denies&kind=direct"
        "&channel=speech&date_of=published&date_from=2008-12&date_to=2009"
    )

    listing = response.context["listing"]
    assert ids(response) == [wanted.public_id]
    assert listing.sentence == (
        "1 direct quote matching “boat” by Speaker A that denies “The boats were counted” "
        "from speeches published December 2008 to 2009"
    )
    assert [(one.label, one.value) for one in listing.selected] == [
        ("Words", "boat"),
        ("Speaker", "Speaker A"),
        ("About", "The boats were counted"),
        ("Stance", "Denies"),
        ("Kind", "Direct"),
        ("Said in", "Speech"),
        ("From", "2008-12"),
        ("To", "2009"),
    ]
    assert listing.selected[3].query_without == (
        "q=boat&speaker=speaker-a&target=boats&kind=direct&channel=speech"
        "&date_of=published&date_from=2008-12&date_to=2009"
    )


def test_several_values_of_one_filter_are_alternatives(client: Client) -> None:
    first = factories.quote(speaker=factories.person("Speaker A"))
    second = factories.quote(speaker=factories.person("Speaker B"))
    factories.quote()

    response = client.get("/quotes?speaker=speaker-a&speaker=speaker-b")

    assert set(ids(response)) == {first.public_id, second.public_id}
    assert response.context["listing"].sentence == (
        "2 quotes by Speaker A or Speaker B, newest first"
    )


def test_stance_must_be_on_the_chosen_target(client: Client) -> None:
    first, second = factories.target(slug="one"), factories.target(slug="two")
    quote = factories.quote()
    factories.stance(quote, first, "supports")
    factories.stance(quote, second, "criticises")

    assert ids(client.get("/quotes?target=one&stance=criticises")) == []
    assert ids(client.get("/quotes?target=two&stance=criticises")) == [quote.public_id]
    assert ids(client.get("/quotes?stance=criticises")) == [quote.public_id]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [("", "", True), ("2008-06", "", True), ("2008", "2008-09", False), ("", "2008-11-30", False)],
)
def test_organization_counts_people_while_they_held_the_role(
    client: Client, start: str, end: str, found: bool
) -> None:
    body, person = factories.organization("Body A"), factories.person()
    Membership.objects.create(person=person, organization=body, role="chair", start=start, end=end)
    quote = factories.quote(speaker=person, article=factories.article(published="2008-12-07"))

    response = client.get("/quotes?organization=body-a")

    assert ids(response) == ([quote.public_id] if found else [])
    counts = {
        facet.name: [(option.value, option.count) for option in facet.options]
        for facet in response.context["listing"].facets
    }
    assert counts["organization"] == [("body-a", 1 if found else 0)]


def test_organization_option_counts_a_quote_once(client: Client) -> None:
    body, person = factories.organization("Body A"), factories.person()
    Membership.objects.create(person=person, organization=body, role="chair")
    Membership.objects.create(person=person, organization=body, role="member")
    factories.quote(speaker=person, on_behalf_of=body)
    factories.quote(speaker=person)

    listing = client.get("/quotes?organization=body-a").context["listing"]

    options = {facet.name: facet.options for facet in listing.facets}["organization"]
    assert [(option.value, option.count) for option in options] == [("body-a", 2)]
    assert listing.count == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("date_from=2008-12-07", 2),
        ("date_from=2008-12-08", 1),
        ("date_to=2008-12-06", 0),
        ("date_to=2008", 1),
        ("date_from=2009-03&date_to=2009-03", 1),
        ("date_from=2009-03-15&date_to=2009-03-15", 1),
        ("date_of=said&date_from=2000", 1),
        ("date_of=published&date_from=2009", 0),
    ],
)
def test_dates_overlap(client: Client, query: str, count: int) -> None:
    factories.quote(article=factories.article(published="2008-12-07"))
    factories.quote(
        article=factories.article(published="2008"), said="2009-03", said_basis="printed"
    )

    assert client.get(f"/quotes?{query}").context["listing"].count == count


def test_counts_beside_options_leave_out_their_own_filter(client: Client) -> None:
    factories.quote(speaker=factories.person("Speaker A"), channel="blog")
    factories.quote(speaker=factories.person("Speaker B"), channel="speech")

    listing = client.get("/quotes?speaker=speaker-a").context["listing"]

    options = {
        facet.name: [(option.value, option.count, option.selected) for option in facet.options]
        for facet in listing.facets
    }
    assert options["speaker"] == [("speaker-a", 1, True), ("speaker-b", 1, False)]
    assert options["channel"] == [("blog", 1, False)]


def test_empty_result_offers_ways_out(client: Client) -> None:
    factories.quote()

    text = client.get("/quotes?q=submarine&kind=direct").content.decode()

    assert "Nothing matches all of this" in text
    assert '<a href="/quotes?kind=direct">without words “<bdi>submarine</bdi>”</a>' in text
    assert '<a href="/quotes?q=submarine">without kind “<bdi>Direct</bdi>”</a>' in text


@pytest.mark.parametrize(
    ("given", "shortest"),
    [
        ("q=&speaker=&sort=newest&date_of=either&date_from=", "/quotes"),
        ("q=+boat++count&page=1", "/quotes?q=boat+count"),
        ("date_of=said", "/quotes"),
        ("page=9", "/quotes"),
        ("kind=direct&page=9", "/quotes?kind=direct"),
    ],
)
def test_address_is_made_short(client: Client, given: str, shortest: str) -> None:
    factories.quote()

    response = client.get(f"/quotes?{given}")

    assert (response.status_code, response.headers["Location"]) == (302, shortest)


def test_address_of_a_merged_person_leads_to_the_survivor(client: Client) -> None:
    quote = factories.quote(speaker=factories.person("Speaker A"))
    assert quote.speaker is not None
    PersonRedirect.objects.create(slug="old-a", person=quote.speaker, reason="Merged")

    response = client.get("/quotes?speaker=old-a&kind=direct")

    assert response.status_code == 301
    assert response.headers["Location"] == "/quotes?speaker=speaker-a&kind=direct"


@pytest.mark.parametrize(
    ("query", "parameter", "message", "repaired"),
    [
        ("q=%00boat", "q", "The text contains control characters.", "q=boat"),
        ("q=boat%E2%80%AE", "q", "The text contains control characters.", "q=boat"),
        ("q=%22boat", "q", "A quotation mark is not closed.", "q=boat"),
        ("q=%21%21", "q", "There is no word to search for.", ""),
        (f"q={LONG.replace(' ', '+')}", "q", "The text can be 200 characters long", None),
        ("q=a&q=b", "q", "This can be given only once.", "q=a"),
        ("speaker=nobody", "speaker", "There is no “nobody” here.", ""),
        ("speaker=%00", "speaker", "There is no “⟨U+0000⟩” here.", ""),
        ("speaker=speaker-a&speaker=speaker-a", "speaker", "twice", "speaker=speaker-a"),
        ("speaker=speaker-a&speaker=x", "speaker", "There is no “x”", "speaker=speaker-a"),
        ("target=a", "target", "There is no “a” here.", ""),
        ("organization=x", "organization", "There is no “x” here.", ""),
        ("outlet=%F0%9F%9A%A2", "outlet", "There is no “🚢” here.", ""),
        ("stance=loves", "stance", "“loves” is none of: supports", ""),
        ("kind=direct&kind=odd", "kind", "“odd” is none of: direct, mixed", "kind=direct"),
        ("channel=", None, "", ""),
        ("channel=x", "channel", "“x” is none of", ""),
        ("date_from=tomorrow", "date_from", "“tomorrow” is not a date.", ""),
        ("date_from=%D9%A2%D9%A0%D9%A0%D9%A8", "date_from", "is not a date.", ""),
        ("date_from=2008-13", "date_from", "“2008-13” is not a date.", ""),
        ("date_to=2008-02-30", "date_to", "“2008-02-30” is not a date.", ""),
        ("date_from=2009&date_to=2008", "date_to", "before the first", "date_from=2009"),
        ("date_of=written", "date_of", "“written” is none of", ""),
        ("sort=best", "sort", "“best” is none of: newest, oldest, added, relevance.", ""),
        ("sort=speaker__name", "sort", "is none of", ""),
        ("sort=relevance", "sort", "Only a search for words has a relevance.", ""),
        ("page=0", "page", "Pages are counted from 1.", ""),
        ("page=-1", "page", "“-1” is not a page number.", ""),
        ("page=%D9%A1", "page", "“١” is not a page number.", ""),
        ("page=1_0", "page", "“1_0” is not a page number.", ""),
        ("page=+1", "page", "is not a page number.", ""),
        ("page=99999999999999999999", "page", "is not a page number.", ""),
        ("page=1&page=2", "page", "This can be given only once.", ""),
        ("utm_source=x", "utm_source", "There is no parameter of this name.", ""),
        ("%00=x", "⟨U+0000⟩", "There is no parameter of this name.", ""),
        ("kind=direct&speakers=x", "speakers", "no parameter", "kind=direct"),
    ],
)
def test_bad_parameter_is_named_and_shows_no_quote(
    client: Client, query: str, parameter: str | None, message: str, repaired: str | None
) -> None:
    quote = factories.quote(speaker=factories.person("Speaker A"))

    response = client.get(f"/quotes?{query}")

    if parameter is None:
        assert response.status_code == 302
        return
    text = response.content.decode()
    assert response.status_code == 400
    assert f"<code>{parameter}</code>" in text
    assert message in text
    assert quote.text not in text
    if repaired is not None:
        assert response.context["repaired_query"] == repaired
    again = client.get(f"/quotes?{response.context['repaired_query']}", follow=True)
    assert again.status_code == 200


def test_too_many_parameters_are_a_bad_request(client: Client) -> None:
    response = client.get("/quotes?" + "&".join(f"a{n}=1" for n in range(2_100)))

    assert response.status_code == 400
    assert "This request can’t be understood" in response.content.decode()


def test_pages_hold_twenty(client: Client) -> None:
    article = factories.article("She said: " + " ".join(f"“Boat {n}.”" for n in range(21)))
    person, by = factories.person(), factories.user()
    for number in range(21):
        factories.quote(f"Boat {number}.", article=article, speaker=person, by=by)

    first, second = client.get("/quotes"), client.get("/quotes?page=2")

    assert (len(ids(first)), len(ids(second))) == (20, 1)
    assert set(ids(first)).isdisjoint(ids(second))
    last = first.context["listing"].shown[-1]
    link = f"/quotes?after=2008-12-07_{last.public_id}"
    assert f'<a href="{link}" rel="next">' in first.content.decode()
    assert ids(client.get(link)) == ids(second)
    assert '<a href="/quotes" rel="prev">' in second.content.decode()
    assert "<title>21 quotes, newest first, 21 to 21 · On" in second.content.decode()


def test_filtered_list_is_not_for_search_engines(client: Client) -> None:
    factories.quote()

    assert "X-Robots-Tag" not in client.get("/quotes").headers
    assert client.get("/quotes?kind=direct").headers["X-Robots-Tag"] == "noindex, follow"
