"""What the machine coder suggests, and what a coder coded before: help that decides nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet

from quotes.learning.features import SPEAKER, WORD
from quotes.models import (
    Coder,
    NearDuplicate,
    Quote,
    StanceCoding,
    StanceSuggestion,
    Target,
)

WORDS = 3
ALIKE = 0.6
MOST_COMPARED = 500


@dataclass(frozen=True)
class Before:
    """A coding of nearly the same words by the same coder."""

    coding: StanceCoding
    share: float
    """Of the shorter quote's three-word sequences, how many are in both."""


def least_sure(target: Target) -> QuerySet[StanceSuggestion]:
    """Return the suggestions for quotes that nobody coded, the least sure first.

    Coding these teaches the machine most (uncertainty sampling: Lewis & Gale 1994, A Sequential
    Algorithm for Training Text Classifiers). A sample for reliability is drawn at random instead.
    """
    rows = StanceSuggestion.objects.filter(target=target, held_out=False)
    return rows.order_by("probability", "pk").select_related("quote")


def ordered_by_doubt(quotes: Iterable[int], targets: Collection[Target]) -> list[int]:
    """Return keys of quotes, those first whose stance on any of the targets is least sure.

    Those without a suggestion stay behind, in the order given.
    """
    keys = list(dict.fromkeys(quotes))
    rows = StanceSuggestion.objects.filter(target__in=targets, held_out=False)
    least = rows.order_by().values_list("quote").annotate(Min("probability"))
    sure = dict(least)
    return sorted(keys, key=lambda key: sure.get(key, 2.0))


def suggestion(quote: Quote, target: Target) -> StanceSuggestion | None:
    """Return what the machine suggests for a quote that nobody coded, or None."""
    return StanceSuggestion.objects.filter(quote=quote, target=target, held_out=False).first()


def reasons_in_words(reasons: Iterable[str]) -> str:
    """Return the reasons of a suggestion as a reader may take them."""
    return ", ".join(
        "who says it" if reason.startswith(SPEAKER) else f"“{reason}”" for reason in reasons
    )


def coded_before(quote: Quote, *, target: Target, coder: Coder) -> list[Before]:
    """Return this coder's own codings of nearly the same words for a target, the nearest first."""
    return coded_before_for(quote, targets=[target], coder=coder)[target.pk]


def coded_before_for(
    quote: Quote, *, targets: Collection[Target], coder: Coder
) -> dict[int, list[Before]]:
    """Return, by target's key, this coder's own codings of nearly the same words, nearest first.

    Compared are quotes of the same utterance, of the same speaker, and of articles that are copies
    of this quote's; never another coder's codings. Two queries, however many targets.
    """
    links = NearDuplicate.objects.filter(Q(article=quote.article_id) | Q(earlier=quote.article_id))
    articles = {key for pair in links.values_list("article", "earlier") for key in pair}
    near = Q(quote__article__in=articles)
    if quote.utterance_id:
        near |= Q(quote__utterance=quote.utterance_id)
    if quote.speaker_id:
        near |= Q(quote__speaker=quote.speaker_id)
    rows = StanceCoding.objects.filter(near, coder=coder, target__in=targets).exclude(quote=quote)
    own = sequences(quote.text)
    found: dict[int, list[Before]] = {target.pk: [] for target in targets}
    for row in rows.select_related("quote").order_by("-pk")[:MOST_COMPARED]:
        share = alike(own, sequences(row.quote.text))
        if share >= ALIKE:
            found[row.target_id].append(Before(row, share))
    for ones in found.values():
        ones.sort(key=lambda one: (-one.share, one.coding.pk))
    return found


def sequences(text: str) -> set[tuple[str, ...]]:
    """Return the three-word sequences of a text; of a shorter one all its words."""
    words = WORD.findall(text.casefold())
    return {tuple(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}


def alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """Return the share of the smaller set that is in both."""
    return len(one & other) / min(len(one), len(other))
