"""What the database refuses about addresses, merges, notices and reports, whoever asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from people.models import PersonMerge, PersonRedirect
from quotes import merging, notices, review, speakers
from quotes.models import Notice, PublishedAddress, QuoteRedirect, QuoteSplit, Report
from tests import factories
from tests.quotes.test_refusals import refused, update

pytestmark = pytest.mark.django_db


def test_redirect_of_a_quote_never_makes_a_chain_or_a_loop() -> None:
    one, two, three = (factories.quote() for _ in range(3))
    by = factories.user()
    row = merging.merge(quote=one, into=two, by=by, why="Same")
    values = {"why": "Same", "made_at": timezone.now(), "made_by": by}

    def redirect(quote: object, survivor: object) -> object:
        return QuoteRedirect.objects.create(quote=quote, into=survivor, survivor=survivor, **values)

    assert refused(lambda: redirect(three, one)), "leads to a quote that leads on"
    assert refused(lambda: redirect(two, three)), "others lead to it"
    assert refused(lambda: redirect(one, three)), "two for one quote"
    assert refused(lambda: redirect(three, three)), "to itself"
    assert refused(update(row, survivor=one))


def test_decision_is_undone_never_changed_or_deleted() -> None:
    quote, into = factories.quote(), factories.quote()
    by = factories.user()
    row = merging.merge(quote=quote, into=into, by=by, why="Same")
    notice = notices.give_notice(
        quote=into, kind="reply", text="No.", dated=timezone.localdate(), by=by, why="Asked"
    )

    for one in (row, notice):
        assert refused(one.delete)
        assert refused(update(one, why=""))
        assert refused(update(one, undone_at=timezone.now()))
    assert refused(update(row, why="Another reason"))
    assert refused(update(row, into=factories.quote()))
    assert refused(update(notice, text="Yes."))
    assert refused(update(notice, kind="praised"))
    assert refused(update(notice, url="javascript:alert(1)"))
    merging.unmerge(quote=quote, by=by, why="Two")
    assert refused(update(row, undone_at=None, undone_by=None, undone_why=""))


def test_merged_status_and_redirect_go_together() -> None:
    quote, into = factories.quote(), factories.quote()

    assert refused(update(quote, status="merged"))
    merging.merge(quote=quote, into=into, by=factories.user(), why="Same")
    assert refused(update(quote, status="published"))


@pytest.mark.parametrize("status", ["candidate", "accepted", "rejected"])
def test_quote_that_was_public_never_goes_back(status: str) -> None:
    assert refused(update(factories.quote(), status=status))


def test_split_part_is_another_quote_and_only_once() -> None:
    article = factories.article()
    quote = factories.quote("And then,", "count them", article=article)
    by = factories.user()
    part = merging.split(
        quote=quote,
        kept=factories.spans(article.body, "And then,"),
        part=factories.spans(article.body, "count them"),
        by=by,
        why="Two",
    )
    values = {"why": "Two", "made_at": timezone.now(), "made_by": by}

    assert refused(lambda: QuoteSplit.objects.create(quote=quote, part=quote, **values))
    assert refused(lambda: QuoteSplit.objects.create(quote=quote, part=part, **values))
    assert refused(QuoteSplit.objects.get().delete)


def test_page_that_was_public_keeps_its_row_and_its_address() -> None:
    quote = factories.quote(on_behalf_of=factories.organization())
    stance = factories.stance(quote, factories.target(), "supports")
    assert quote.on_behalf_of
    outlet = quote.article.outlet

    for row in (quote.on_behalf_of, stance.target, outlet):
        assert refused(update(row, slug="another"))
    assert refused(PublishedAddress.objects.all().delete)
    assert refused(lambda: PublishedAddress.objects.update(key="x"))
    review.correct(
        quote=quote, by=factories.user(), why="Not theirs", speaker=None, on_behalf_of=None
    )
    assert refused(type(quote.speaker or factories.person()).objects.all().delete)
    assert not refused(update(factories.organization(), slug="never-public"))


def test_redirect_of_a_person_that_was_public_stays() -> None:
    person, other = factories.person(), factories.person()
    factories.quote(speaker=other)
    done = speakers.merge_people(one=person, other=other, by=factories.user(), why="One")

    assert refused(PersonRedirect.objects.all().delete)
    assert refused(update(done, why="Another"))
    assert refused(PersonMerge.objects.all().delete)


def test_withdrawal_is_lifted_never_changed_or_deleted() -> None:
    withdrawal = factories.quote(status="withdrawn").withdrawals.get()

    assert refused(withdrawal.delete)
    assert refused(update(withdrawal, reason="duplicate"))
    assert refused(update(withdrawal, withdrawn_at=timezone.now()))


def test_report_that_contradicts_itself_is_refused() -> None:
    report = Report.objects.create(reference="R-1", kind="other", text="x", sender="y")

    assert refused(lambda: Report.objects.create(reference="R-1", kind="other", text="x"))
    assert refused(update(report, state="done"))
    assert refused(update(report, state="lost"))
    assert refused(update(report, kind="praise"))
    assert refused(update(report, text=""))


def test_notice_of_an_unpublished_quote_or_of_tomorrow_is_not_taken() -> None:
    by = factories.user()
    today = timezone.localdate()
    values: dict[str, Any] = {"kind": "reply", "text": "No.", "by": by, "why": "Asked"}

    with pytest.raises(review.NotAllowedError):
        notices.give_notice(quote=factories.quote(status="accepted"), dated=today, **values)
    with pytest.raises(review.NotAllowedError):
        notices.give_notice(quote=factories.quote(), dated=today + timedelta(days=1), **values)
    assert not Notice.objects.exists()
