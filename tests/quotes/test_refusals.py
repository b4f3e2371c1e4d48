"""What the database refuses, whoever asks: each write goes past the steps, straight to a row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.models import Membership, PersonName, PersonRedirect
from quotes import review
from quotes.models import (
    Article,
    Quote,
    QuoteSpan,
    QuoteVersion,
    Stance,
    StanceCoding,
    Utterance,
    Withdrawal,
)
from tests import factories

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], Any]) -> bool:
    """Say whether the database refuses a write."""
    try:
        with transaction.atomic():
            write()
            # PostgreSQL looks at foreign keys only now.
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def update(row: Any, **values: Any) -> Callable[[], Any]:
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**values)


def test_span_with_words_that_differ_from_the_body_is_refused() -> None:
    quote = factories.quote(status="candidate")
    span = quote.spans.get()

    assert refused(update(span, words="Something else entirely."))
    assert refused(update(span, start=span.start + 1))
    assert refused(
        lambda: QuoteSpan.objects.create(
            quote=quote, ordinal=1, start=span.end, end=span.end + 3, words="xyz", joiner="\n"
        )
    )


def test_span_offsets_count_code_points() -> None:
    article = factories.article("Naïve 😀 cafe\u0301: Speaker A said “we 🚤 win”.")
    quote = factories.quote("we 🚤 win", article=article)

    assert quote.text == "we 🚤 win"
    assert refused(update(quote.spans.get(), words="we 🚤 wi"))


def test_span_out_of_order_or_overlapping_is_refused() -> None:
    article = factories.article()
    quote = factories.quote("And then,", "count them", article=article)
    first, second = quote.spans.all()
    body = article.body

    for start, end in ((first.start, first.end), (first.start + 2, first.end + 3), (0, 7)):
        assert refused(update(second, start=start, end=end, words=body[start:end]))


def test_span_that_is_empty_or_joined_wrongly_is_refused() -> None:
    quote = factories.quote("And then,", "count them")
    first, second = quote.spans.all()

    assert refused(update(second, start=second.end, words=""))
    assert refused(update(second, joiner=" and "))
    assert refused(update(first, joiner="\n"))
    assert refused(update(second, ordinal=0))


def test_span_can_not_move_to_another_quote() -> None:
    article = factories.article()
    one = factories.quote("And then,", article=article)
    other = factories.quote("count them", article=article)

    assert refused(update(one.spans.get(), quote=other, ordinal=1))


def test_last_span_of_a_reviewed_quote_can_not_be_deleted() -> None:
    assert refused(factories.quote(status="accepted").spans.all().delete)
    assert not refused(factories.quote(status="candidate").spans.all().delete)


def test_quote_text_that_differs_from_its_spans_is_refused() -> None:
    quote = factories.quote(status="candidate")

    assert refused(update(quote, text="We will count every vote."))
    assert refused(lambda: Quote.objects.create(article=quote.article, kind="direct", text="Words"))
    assert not refused(update(quote, text=quote.text))


def test_quote_that_is_published_without_reviewer_time_or_id_is_refused() -> None:
    quote = factories.quote()

    for missing in ("reviewer", "reviewed_at", "published_at", "public_id"):
        assert refused(update(quote, **{missing: None})), missing
    assert refused(update(quote, speaker_text=""))
    assert refused(update(factories.quote(status="accepted"), status="published"))


def test_quote_that_starts_reviewed_is_refused() -> None:
    article = factories.article()

    assert refused(lambda: Quote.objects.create(article=article, kind="direct", status="accepted"))


def test_quote_without_a_span_can_not_be_accepted() -> None:
    quote = Quote.objects.create(article=factories.article(), kind="direct")

    assert refused(update(quote, status="accepted"))


@pytest.mark.parametrize(
    "values",
    [{"status": "draft"}, {"kind": "shouted"}, {"confidence": 1.5}, {"said_basis": "printed"}],
)
def test_quote_with_an_unknown_word_is_refused(values: dict[str, Any]) -> None:
    assert refused(update(factories.quote(status="candidate"), **values))


def test_quote_with_a_date_inferred_from_nothing_is_refused() -> None:
    assert refused(update(factories.quote(), said="2008-12", said_basis="inferred"))


def test_quote_withdrawn_without_a_withdrawal_is_refused() -> None:
    assert refused(update(factories.quote(), status="withdrawn"))


def test_quote_can_not_move_to_another_article() -> None:
    assert refused(update(factories.quote(), article=factories.article()))


def test_quote_that_was_published_can_not_be_deleted() -> None:
    quote = factories.quote()
    review.withdraw(quote=quote, by=factories.user(), reason="error")

    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute("DELETE FROM quotes_quote WHERE id = %s", [quote.pk]))


def test_two_quotes_of_one_import_key_are_refused() -> None:
    quote = factories.quote(status="candidate", import_key="a")
    other = factories.quote(status="candidate", article=quote.article, import_key="b")

    assert refused(update(other, import_key="a"))


def test_public_id_never_changes_and_is_never_shared() -> None:
    quote, other = factories.quote(), factories.quote()
    unpublished = factories.quote(status="candidate")

    assert refused(update(quote, public_id="00000000"))
    assert refused(update(unpublished, public_id=other.public_id))
    assert refused(update(quote.article, public_id="00000000"))
    assert refused(update(quote.speaker, public_id="00000000"))


def test_body_of_a_quoted_article_never_changes() -> None:
    article = factories.quote(status="candidate").article
    unquoted = factories.article()

    assert refused(update(article, body=article.body + " "))
    assert refused(update(article, sha256="0" * 64))
    article.body += " "
    assert refused(article.save)
    assert refused(lambda: Article.objects.bulk_update([article], ["body"]))
    assert not refused(update(unquoted, body="Another text"))


def test_article_with_the_same_body_hash_is_refused() -> None:
    article = factories.article()

    assert refused(lambda: factories.article(article.body))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org"])
def test_address_that_is_not_http_is_refused(url: str) -> None:
    assert refused(update(factories.article(), url=url))
    assert refused(update(factories.outlet(), url=url))


@pytest.mark.parametrize(
    "values",
    [
        {"published": "", "date_basis": "printed"},
        {"published": "2008", "date_basis": ""},
        {"published": "2008", "date_basis": "inferred", "date_note": ""},
        {"rights": "none"},
        {"headline": ""},
    ],
)
def test_article_with_an_unfounded_date_is_refused(values: dict[str, Any]) -> None:
    assert refused(update(factories.article(), **values))


def test_version_is_never_changed_deleted_or_doubled() -> None:
    version = factories.quote().versions.get()
    copy = QuoteVersion.objects.get(pk=version.pk)
    copy.pk = None

    assert refused(update(version, why="Another reason"))
    assert refused(QuoteVersion.objects.filter(pk=version.pk).delete)
    assert refused(copy.save)
    copy.number = 2
    assert refused(copy.save), "a second version needs the hash of the first"
    copy.number = 0
    assert refused(copy.save)


def test_withdrawal_is_refused_a_reason_of_its_own_and_a_second_in_force() -> None:
    quote = factories.quote(status="withdrawn")
    by = factories.user()
    values = {"quote": quote, "withdrawn_at": timezone.now(), "withdrawn_by": by}

    assert refused(lambda: Withdrawal.objects.create(reason="error", **values))
    assert refused(update(quote.withdrawals.get(), reason="dislike"))
    assert refused(update(quote.withdrawals.get(), reason="court-order"))
    assert refused(update(quote.withdrawals.get(), lifted_at=timezone.now()))


def test_stance_value_of_the_wrong_kind_is_refused() -> None:
    quote = factories.quote()
    subject, claim = factories.target("subject"), factories.target("claim")
    stance = factories.stance(quote, subject, "supports")
    coding = StanceCoding.objects.get()

    for row in (stance, coding):
        assert refused(update(row, value="denies"))
        assert refused(update(row, value="loves"))
        assert refused(update(row, target=claim))
        assert not refused(update(row, value="no_stance"))


def test_second_stance_or_coding_for_one_pair_is_refused() -> None:
    stance = factories.stance(factories.quote(), factories.target(), "supports")
    coding = StanceCoding.objects.get()
    stance.pk = coding.pk = None
    stance._state.adding = coding._state.adding = True

    assert refused(stance.save)
    assert refused(coding.save)


def test_adjudicated_stance_without_a_reason_is_refused() -> None:
    stance = factories.stance(factories.quote(), factories.target(), "supports")

    assert refused(update(stance, basis="adjudicated", rationale=""))
    assert refused(update(stance, basis="guessed"))


def test_target_without_what_it_needs_is_refused() -> None:
    target = factories.target("claim")

    assert refused(update(target, proposition=""))
    assert refused(update(target, slug=""))
    assert refused(update(target, kind="topic"))


def test_kind_of_a_coded_target_never_changes() -> None:
    target = factories.target("subject")
    assert not refused(update(factories.target("claim"), kind="subject"))
    factories.stance(factories.quote(), target, "no_stance")

    assert refused(update(target, kind="claim", proposition="Something"))


@pytest.mark.parametrize(
    "make",
    [
        factories.person,
        factories.organization,
        factories.outlet,
        factories.target,
        factories.coder,
    ],
)
def test_empty_address_is_refused(make: Callable[[], Any]) -> None:
    assert refused(update(make(), slug=""))


def test_person_rows_that_repeat_or_contradict_are_refused() -> None:
    person, other = factories.person(), factories.person()
    PersonName.objects.create(person=person, name="Alias")
    Membership.objects.create(person=person, role="chair")

    assert refused(lambda: PersonName.objects.create(person=person, name="Alias"))
    assert refused(lambda: Membership.objects.create(person=person, role="chair"))
    assert refused(lambda: Membership.objects.create(person=person, role=""))
    assert refused(
        lambda: Membership.objects.create(person=person, role="x", start="2009", end="2008")
    )
    assert refused(update(person, public_id=other.public_id))
    assert refused(update(person, name=""))
    assert refused(update(person, protected=True, public_role=""))


def test_redirect_to_itself_or_twice_for_one_address_is_refused() -> None:
    person, other = factories.person(), factories.person()
    PersonRedirect.objects.create(slug="old", person=person, reason="Merged")

    assert refused(
        lambda: PersonRedirect.objects.create(slug=person.slug, person=person, reason="Loop")
    )
    assert refused(lambda: PersonRedirect.objects.create(slug="old", person=other, reason="Two"))
    assert refused(lambda: PersonRedirect.objects.create(slug="x", person=other, reason=""))
    assert refused(update(other, slug="old"))


def test_utterance_without_title_is_refused() -> None:
    assert refused(lambda: Utterance.objects.create(title=""))


def test_history_is_never_changed_or_deleted() -> None:
    stance = factories.stance(factories.quote(), factories.target(), "supports")
    rows = Stance.history.filter(id=stance.pk)

    assert refused(lambda: rows.update(value="criticises"))
    assert refused(rows.delete)
    assert not refused(lambda: rows.update(history_user=None))
