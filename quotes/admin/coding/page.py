"""What the coding screen shows, in a number of queries that does not grow with anything."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from base.admin.lists import is_key
from quotes import coding
from quotes.admin.coding.forms import TargetForm
from quotes.admin.marking import around
from quotes.choices import Confidence
from quotes.coding.tasks import CODABLE
from quotes.entries import Difference, Entry, entries_of, entry_versions
from quotes.models import (
    CodingAction,
    CodingAssignment,
    GoldAnswer,
    Quote,
    StanceCoding,
    Target,
    TrainingAnswer,
)
from quotes.stances import evidence_window
from quotes.suggestions import Before, coded_before_for


@dataclass(frozen=True)
class Piece:
    """A stretch of the article's text; `targets` are the numbers of those whose evidence it is."""

    text: str
    is_quote: bool
    is_context: bool
    targets: str


@dataclass
class Screen:
    """One quote of a coder's round, as it is read for one request."""

    assignment: CodingAssignment
    targets: list[Target]
    own: dict[int, StanceCoding]
    answers: dict[int, TrainingAnswer]

    @classmethod
    def read(cls, request: HttpRequest, task: int, wanted: str) -> "Screen":
        """Read the quote at the place wanted, else the first that is not finished.

        Raises Http404 for a round or place that is not this account's own.
        """
        own = CodingAssignment.objects.filter(task=task, coder__user=request.user.pk)
        rows = own.select_related(
            "task", "coder", "quote__article__outlet", "quote__speaker", "quote__on_behalf_of"
        ).prefetch_related("quote__spans")
        found: CodingAssignment | None
        if wanted:
            found = get_object_or_404(rows, position=wanted if is_key(wanted) else 0)
        else:
            found = rows.filter(finished_at__isnull=True).order_by("position").first()
            found = found or rows.order_by("position").first()
        if found is None:
            raise Http404
        return cls.of(found)

    @classmethod
    def of(cls, assignment: CodingAssignment) -> "Screen":
        targets = list(assignment.task.targets.order_by("label", "pk"))
        codings = StanceCoding.objects.filter(quote=assignment.quote_id, coder=assignment.coder_id)
        if not assignment.task.is_training:
            return cls(assignment, targets, {one.target_id: one for one in codings}, {})
        # In a training set no coding is made, and none made elsewhere is shown.
        return cls(
            assignment, targets, {}, {one.target_id: one for one in assignment.answers.all()}
        )

    @property
    def quote(self) -> Quote:
        return self.assignment.quote

    @property
    def is_training(self) -> bool:
        return self.assignment.task.is_training

    def forms(self, data: Any = None) -> list[TargetForm]:
        return [
            TargetForm(
                data, target=target, quote=self.quote, own=self.own.get(target.pk), number=number
            )
            for number, target in enumerate(self.targets, 1)
        ]


@dataclass(frozen=True)
class Part:
    """One target on the screen: its form, its codebook entry, what changed in it since."""

    form: Any
    entry: Entry
    differences: tuple[Difference, ...] = ()
    answer: TrainingAnswer | None = None
    gold: GoldAnswer | None = None
    before: tuple[Before, ...] = ()
    """What this coder made of nearly the same words elsewhere."""


def parts(screen: Screen, forms: list[TargetForm]) -> list[Part]:
    gold = _gold(screen)
    before = _before(screen)
    return [
        Part(
            form,
            entry,
            _changes(form),
            screen.answers.get(key),
            gold.get(key),
            tuple(before.get(key, ())),
        )
        for form, entry in zip(forms, entries_of(screen.targets), strict=True)
        for key in [form.target.pk]
    ]


def _before(screen: Screen) -> dict[int, list[Before]]:
    """Return the coder's own earlier codings; none in a training set, where they would answer."""
    if screen.is_training:
        return {}
    coder = screen.assignment.coder
    return coded_before_for(screen.quote, targets=screen.targets, coder=coder)


def _gold(screen: Screen) -> dict[int, GoldAnswer]:
    """Return the right answers of what is answered: never one before."""
    if not screen.answers:
        return {}
    found = GoldAnswer.objects.filter(
        task=screen.assignment.task_id, quote=screen.quote.pk, target__in=screen.answers
    )
    return {one.target_id: one for one in found}


def context(request: HttpRequest, screen: Screen, **extra: Any) -> dict[str, Any]:
    """Return what the template needs; it runs no query of its own."""
    assignment = screen.assignment
    mine = assignment.task.assignments.filter(coder=assignment.coder_id)
    total = mine.count()
    finished = mine.filter(finished_at__isnull=False).count()
    last = None if screen.is_training else coding.last_action(assignment)
    return {
        "task": assignment.task,
        "assignment": assignment,
        "quote": screen.quote,
        "pieces": pieces(screen),
        "low": passage_bounds(screen.quote)[0],
        "is_codable": screen.quote.status in CODABLE and not assignment.task.closed_at,
        "total": total,
        "finished": finished,
        "before": assignment.position - 1,
        "behind": assignment.position + 1 if assignment.position < total else 0,
        "next": next_place(assignment),
        "last": last,
        "choice": last_choice(last, screen.targets),
        "confidences": Confidence.choices,
        **extra,
    }


def next_place(assignment: CodingAssignment) -> int:
    """Return the place of the next quote not finished: behind this one, else from the start."""
    left = CodingAssignment.objects.filter(
        task=assignment.task_id, coder=assignment.coder_id, finished_at__isnull=True
    ).order_by("position")
    places = left.values_list("position", flat=True)
    behind = places.filter(position__gt=assignment.position).first()
    return behind or places.exclude(position=assignment.position).first() or 0


def last_choice(last: CodingAction | None, targets: list[Target]) -> tuple[str, str] | None:
    """Return the value and confidence last given in the round, for “the same again”."""
    states = [state for state in last.after["codings"].values() if state] if last else []
    return (states[-1]["value"], states[-1]["confidence"]) if states else None


def passage_bounds(quote: Quote) -> tuple[int, int]:
    """Return which part of the article is shown: the paragraphs near, and all the context."""
    spans = list(quote.spans.all())
    low, high = around(quote.article.body, spans[0].start, spans[-1].end)
    first, last = evidence_window(quote)
    return min(low, first), max(high, last)


def pieces(screen: Screen) -> list[Piece]:
    """Cut the text around the quote where a span, its context or the coder's evidence ends."""
    quote, body = screen.quote, screen.quote.article.body
    spans = [(span.start, span.end) for span in quote.spans.all()]
    low, high = passage_bounds(quote)
    first, last = evidence_window(quote)
    marks = [
        (start, end, str(number))
        for number, target in enumerate(screen.targets, 1)
        if (own := screen.own.get(target.pk))
        for start, end in own.evidence
    ]
    ends = [(first, last), *spans, *((start, end) for start, end, _ in marks)]
    edges = sorted({low, high, *(at for span in ends for at in span if low < at < high)})
    return [
        Piece(
            body[start:end],
            any(a <= start and end <= b for a, b in spans),
            first <= start and end <= last,
            " ".join(dict.fromkeys(n for a, b, n in marks if a <= start and end <= b)),
        )
        for start, end in pairwise(edges)
    ]


def _changes(form: TargetForm) -> tuple[Difference, ...]:
    """Return what changed in the entry since the version that the coder had before them."""
    seen = form.target.version
    if form.is_bound and form.errors:
        seen = form.seen_version
    elif form.is_stale and form.own:
        seen = form.own.codebook_version
    if seen >= form.target.version:
        return ()
    newer = [one for one in entry_versions(form.target) if one.number > seen]
    return tuple(difference for one in reversed(newer) for difference in one.differences)
