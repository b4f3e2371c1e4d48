"""What the review screen keeps beside the quotes: who takes which article, and what was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from base.history import history
from base.revisions import Revisioned
from quotes.models.article import Article


class Assignment(Revisioned):
    """The editor who takes an article; without a row anybody may."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="assignment")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    assigned_at = models.DateTimeField(auto_now_add=True)

    history = history()

    def __str__(self) -> str:
        return f"{self.article}: {self.editor}"


class ReviewAction(models.Model):
    """One press of a key or button on the review screen: what it changed, so that it can be undone.

    The fields of a quote before and after are in its history; only what has no history of its own
    stands here.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="review_actions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_actions"
    )
    label = models.CharField(max_length=200, help_text="What was done, in words.")
    changes = models.JSONField(
        help_text="For each quote: its revision and spans before (null when it is new) and after."
    )
    made = models.JSONField(
        default=list, help_text="Rows that were added for it, as [model, key]: a new person."
    )
    done_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["article", "by", "-id"],
                condition=Q(undone_at__isnull=True),
                name="review_action_last",
            )
        ]

    def __str__(self) -> str:
        return self.label
