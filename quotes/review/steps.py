"""What can be done with one quote: each step checks, changes, and records who and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.history import save_as, save_history
from base.ids import new_public_id
from quotes import versions
from quotes.choices import (
    SEALED_REASONS,
    Exposure,
    RejectReason,
    Status,
    WithdrawalReason,
)
from quotes.models import Article, Quote, QuoteSpan, Withdrawal
from quotes.review.excerpts import allot
from quotes.spans import context, joiner

# What an editor may change of a quote; everything else is written by the steps.
CORRECTABLE = frozenset(
    (
        "kind",
        "speaker",
        "on_behalf_of",
        "speaker_text",
        "speaker_role",
        "cue",
        "basis",
        "note",
        "said",
        "said_basis",
        "said_note",
        "channel",
        "utterance",
    )
)
# From which statuses each step can be taken.
FROM: dict[str, tuple[Status, ...]] = {
    "accept": (Status.CANDIDATE, Status.REJECTED),
    "reject": (Status.CANDIDATE, Status.ACCEPTED),
    "reopen": (Status.ACCEPTED, Status.REJECTED),
    "publish": (Status.ACCEPTED,),
    "withdraw": (Status.PUBLISHED,),
    "restore": (Status.WITHDRAWN,),
}
Spans = Sequence[tuple[int, int]]


class NotAllowedError(ValidationError):
    """The step can't be taken; the message says what is missing."""


def add_candidate(
    *,
    article: Article,
    spans: Spans,
    kind: str,
    by: User | None = None,
    why: str = "Added",
    method: str = "editor",
    confidence: float | None = None,
    import_key: str = "",
    **attribution: Any,
) -> Quote:
    """Add a quote for review and return it, with its text taken from the article at the spans.

    `spans` are (start, end) code points of the article's body, in order; `attribution` any of
    CORRECTABLE. Raises NotAllowedError for spans
    that are outside the body, out of order or empty.
    """
    draft = Draft(spans, kind, method, confidence, import_key, attribution)
    (quote,) = add_candidates(article=article, drafts=[draft], by=by, why=why)
    return quote


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote to be added: where it stands, what it is, and any of CORRECTABLE as attribution."""

    spans: Spans
    kind: str
    method: str = "editor"
    confidence: float | None = None
    import_key: str = ""
    attribution: Mapping[str, Any] = field(default_factory=dict)


def add_candidates(
    *, article: Article, drafts: Sequence[Draft], by: User | None = None, why: str = "Added"
) -> list[Quote]:
    """Add quotes for review, all or none, and return them; as many queries for one as for many.

    Refuses what `add_candidate` refuses, and writes one history row for each quote.
    """
    for draft in drafts:
        _check_names(draft.attribution)
        check_spans(article, draft.spans)
    quotes = [_drafted(article, draft) for draft in drafts]
    with transaction.atomic():
        Quote.objects.bulk_create(quotes)
        QuoteSpan.objects.bulk_create(
            QuoteSpan(quote=quote, ordinal=ordinal, **values)
            for quote, draft in zip(quotes, drafts, strict=True)
            for ordinal, values in enumerate(_span_values(article.body, draft.spans))
        )
        # The text is the database's, made of the spans.
        made = Quote.objects.filter(pk__in=[quote.pk for quote in quotes])
        texts = {pk: (text, start) for pk, text, start in made.values_list("pk", "text", "start")}
        for quote in quotes:
            quote.text, quote.start = texts[quote.pk]
        save_history(quotes, by=by, why=why)
    return quotes


def _drafted(article: Article, draft: Draft) -> Quote:
    quote = Quote(
        article=article,
        kind=draft.kind,
        method=draft.method,
        confidence=draft.confidence,
        import_key=draft.import_key,
        **draft.attribution,
    )
    quote.prefix, quote.suffix = _context(article, draft.spans)
    quote.clean()
    return quote


def correct(
    *,
    quote: Quote,
    by: User,
    why: str,
    spans: Spans | None = None,
    **changes: Any,
) -> Quote:
    """Change what a quote says or who said it, and return it.

    A published quote gets a new version when a reader would see the difference. Raises
    NotAllowedError without a reason or for unfit spans, StaleRevisionError when someone saved
    meanwhile.
    """
    _check_names(changes)
    if not why.strip():
        raise NotAllowedError("Say why: the reason stands in the record's history.")
    if spans is not None:
        check_spans(quote.article, spans)
    with transaction.atomic():
        for name, value in changes.items():
            setattr(quote, name, value)
        if spans is not None:
            write_spans(quote, spans)
            trim_evidence(quote, by=by, why=why)
        quote.full_clean(exclude=["text", "prefix", "suffix", "public_id", "reviewer"])
        if quote.status == Status.PUBLISHED:
            refuse(_missing_for_publication(quote))
            if spans is not None:
                allot(quote)
        save_as(quote, by=by, why=why)
        versions.record(quote=quote, by=by, why=why)
    return quote


def accept(*, quote: Quote, by: User, why: str = "Checked against the article") -> Quote:
    """Say that an editor checked the words and the speaker of a candidate; return the quote."""
    _expect(quote, "accept")
    return _move(quote, Status.ACCEPTED, by=by, why=why, reviewed=True)


def reject(*, quote: Quote, by: User, why: str = "", reason: str = "") -> Quote:
    """Say that a candidate is no quote; it stays, so that it is not found again.

    `reason` is one of RejectReason, for counting; `why` the editor's own words, which stand in
    for it or beside it.
    """
    _expect(quote, "reject")
    if reason and reason not in RejectReason.values:
        raise NotAllowedError("Choose one of the reasons that are offered.")
    if reason == RejectReason.OTHER and not why.strip():
        raise NotAllowedError("Say what the other reason is.")
    named = RejectReason(reason).label if reason else ""
    said = ": ".join(part for part in (named, why.strip()) if part)
    refuse([] if said else ["a reason"])
    quote.rejected_as = reason
    return _move(quote, Status.REJECTED, by=by, why=said, reviewed=True)


def reopen(*, quote: Quote, by: User, why: str) -> Quote:
    """Put an accepted or rejected quote back among the candidates."""
    _expect(quote, "reopen")
    return _move(quote, Status.CANDIDATE, by=by, why=why, reviewed=False)


def publish(*, quote: Quote, by: User, why: str = "Published") -> Quote:
    """Make an accepted quote public under its permanent address; writes version 1.

    Raises NotAllowedError when the words were not checked by a reviewer or the speaker has no text.
    """
    _expect(quote, "publish")
    refuse(_missing_for_publication(quote))
    quote.public_id = quote.public_id or _free_public_id()
    quote.published_at = quote.published_at or timezone.now()
    allot(quote)
    return _move(quote, Status.PUBLISHED, by=by, why=why)


def withdraw(
    *,
    quote: Quote,
    by: User,
    reason: str,
    public_note: str = "",
    exposes: str = Exposure.CITATION,
) -> Withdrawal:
    """Take a published quote back and return the withdrawal; its address answers 410 from now on.

    Reasons that protect a person (SEALED_REASONS) show nothing whatever `exposes` says.
    """
    _expect(quote, "withdraw")
    sealed = reason in SEALED_REASONS
    withdrawal = Withdrawal(
        quote=quote,
        reason=reason,
        public_note=public_note,
        exposes=Exposure.NOTHING if sealed else exposes,
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
    )
    withdrawal.full_clean(exclude=["quote", "withdrawn_by", "lifted_by"])
    with transaction.atomic():
        withdrawal.save()
        _move(quote, Status.WITHDRAWN, by=by, why=WithdrawalReason(reason).label)
    return withdrawal


def restore(*, quote: Quote, by: User, why: str) -> Quote:
    """Lift the withdrawal of a quote and publish it again."""
    _expect(quote, "restore")
    refuse([] if why.strip() else ["a reason"])
    with transaction.atomic():
        quote.withdrawals.filter(lifted_at__isnull=True).update(
            lifted_at=timezone.now(), lifted_by=by, lifted_why=why
        )
        return _move(quote, Status.PUBLISHED, by=by, why=why)


def unlist(*, quote: Quote, by: User, why: str) -> Quote:
    """Ask search engines to leave a published quote's page out; readers see it as before."""
    return _set_unlisted(quote, True, by=by, why=why)


def relist(*, quote: Quote, by: User, why: str) -> Quote:
    """Let search engines list a quote's page again."""
    return _set_unlisted(quote, False, by=by, why=why)


def _set_unlisted(quote: Quote, unlisted: bool, *, by: User, why: str) -> Quote:
    refuse([] if why.strip() else ["a reason"])
    if quote.status != Status.PUBLISHED:
        raise NotAllowedError("Only a published quote has a page that search engines may list.")
    quote.unlisted = unlisted
    return save_as(quote, by=by, why=why)


def obstacle(*, quote: Quote, step: str) -> str:
    """Return what keeps a quote from a step of FROM, in the step's own words; else nothing.

    For a page that says beforehand what will not go; the step itself decides.
    """
    try:
        _expect(quote, step)
        if step == "publish":
            refuse(_missing_for_publication(quote))
    except NotAllowedError as refusal:
        return str(refusal.messages[0])
    return ""


def _move(
    quote: Quote, status: Status, *, by: User, why: str, reviewed: bool | None = None
) -> Quote:
    """Set the status, and with `reviewed` who reviewed it and when; record what becomes public."""
    quote.status = status
    if status != Status.REJECTED:
        quote.rejected_as = ""
    if reviewed is not None:
        quote.reviewer = by if reviewed else None
        quote.reviewed_at = timezone.now() if reviewed else None
    with transaction.atomic():
        save_as(quote, by=by, why=why)
        versions.record(quote=quote, by=by, why=why)
    return quote


def write_spans(quote: Quote, spans: Spans) -> None:
    """Write the spans and read back the text that the database makes of them.

    The first span is changed in place, since a reviewed quote is never without one.
    """
    quote.spans.filter(ordinal__gt=0).delete()
    for ordinal, values in enumerate(_span_values(quote.article.body, spans)):
        QuoteSpan.objects.update_or_create(quote=quote, ordinal=ordinal, defaults=values)
    quote.prefix, quote.suffix = _context(quote.article, spans)
    quote.refresh_from_db(fields=["text", "start"])


def _span_values(body: str, spans: Spans) -> Iterator[dict[str, Any]]:
    """Yield the columns of each span: where it stands, its words, what stands before them."""
    for ordinal, (start, end) in enumerate(spans):
        before = joiner(body, spans[ordinal - 1][1], start) if ordinal else ""
        yield {"start": start, "end": end, "words": body[start:end], "joiner": before}


def _context(article: Article, spans: Spans) -> tuple[str, str]:
    return context(article.body, spans[0][0], spans[-1][1], furniture=article.furniture)


def trim_evidence(quote: Quote, *, by: User, why: str) -> None:
    """Take from the codings the evidence that no longer stands in the quote or its context."""
    spans = list(quote.spans.all())
    low, high = spans[0].start - len(quote.prefix), spans[-1].end + len(quote.suffix)
    for coding in quote.codings.all():
        inside = [[start, end] for start, end in coding.evidence if low <= start < end <= high]
        if inside != coding.evidence:
            coding.evidence = inside
            save_as(coding, by=by, why=why)


def _missing_for_publication(quote: Quote) -> list[str]:
    missing = []
    if not quote.speaker_text.strip():
        missing.append("the words that the article uses for the speaker")
    if quote.reviewer_id is None or quote.reviewed_at is None:
        missing.append("a reviewer who checked the words against the article")
    if not quote.text:
        missing.append("its words")
    return missing


def refuse(missing: list[str]) -> None:
    if missing:
        raise NotAllowedError(f"Not possible yet: {', and '.join(missing)} missing.")


def _expect(quote: Quote, step: str) -> None:
    allowed = FROM[step]
    if quote.status not in allowed:
        wanted = " or ".join(status.label.lower() for status in allowed)
        now = Status(quote.status).label.lower()
        raise NotAllowedError(
            f"This quote is {now}; only a quote that is {wanted} can go this way."
        )


def _check_names(names: Mapping[str, Any]) -> None:
    unknown = set(names) - CORRECTABLE
    if unknown:
        raise TypeError(f"not a field that review writes: {', '.join(sorted(unknown))}")


def check_spans(article: Article, spans: Spans) -> None:
    if not spans:
        raise NotAllowedError("A quote needs at least one span.")
    last = 0
    for start, end in spans:
        if not last <= start < end <= len(article.body):
            raise NotAllowedError(
                f"The span {start} to {end} is empty, out of order or outside the article."
            )
        last = end


def _free_public_id() -> str:
    """Return an id that no quote has; the unique constraint settles the one race in a million."""
    public_id = new_public_id()
    while Quote.objects.filter(public_id=public_id).exists():
        public_id = new_public_id()
    return public_id
