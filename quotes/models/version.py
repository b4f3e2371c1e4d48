"""What was published, as it stood; and what was taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quotes.choices import Exposure, WithdrawalReason
from quotes.models.quote import Quote


class QuoteVersion(models.Model):
    """The complete public record of a quote as it stood. Written once, never changed."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.TextField(help_text="Canonical JSON of the public record.")
    why = models.CharField(max_length=500)
    by_name = models.CharField(max_length=150, help_text="As text: it outlives the account.")
    created_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "version"
        ordering = ["quote", "number"]
        # When did anything last change, and what has since a moment.
        indexes = [models.Index(fields=["created_at"], name="version_by_moment")]
        constraints = [
            models.UniqueConstraint(fields=["quote", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_counts_from_one"),
            models.CheckConstraint(condition=~Q(why=""), name="version_has_a_reason"),
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | (Q(number__gt=1) & ~Q(previous_hash="")),
                name="version_is_chained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.public_id} v{self.number}"


class Withdrawal(models.Model):
    """A published quote taken back: why, what its page still shows, until when."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=20, choices=WithdrawalReason)
    public_note = models.TextField(blank=True, help_text="What readers are told besides.")
    exposes = models.CharField(max_length=10, choices=Exposure, default=Exposure.CITATION)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-withdrawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=WithdrawalReason.values), name="withdrawal_reason"
            ),
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(lifted_at__isnull=True),
                name="withdrawal_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=["personal-data", "court-order", "child-or-victim"])
                | Q(exposes="nothing"),
                name="withdrawal_sealed_shows_nothing",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_why="")
                | (Q(lifted_at__isnull=False) & Q(lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="withdrawal_lifted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.public_id}: {self.get_reason_display()}"
