"""Where a quote begins and ends: tidy what was selected, cut one in two, make one of two."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from quotes.choices import RejectReason, Status
from quotes.models import Quote
from quotes.review.steps import (
    CORRECTABLE,
    NotAllowedError,
    Spans,
    add_candidate,
    check_spans,
    correct,
    reject,
    reopen,
)
from quotes.spans import QUOTATION_MARKS

DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
OPENING_SINGLE, CLOSING_SINGLE = "'`‘‚‛‹", "'´’›"
_CUTTABLE = (Status.CANDIDATE, Status.ACCEPTED)


def tidy(body: str, start: int, end: int) -> tuple[int, int]:
    """Return a selection without the white space and the quotation marks around its words.

    A word that the selection begins or ends in the middle of is taken whole. An apostrophe stays,
    since nothing but a single mark on the other side tells it from a closing mark.
    """
    if not 0 <= start < end <= len(body):
        raise NotAllowedError("That selection is empty or outside the article.")
    start, end = _without_space(body, start, end)
    if start == end:
        raise NotAllowedError("Only white space is selected.")
    while start > 0 and body[start - 1].isalnum() and body[start].isalnum():
        start -= 1
    while end < len(body) and body[end - 1].isalnum() and body[end].isalnum():
        end += 1
    start, end = _without_marks(body, start, end)
    if start >= end:
        raise NotAllowedError("Only quotation marks are selected.")
    return start, end


def split(*, quote: Quote, at: int, by: User, why: str = "Two quotes, not one") -> Quote:
    """Cut a quote in two at a place of its article, and return the new second one.

    The first keeps its row, its history and what the machine had said; the second is a candidate
    with the same attribution. Raises NotAllowedError when `at` leaves one of them without words.
    """
    if quote.status not in _CUTTABLE:
        raise NotAllowedError("Only a candidate or an accepted quote can be split.")
    body = quote.article.body
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    for span in quote.spans.all():
        _keep(before, body, span.start, min(span.end, at))
        _keep(after, body, max(span.start, at), span.end)
    if not before or not after:
        raise NotAllowedError("Put the caret between two words of the quote, then split.")
    with transaction.atomic():
        if quote.status == Status.ACCEPTED:
            reopen(quote=quote, by=by, why=why)
        correct(quote=quote, by=by, why=why, spans=before)
        return add_candidate(
            article=quote.article,
            spans=after,
            by=by,
            why=why,
            **{"kind": quote.kind, **_attribution(quote)},
        )


def join(*, quote: Quote, other: Quote, by: User, why: str = "One quote, not two") -> Quote:
    """Give a quote the words of another as well, and return it; the other is rejected as a part.

    Raises NotAllowedError when they stand in different articles or one of them is public.
    """
    if quote.article_id != other.article_id or quote.pk == other.pk:
        raise NotAllowedError("Only two quotes of one article can be joined.")
    if quote.status not in _CUTTABLE or other.status not in _CUTTABLE:
        raise NotAllowedError("Only candidates and accepted quotes can be joined.")
    spans = [(s.start, s.end) for each in (quote, other) for s in each.spans.all()]
    with transaction.atomic():
        reject(quote=other, by=by, why=why, reason=RejectReason.PART)
        if quote.status == Status.ACCEPTED:
            reopen(quote=quote, by=by, why=why)
        return correct(quote=quote, by=by, why=why, spans=united(quote.article.body, spans))


def united(body: str, spans: Spans) -> Spans:
    """Return the spans in their order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        between = body[found[-1][1] : start] if found else ""
        same_line = between.isspace() and "\n" not in between
        if found and (start <= found[-1][1] or same_line):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def with_part(quote: Quote, start: int, end: int) -> Spans:
    """Return a quote's spans and one more; raises NotAllowedError for one outside the article."""
    check_spans(quote.article, [(start, end)])
    return united(
        quote.article.body, [*((s.start, s.end) for s in quote.spans.all()), (start, end)]
    )


def _attribution(quote: Quote) -> dict[str, Any]:
    return {name: getattr(quote, name) for name in CORRECTABLE - {"kind", "utterance"}}


def _keep(found: list[tuple[int, int]], body: str, start: int, end: int) -> None:
    """Add a piece of a span unless nothing but space and marks is left of it."""
    if start >= end or not body[start:end].strip(QUOTATION_MARKS + " \t\n\u00a0"):
        return
    found.append(_without_marks(body, *_without_space(body, start, end)))


def _without_space(body: str, start: int, end: int) -> tuple[int, int]:
    while start < end and body[start].isspace():
        start += 1
    while start < end and body[end - 1].isspace():
        end -= 1
    return start, end


def _without_marks(body: str, start: int, end: int) -> tuple[int, int]:
    """Take off marks around the words: double ones always where they have no partner inside."""
    while start < end - 1:
        first, last = body[start], body[end - 1]
        both = first in DOUBLE and last in DOUBLE
        if both or (first in OPENING_SINGLE and last in CLOSING_SINGLE):
            start, end = start + 1, end - 1
        elif first in DOUBLE and not _has_double(body, start + 1, end):
            start += 1
        elif last in DOUBLE and not _has_double(body, start, end - 1):
            end -= 1
        else:
            break
        start, end = _without_space(body, start, end)
    if start == end - 1 and body[start] in QUOTATION_MARKS:
        return start, start
    return start, end


def _has_double(body: str, start: int, end: int) -> bool:
    return any(char in DOUBLE for char in body[start:end])
