"""What waits for an adjudicator: disputed stances, the most divided first, coders unnamed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from string import ascii_uppercase

from django.contrib.auth.models import User
from django.db.models import QuerySet

from quotes.choices import CoderKind, StanceBasis
from quotes.models import CodingAssignment, Quote, Stance, StanceCoding


@dataclass(frozen=True)
class Waiting:
    """A disputed stance, with how often each value was given."""

    stance: Stance
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Voice:
    """A coding without its coder: a letter, drawn anew for each stance."""

    letter: str
    coding: StanceCoding
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the quote and its context, with the letters of those who rest on it."""

    text: str
    is_quote: bool
    letters: str


def settleable(user: User) -> QuerySet[Stance]:
    """Return the stances that an account may look into: of no quote that it is coding blind."""
    coding = CodingAssignment.objects.filter(coder__user=user.pk, released_at__isnull=True)
    return Stance.objects.exclude(quote__in=coding.values("quote"))


def waiting(user: User) -> list[int]:
    """Return the keys of the disputed stances that an account may settle, most divided first."""
    disputed = settleable(user).filter(basis=StanceBasis.DISPUTED)
    counts = _counts(disputed)
    return sorted(counts, key=lambda key: (-division(counts[key]), -sum(counts[key].values()), key))


def shown(keys: Sequence[int]) -> list[Waiting]:
    """Return these disputed stances with their counts, in the order given."""
    found = Stance.objects.select_related("quote", "target").in_bulk(keys)
    counts = _counts(Stance.objects.filter(pk__in=keys))
    return [Waiting(found[key], tuple(counts[key].most_common())) for key in keys if key in found]


def division(counts: Mapping[str, int]) -> float:
    """Return the share of pairs of coders who differ: 0 where all agree."""
    n = sum(counts.values())
    if n < 2:
        return 0.0
    return 1 - sum(count * (count - 1) for count in counts.values()) / (n * (n - 1))


def voices(stance: Stance) -> list[Voice]:
    """Return people's codings of a stance in a random order that stays while the page is used."""
    codings = list(
        StanceCoding.objects.released()
        .filter(quote=stance.quote_id, target=stance.target_id, coder__kind=CoderKind.PERSON)
        .order_by("pk")
    )
    # By the stance, so that a coder is not the same letter twice and can't be told from habit.
    Random(f"adjudication {stance.pk}").shuffle(codings)  # noqa: S311  # an order, not a secret
    body = stance.quote.article.body
    return [
        Voice(_letter(at), coding, tuple(body[start:end] for start, end in coding.evidence))
        for at, coding in enumerate(codings)
    ]


def overlay(quote: Quote, found: Iterable[Voice]) -> list[Piece]:
    """Cut the quote and its context where a span or someone's evidence begins or ends."""
    spans = [(span.start, span.end) for span in quote.spans.all()]
    if not spans:
        return []
    low, high = spans[0][0] - len(quote.prefix), spans[-1][1] + len(quote.suffix)
    marks = [(start, end, one.letter) for one in found for start, end in one.coding.evidence]
    edges = {low, high, *(at for span in spans for at in span)}
    edges |= {at for start, end, _ in marks for at in (start, end) if low < at < high}
    return [
        Piece(
            quote.article.body[start:end],
            any(first <= start and end <= last for first, last in spans),
            " ".join(
                dict.fromkeys(who for first, last, who in marks if first <= start and end <= last)
            ),
        )
        for start, end in pairwise(sorted(edges))
    ]


def _counts(stances: QuerySet[Stance]) -> dict[int, Counter[str]]:
    """Return how often people gave each value, by the key of the stance."""
    pairs = {
        (quote, target): key
        for quote, target, key in stances.order_by().values_list("quote", "target", "pk")
    }
    # Asked for by a query, not by a list of keys: a database takes only so many parameters.
    rows = (
        StanceCoding.objects.released()
        .filter(coder__kind=CoderKind.PERSON, quote__in=stances.order_by().values("quote"))
        .order_by("pk")
    )
    found: dict[int, Counter[str]] = {key: Counter() for key in pairs.values()}
    for quote, target, value in rows.values_list("quote", "target", "value"):
        if (quote, target) in pairs:
            found[pairs[quote, target]][value] += 1
    return found


def _letter(at: int) -> str:
    return ascii_uppercase[at % 26] + (str(at // 26 + 1) if at >= 26 else "")
