"""Facets: counted, asked for, left out, searched; pages by place; ways out of an empty list."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from people.models import PersonName
from quotes import notices, review, stances
from quotes.facets import Facet, Option
from quotes.filters import FACETS, NOT
from quotes.listing import LABELS
from quotes.models import Quote, Stance
from tests import factories

pytestmark = pytest.mark.django_db


def ids(response: Any) -> list[str]:
    return [quote.public_id for quote in response.context["listing"].shown]


def counts(response: Any) -> dict[str, list[tuple[str, int]]]:
    return {
        facet.name: [(option.value, option.count) for option in facet.options]
        for facet in response.context["listing"].facets
    }


@pytest.fixture
def fleet() -> dict[str, Quote]:
    """Three quotes that differ in everything, and two targets."""
    by = factories.user()
    made = {}
    for letter, kind, channel, published, language in (
        ("a", "direct", "speech", "2007-05-01", "en"),
        ("b", "mixed", "blog", "2009-01-02", "en-GB"),
        ("c", "indirect", "", "2009-12-07", "fr"),
    ):
        made[letter] = factories.quote(
            by=by,
            kind=kind,
            channel=channel,
            speaker=factories.person(f"Speaker {letter.upper()}"),
            on_behalf_of=factories.organization(f"Body {letter.upper()}"),
            speaker_role=f"captain {letter}",
            article=factories.article(
                published=published,
                language=language,
                outlet=factories.outlet(name=f"Outlet {letter.upper()}"),
            ),
        )
    claim = factories.target("claim", label="Boats were counted", slug="boats")
    harbour = factories.target(label="The harbour", slug="harbour")
    stances.tag(quote=made["a"], target=claim, value="denies", by=by)
    stances.tag(quote=made["a"], target=harbour, value="supports", by=by)
    stances.tag(quote=made["b"], target=claim, value="asserts", by=by)
    Stance.objects.filter(quote=made["b"]).update(basis="disputed")
    notices.give_notice(
        quote=made["c"],
        kind="disputed",
        text="Not so.",
        dated=date(2010, 1, 1),
        by=by,
        why="Letter",
    )
    return made


# facet -> a value and the quotes that have it
VALUES = {
    "target": ("boats", "ab"),
    "stance": ("denies", "a"),
    "speaker": ("speaker-a", "a"),
    "organization": ("body-b", "b"),
    "role": ("captain c", "c"),
    "outlet": ("outlet-a", "a"),
    "year": ("2009", "bc"),
    "kind": ("mixed", "b"),
    "channel": ("speech", "a"),
    "language": ("fr", "c"),
    "disputed": ("coders", "b"),
}


@pytest.mark.parametrize("name", FACETS)
def test_each_facet_is_counted_asked_for_and_left_out(
    client: Client, fleet: dict[str, Quote], name: str
) -> None:
    value, letters = VALUES[name]
    having = {fleet[letter].public_id for letter in letters}
    every = {quote.public_id for quote in fleet.values()}

    asked = client.get("/quotes", {name: value})
    left_out = client.get("/quotes", {NOT + name: value})

    assert set(ids(asked)) == having
    assert set(ids(left_out)) == every - having
    assert (value, len(letters)) in counts(asked)[name]
    # Its own filter is not counted: the facet is as it is without it.
    assert counts(asked)[name] == counts(left_out)[name]
    assert dict(counts(asked)[name]) == dict(counts(client.get("/quotes"))[name])
    one, other = asked.context["listing"].selected, left_out.context["listing"].selected
    assert [(s.label, s.left_out) for s in one] == [(LABELS[name], False)]
    assert [(s.label, s.left_out) for s in other] == [(LABELS[name], True)]
    assert f'name="{name}" value="{value}" checked' in asked.content.decode()
    assert f'name="not_{name}" value="{value}" checked' in left_out.content.decode()


def test_every_count_is_what_choosing_the_value_shows(
    client: Client, fleet: dict[str, Quote]
) -> None:
    for query in ("", "stance=denies", "target=boats", "not_stance=asserts", "q=boat&year=2009"):
        listing = client.get(f"/quotes?{query}").context["listing"]
        for facet in listing.facets:
            options = [*facet.options, *(v for o in facet.options for v in o.values)]
            for option in options:
                chosen = listing.query_with({option.name: [option.value], f"not_{option.name}": []})
                found = client.get(f"/quotes?{chosen}").context["listing"].count
                assert found == option.count, f"{query}: {chosen}"


def test_values_of_a_target_are_alternatives_under_it(
    client: Client, fleet: dict[str, Quote]
) -> None:
    response = client.get("/quotes?stance=boats:asserts&stance=harbour:supports")

    assert set(ids(response)) == {fleet["a"].public_id, fleet["b"].public_id}
    listing = response.context["listing"]
    assert listing.sentence == (
        "2 quotes that assert “Boats were counted” or support “The harbour”, newest first"
    )
    assert [s.value for s in listing.selected] == [
        "Asserts: Boats were counted",
        "Supports: The harbour",
    ]
    target = listing.facet("target").options[0]
    assert [(o.label, o.count, o.selected) for o in target.values] == [
        ("Asserts", 1, True),
        ("Denies", 1, False),
    ]
    left_out = client.get("/quotes?not_stance=boats:asserts")
    assert set(ids(left_out)) == {fleet["a"].public_id, fleet["c"].public_id}


def test_what_is_chosen_is_listed_at_nought(client: Client, fleet: dict[str, Quote]) -> None:
    response = client.get(
        "/quotes?speaker=speaker-a&not_outlet=outlet-b&language=fr&stance=harbour:supports"
    )

    found = counts(response)
    assert ("speaker-a", 0) in found["speaker"]
    assert ("outlet-b", 0) in found["outlet"]
    assert 'name="stance" value="harbour:supports" checked' in response.content.decode()


def test_sentence_says_all_that_was_asked(client: Client, fleet: dict[str, Quote]) -> None:
    query = (
        "q=boat&not_speaker=speaker-a&not_role=captain+a&role=captain+b&role=captain+c"
        "&not_organization=body-a&not_outlet=outlet-a&not_target=harbour&not_stance=boats:denies"
        "&not_kind=indirect&not_channel=speech&language=en-GB&not_year=2007&year=2009"
        "&disputed=coders&not_disputed=notice&sort=added"
    )
    response = client.get(f"/quotes?{query}")

    assert ids(response) == [fleet["b"].public_id]
    assert response.context["listing"].sentence == (
        "1 quote matching “boat” not by Speaker A not speaking for Body A in the role of captain b "
        "or captain c not in the role of captain a not in Outlet A not coded for “The harbour” "
        "leaving out those that deny “Boats were counted” not from speeches "
        "in British English (en-GB) of 2009 not of 2007 with a stance on which coders disagree "
        "neither in dispute nor corrected that are not indirect"
    )
    for one in response.context["listing"].selected:
        assert client.get(f"/quotes?{one.query_without}").status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter", "message", "repaired"),
    [
        ("speaker=speaker-a&not_speaker=speaker-a", "not_speaker", "as well", "speaker=speaker-a"),
        ("role=admiral", "role", "There is no “admiral” here.", ""),
        ("role=%00", "role", "There is no", ""),
        ("language=xx&language=fr", "language", "There is no “xx” here.", "language=fr"),
        ("year=20089", "year", "There is no “20089” here.", ""),
        ("year=0000", "year", "There is no “0000” here.", ""),
        ("disputed=yes", "disputed", "is none of: coders, notice.", ""),
        ("stance=boats:supports", "stance", "is none of", ""),
        ("stance=nothing:denies&stance=denies", "stance", "is none of", "stance=denies"),
        ("stance=%00:denies", "stance", "is none of", ""),
        ("after=x", "after", "is not a place in this list.", ""),
        ("after=2008-12-07_00000000", "after", "There is no quote 00000000 to go on from.", ""),
        ("after=2008-13-07_00000000", "after", "is not a place in a list sorted like this.", ""),
        ("sort=added&before=undated_00000000", "before", "sorted like this", "sort=added"),
        ("q=boat&sort=relevance&after=1.5_00000000", "after", "sorted like this", None),
        ("q=speaker:a&sort=relevance", "sort", "Only a search for words", "q=speaker%3Aa"),
        ("page=501", "page", "Pages have numbers up to 500", None),
        ("page=2&after=undated_00000000", "after", "A page has one beginning.", None),
        ("q=colour:red", "q", "There is no field “colour:”.", "q=colour+red"),
    ],
)
def test_unfit_facet_or_place_is_named(
    client: Client,
    fleet: dict[str, Quote],
    query: str,
    parameter: str,
    message: str,
    repaired: str | None,
) -> None:
    for path in ("/quotes", "/quotes/facets/speaker"):
        response = client.get(f"{path}?{query}")

        text = response.content.decode()
        assert response.status_code == 400
        assert f"<code>{parameter}</code>" in text
        assert message in text
        if repaired is not None:
            assert response.context["repaired_query"] == repaired


def test_role_of_a_protected_person_is_no_facet(client: Client) -> None:
    person = factories.person("Hidden", protected=True, public_role="a relative")
    factories.quote(speaker=person, speaker_role="mother of the child")

    assert "role" not in counts(client.get("/quotes"))
    assert client.get("/quotes?role=mother+of+the+child").status_code == 400
    assert client.get("/quotes?q=speaker:hidden").context["listing"].count == 0


def walk(client: Client, query: str, link: str = "next_url") -> list[list[str]]:
    """Follow the links from page to page; return the ids of each."""
    found, url = [], f"/quotes{query}"
    while url:
        response = client.get(url)
        assert response.status_code == 200, url
        found.append(ids(response))
        url = response.context[link]
    return found


@pytest.mark.parametrize("sort", ["newest", "oldest", "added", "relevance"])
def test_pages_by_place_show_each_quote_once_in_order(client: Client, sort: str) -> None:
    by, person = factories.user(), factories.person()
    for published in ("2007", "2008-12-07", "2008-12-07", ""):
        basis = "printed" if published else ""
        body = "She said: " + " ".join(f"“Boat {n} of {factories.number()}.”" for n in range(12))
        article = factories.article(body, published=published, date_basis=basis)
        for words in re.findall("“(.*?)”", body):
            factories.quote(words, article=article, speaker=person, by=by)
    query = f"?q=boat&sort={sort}" if sort != "newest" else "?q=boat"
    listing = client.get(f"/quotes{query}").context["listing"]
    every = [quote.public_id for quote in listing.quotes]

    pages = walk(client, query)

    assert [len(page) for page in pages] == [20, 20, 8]
    assert [key for page in pages for key in page] == every
    last = client.get(f"/quotes{query}&page=3")
    assert ids(last) == pages[2]
    assert "41 to 48 of 48" in last.content.decode()
    back = client.get(last.context["previous_url"])
    assert ids(back) == pages[1]
    assert "21 to 40" in back.context["listing"].sentence or back.context["listing"].start == 20
    assert ids(client.get(back.context["previous_url"])) == pages[0]
    assert client.get(f"/quotes{query}&page=4").status_code == 302


def test_place_stays_when_the_list_above_it_changes(client: Client) -> None:
    by, article = factories.user(), factories.article(" ".join(f"“Boat {n}.”" for n in range(25)))
    quotes = [factories.quote(f"Boat {n}.", article=article, by=by) for n in range(25)]
    first = client.get("/quotes")
    second = first.context["next_url"]
    rest = ids(client.get(second))

    # The very quote that the second page begins after is withdrawn, and a new one comes on top.
    review.withdraw(quote=quotes[5], by=by, reason="error")
    factories.quote(article=factories.article(published="2020"))

    assert quotes[5].public_id in second
    assert ids(client.get(second)) == rest == [quote.public_id for quote in quotes[4::-1]]


def test_sides_are_under_targets_in_sight_and_wherever_one_is_chosen() -> None:
    side = Option("stance", "a:supports", "Supports", 1)
    targets = [Option("target", str(n), f"Target {n}", 1, values=(side,)) for n in range(8)]
    targets[7] = replace(targets[7], values=(replace(side, selected=True),))

    facet = Facet("target", tuple(targets))

    assert all(target.values for target in facet.first)
    assert [bool(target.values) for target in facet.rest] == [False, True]


def test_values_of_a_facet_are_found_on_its_own_page(client: Client) -> None:
    by = factories.user()
    for name in ("Ann Árbol", "Bo Arbor", "Cy Bole", *(f"Speaker {n}" for n in range(30))):
        factories.quote(speaker=factories.person(name), by=by, channel="blog")
    panel = client.get("/quotes?channel=blog&not_speaker=cy-bole").content.decode()
    link = "/quotes/facets/speaker?not_speaker=cy-bole&amp;channel=blog"
    assert f'<a href="{link}">Find among all 33 speakers</a>' in panel

    page = client.get(f"{link.replace('&amp;', '&')}&find=arb")

    text = page.content.decode()
    assert [row.label for row in page.context["rows"]] == ["Ann Árbol", "Bo Arbor"]
    assert '<input type="hidden" name="not_speaker" value="cy-bole">' in text
    assert text.count('<input type="hidden" name="channel" value="blog">') == 2
    assert 'name="not_speaker" value="bo-arbor"' in text
    assert page.headers["X-Robots-Tag"] == "noindex, follow"
    nobody = client.get("/quotes/facets/speaker?find=zzz")
    assert "None has “<bdi>zzz</bdi>” in its name." in nobody.content.decode()
    assert client.get("/quotes/facets/date").status_code == 404
    assert client.get("/quotes/facets/speaker?find=a&find=b").status_code == 400
    assert client.get("/quotes/facets/speaker?find=%00").status_code == 400


def test_years_are_bars_with_links(client: Client, fleet: dict[str, Quote]) -> None:
    response = client.get("/quotes?kind=direct&kind=mixed&year=2009")

    drawn = response.context["histogram"]
    assert [(bar.year, bar.count, bar.chosen) for bar in drawn.bars] == [
        ("2007", 1, False),
        ("2008", 0, False),
        ("2009", 1, True),
    ]
    assert drawn.bars[0].query == "kind=direct&kind=mixed&year=2007"
    assert drawn.bars[0].height == drawn.height
    assert '<a href="/quotes?kind=direct&amp;kind=mixed&amp;year=2007" tabindex="-1">' in (
        response.content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("haarbour", ["harbour"]),
        ("habrour", ["harbour"]),
        ("captians boat", ["captains boat"]),
        ('"every baot"', ['"every boat"']),
        ("kount", ["count"]),
        ("speaker:aldr", ["speaker:alder"]),
        ('speaker:"Ana Aldre" boat', ['speaker:"anna alder" boat']),
        ("outlet:buoi", ["outlet:buoy"]),
        ("boat submarine", []),
        ("zq", []),
        ("secretive", []),
    ],
)
def test_misspelt_words_and_names_are_suggested(
    client: Client, typed: str, meant: list[str]
) -> None:
    person = factories.person("Anna Alder")
    PersonName.objects.create(person=person, name="The Skipper")
    article = factories.article(
        headline="Captains of the harbour", outlet=factories.outlet(name="The Buoy")
    )
    factories.quote(speaker=person, article=article)
    hidden = factories.quote(speaker=factories.person("Ana Aldr"), speaker_role="secretiv")
    review.withdraw(quote=hidden, by=factories.user(), reason="error")

    listing = client.get("/quotes", {"q": typed}).context["listing"]

    assert listing.count == 0
    assert [way.value for way in listing.corrections] == meant


def test_empty_list_counts_what_lifting_a_filter_leaves(
    client: Client, fleet: dict[str, Quote]
) -> None:
    text = client.get("/quotes?q=bbat&kind=direct").content.decode()

    assert "Did you mean" in text
    assert '<a href="/quotes?q=boat&amp;kind=direct"><bdi>boat</bdi></a> (1)' in text
    assert "without words “<bdi>bbat</bdi>”</a>: 1 quote<" in text
    assert "without kind “<bdi>Direct</bdi>”</a>: 0 quotes<" in text


def test_page_about_searching_shows_searches_that_work(client: Client) -> None:
    text = client.get("/how-to-search").content.decode()

    for link in re.findall(r'href="(/quotes\?q=[^"]+)"', text):
        assert client.get(link).status_code == 200, link
    assert '<a href="/how-to-search">How to search</a>' in client.get("/").content.decode()


def test_list_costs_the_same_queries_for_one_quote_and_for_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    article = factories.article()
    for number in range(3):
        factories.quote(article=article)
        if number in (0, 2):
            with django_assert_num_queries(6):
                client.get("/quotes?q=boat&sort=oldest")
