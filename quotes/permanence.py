"""What answers at an address that was public once: the page, where it went, or why it is gone.

Never nothing: `PublishedAddress` remembers each page from the moment a published quote showed it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from base.among import among
from people.models import Person, PersonRedirect
from quotes.choices import SEALED_REASONS, AddressKind, Exposure, Status
from quotes.codebook import survivor
from quotes.models import (
    PublishedAddress,
    Quote,
    QuoteRedirect,
    QuoteVersion,
    Target,
    Withdrawal,
)


@dataclass(frozen=True)
class Moved:
    """301: the quote's page is another's now."""

    public_id: str
    redirect: QuoteRedirect


@dataclass(frozen=True)
class Gone:
    """410: what a tombstone may say. `quote` only where the withdrawal shows the citation."""

    public_id: str
    reason: str
    label: str
    withdrawal: Withdrawal | None = None
    quote: Quote | None = None
    """The quote, for its citation; None where nothing of it may be shown."""

    @property
    def note(self) -> str:
        """The public note, where the withdrawal shows more than its reason."""
        return self.withdrawal.public_note if self.withdrawal and self.quote else ""


@dataclass(frozen=True)
class Version:
    """200: one version as it stood, and what stands at the quote's address now."""

    row: QuoteVersion
    shown: dict[str, Any]
    latest: int
    status: str
    merged_into: str = ""
    withdrawal: Withdrawal | None = None

    @property
    def is_latest(self) -> bool:
        return self.row.number == self.latest and self.status == Status.PUBLISHED


PROTECTED = "protected"


def state(public_id: str) -> Moved | Gone | None:
    """Return what answers at /q/ID for an id that is not a published quote; None: never issued."""
    quote = (
        Quote.objects.filter(public_id=public_id, status__in=(Status.WITHDRAWN, Status.MERGED))
        .select_related("article__outlet", "speaker", "on_behalf_of")
        .first()
    )
    if quote is None:
        return None
    if quote.status == Status.MERGED:
        redirect = redirect_of(quote)
        return Moved(str(redirect.survivor.public_id), redirect) if redirect else None
    withdrawal = in_force(quote)
    return gone(quote, withdrawal) if withdrawal else None


def redirect_of(quote: Quote) -> QuoteRedirect | None:
    """Return where a merged quote leads, or None."""
    rows = QuoteRedirect.objects.filter(quote=quote, undone_at__isnull=True)
    return rows.select_related("survivor", "quote").first()


def in_force(quote: Quote) -> Withdrawal | None:
    """Return the withdrawal that holds for a quote now, or None."""
    return Withdrawal.objects.filter(quote=quote, lifted_at__isnull=True).first()


def gone(quote: Quote, withdrawal: Withdrawal) -> Gone:
    """Return what a withdrawal lets the quote's tombstone say."""
    shows = withdrawal.exposes == Exposure.CITATION and not _protected(quote.speaker)
    return Gone(
        public_id=str(quote.public_id),
        reason=withdrawal.reason,
        label=withdrawal.get_reason_display(),
        withdrawal=withdrawal,
        quote=quote if shows else None,
    )


def version(public_id: str, number: int) -> Version | Gone | None:
    """Return version N of a quote, or why it is closed, or None when there was none.

    A withdrawal closes the versions only when it protects a person; so does protecting the
    speaker of that version later, since a version can't be rewritten.
    """
    row = (
        QuoteVersion.objects.filter(quote__public_id=public_id, number=number)
        .select_related("quote__article__outlet", "quote__speaker", "quote__on_behalf_of")
        .first()
    )
    if row is None:
        return None
    shown = json.loads(row.snapshot)
    redirect = redirect_of(row.quote) if row.quote.status == Status.MERGED else None
    withdrawal = in_force(row.quote) if row.quote.status == Status.WITHDRAWN else None
    closing = sealing([row.quote, *([redirect.survivor] if redirect else [])])
    if closing:
        return gone(row.quote, closing)
    if shows_protected(shown):
        return Gone(public_id, PROTECTED, "Protects a person")
    return Version(
        row=row,
        shown=shown,
        latest=row.quote.versions.count(),
        status=row.quote.status,
        merged_into=str(redirect.survivor.public_id) if redirect else "",
        withdrawal=withdrawal,
    )


def sealing(quotes: list[Quote]) -> Withdrawal | None:
    """Return the withdrawal that closes the old versions of these quotes, if one does."""
    return Withdrawal.objects.filter(
        quote__in=quotes, lifted_at__isnull=True, reason__in=SEALED_REASONS
    ).first()


def shows_protected(shown: dict[str, Any]) -> bool:
    """Say whether a snapshot names a speaker who is protected by now."""
    slug = (shown["speaker"] or {}).get("slug", "")
    return bool(slug) and slug in protected_slugs([slug])


def protected_slugs(slugs: Collection[str]) -> set[str]:
    """Return those of the addresses that lead to a protected person."""
    if not slugs:
        return set()
    wanted = among(slugs)
    own = Person.objects.filter(protected=True, slug__in=wanted).values_list("slug", flat=True)
    old = PersonRedirect.objects.filter(person__protected=True, slug__in=wanted)
    return {*own, *old.values_list("slug", flat=True)}


def was_public(kind: str, key: str) -> bool:
    """Say whether a page was public at some time, so that 410 and not 404 is its answer."""
    return PublishedAddress.objects.filter(kind=kind, key=key).exists()


def _protected(speaker: Person | None) -> bool:
    return bool(speaker and speaker.protected)


def moved_target(slug: str) -> str | None:
    """Return where the page of a target that was merged leads, if it was ever public."""
    target = Target.objects.filter(slug=slug, merged_into__isnull=False).first()
    if target is None or not was_public(AddressKind.TARGET, slug):
        return None
    into = survivor(target)
    return into.slug if Target.objects.published().filter(pk=into.pk).exists() else None
