"""A cited search gives the same rows later, whatever became of the quotes since."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote as encoded

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from people.models import Membership
from quotes import merging, notices, review, speakers, stances
from quotes.exports.matching import MATCHERS, NO_CONDITION
from quotes.exports.past import Past, written
from quotes.exports.records import keys
from quotes.exports.state import as_of_now
from quotes.filters import QuoteForm
from quotes.listing import Listing
from quotes.models import Quote, QuoteVersion
from tests import factories

pytestmark = pytest.mark.django_db

BODY = (
    "Speaker A told the board: “We will count every boat.” The chair of the Harbour Board said "
    "that nobody had counted. “And then,” Speaker A said, “we count the café’s boats again.”"
)


@pytest.fixture
def editor() -> User:
    return factories.user()


@pytest.fixture
def world(editor: User) -> dict[str, Any]:
    """Twelve quotes by three speakers in two outlets, with roles, stances and odd dates."""
    rng = random.Random(12)
    body = factories.organization("Harbour Board")
    people = [factories.person(f"Speaker {letter}") for letter in "ABC"]
    Membership.objects.create(person=people[0], organization=body, role="chair", start="2008")
    Membership.objects.create(person=people[1], organization=body, role="clerk", end="2007-06")
    outlets = [factories.outlet(name=name) for name in ("The Buoy", "The Quay")]
    targets = [factories.target(slug="divers"), factories.target("claim", slug="counted")]
    published = ("2008-12-07", "2007", "", "2009-03?", "2008-11", "2007-05/2007-06")
    made = []
    for number in range(12):
        date = published[number % len(published)]
        article = factories.article(
            f"{BODY} No. {number}.",
            outlet=rng.choice(outlets),
            published=date,
            date_basis="printed" if date else "",
            headline=f"Boats at the quay {number}",
        )
        made.append(
            factories.quote(
                *(("We will count every boat.",) if number % 3 else ("nobody had counted",)),
                article=article,
                by=editor,
                kind="direct" if number % 3 else "indirect",
                speaker=people[number % 3],
                on_behalf_of=body if number % 5 == 0 else None,
                channel="blog" if number % 4 == 0 else "",
                said="2008-10" if number % 6 == 0 else "",
                said_basis="printed" if number % 6 == 0 else "",
                speaker_role="the café’s owner" if number % 7 == 0 else "",
            )
        )
        if number % 2:
            target = targets[number % 4 // 2]
            factories.stance(made[-1], target, rng.choice(target.values), by=editor)
    return {"quotes": made, "people": people, "outlets": outlets, "targets": targets, "body": body}


QUERIES = (
    "",
    "sort=oldest",
    "q=count",
    "q=counted+boats",
    "q=%22every+boat%22",
    "q=caf%C3%A9",
    "q=harbour+-caf%C3%A9",
    "q=(caf%C3%A9+OR+clerk)+boat*",
    "q=%22count+boat%22~1",
    "q=kind:direct+-stance:supports+date:2008",
    "role=the+caf%C3%A9%E2%80%99s+owner",
    "not_role=the+caf%C3%A9%E2%80%99s+owner&not_channel=blog",
    "year=2008&year=2006",
    "not_year=2008",
    "disputed=notice",
    "not_disputed=notice&not_speaker=speaker-b",
    "not_organization=harbour-board",
    "not_target=divers",
    "stance=divers:criticises&stance=divers:supports&stance=asserts",
    "target=counted&target=divers&not_stance=asserts",
    "language=en&not_outlet=the-buoy",
    "sort=added",
    "speaker=speaker-a",
    "speaker=speaker-a&speaker=speaker-c",
    "organization=harbour-board",
    "organization=harbour-board&kind=direct",
    "target=divers",
    "target=divers&stance=criticises&stance=supports",
    "stance=asserts&stance=supports",
    "outlet=the-buoy",
    "kind=indirect",
    "channel=blog",
    "date_from=2008",
    "date_to=2007-05",
    "date_from=2008-10&date_to=2008-11&sort=oldest",
    "date_of=said&date_from=2008",
    "date_of=published&date_to=2008-11-15",
)


@pytest.mark.parametrize("everything_changed", [False, True])
def test_as_of_now_finds_what_the_search_finds(
    world: dict[str, Any], monkeypatch: pytest.MonkeyPatch, everything_changed: bool
) -> None:
    if everything_changed:
        # Each quote is then read from its version: the reading is held against SQL.
        monkeypatch.setattr(Past, "_touched", lambda past: Quote.objects.all())
    for query in QUERIES:
        listing = Listing(QueryDict(query))
        past = Past(QueryDict(query), as_of_now())

        assert past.faults == [], query
        assert list(past.keys) == list(keys(listing.found)), query
    assert len({tuple(Past(QueryDict(q), as_of_now()).keys) for q in QUERIES}) > 20


def test_every_parameter_can_be_asked_of_the_past() -> None:
    assert set(QuoteForm.base_fields) == {*MATCHERS, *NO_CONDITION}


def edits(world: dict[str, Any], by: User) -> Iterator[Callable[[], object]]:
    """Yield what editors do after a search was cited."""
    quotes, people = world["quotes"], world["people"]
    yield lambda: review.correct(quote=quotes[0], by=by, why="Heard again", speaker_text="She")
    yield lambda: review.correct(quote=quotes[1], by=by, why="Another", speaker=people[2])
    yield lambda: review.correct(
        quote=quotes[2], by=by, why="Looked up", said="2006-02", said_basis="printed"
    )
    yield lambda: stances.tag(
        quote=quotes[3], target=world["targets"][0], value="criticises", by=by
    )
    yield lambda: review.withdraw(quote=quotes[4], by=by, reason="misattributed")
    yield lambda: review.withdraw(quote=quotes[5], by=by, reason="error")
    yield lambda: review.restore(quote=quotes[5], by=by, why="It was right")
    yield lambda: review.restore(quote=quotes[9], by=by, why="It was right")
    yield lambda: merging.unmerge(quote=quotes[10], by=by, why="They differ")
    yield lambda: merging.merge(quote=quotes[6], into=quotes[7], by=by, why="The same words")
    yield lambda: speakers.rename_person(
        person=people[0], by=by, why="Married", name="Speaker D", slug="speaker-d"
    )
    yield lambda: speakers.merge_people(one=people[1], other=people[2], by=by, why="One person")
    yield lambda: Membership.objects.get(person=people[1]).delete()
    yield lambda: factories.quote(speaker=people[0], by=by)
    yield lambda: notices.give_notice(
        quote=quotes[8],
        kind="reply",
        text="I did.",
        by=by,
        dated=timezone.localdate(),
        why="Letter",
    )


def test_cited_rows_are_the_same_to_the_byte_after_every_edit(
    client: Client, world: dict[str, Any], editor: User
) -> None:
    review.withdraw(quote=world["quotes"][9], by=editor, reason="error")
    merging.merge(quote=world["quotes"][10], into=world["quotes"][11], by=editor, why="Same")
    moment = written(as_of_now())
    addresses = [f"/quotes.jsonl?{query}&as_of={moment}" for query in QUERIES]
    cited = {address: answer(client, address) for address in addresses}
    csv = answer(client, f"/quotes.csv?raw=1&as_of={moment}")
    live = answer(client, "/quotes.jsonl")
    assert cited[f"/quotes.jsonl?&as_of={moment}"] == live

    for number, edit in enumerate(edits(world, editor)):
        edit()
        some = [addresses[0], *addresses[number % 5 :: 5]]
        assert {address: answer(client, address) for address in some} == {
            address: cited[address] for address in some
        }, number
    assert {address: answer(client, address) for address in addresses} == cited
    assert answer(client, f"/quotes.csv?raw=1&as_of={moment}") == csv
    assert answer(client, "/quotes.jsonl") != live
    # What became public later is not of that moment, and a moment before all of it had nothing.
    assert answer(client, "/quotes.jsonl?as_of=2001-01-01T00:00:00Z") == b""


@pytest.mark.parametrize("way", ["withdrawn", "merged", "protected"])
def test_what_protects_a_person_is_gone_from_the_past_too(
    client: Client, world: dict[str, Any], editor: User, way: str
) -> None:
    moment = written(as_of_now())
    before = answer(client, f"/quotes.jsonl?as_of={moment}").splitlines()
    closing = world["quotes"][3]
    if way == "protected":
        person = closing.speaker
        person.protected, person.public_role = True, "a neighbour"
        person.save()
        speakers.record_quotes(person, by=editor, why="Protected")
        gone = {q.public_id for q in world["quotes"] if q.speaker_id == person.pk}
    else:
        if way == "merged":
            merging.merge(quote=closing, into=world["quotes"][4], by=editor, why="Same")
            closing = Quote.objects.get(pk=world["quotes"][4].pk)
        review.withdraw(quote=closing, by=editor, reason="child-or-victim")
        gone = {world["quotes"][3].public_id, closing.public_id}

    after = answer(client, f"/quotes.jsonl?as_of={moment}").splitlines()

    assert after == [line for line in before if line[7:15].decode() not in gone]
    assert len(after) == len(before) - len(gone)
    if way == "withdrawn":
        # Nor can what it said be guessed by asking.
        asked = client.get(f"/quotes.csv?speaker=speaker-a&q=boat&as_of={moment}")
        assert int(asked["X-Total-Count"]) == len(
            answer(client, f"/quotes.jsonl?speaker=speaker-a&q=boat&as_of={moment}").splitlines()
        )
    if way == "protected":
        asked = client.get(f"/quotes.csv?speaker=speaker-a&as_of={moment}")
        never = client.get(f"/quotes.csv?speaker=speaker-x&as_of={moment}")
        assert (asked.status_code, never.status_code) == (400, 400)


def test_names_that_are_gone_can_still_be_asked_for(
    client: Client, world: dict[str, Any], editor: User
) -> None:
    moment = written(as_of_now())
    before = answer(client, f"/quotes.jsonl?speaker=speaker-c&as_of={moment}")
    for quote in Quote.objects.filter(speaker__slug="speaker-c"):
        review.withdraw(quote=quote, by=editor, reason="error")

    assert before.count(b"\n") == 4
    assert client.get("/quotes.jsonl?speaker=speaker-c").status_code == 400
    assert answer(client, f"/quotes.jsonl?speaker=speaker-c&as_of={moment}") == before


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=yesterday", "as_of"),
        ("as_of=2026-13-01T00:00:00Z", "as_of"),
        ("as_of=2026-01-01", "as_of"),
        ("as_of=9999-01-01T00:00:00Z", "as_of"),
        ("as_of=", "as_of"),
        ("as_of=2026-01-01T00:00:00Z&as_of=2026-01-01T00:00:00Z", "as_of"),
        ("as_of=2026-01-01T00:00:00Z&q=boat&sort=relevance", "sort"),
        ("as_of=2026-01-01T00:00:00Z&speaker=nobody", "speaker"),
        ("as_of=2026-01-01T00:00:00Z&q=speaker:nobody", "q"),
        ("as_of=٢٠٢٦-01-01T00:00:00Z", "as_of"),
    ],
)
def test_unfit_moment_is_named(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/quotes.csv?{query}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == parameter


def test_moment_of_the_present_state_stays_until_the_next_change(
    world: dict[str, Any], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = QuoteVersion.objects.latest("created_at").created_at
    end = exact.replace(microsecond=0) + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: exact)
    assert as_of_now() == exact  # its second still runs
    monkeypatch.setattr(timezone, "now", lambda: exact + timedelta(days=3))
    assert as_of_now() == end
    assert written(end).endswith(f":{end.second:02}Z")
    assert datetime.fromisoformat(written(exact)) == exact.astimezone(UTC)


def answer(client: Client, address: str) -> bytes:
    response = client.get(encoded(address, safe="/?&=%+:.-"))
    assert response.status_code == 200, (address, response.content)
    return b"".join(response)


def test_list_cites_an_address_that_shows_the_same_later(
    client: Client, world: dict[str, Any], editor: User
) -> None:
    cited = client.get("/quotes?q=boat&sort=relevance&kind=direct").context["panel"]
    reference = cited.groups[0].entries[0].reference.plain
    address = "/" + reference.split("http://testserver/")[1]
    listed = client.get("/quotes?q=boat&kind=direct").context["listing"]
    count = listed.count

    review.withdraw(quote=listed.shown[0], by=editor, reason="error")
    page = client.get(address)

    assert address.startswith("/quotes?q=boat&kind=direct&as_of=20")
    assert [row.shown.public_id for row in page.context["rows"]] == [
        quote.public_id for quote in listed.shown
    ]
    assert f'<h1 class="sentence">{count} direct quotes matching “boat”' in page.content.decode()
    assert client.get(f"{address}&page=7").status_code == 302
    assert client.get(f"{address}&page=x").status_code == 400
    assert client.get(f"{address}x").status_code == 400


@pytest.mark.parametrize("moment", ["2008-12-07T00:00:00Z", "yesterday"])
def test_name_that_no_database_holds_is_refused(client: Client, moment: str) -> None:
    """PostgreSQL has no text with a NUL, and raises instead of finding nothing."""
    for name in ("speaker", "not_outlet", "target"):
        assert client.get(f"/quotes?as_of={moment}&{name}=a%00b").status_code == 400
