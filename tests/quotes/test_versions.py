"""Versions: made by what a citation shows and by nothing else, numbered by sequence, chained."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from quotes import notices, review, versions
from quotes.models import PublishedAddress, Quote, QuoteVersion
from quotes.triggers import suspended
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [{"note": "Context"}, {"cue": "said"}, {"basis": "role"}, {"said_note": "Guess"}],
)
def test_change_that_no_citation_shows_makes_no_version(changes: dict[str, Any]) -> None:
    quote = factories.quote()

    review.correct(quote=quote, by=factories.user(), why="Looked again", **changes)

    assert quote.versions.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"speaker_text": "the chair"},
        {"speaker_role": "chair"},
        {"said": "2008-12-01", "said_basis": "printed"},
        {"channel": "interview"},
        {"kind": "mixed"},
    ],
)
def test_change_that_a_citation_shows_makes_one(changes: dict[str, Any]) -> None:
    quote = factories.quote()

    review.correct(quote=quote, by=factories.user(), why="Looked again", **changes)

    assert [v.why for v in quote.versions.all()] == ["Published", "Looked again"]


def test_every_part_of_a_snapshot_is_known_as_cited_or_not() -> None:
    """A new key has to be put on one side or the other."""
    quote = factories.quote()
    factories.stance(quote, factories.target(), "supports")
    shown = versions.snapshot(quote)

    assert set(shown) - set(versions.CITED) == {
        "prefix",
        "suffix",
        "cue",
        "basis",
        "note",
        "said_note",
        "utterance",
        "article",
        "stances",
    }
    assert set(shown["article"]) - set(versions.CITED_OF_ARTICLE) == {"date_note", "sha256"}
    assert set(shown["stances"][0]) - set(versions.CITED_OF_STANCE) == {
        "rationale",
        "codebook_version",
    }


def test_stance_makes_a_version_and_a_reply_does_not() -> None:
    quote = factories.quote()
    by = factories.user()

    stance = factories.stance(quote, factories.target(), "supports", by)
    notices.give_notice(
        quote=quote, kind="reply", text="Not so.", dated=timezone.localdate(), by=by, why="Asked"
    )

    last = quote.versions.latest("number")
    assert last.number == 2
    assert json.loads(last.snapshot)["stances"][0]["target"] == stance.target.slug


def test_long_reason_is_cut_to_what_a_version_holds() -> None:
    quote = factories.quote()

    review.correct(quote=quote, by=factories.user(), why="x" * 900, speaker_role="chair")

    assert quote.versions.get(number=2).why == "x" * 500


def test_clock_set_back_never_makes_a_version_older(monkeypatch: pytest.MonkeyPatch) -> None:
    quote = factories.quote()
    now = timezone.now()
    for hours, role in ((-1, "chair"), (24 * 365, "member"), (-1, "clerk")):
        moment = now + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        review.correct(quote=quote, by=factories.user(), why="Again", speaker_role=role)

    times = list(quote.versions.order_by("number").values_list("created_at", flat=True))

    assert times == sorted(times)
    assert [v.number for v in quote.versions.order_by("number")] == [1, 2, 3, 4]


def test_published_quote_makes_its_pages_public_for_ever() -> None:
    quote = factories.quote()
    factories.quote(status="accepted")
    assert quote.speaker
    assert quote.article.outlet

    known = set(PublishedAddress.objects.values_list("kind", "key"))

    assert known == {
        ("quote", quote.public_id),
        ("person", quote.speaker.slug),
        ("article", quote.article.public_id),
        ("outlet", quote.article.outlet.slug),
    }


def test_flipped_byte_is_found_and_located() -> None:
    quotes = [factories.quote() for _ in range(3)]
    row = quotes[1].versions.get()
    with suspended():
        flipped = row.snapshot.replace("boat", "goat", 1)
        QuoteVersion.objects.filter(pk=row.pk).update(snapshot=flipped)

    assert list(versions.broken_links()) == [
        f"version {quotes[1].public_id} v1: the content differs from its hash"
    ]


def test_versions_replay_to_the_row() -> None:
    quote = factories.quote()
    by = factories.user()
    for role in ("chair", "member", "chair"):
        review.correct(quote=quote, by=by, why=f"Now {role}", speaker_role=role)

    rows = [json.loads(v.snapshot)["speaker_role"] for v in quote.versions.order_by("number")]

    assert rows == ["", "chair", "member", "chair"]
    last = Quote.objects.get(pk=quote.pk).versions.latest("number")
    assert json.loads(last.snapshot) == versions.snapshot(Quote.objects.get(pk=quote.pk))


def test_version_from_before_a_column_existed_stays_as_it_is() -> None:
    quote = factories.quote()
    version = quote.versions.get()
    shown = json.loads(version.snapshot)
    for name in ("kind", "pages", "archive_url", "archived"):
        assert shown["article"].pop(name) == ""
    older = versions.canonical_json(shown)
    with suspended():
        QuoteVersion.objects.filter(pk=version.pk).update(snapshot=older)
    version.refresh_from_db()
    with suspended():
        digest = versions.chained_hash(version, public_id=str(quote.public_id))
        QuoteVersion.objects.filter(pk=version.pk).update(hash=digest)

    review.correct(quote=quote, by=factories.user(), why="Looked again", note="Context")
    assert quote.versions.count() == 1
    quote.article.kind = "interview"
    quote.article.save()
    versions.record_each(quotes=Quote.objects.all(), by=factories.user(), why="It is an interview")

    assert quote.versions.count() == 2
    assert quote.versions.get(number=1).snapshot == older
    assert list(versions.broken_links()) == []
