"""3: what was published, numbered, immutable, each hash chained to the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from quotes.choices import AddressKind, Status
from quotes.models import Article, PublishedAddress, Quote, QuoteVersion
from quotes.search import index_quote

LONGEST_REASON = 500
LARGEST_STEP_BACK = timedelta(days=1)


def snapshot(quote: Quote) -> dict[str, Any]:
    """Return the complete public record of a quote: all that its page and a citation show."""
    speaker, body, article = quote.speaker, quote.on_behalf_of, quote.article
    # Of a protected speaker the public sees the role alone: an article prints the name beside the
    # words, and the role there may tell it too.
    protected = bool(speaker and speaker.protected)
    prefix, suffix = quote.shown_context
    return {
        "id": quote.public_id,
        "text": quote.text,
        "spans": [[span.start, span.end, span.words] for span in quote.spans.all()],
        "prefix": prefix,
        "suffix": suffix,
        "kind": quote.kind,
        "speaker": (
            {"name": speaker.public_name, "slug": "" if speaker.protected else speaker.slug}
            if speaker
            else None
        ),
        "on_behalf_of": {"name": body.name, "slug": body.slug} if body else None,
        "speaker_text": "" if protected else quote.speaker_text,
        "speaker_role": "" if protected else quote.speaker_role,
        "cue": quote.cue,
        "basis": quote.basis,
        "note": quote.note,
        "said": quote.said,
        "said_basis": quote.said_basis,
        "said_note": quote.said_note,
        "channel": quote.channel,
        "utterance": quote.utterance.public_id if quote.utterance else None,
        "article": article_record(article),
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


def article_record(article: Article) -> dict[str, Any]:
    """Return what a version keeps of the article that carries the quote."""
    return {
        "id": article.public_id,
        "headline": article.headline,
        "byline": article.byline,
        "url": article.url,
        "archive_url": article.archive_url,
        "archived": article.archived.isoformat() if article.archived else "",
        "kind": article.kind,
        "pages": article.pages,
        "outlet": article.outlet.name if article.outlet else "",
        "published": article.published,
        "date_basis": article.date_basis,
        "date_note": article.date_note,
        "language": article.language,
        "sha256": article.sha256,
    }


# What a citation of a quote shows; a change of anything else is no new version.
CITED = (
    "id",
    "text",
    "spans",
    "kind",
    "speaker",
    "on_behalf_of",
    "speaker_text",
    "speaker_role",
    "said",
    "said_basis",
    "channel",
)
CITED_OF_ARTICLE = (
    "id",
    "headline",
    "byline",
    "url",
    "outlet",
    "published",
    "date_basis",
    "language",
    "kind",
    "pages",
    "archive_url",
    "archived",
)
CITED_OF_STANCE = ("target", "label", "value", "basis")


def cited(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a snapshot that a citation shows: words, speaker, role, source, stance."""
    return {
        **{name: shown[name] for name in CITED},
        # A version from before a column existed says nothing of it, as an empty one does.
        "article": {name: shown["article"].get(name, "") for name in CITED_OF_ARTICLE},
        "stances": [{name: row[name] for name in CITED_OF_STANCE} for row in shown["stances"]],
    }


def record(*, quote: Quote, by: User, why: str) -> QuoteVersion | None:
    """Write a version if what a citation of a published quote shows changed; keep search in step.

    Returns the new version, or None when a citation would be the same or the quote is not public.
    Must run in the transaction of the change itself.
    """
    # Read anew: the caller's copy may hold relations from before the change.
    quote = Quote.objects.select_related(
        "article__outlet", "speaker", "on_behalf_of", "utterance"
    ).get(pk=quote.pk)
    index_quote(quote)
    if quote.status != Status.PUBLISHED:
        return None
    shown = snapshot(quote)
    remember_addresses(quote, shown)
    last = quote.versions.order_by("-number").first()
    if last and cited(json.loads(last.snapshot)) == cited(shown):
        return None
    version = QuoteVersion(
        quote=quote,
        number=last.number + 1 if last else 1,
        snapshot=canonical_json(shown),
        why=why[:LONGEST_REASON],
        by_name=by.get_username(),
        created_at=_moment(last),
        previous_hash=last.hash if last else "",
    )
    version.hash = chained_hash(version, public_id=str(quote.public_id))
    version.save(force_insert=True)
    return version


def _moment(last: QuoteVersion | None) -> datetime:
    """Return the time of the next version: now, and after every version that the record holds.

    Feeds are read by it, so a clock that was set back must not put a change before one that was
    read. A clock that is wrong by more than a day is not followed, but within one quote.
    """
    now = timezone.now()
    newest = QuoteVersion.objects.aggregate(newest=Max("created_at"))["newest"]
    if newest and now <= newest < now + LARGEST_STEP_BACK:
        return newest + timedelta(microseconds=1)
    return max(now, last.created_at) if last else now


def remember_addresses(quote: Quote, shown: Mapping[str, Any]) -> None:
    """Write down each page that this quote makes public; from now on its address answers."""
    rows = [
        PublishedAddress(kind=kind, key=key, first_public_at=timezone.now())
        for kind, key in public_pages(quote, shown)
    ]
    PublishedAddress.objects.bulk_create(rows, ignore_conflicts=True)


def public_pages(quote: Quote, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (kind, key) of each page that a published quote makes public, in a fixed order."""
    outlet = quote.article.outlet
    pages = [
        (AddressKind.QUOTE, shown["id"]),
        (AddressKind.PERSON, (shown["speaker"] or {}).get("slug", "")),
        (AddressKind.ORGANIZATION, (shown["on_behalf_of"] or {}).get("slug", "")),
        (AddressKind.ARTICLE, shown["article"]["id"]),
        (AddressKind.OUTLET, outlet.slug if outlet else ""),
        (AddressKind.UTTERANCE, shown["utterance"] or ""),
        *((AddressKind.TARGET, stance["target"]) for stance in shown["stances"]),
    ]
    return [(str(kind), key) for kind, key in pages if key]


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
    return link_hash(
        public_id,
        version.number,
        version.snapshot,
        version.why,
        version.by_name,
        version.created_at,
        version.previous_hash,
    )


def link_hash(
    public_id: str,
    number: int,
    text: str,
    why: str,
    by_name: str,
    moment: datetime,
    previous: str,
) -> str:
    """Return the SHA-256 over one version and the hash of the version before it, as hex."""
    when = moment.astimezone(UTC).isoformat(timespec="microseconds")
    content = canonical_json([public_id, number, text, why, by_name, when, previous])
    return hashlib.sha256(content.encode()).hexdigest()


# The columns that a chain is walked over, in the order in which they are fetched.
LINK = (
    "quote__public_id",
    "number",
    "snapshot",
    "why",
    "by_name",
    "created_at",
    "previous_hash",
    "hash",
)


def broken_links() -> Iterator[str]:
    """Yield a sentence for each version whose number, hash or chain is wrong."""
    versions = QuoteVersion.objects.order_by("quote_id", "number").values_list(*LINK)
    walked, number_before, hash_before = None, 0, ""
    for public_id, number, text, why, by_name, moment, previous, found in versions.iterator(
        chunk_size=2_000
    ):
        if public_id != walked:
            walked, number_before, hash_before = public_id, 0, ""
        name = f"version {public_id} v{number}"
        if number != number_before + 1:
            yield f"{name}: the number before it is missing"
        elif previous != hash_before:
            yield f"{name}: the hash of the version before it differs"
        elif found != link_hash(public_id, number, text, why, by_name, moment, previous):
            yield f"{name}: the content differs from its hash"
        number_before, hash_before = number, found
