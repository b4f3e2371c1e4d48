"""Training sets: the right answers, what coders answered, and how often they were right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.history import save_as
from quotes.models import (
    CodingAssignment,
    CodingTask,
    GoldAnswer,
    Quote,
    Target,
    TrainingAnswer,
    validate_value,
)


@dataclass(frozen=True)
class Score:
    """How often a coder's answers on a target were right, of those that have a right answer."""

    target: Target
    right: int
    answered: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.right / self.answered) if self.answered else None


def set_gold(
    *, task: CodingTask, quote: Quote, target: Target, value: str, why: str, by: User
) -> GoldAnswer:
    """Give the right answer for a quote of a training set, or another than before.

    Raises ValidationError outside a training set, for a value of the wrong kind, or without why.
    """
    if not task.is_training:
        raise ValidationError("Only a training set has right answers.", code="training")
    validate_value(target, value)
    if not why.strip():
        raise ValidationError("Say why: coders learn from the reason.", code="why")
    gold = GoldAnswer.objects.filter(task=task, quote=quote, target=target).first()
    gold = gold or GoldAnswer(task=task, quote=quote, target=target)
    if gold.pk and (gold.value, gold.why) == (value, why):
        return gold
    gold.value, gold.why = value, why
    return save_as(gold, by=by, why="Right answer of a training set")


def answer(*, assignment: CodingAssignment, values: Mapping[int, str]) -> list[TrainingAnswer]:
    """Record a coder's answers by target; what was answered stays, for the right one was shown.

    When every target is answered the quote is finished. Raises ValidationError for a value of
    the wrong kind, or a target answered before with another value.
    """
    with transaction.atomic():
        Quote.objects.select_for_update().get(pk=assignment.quote_id)
        known = {one.target_id: one for one in assignment.answers.all()}
        targets = list(assignment.task.targets.all())
        made = []
        for target in targets:
            value = values.get(target.pk, "")
            if not value:
                continue
            validate_value(target, value)
            if target.pk in known:
                if known[target.pk].value != value:
                    raise ValidationError(
                        f"“{target}” is answered, and you have seen the right answer.",
                        code="answered",
                    )
                continue
            made.append(
                TrainingAnswer.objects.create(
                    assignment=assignment,
                    target=target,
                    value=value,
                    codebook_version=target.version,
                )
            )
        if len(known) + len(made) == len(targets) and not assignment.finished_at:
            assignment.finished_at = timezone.now()
            assignment.save(update_fields=["finished_at"])
    return made


def scores(*, task: CodingTask, coder: int, targets: Iterable[Target]) -> list[Score]:
    """Return a coder's score on each target of a training set."""
    gold = {
        (quote, target): value
        for quote, target, value in task.gold.values_list("quote", "target", "value")
    }
    given = TrainingAnswer.objects.filter(assignment__task=task, assignment__coder=coder)
    rows = [
        (target, gold[quote, target] == value)
        for quote, target, value in given.values_list("assignment__quote", "target", "value")
        if (quote, target) in gold
    ]
    return [
        Score(
            target,
            sum(is_right for key, is_right in rows if key == target.pk),
            sum(key == target.pk for key, _ in rows),
        )
        for target in targets
    ]
