import pytest
from django.core.exceptions import ValidationError

from base.revisions import StaleRevisionError
from quotes import review
from quotes.choices import Status
from quotes.models import Quote
from tests import factories

pytestmark = pytest.mark.django_db


def test_add_candidate_takes_text_from_the_article() -> None:
    article = factories.article()

    quote = review.add_candidate(
        article=article,
        spans=factories.spans(article.body, "And then,", "we will count them again."),
        kind="direct",
        speaker_text="Speaker A",
    )

    quote.refresh_from_db()
    assert quote.text == "And then, […] we will count them again."
    assert quote.status == Status.CANDIDATE
    assert quote.public_id is None
    assert [h.history_type for h in quote.history.all()] == ["+"]
    assert quote.history.get().text == quote.text


def test_add_candidate_refuses_spans_out_of_order() -> None:
    article = factories.article()

    with pytest.raises(review.NotAllowedError, match="out of order"):
        review.add_candidate(article=article, spans=[(10, 20), (5, 8)], kind="direct")


def test_publish_gives_an_address_and_version_one() -> None:
    quote = factories.quote(status="published")

    assert quote.status == Status.PUBLISHED
    assert len(quote.public_id or "") == 8
    assert [v.number for v in quote.versions.all()] == [1]


def test_publish_refuses_what_nobody_checked() -> None:
    quote = factories.quote(status="candidate")

    with pytest.raises(review.NotAllowedError, match="This quote is candidate"):
        review.publish(quote=quote, by=factories.user())


def test_publish_says_what_is_missing() -> None:
    quote = factories.quote(status="accepted", speaker_text="")

    with pytest.raises(
        review.NotAllowedError, match="the words that the article uses for the speaker"
    ):
        review.publish(quote=quote, by=factories.user())


def test_correct_of_a_published_quote_makes_a_version_with_its_reason() -> None:
    quote = factories.quote()
    by = factories.user(username="corrector")

    review.correct(
        quote=quote,
        by=by,
        why="The second half was missing",
        spans=factories.spans(quote.article.body, "We will count every boat.", "And then,"),
    )

    quote.refresh_from_db()
    assert quote.text == "We will count every boat. […] And then,"
    second = quote.versions.get(number=2)
    assert (second.why, second.by_name) == ("The second half was missing", "corrector")
    assert quote.history.latest().actor_name == "corrector"


def test_correct_that_a_reader_would_not_see_makes_no_version() -> None:
    quote = factories.quote()

    review.correct(quote=quote, by=factories.user(), why="Looked again", cue=quote.cue)

    assert quote.versions.count() == 1


def test_correct_of_a_stale_copy_is_refused() -> None:
    quote = factories.quote()
    stale = Quote.objects.get(pk=quote.pk)
    review.correct(quote=quote, by=factories.user(), why="First", note="First note")

    with pytest.raises(StaleRevisionError):
        review.correct(quote=stale, by=factories.user(), why="Second", note="Second note")

    quote.refresh_from_db()
    assert quote.note == "First note"


def test_correct_refuses_a_published_quote_without_speaker_text() -> None:
    quote = factories.quote()

    with pytest.raises(review.NotAllowedError, match="speaker"):
        review.correct(quote=quote, by=factories.user(), why="Oops", speaker_text=" ")


def test_withdraw_and_restore_keep_the_address() -> None:
    quote = factories.quote()
    address = quote.public_id
    by = factories.user()

    review.withdraw(quote=quote, by=by, reason="misquoted", public_note="The words were others'")
    assert quote.status == Status.WITHDRAWN

    review.restore(quote=quote, by=by, why="The source corrected itself")
    quote.refresh_from_db()
    assert (quote.status, quote.public_id) == (Status.PUBLISHED, address)
    assert quote.versions.count() == 1


def test_withdraw_for_a_protected_person_exposes_nothing() -> None:
    quote = factories.quote()

    withdrawal = review.withdraw(quote=quote, by=factories.user(), reason="child-or-victim")

    assert withdrawal.exposes == "nothing"


def test_withdraw_refuses_a_reason_outside_the_vocabulary() -> None:
    with pytest.raises(ValidationError):
        review.withdraw(quote=factories.quote(), by=factories.user(), reason="dislike")


def test_reject_needs_a_reason() -> None:
    with pytest.raises(review.NotAllowedError, match="a reason"):
        review.reject(quote=factories.quote(status="candidate"), by=factories.user(), why=" ")
