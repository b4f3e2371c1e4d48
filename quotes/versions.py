"""3: what was published, numbered, immutable, each hash chained to the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from quotes.choices import Status
from quotes.models import Quote, QuoteVersion
from quotes.search import index_quote


def snapshot(quote: Quote) -> dict[str, Any]:
    """Return the complete public record of a quote: all that its page and a citation show."""
    speaker, body, article = quote.speaker, quote.on_behalf_of, quote.article
    return {
        "id": quote.public_id,
        "text": quote.text,
        "spans": [[span.start, span.end, span.words] for span in quote.spans.all()],
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "kind": quote.kind,
        "speaker": (
            {"name": speaker.public_name, "slug": "" if speaker.protected else speaker.slug}
            if speaker
            else None
        ),
        "on_behalf_of": {"name": body.name, "slug": body.slug} if body else None,
        "speaker_text": "" if speaker and speaker.protected else quote.speaker_text,
        "speaker_role": quote.speaker_role,
        "cue": quote.cue,
        "basis": quote.basis,
        "note": quote.note,
        "said": quote.said,
        "said_basis": quote.said_basis,
        "said_note": quote.said_note,
        "channel": quote.channel,
        "utterance": quote.utterance.public_id if quote.utterance else None,
        "article": {
            "id": article.public_id,
            "headline": article.headline,
            "byline": article.byline,
            "url": article.url,
            "outlet": article.outlet.name if article.outlet else "",
            "published": article.published,
            "date_basis": article.date_basis,
            "date_note": article.date_note,
            "language": article.language,
            "sha256": article.sha256,
        },
        "stances": [
            {
                "target": stance.target.slug,
                "label": stance.target.label,
                "value": stance.value,
                "basis": stance.basis,
                "rationale": stance.rationale,
                "codebook_version": stance.codebook_version,
            }
            for stance in quote.stances.select_related("target").order_by("target__slug")
        ],
    }


def record(*, quote: Quote, by: User, why: str) -> QuoteVersion | None:
    """Write a version if the public record of a published quote changed; keep search in step.

    Returns the new version, or None when a reader would see no difference or the quote is not
    public. Must run in the transaction of the change itself.
    """
    # Read anew: the caller's copy may hold relations from before the change.
    quote = Quote.objects.select_related("article__outlet", "speaker", "on_behalf_of").get(
        pk=quote.pk
    )
    index_quote(quote)
    if quote.status != Status.PUBLISHED:
        return None
    text = canonical_json(snapshot(quote))
    last = quote.versions.order_by("-number").first()
    if last and last.snapshot == text:
        return None
    version = QuoteVersion(
        quote=quote,
        number=last.number + 1 if last else 1,
        snapshot=text,
        why=why,
        by_name=by.get_username(),
        created_at=timezone.now(),
        previous_hash=last.hash if last else "",
    )
    version.hash = chained_hash(version, public_id=str(quote.public_id))
    version.save(force_insert=True)
    return version


def record_each(*, quotes: Iterable[Quote], by: User, why: str) -> int:
    """Record a version of each quote that a change elsewhere (a name, a headline) altered.

    Returns how many versions were written.
    """
    with transaction.atomic():
        return sum(record(quote=quote, by=by, why=why) is not None for quote in quotes)


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no spaces, so that equal records are equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained_hash(version: QuoteVersion, *, public_id: str) -> str:
    """Return the SHA-256 of a version's every column and the hash before it, as hex."""
    moment: datetime = version.created_at.astimezone(UTC)
    content = canonical_json(
        [
            public_id,
            version.number,
            version.snapshot,
            version.why,
            version.by_name,
            moment.isoformat(timespec="microseconds"),
            version.previous_hash,
        ]
    )
    return hashlib.sha256(content.encode()).hexdigest()


def broken_links() -> Iterator[str]:
    """Yield a sentence for each version whose number, hash or chain is wrong."""
    before: QuoteVersion | None = None
    versions = QuoteVersion.objects.select_related("quote").order_by("quote_id", "number")
    for version in versions.iterator(chunk_size=2_000):
        if before is None or before.quote_id != version.quote_id:
            before = None
        name = f"version {version.quote.public_id} v{version.number}"
        if version.number != (before.number + 1 if before else 1):
            yield f"{name}: the number before it is missing"
        elif version.previous_hash != (before.hash if before else ""):
            yield f"{name}: the hash of the version before it differs"
        elif version.hash != chained_hash(version, public_id=str(version.quote.public_id)):
            yield f"{name}: the content differs from its hash"
        before = version
