"""What became of published quotes: corrected, withdrawn, restored, merged, split, replied to.

The public log of corrections, and what mirrors need to follow: every line is public already, on
the page of the quote that it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from quotes.choices import NoticeKind, Status, WithdrawalReason
from quotes.models import Notice, Quote, QuoteRedirect, QuoteSplit, QuoteVersion, Withdrawal
from quotes.permanence import gone


@dataclass(frozen=True)
class Entry:
    """One line of the log. `what` is a word for programs, `label` the same for readers."""

    when: datetime
    public_id: str
    what: str
    label: str
    why: str
    number: int = 0
    other_id: str = ""


@dataclass(frozen=True)
class Deletion:
    """A quote that mirrors must take away: withdrawn, or merged into another."""

    public_id: str
    when: datetime
    reason: str
    merged_into: str = ""


def entries(*, quote: Quote | None = None, limit: int = 100, offset: int = 0) -> list[Entry]:
    """Return the newest lines of the log, of one quote or of all."""
    wanted = limit + offset
    parts = [list(part)[:wanted] for part in _parts(quote, wanted)]
    ordered = merge(*parts, key=lambda entry: entry.when, reverse=True)
    return [entry for _, entry in zip(range(wanted), ordered, strict=False)][offset:]


def deletions() -> Iterator[Deletion]:
    """Yield every quote that was public and is no longer, newest first."""
    withdrawn = Withdrawal.objects.filter(
        lifted_at__isnull=True, quote__status=Status.WITHDRAWN
    ).values_list("quote__public_id", "withdrawn_at", "reason")
    merged = QuoteRedirect.objects.filter(
        undone_at__isnull=True, quote__status=Status.MERGED
    ).values_list("quote__public_id", "made_at", "survivor__public_id")
    yield from merge(
        (
            Deletion(str(key), when, reason)
            for key, when, reason in withdrawn.order_by("-withdrawn_at")
        ),
        (
            Deletion(str(key), when, "merged", str(into))
            for key, when, into in merged.order_by("-made_at")
        ),
        key=lambda row: row.when,
        reverse=True,
    )


def counts_by_reason() -> list[tuple[str, int]]:
    """Return how many quotes are withdrawn for each reason, the vocabulary's order."""
    found: dict[str, int] = {}
    for reason in Withdrawal.objects.filter(lifted_at__isnull=True).values_list(
        "reason", flat=True
    ):
        found[reason] = found.get(reason, 0) + 1
    return [(label, found.get(value, 0)) for value, label in WithdrawalReason.choices]


def _parts(quote: Quote | None, wanted: int) -> Iterator[Iterator[Entry]]:
    """Yield each kind of line, newest first. Of a sealed quote only that it is withdrawn."""

    def rows(model: Any, order: str, *related: str, **match: Any) -> Any:
        if quote is not None:
            match["quote"] = quote
        found = model.objects.filter(**match).select_related("quote", *related)
        return found.order_by(f"-{order}", "-pk")[:wanted]

    open_quotes = {"quote__status__in": (Status.PUBLISHED, Status.MERGED)}
    into = {**open_quotes, "survivor__status": Status.PUBLISHED}
    yield (_version(row) for row in rows(QuoteVersion, "created_at", number__gt=1, **open_quotes))
    yield (_withdrawal(row) for row in rows(Withdrawal, "withdrawn_at", "quote__speaker"))
    yield (_restored(row) for row in rows(Withdrawal, "lifted_at", lifted_at__isnull=False))
    yield (_merged(row) for row in rows(QuoteRedirect, "made_at", "survivor", **into))
    yield (
        _unmerged(row)
        for row in rows(QuoteRedirect, "undone_at", "survivor", undone_at__isnull=False, **into)
    )
    yield (_split(row) for row in rows(QuoteSplit, "made_at", "part", **open_quotes))
    yield (_notice(row) for row in rows(Notice, "made_at", undone_at__isnull=True, **open_quotes))


def _version(row: QuoteVersion) -> Entry:
    return Entry(
        row.created_at, str(row.quote.public_id), "corrected", "Corrected", row.why, row.number
    )


def _withdrawal(row: Withdrawal) -> Entry:
    label = WithdrawalReason(row.reason).label
    note = gone(row.quote, row).note
    why = f"{label}. {note}" if note else label
    return Entry(row.withdrawn_at, str(row.quote.public_id), "withdrawn", "Withdrawn", why)


def _restored(row: Withdrawal) -> Entry:
    assert row.lifted_at is not None  # noqa: S101  # filtered
    return Entry(row.lifted_at, str(row.quote.public_id), "restored", "Restored", row.lifted_why)


def _merged(row: QuoteRedirect) -> Entry:
    into = str(row.survivor.public_id)
    return Entry(
        row.made_at, str(row.quote.public_id), "merged", "Merged into", row.why, other_id=into
    )


def _unmerged(row: QuoteRedirect) -> Entry:
    assert row.undone_at is not None  # noqa: S101  # filtered
    return Entry(
        row.undone_at, str(row.quote.public_id), "unmerged", "Merge undone", row.undone_why
    )


def _split(row: QuoteSplit) -> Entry:
    part = str(row.part.public_id)
    return Entry(
        row.made_at,
        str(row.quote.public_id),
        "split",
        "Split; the other part is",
        row.why,
        other_id=part,
    )


def _notice(row: Notice) -> Entry:
    return Entry(
        row.made_at,
        str(row.quote.public_id),
        "notice",
        str(NoticeKind(row.kind).label),
        f"given {row.dated:%-d %B %Y}",
    )
