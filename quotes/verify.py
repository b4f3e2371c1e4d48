"""Is every row as promised? The checks behind `manage.py verify`, each naming the first bad row.

The database refuses most of this on the way in; here it is proved for what is there, whoever wrote
it: an older version, a restored backup, a hand with a database shell.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from base.dates import bounds
from base.triggers import missing
from people.models import Organization, Person, PersonRedirect
from quotes.canonical import normalise
from quotes.choices import NON_VALUES, WAS_PUBLIC, Status, TargetMoveKind
from quotes.models import (
    Article,
    Outlet,
    PublishedAddress,
    Quote,
    QuoteRedirect,
    Stance,
    StanceCoding,
    Target,
    TargetMove,
    Utterance,
    Withdrawal,
)
from quotes.search import index_rows_wrong
from quotes.spans import context, joiner
from quotes.triggers import all_triggers
from quotes.versions import broken_links, cited, public_pages, snapshot

Faults = Iterator[str]
CHUNK = 1_000


@dataclass(frozen=True)
class Check:
    """One promise: what is looked at, and a function that yields a sentence for each bad row."""

    name: str
    faults: Callable[[], Faults]


def triggers_stand() -> Faults:
    for name in missing(connection, all_triggers(connection.vendor)):
        yield f"trigger {name} is missing or not as this version writes it; run: manage.py migrate"


def articles_are_canonical() -> Faults:
    for article in Article.objects.iterator(chunk_size=CHUNK):
        name = f"article {article.public_id}"
        if normalise(article.body) != article.body:
            yield f"{name}: its text is not canonical"
        if hashlib.sha256(article.body.encode()).hexdigest() != article.sha256:
            yield f"{name}: its text differs from its SHA-256"
        found = bounds(article.published)
        if (found.earliest, found.latest) != (article.published_earliest, article.published_latest):
            yield f"{name}: the days it sorts by differ from “{article.published}”"


def quotes_are_the_article() -> Faults:
    quotes = Quote.objects.select_related("article").prefetch_related("spans").order_by("pk")
    for quote in quotes.iterator(chunk_size=CHUNK):
        for fault in _quote_faults(quote):
            yield f"quote {quote.public_id or f'(row {quote.pk})'}: {fault}"


def _quote_faults(quote: Quote) -> Faults:
    body, spans = quote.article.body, list(quote.spans.all())
    if not spans:
        yield "it has no span"
        return
    end = 0
    for number, span in enumerate(spans):
        if span.ordinal != number or span.start < end:
            yield "its spans are out of order"
        if body[span.start : span.end] != span.words:
            yield f"the words of span {number} are not in the article there"
        if span.joiner != (joiner(body, end, span.start) if number else ""):
            yield f"span {number} is joined in the wrong way"
        end = span.end
    if quote.text != "".join(span.joiner + span.words for span in spans):
        yield "its text differs from its spans"
    if end > len(body):
        yield "it ends after the article does"
    elif (quote.prefix, quote.suffix) != context(
        body, spans[0].start, end, furniture=quote.article.furniture
    ):
        yield "its context is not what stands around it"
    dates = bounds(quote.said or quote.article.published)
    if (dates.earliest, dates.latest) != (quote.date_earliest, quote.date_latest):
        yield "the days it sorts by differ from its date"


def published_quotes_have_their_version() -> Faults:
    quotes = Quote.objects.published().select_related(
        "article__outlet", "speaker", "on_behalf_of", "utterance"
    )
    for quote in quotes.iterator(chunk_size=CHUNK):
        last = quote.versions.order_by("-number").first()
        if last is None or cited(json.loads(last.snapshot)) != cited(snapshot(quote)):
            yield f"quote {quote.public_id}: its last version is not what readers see"


def versions_are_chained() -> Faults:
    yield from broken_links()


def withdrawn_quotes_say_why() -> Faults:
    in_force = Withdrawal.objects.filter(quote=OuterRef("pk"), lifted_at__isnull=True)
    for quote in Quote.objects.filter(~Exists(in_force), status=Status.WITHDRAWN):
        yield f"quote {quote.public_id}: withdrawn without a reason"


def stances_fit_their_target() -> Faults:
    for stance in Stance.objects.select_related("target", "quote").iterator(chunk_size=CHUNK):
        if stance.value not in stance.target.values:
            yield f"stance {stance.pk}: “{stance.value}” is no value of “{stance.target}”"
    codings = StanceCoding.objects.select_related("target", "quote__article").prefetch_related(
        "quote__spans"
    )
    for coding in codings.iterator(chunk_size=CHUNK):
        if coding.value not in coding.target.values:
            yield f"coding {coding.pk}: “{coding.value}” is no value of “{coding.target}”"
        if not coding.evidence and coding.value not in NON_VALUES:
            continue
        spans = list(coding.quote.spans.all())
        low = spans[0].start - len(coding.quote.prefix)
        high = spans[-1].end + len(coding.quote.suffix)
        if any(not low <= start < end <= high for start, end in coding.evidence):
            yield f"coding {coding.pk}: its evidence is outside the quote and its context"


def addresses_lead_somewhere() -> Faults:
    for redirect in PersonRedirect.objects.select_related("person"):
        if redirect.slug == redirect.person.slug:
            yield f"redirect {redirect.slug} leads to itself"
        if Person.objects.filter(slug=redirect.slug).exists():
            yield f"redirect {redirect.slug} is also a person's address"
    known = _addresses_that_answer()
    written = set(PublishedAddress.objects.values_list("kind", "key"))
    for kind, key in sorted(written - known):
        yield f"{kind} {key} was public once, and nothing answers there"
    for quote in _published_with_pages().iterator(chunk_size=CHUNK):
        for kind, key in public_pages(quote, snapshot(quote)):
            if (kind, key) not in written:
                yield f"{kind} {key} is public, and was not written down"


def _addresses_that_answer() -> set[tuple[str, str]]:
    """Return (kind, key) of every page that has a row behind it, shown or gone."""
    sources: dict[str, tuple[Any, str]] = {
        "person": (Person.objects, "slug"),
        "organization": (Organization.objects, "slug"),
        "outlet": (Outlet.objects, "slug"),
        "target": (Target.objects, "slug"),
        "article": (Article.objects, "public_id"),
        "utterance": (Utterance.objects, "public_id"),
        "quote": (Quote.objects.filter(status__in=WAS_PUBLIC), "public_id"),
    }
    found = {
        (kind, str(key))
        for kind, (rows, column) in sources.items()
        for key in rows.values_list(column, flat=True)
    }
    redirects = PersonRedirect.objects.values_list("slug", flat=True)
    return found | {("person", slug) for slug in redirects}


def _published_with_pages() -> QuerySet[Quote]:
    return Quote.objects.published().select_related(
        "article__outlet", "speaker", "on_behalf_of", "utterance"
    )


def merged_quotes_lead_on() -> Faults:
    rows = QuoteRedirect.objects.filter(undone_at__isnull=True).select_related(
        "quote", "into", "survivor"
    )
    merged = {row.quote_id: row for row in rows}
    for quote in Quote.objects.filter(status=Status.MERGED).exclude(pk__in=merged):
        yield f"quote {quote.public_id}: merged, and leads nowhere"
    for row in merged.values():
        if row.quote.status != Status.MERGED:
            yield f"quote {row.quote.public_id}: leads elsewhere, and is {row.quote.status}"
        if row.survivor_id in merged:
            yield f"quote {row.quote.public_id}: leads to a quote that leads on"
        end, steps = row.into_id, 0
        while end in merged and steps <= len(merged):
            end, steps = merged[end].into_id, steps + 1
        if end != row.survivor_id:
            yield f"quote {row.quote.public_id}: leads past the quote that it was merged into"


def merged_targets_lead_on() -> Faults:
    moves = TargetMove.objects.filter(undone_at__isnull=True, kind=TargetMoveKind.MERGE)
    merges = dict(moves.values_list("target", "into"))
    for target in Target.objects.filter(merged_into__isnull=False):
        if merges.get(target.pk) != target.merged_into_id:
            yield f"target {target.slug}: it leads elsewhere than where it was merged"
        if target.stances.exists():
            yield f"target {target.slug}: merged, and has public stances of its own"
    for target in Target.objects.filter(pk__in=merges, merged_into__isnull=True):
        yield f"target {target.slug}: merged, and leads nowhere"


def search_finds_what_is_public() -> Faults:
    yield from index_rows_wrong()


CHECKS = (
    Check("triggers", triggers_stand),
    Check("articles", articles_are_canonical),
    Check("quotes", quotes_are_the_article),
    Check("versions shown", published_quotes_have_their_version),
    Check("version chains", versions_are_chained),
    Check("withdrawals", withdrawn_quotes_say_why),
    Check("stances", stances_fit_their_target),
    Check("addresses", addresses_lead_somewhere),
    Check("merges", merged_quotes_lead_on),
    Check("merged targets", merged_targets_lead_on),
    Check("search", search_finds_what_is_public),
)
