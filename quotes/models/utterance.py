"""Pairs of quotes that may report the same words, until an editor decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from base.history import history
from base.revisions import Revisioned
from quotes.choices import UtteranceState
from quotes.models.quote import Quote


class UtteranceSuggestion(Revisioned):
    """Two quotes of different articles that share rare words. Never public."""

    earlier = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="+")
    later = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(help_text="How sure, from 0 to 1.")
    reasons = models.JSONField(default=dict, help_text="What they share.")
    state = models.CharField(
        max_length=10, choices=UtteranceState, default=UtteranceState.OPEN, editable=False
    )
    why = models.CharField(max_length=500, blank=True, default="", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    history = history()

    class Meta:
        verbose_name = "suggested utterance"
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="utterance_suggested_once"),
            models.CheckConstraint(
                condition=Q(earlier__lt=F("later")), name="utterance_suggestion_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="utterance_suggestion_score"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True, why="")
                | (
                    Q(state__in=["confirmed", "rejected"])
                    & Q(decided_at__isnull=False)
                    & Q(decided_by__isnull=False)
                    & ~Q(why="")
                ),
                name="utterance_suggestion_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} and {self.later}"
