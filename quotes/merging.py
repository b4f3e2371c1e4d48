"""3: quotes that were one, and quotes that were two. Every address goes on to answer."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from base.history import save_as
from base.undoing import undo
from quotes import review, versions
from quotes.choices import Status
from quotes.models import Quote, QuoteRedirect, QuoteSplit
from quotes.review import NotAllowedError, Spans


def merge(*, quote: Quote, into: Quote, by: User, why: str) -> QuoteRedirect:
    """Merge a published quote into another and return the redirect.

    Its address leads to the survivor from now on, its versions stay readable. What was merged
    into it before leads to the survivor too, in one hop.
    """
    _say_why(why)
    _expect_published(quote, into)
    if quote.pk == into.pk:
        raise NotAllowedError("A quote can't be merged into itself.")
    with transaction.atomic():
        QuoteRedirect.objects.filter(survivor=quote, undone_at__isnull=True).update(survivor=into)
        row = QuoteRedirect.objects.create(
            quote=quote, into=into, survivor=into, why=why, made_at=timezone.now(), made_by=by
        )
        _set_status(quote, Status.MERGED, by=by, why=why)
    return row


def unmerge(*, quote: Quote, by: User, why: str) -> Quote:
    """Undo the merge of a quote, publish it again and return it.

    What had been merged into it before it was merged itself leads to it again.
    """
    with transaction.atomic():
        row = QuoteRedirect.objects.filter(quote=quote, undone_at__isnull=True).first()
        if row is None:
            raise NotAllowedError("This quote is not merged into another.")
        undo(row, by=by, why=why)
        for before in QuoteRedirect.objects.filter(
            quote__in=merged_into(quote), undone_at__isnull=True
        ):
            before.survivor = quote
            before.save(update_fields=["survivor"])
        _set_status(quote, Status.PUBLISHED, by=by, why=why)
    return quote


def merged_into(quote: Quote) -> list[int]:
    """Return the keys of the quotes that were merged into this one, directly or in steps."""
    found: list[int] = []
    wave = [quote.pk]
    while wave:
        wave = list(
            QuoteRedirect.objects.filter(into__in=wave, undone_at__isnull=True).values_list(
                "quote_id", flat=True
            )
        )
        found += wave
    return found


def split(
    *, quote: Quote, kept: Spans, part: Spans, by: User, why: str, **attribution: Any
) -> Quote:
    """Split a published quote in two and return the new one, published as its own version 1.

    The quote keeps its address and the spans `kept`, in a new version; `part` gets an address of
    its own, the attribution of the whole (changed by `attribution`) and its stances.
    """
    _say_why(why)
    _expect_published(quote)
    with transaction.atomic():
        values = {name: getattr(quote, name) for name in sorted(review.CORRECTABLE)} | attribution
        other = review.add_candidate(
            article=quote.article, spans=part, by=by, why=why, method=quote.method, **values
        )
        review.accept(quote=other, by=by, why=why)
        for stance in quote.stances.all():
            stance.pk, stance.quote, stance._state.adding, stance.revision = None, other, True, 1
            save_as(stance, by=by, why=why)
        review.publish(quote=other, by=by, why=why)
        review.correct(quote=quote, by=by, why=why, spans=kept)
        QuoteSplit.objects.create(
            quote=quote, part=other, why=why, made_at=timezone.now(), made_by=by
        )
    return other


def unsplit(*, part: Quote, by: User, why: str) -> Quote:
    """Put a split quote together again and return it; the part's address leads to it."""
    with transaction.atomic():
        row = QuoteSplit.objects.filter(part=part, undone_at__isnull=True).first()
        if row is None:
            raise NotAllowedError("This quote was not split from another.")
        quote = Quote.objects.get(pk=row.quote_id)
        spans = _in_order([*_spans(quote), *_spans(part)])
        merge(quote=part, into=quote, by=by, why=why)
        review.correct(quote=quote, by=by, why=why, spans=spans)
        undo(row, by=by, why=why)
    return quote


def _spans(quote: Quote) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in quote.spans.all()]


def _in_order(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in the article's order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            start, end = found[-1][0], max(end, found[-1][1])
            found.pop()
        found.append((start, end))
    return found


def _set_status(quote: Quote, status: Status, *, by: User, why: str) -> None:
    quote.status = status
    save_as(quote, by=by, why=why)
    versions.record(quote=quote, by=by, why=why)


def _expect_published(*quotes: Quote) -> None:
    for quote in quotes:
        if quote.status != Status.PUBLISHED:
            raise NotAllowedError(
                f"{quote.public_id or 'A quote'} is {Status(quote.status).label.lower()}; "
                "only published quotes are merged and split."
            )


def _say_why(why: str) -> None:
    if not why.strip():
        raise NotAllowedError("Say why: the reason stands in the record's history.")
