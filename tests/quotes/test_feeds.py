"""The feed of a search: valid Atom, all of it page by page, with what was taken back."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from quotes import feeds, merging, review
from tests import factories

pytestmark = pytest.mark.django_db

ATOM, TOMBSTONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


def read(client: Client, address: str) -> Any:
    """Return a feed that is valid so far as RFC 4287 and RFC 6721 ask; fail for any other."""
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314  # our own
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert (element.findtext(f"{ATOM}id") or "").startswith("http://testserver/")
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        kinds = [
            (link.get("rel"), link.get("type"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel") in ("alternate", "self", "next")
        ]
        assert len(kinds) == len(set(kinds))
    ids = [element.findtext(f"{ATOM}id") for element in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for element in feed.iter(f"{TOMBSTONE}deleted-entry"):
        assert datetime.fromisoformat(element.attrib["when"]).tzinfo
        assert element.attrib["ref"] not in ids
    return feed


def rows(feed: Any) -> list[str]:
    """Return the ids of entries, and of deleted entries with a minus, in their order."""
    found = []
    for element in feed:
        if element.tag == f"{ATOM}entry":
            found.append(element.findtext(f"{ATOM}id")[-8:])
        elif element.tag == f"{TOMBSTONE}deleted-entry":
            found.append("-" + element.attrib["ref"][-8:])
    return found


def link(feed: Any, relation: str) -> str | None:
    return next(
        (e.get("href") for e in feed.findall(f"{ATOM}link") if e.get("rel") == relation), None
    )


def test_feed_has_the_newest_change_first_and_what_was_taken_back() -> None:
    client, editor = Client(), factories.user()
    person = factories.person("Speaker <A> & Co")
    one, two, three, four, five = (
        factories.quote(speaker=person, by=editor, note=f"{n}") for n in range(5)
    )
    factories.stance(two, factories.target(slug="divers"), "criticises")
    review.withdraw(quote=three, by=editor, reason="misattributed", public_note="zqnote")
    merging.merge(quote=four, into=five, by=editor, why="The same words")
    review.correct(quote=one, by=editor, why="Heard again", speaker_role="skipper")

    feed = read(client, "/quotes.atom")

    assert rows(feed) == [
        one.public_id,
        f"-{four.public_id}",
        f"-{three.public_id}",
        two.public_id,
        five.public_id,
    ]
    assert [c.text for c in feed.iter(f"{TOMBSTONE}comment")] == [
        f"Merged into {five.public_id}",
        "Withdrawn: Attributed to the wrong speaker",
    ]
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Speaker <A> & Co: “We will count every boat.”"
    assert entry.findtext(f"{ATOM}content").startswith("<blockquote><p>We will count every boat.")
    assert "Speaker &lt;A&gt; &amp; Co" in entry.findtext(f"{ATOM}content")
    category = feed.find(f"{ATOM}entry/{ATOM}category")
    assert (category.get("term"), category.get("scheme")) == (
        "criticises",
        "http://testserver/targets/divers",
    )
    # A deletion tells a mirror of any search; what the search was says nothing about it.
    filtered = read(client, "/quotes.atom?target=divers")
    assert rows(filtered)[-1] == two.public_id
    assert len(rows(filtered)) == 3
    assert link(filtered, "alternate") == "http://testserver/quotes?target=divers"
    assert link(filtered, "self") == "http://testserver/quotes.atom?target=divers"


def test_pages_hold_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    client, editor = Client(), factories.user()
    monkeypatch.setattr(feeds, "PER_PAGE", 2)
    made = [factories.quote(by=editor) for _ in range(7)]
    gone = made[::3]
    for quote in gone:
        review.withdraw(quote=quote, by=editor, reason="error")
    kept = [quote for quote in made if quote not in gone]

    found: list[str] = []
    address: str | None = "/quotes.atom?kind=direct"
    while address:
        feed = read(client, address)
        found += rows(feed)
        address = link(feed, "next")

    assert sorted(found) == sorted(
        [str(quote.public_id) for quote in kept] + [f"-{quote.public_id}" for quote in gone]
    )
    assert [row for row in found if row[0] != "-"] == [q.public_id for q in reversed(kept)]


def test_clock_set_back_puts_no_change_behind_one_that_was_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: with the clock's own time, the quote that was published last stands last."""
    editor, now = factories.user(), timezone.now()
    first = factories.quote(by=editor)
    before = client.get("/quotes.atom")
    for hours in (-1, -2):
        moment = now + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        second = factories.quote(by=editor)
        review.correct(quote=first, by=editor, why="Again", speaker_role=f"skipper {hours}")
        after = client.get("/quotes.atom", headers={"if-none-match": before["ETag"]})

        assert after.status_code == 200
        assert rows(read(client, "/quotes.atom"))[:2] == [first.public_id, second.public_id]
        assert parsedate_to_datetime(after["Last-Modified"]) >= parsedate_to_datetime(
            before["Last-Modified"]
        )


def test_control_characters_and_hidden_ones_do_not_break_the_file(client: Client) -> None:
    words = "We\x0bcount ]]> <b>boats</b> \u202e &amp;"
    factories.quote(words, article=factories.article(f"She said: {words} So."))

    assert len(rows(read(client, "/quotes.atom"))) == 1


def test_feed_answers_304_and_refuses_what_it_cannot_do(client: Client) -> None:
    factories.quote()
    first = client.get("/quotes.atom")
    again = client.get("/quotes.atom", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    for query in (
        *(
            "before=x",
            "before=2026-01-01T00:00:00Z,ABCDEFGI",
            "before=9999-99-99T00:00:00Z,ABCDEFGH",
        ),
        *("as_of=2026-01-01T00:00:00Z", "page=2", "raw=1", "before=x&before=y"),
    ):
        response = client.get(f"/quotes.atom?{query}")
        assert (response.status_code, response["Content-Type"]) == (
            400,
            "application/problem+json",
        ), query
    assert 'type="application/atom+xml"' in client.get("/quotes").content.decode()
