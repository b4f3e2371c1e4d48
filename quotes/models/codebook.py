"""What became of targets, how claims are related, and what a machine makes of quotes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from base.undoing import Undoable
from quotes.choices import RelationKind, StanceValue, TargetMoveKind
from quotes.models.quote import Quote
from quotes.models.stance import Coder, Target


class TargetMove(Undoable):
    """Codings that went from one target to another: a merge, or a split."""

    kind = models.CharField(max_length=10, choices=TargetMoveKind)
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="moves_out", help_text="Where they came from"
    )
    into = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="moves_in", help_text="Where they went"
    )
    moved = models.JSONField(
        default=list, editable=False, help_text="The keys of the codings that went."
    )
    stances_before = models.JSONField(
        default=list, editable=False, help_text="The public stances of both, as they stood."
    )
    stances_after = models.JSONField(default=list, editable=False)

    class Meta(Undoable.Meta):
        verbose_name = "move of codings"
        verbose_name_plural = "moves of codings"
        ordering = ["-made_at", "-pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=TargetMoveKind.values), name="targetmove_kind"
            ),
            models.CheckConstraint(
                condition=~Q(target=F("into")), name="targetmove_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} → {self.into}"


class TargetRelation(Undoable):
    """How two claims are related, so that a stance on one says something of the other."""

    claim = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=12, choices=RelationKind)
    other = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="related_by")

    class Meta(Undoable.Meta):
        verbose_name = "relation of claims"
        verbose_name_plural = "relations of claims"
        ordering = ["claim", "other", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="targetrelation_kind"
            ),
            models.CheckConstraint(
                condition=~Q(claim=F("other")), name="targetrelation_is_to_another"
            ),
            models.UniqueConstraint(
                fields=["claim", "other"],
                condition=Q(undone_at__isnull=True),
                name="targetrelation_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_kind_display().lower()} {self.other}"


class CodingImport(models.Model):
    """A file of codings that was looked at, and perhaps taken in: who, when, which."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField(
        null=True, editable=False, help_text="Kept until it is decided, then only its hash."
    )
    read_as = models.JSONField(default=dict, editable=False, help_text="How it is read.")
    counts = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "import of codings"
        verbose_name_plural = "imports of codings"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Training(models.Model):
    """What a machine coder learned of one target, and how well it does against people."""

    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="trainings")
    target = models.OneToOneField(Target, on_delete=models.CASCADE, related_name="training")
    trained_at = models.DateTimeField()
    n_codings = models.PositiveIntegerField(help_text="Quotes that it learned from.")
    figures = models.JSONField(
        default=dict, help_text="Cross-validation against people, beside the majority baseline."
    )
    words = models.JSONField(default=dict, help_text="By value, the words that speak most for it.")

    def __str__(self) -> str:
        return f"{self.coder}: {self.target}"


class StanceSuggestion(models.Model):
    """What a machine coder makes of a quote: derived anew at each training, never published."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="stance_suggestions")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="suggestions")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="suggestions")
    value = models.CharField(max_length=12, choices=StanceValue)
    probability = models.FloatField(help_text="Calibrated: of those at 0.8, four in five are right")
    reasons = models.JSONField(default=list, help_text="The words that speak for the value.")
    held_out = models.BooleanField(
        help_text="People coded this quote; the model that said this never saw it."
    )

    class Meta:
        verbose_name = "suggested stance"
        ordering = ["target", "probability", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "target"], name="stancesuggestion_once"),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="stancesuggestion_probability",
            ),
        ]
        indexes = [
            models.Index(
                fields=["target", "held_out", "probability"], name="stancesuggestion_least_sure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_value_display().lower()} ({self.probability:.0%})"
