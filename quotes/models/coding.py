"""Who codes what: rounds of coding, dealt to coders, blind to each other until compared."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from base.history import history
from base.revisions import Revisioned
from people.models import validate_name
from quotes.choices import StanceValue
from quotes.models.quote import Quote
from quotes.models.stance import Coder, Target

# One key of the coding screen for each target.
MOST_TARGETS = 9


class CodingTask(Revisioned):
    """A round: some quotes, some targets, and who codes which quotes in which order.

    Who codes what was drawn with `seed`, so that it can be drawn again and shown in a paper.
    """

    name = models.CharField(max_length=150, validators=[validate_name])
    note = models.TextField(blank=True, help_text="What coders should know; shown to them.")
    targets = models.ManyToManyField(
        Target,
        related_name="coding_tasks",
        help_text=f"At most {MOST_TARGETS}: each has a key of its own.",
    )
    is_training = models.BooleanField(
        "training set",
        default=False,
        help_text="Coders see the right answer after each of theirs. Nothing of it is counted.",
    )
    overlap = models.PositiveSmallIntegerField(
        default=100,
        validators=[MaxValueValidator(100)],
        help_text="Percent of the quotes that several code independently: the reliability sample.",
    )
    coders_each = models.PositiveSmallIntegerField(
        "coders for each of these",
        default=2,
        validators=[MinValueValidator(2)],
        help_text="How many code each quote of the reliability sample.",
    )
    seed = models.PositiveIntegerField(
        default=1, help_text="The same seed draws the same sample in the same order."
    )
    doubtful_first = models.BooleanField(
        default=False,
        help_text="Each coder's queue begins with what the machine coder is least sure of; "
        "else it is in random order.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = history()

    class Meta:
        verbose_name = "coding round"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="coding_task_name_not_empty"),
            models.CheckConstraint(condition=Q(overlap__lte=100), name="coding_task_overlap"),
            models.CheckConstraint(condition=Q(coders_each__gte=2), name="coding_task_coders_each"),
        ]

    def __str__(self) -> str:
        return self.name


class CodingAssignment(models.Model):
    """One quote that one coder codes in a round.

    While `released_at` is empty the coder's codings of the quote are blind: nobody else sees
    them and they decide nothing. All of a quote are released together, when its last coder has
    finished it.
    """

    task = models.ForeignKey(CodingTask, on_delete=models.PROTECT, related_name="assignments")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="coding_assignments")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="assignments")
    position = models.PositiveIntegerField(help_text="In this coder's own random order, from 1.")
    flagged = models.BooleanField(
        default=False, help_text="The coder wants to come back to it, or to have it talked about."
    )
    finished_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["task", "coder", "position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "coder", "position"], name="assignment_place"),
            models.UniqueConstraint(fields=["task", "quote", "coder"], name="assignment_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="assignment_position"),
        ]
        indexes = [
            models.Index(
                fields=["quote", "coder"],
                condition=Q(released_at__isnull=True),
                name="assignment_blind",
            ),
            models.Index(
                fields=["task", "coder", "position"],
                condition=Q(finished_at__isnull=True),
                name="assignment_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder}: {self.quote} ({self.task})"


class CodingAction(models.Model):
    """One press on the coding screen: what it changed, so that it can be undone.

    `before` and `after` hold the coder's codings it touched by target (null where there was
    none), and whether the quote was finished and flagged.
    """

    task = models.ForeignKey(CodingTask, on_delete=models.PROTECT, related_name="+")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(
        CodingAssignment, on_delete=models.PROTECT, related_name="actions"
    )
    label = models.CharField(max_length=300, help_text="What was done, in words.")
    before = models.JSONField()
    after = models.JSONField()
    done_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["task", "coder", "-id"],
                condition=Q(undone_at__isnull=True),
                name="coding_action_last",
            )
        ]

    def __str__(self) -> str:
        return self.label


class GoldAnswer(Revisioned):
    """The right value for a quote of a training set, and why, as an editor gives it."""

    task = models.ForeignKey(CodingTask, on_delete=models.PROTECT, related_name="gold")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=12, choices=StanceValue)
    why = models.TextField(blank=True, help_text="Coders see it after their answer.")

    history = history()

    class Meta:
        ordering = ["task", "quote", "target"]
        constraints = [
            models.UniqueConstraint(fields=["task", "quote", "target"], name="gold_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_value_display().lower()}"


class TrainingAnswer(models.Model):
    """What a coder answered in a training set. It is no coding: it is scored and never counted."""

    assignment = models.ForeignKey(
        CodingAssignment, on_delete=models.PROTECT, related_name="answers"
    )
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=12, choices=StanceValue)
    codebook_version = models.PositiveIntegerField(default=1)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["assignment", "target"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "target"], name="training_answer_once"),
            models.CheckConstraint(
                condition=Q(codebook_version__gte=1), name="training_answer_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_value_display().lower()}"
