import json

import pytest

from quotes import review, versions
from quotes.models import Quote, QuoteVersion
from tests import factories

pytestmark = pytest.mark.django_db


def test_versions_chain_their_hashes() -> None:
    quote = factories.quote()
    review.correct(quote=quote, by=factories.user(), why="A note", note="On Monday")

    first, second = quote.versions.all()

    assert second.previous_hash == first.hash
    assert list(versions.broken_links()) == []
    assert first.hash == versions.chained_hash(first, public_id=quote.public_id or "")


def test_unpublished_quote_has_no_version() -> None:
    quote = factories.quote(status="accepted")
    review.correct(quote=quote, by=factories.user(), why="A note", note="On Monday")

    assert not QuoteVersion.objects.exists()


def test_record_each_follows_a_change_of_name() -> None:
    quote = factories.quote(speaker=factories.person("Speaker B"))
    factories.quote()
    speaker = quote.speaker
    assert speaker is not None
    speaker.name = "Speaker C"
    speaker.save()

    written = versions.record_each(
        quotes=Quote.objects.published(), by=factories.user(), why="The speaker's name was wrong"
    )

    assert written == 1
    assert json.loads(quote.versions.get(number=2).snapshot)["speaker"]["name"] == "Speaker C"


def test_snapshot_never_names_a_protected_speaker() -> None:
    speaker = factories.person("Speaker D", protected=True, public_role="a relative")
    quote = factories.quote(speaker=speaker, speaker_text="Speaker D")

    snapshot = quote.versions.get().snapshot

    assert "Speaker D" not in snapshot
    assert "speaker-d" not in snapshot
    assert json.loads(snapshot)["speaker"] == {"name": "a relative", "slug": ""}


def test_withdrawn_quote_keeps_its_versions_and_gets_no_new_one() -> None:
    quote = factories.quote()
    review.withdraw(quote=quote, by=factories.user(), reason="error")

    assert [v.number for v in quote.versions.all()] == [1]
