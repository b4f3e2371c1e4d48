"""Quotes that were one and quotes that were two: every address goes on to answer."""

import json

import pytest

from quotes import merging, permanence, review
from quotes.choices import Status
from quotes.models import Quote, QuoteRedirect
from quotes.review import NotAllowedError
from tests import factories

pytestmark = pytest.mark.django_db


def leads_to(quote: Quote) -> str | None:
    found = permanence.state(str(quote.public_id))
    assert not isinstance(found, permanence.Gone)
    return found.public_id if found else None


def version(quote: Quote, number: int = 1) -> permanence.Version:
    found = permanence.version(str(quote.public_id), number)
    assert isinstance(found, permanence.Version)
    return found


def test_merge_redirects_and_keeps_the_versions_readable() -> None:
    quote, into = factories.quote(), factories.quote()

    merging.merge(quote=quote, into=into, by=factories.user(), why="The same words")

    assert leads_to(quote) == into.public_id
    assert version(quote).merged_into == into.public_id
    assert version(into).merged_into == ""
    assert Quote.objects.published().get() == into
    assert into.versions.count() == 1


def test_merge_of_a_survivor_collapses_the_chain_and_unmerge_opens_it() -> None:
    first, second, third = (factories.quote() for _ in range(3))
    by = factories.user()

    merging.merge(quote=first, into=second, by=by, why="Same")
    merging.merge(quote=second, into=third, by=by, why="Same")
    assert (leads_to(first), leads_to(second)) == (third.public_id, third.public_id)

    merging.unmerge(quote=second, by=by, why="Not the same")
    assert (leads_to(first), leads_to(second)) == (second.public_id, None)
    second.refresh_from_db()
    assert second.status == Status.PUBLISHED
    assert second.versions.count() == 1


def test_merge_refuses_itself_an_unpublished_quote_and_silence() -> None:
    quote, other = factories.quote(), factories.quote(status="withdrawn")
    by = factories.user()

    for into, why in ((quote, "Same"), (other, "Same"), (factories.quote(), " ")):
        with pytest.raises(NotAllowedError):
            merging.merge(quote=quote, into=into, by=by, why=why)
    with pytest.raises(NotAllowedError):
        merging.unmerge(quote=quote, by=by, why="x")
    assert not QuoteRedirect.objects.exists()


def test_split_keeps_the_address_and_gives_the_part_one() -> None:
    article = factories.article()
    quote = factories.quote("And then,", "count them", article=article)
    factories.stance(quote, factories.target(), "supports")
    by = factories.user()

    part = merging.split(
        quote=quote,
        kept=factories.spans(article.body, "And then,"),
        part=factories.spans(article.body, "count them"),
        by=by,
        why="Said twice",
    )

    quote.refresh_from_db()
    assert (quote.text, part.text) == ("And then,", "count them")
    assert (part.speaker, part.status) == (quote.speaker, Status.PUBLISHED)
    assert [stance.value for stance in part.stances.all()] == ["supports"]
    assert quote.versions.get(number=3).why == "Said twice"
    assert len(json.loads(part.versions.get().snapshot)["stances"]) == 1

    whole = merging.unsplit(part=part, by=by, why="Said once")

    assert whole.text == "And then, […] count them"
    assert leads_to(part) == quote.public_id
    assert version(part).shown["text"] == "count them"
    with pytest.raises(NotAllowedError):
        merging.unsplit(part=part, by=by, why="Again")


def test_split_takes_away_evidence_that_went_with_the_part() -> None:
    article = factories.article()
    quote = factories.quote("We will count every boat.", "count them", article=article)
    start, end = factories.spans(article.body, "count them")[0]
    stance = factories.stance(quote, factories.target(), "supports")
    coding = quote.codings.get(target=stance.target)
    coding.evidence = [[start, end]]
    coding.save()

    review.correct(
        quote=quote,
        by=factories.user(),
        why="Shorter",
        spans=factories.spans(article.body, "We will count"),
    )

    coding.refresh_from_db()
    assert coding.evidence == [] or start < quote.spans.get().end + len(quote.suffix)


@pytest.mark.parametrize("reason", ["personal-data", "court-order", "child-or-victim"])
def test_withdrawal_that_protects_a_person_closes_the_versions(reason: str) -> None:
    quote, other = factories.quote(), factories.quote()
    by = factories.user()
    merging.merge(quote=other, into=quote, by=by, why="Same")

    review.withdraw(quote=quote, by=by, reason=reason, exposes="citation")

    for one in (quote, other):
        closed = permanence.version(str(one.public_id), 1)
        assert isinstance(closed, permanence.Gone)
        assert (closed.reason, closed.quote) == (reason, None)
    review.restore(quote=quote, by=by, why="Lifted")
    assert version(quote).is_latest
    assert version(other).merged_into == quote.public_id


def test_other_withdrawal_leaves_the_versions_readable() -> None:
    quote = factories.quote()

    review.withdraw(quote=quote, by=factories.user(), reason="misquoted")

    found = version(quote)
    assert found.withdrawal is not None
    assert not found.is_latest
    tombstone = permanence.state(str(quote.public_id))
    assert isinstance(tombstone, permanence.Gone)
    assert tombstone.quote == quote


def test_version_naming_someone_protected_since_is_closed() -> None:
    quote = factories.quote()
    assert quote.speaker
    quote.speaker.protected, quote.speaker.public_role = True, "a relative"
    quote.speaker.save()
    review.correct(quote=quote, by=factories.user(), why="Protected", speaker_text="a relative")

    closed = permanence.version(str(quote.public_id), 1)

    assert isinstance(closed, permanence.Gone)
    assert (closed.reason, closed.quote) == (permanence.PROTECTED, None)
    assert version(quote, 2).shown["speaker"] == {"name": "a relative", "slug": ""}


def test_number_never_given_and_id_never_issued_are_nothing() -> None:
    quote = factories.quote()

    assert permanence.version(str(quote.public_id), 2) is None
    assert permanence.version("00000000", 1) is None
    assert permanence.state("00000000") is None
