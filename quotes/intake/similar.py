"""Copies of one report in several papers: found by the word sequences that they share.

An article is seen as its set of five-word sequences. The sixteen with the smallest hash are kept;
two articles that share one of these are compared in full. Of two that share a third of all their
sequences, fewer than one pair in two hundred slips through. Linear in the length of the text.
"""

import heapq
import re
from collections.abc import Iterable
from hashlib import blake2b

from django.db import connection
from django.db.models import Count

from quotes.models import Article, ArticleShingle, NearDuplicate

WORDS = 5
KEPT = 16
# Of the shorter article's sequences. Reports of one event share under a tenth (docs/intake.md).
THRESHOLD = 0.5
# Fewer sequences than this say nothing.
LEAST = 20
# What follows is hardly one article's.
MOST_WORDS = 20_000
MOST_COMPARED = 5
LOCK = 0x0D0C5


def shingles(body: str, boilerplate: Iterable[Iterable[int]] = ()) -> set[int]:
    """Return the numbers of all five-word sequences of a text outside its furniture."""
    parts, at = [], 0
    for start, end in boilerplate:
        parts.append(body[at:start])
        at = end
    parts.append(body[at:])
    words = re.findall(r"\w+", " ".join(parts).casefold())[:MOST_WORDS]
    return {_number(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}


def _number(words: list[str]) -> int:
    """Return 63 bits that are the same in every process and on every machine."""
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def similarity(one: set[int], other: set[int]) -> float:
    """Return the share of the smaller set that is in both."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= LEAST else 0.0


def link(article: Article) -> list[NearDuplicate]:
    """Keep the article's sequences, and link it with the articles that it is a copy of.

    Call it in the transaction that adds the article: what is added beside it at the same time
    waits, so that of two copies one sees the other.
    """
    own = shingles(article.body, article.boilerplate)
    if len(own) < LEAST:
        return []
    _one_at_a_time()
    kept = heapq.nsmallest(KEPT, own)
    near = (
        ArticleShingle.objects.filter(value__in=kept)
        .exclude(article=article)
        .values_list("article")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "article")[:MOST_COMPARED]
    )
    links = []
    for earlier in Article.objects.filter(pk__in=[pk for pk, _ in near]).order_by("pk"):
        share = similarity(own, shingles(earlier.body, earlier.boilerplate))
        if share >= THRESHOLD:
            links.append(NearDuplicate(article=article, earlier=earlier, similarity=share))
    ArticleShingle.objects.bulk_create(ArticleShingle(article=article, value=v) for v in kept)
    return sorted(NearDuplicate.objects.bulk_create(links), key=lambda link: -link.similarity)


def _one_at_a_time() -> None:
    """Wait for other intakes; SQLite's transactions are one at a time as they are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
