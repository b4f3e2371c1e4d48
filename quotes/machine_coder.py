"""4: the machine coder: learns from what people coded, suggests, and never decides anything.

It is a coder of its own kind. What it says stands in rows of its own, made anew at each training;
no public stance and no figure of agreement between people ever reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from quotes import stances
from quotes.choices import CoderKind, StanceBasis, StanceValue, Status
from quotes.learning.features import Example
from quotes.learning.softmax import Model, confidence
from quotes.learning.validation import HeldOut, Learned, learn
from quotes.models import Coder, Quote, Stance, StanceCoding, StanceSuggestion, Target, Training

SLUG = "machine-coder"
REVIEWED = (Status.ACCEPTED, Status.PUBLISHED)
MOST = 20_000
AT_ONCE = 2_000


@dataclass(frozen=True)
class Outcome:
    """What training did for one target."""

    target: Target
    n_codings: int
    learned: Learned
    suggested: int


def machine_coder() -> Coder:
    """Return the coder that suggestions are of; it has no account."""
    coder, _made = Coder.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": "Machine coder",
            "kind": CoderKind.MACHINE,
            "note": "A linear model over words and speaker, learned from this record's codings.",
        },
    )
    return coder


def train(target: Target, *, most: int = MOST) -> Outcome:
    """Learn a target anew and replace what was suggested for it.

    Quotes that people coded get what a model said that had not seen them; `most` of the newest
    reviewed quotes that nobody coded get what the whole model says. Where too little is coded, or
    the model does not beat the majority value, there is no suggestion and the reason is kept.
    """
    coded = people_said(target)
    quotes = _quotes(Quote.objects.filter(pk__in=coded))
    examples = [_example(quote, coded[quote.pk]) for quote in quotes]
    learned = learn(examples)
    coder = machine_coder()
    with transaction.atomic():
        StanceSuggestion.objects.filter(target=target).delete()
        rows = _held_out(target, coder, quotes, learned.held_out)
        if learned.model is not None:
            rows += list(_suggested(target, coder, learned.model, most))
        StanceSuggestion.objects.bulk_create(rows, batch_size=AT_ONCE)
        Training.objects.update_or_create(
            target=target,
            defaults={
                "coder": coder,
                "trained_at": timezone.now(),
                "n_codings": len(examples),
                "figures": {**(learned.figures or {}), "why_silent": learned.why_silent},
                "words": learned.model.words() if learned.model else {},
            },
        )
    return Outcome(target, len(examples), learned, len(rows) - len(learned.held_out))


def people_said(target: Target) -> dict[int, str]:
    """Return what people make of each reviewed quote, by its key: settled, agreed, or by majority.

    Quotes on which people are divided without a majority teach nothing and are left out.
    """
    codings = StanceCoding.objects.filter(
        target=target, coder__kind=CoderKind.PERSON, quote__status__in=REVIEWED
    )
    given: dict[int, list[str]] = {}
    for quote, value in codings.order_by("pk").values_list("quote", "value"):
        given.setdefault(quote, []).append(value)
    settled = dict(
        Stance.objects.filter(
            target=target, basis=StanceBasis.ADJUDICATED, quote__status__in=REVIEWED
        ).values_list("quote", "value")
    )
    agreed = {quote: stances.agreed(values)[0] for quote, values in given.items()}
    told = {
        quote: value
        for quote, value in agreed.items()
        if value != StanceValue.UNCLEAR or StanceValue.UNCLEAR in given[quote]
    }
    return told | settled


def _quotes(rows: QuerySet[Quote]) -> list[Quote]:
    return list(rows.select_related("speaker").order_by("pk"))


def _example(quote: Quote, value: str = "") -> Example:
    """Return a quote as the model sees it; a protected person is nobody in particular."""
    speaker = quote.speaker.slug if quote.speaker and not quote.speaker.protected else ""
    return Example(quote.text, speaker, value)


def _held_out(
    target: Target, coder: Coder, quotes: Sequence[Quote], said: Sequence[HeldOut]
) -> list[StanceSuggestion]:
    return [
        StanceSuggestion(
            quote=quote,
            target=target,
            coder=coder,
            value=one.value,
            probability=one.probability,
            reasons=list(one.reasons),
            held_out=True,
        )
        for quote, one in zip(quotes, said, strict=False)
    ]


def _suggested(target: Target, coder: Coder, model: Model, most: int) -> Iterator[StanceSuggestion]:
    coded = StanceCoding.objects.filter(
        target=target, quote=OuterRef("pk"), coder__kind=CoderKind.PERSON
    )
    open_ones = Quote.objects.filter(~Exists(coded), status__in=REVIEWED).order_by("-pk")
    keys = list(open_ones.values_list("pk", flat=True)[:most])
    for at in range(0, len(keys), AT_ONCE):
        quotes = _quotes(Quote.objects.filter(pk__in=keys[at : at + AT_ONCE]))
        examples = [_example(quote) for quote in quotes]
        scores = model.scores(examples)
        sure = confidence(scores, model.calibration)
        for quote, example, row, chance in zip(quotes, examples, scores, sure, strict=True):
            value = model.values[int(row.argmax())]
            yield StanceSuggestion(
                quote=quote,
                target=target,
                coder=coder,
                value=value,
                probability=float(chance),
                reasons=model.reasons(example, value),
                held_out=False,
            )
