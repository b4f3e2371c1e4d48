"""What others have to say of a published quote: its speaker, its outlet, its readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from base.history import history
from base.revisions import Revisioned
from base.undoing import Undoable
from quotes.choices import NoticeKind, ReportKind, ReportState
from quotes.models.article import web_address
from quotes.models.quote import Quote


class Notice(Undoable):
    """A dated reply by the speaker, or a correction by the outlet; shown wherever the quote is."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    text = models.TextField(help_text="The reply or correction in its author's words.")
    dated = models.DateField(help_text="The day on which it was given.")
    url = models.URLField(max_length=1000, blank=True, help_text="Where it can be read.")

    class Meta(Undoable.Meta):
        verbose_name = "reply or correction"
        verbose_name_plural = "replies and corrections"
        ordering = ["dated", "pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind"),
            models.CheckConstraint(condition=~Q(text=""), name="notice_text_not_empty"),
            models.CheckConstraint(condition=web_address("url"), name="notice_url_is_http"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dated}"


class Report(Revisioned):
    """A reader's wish for a correction, a reply or a removal. Never public."""

    reference = models.CharField(
        max_length=10, unique=True, editable=False, help_text="What the reader was told to quote."
    )
    kind = models.CharField(max_length=10, choices=ReportKind)
    page = models.CharField(
        max_length=300, blank=True, help_text="The address that it is about, as the reader gave it."
    )
    quote = models.ForeignKey(
        Quote, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    text = models.TextField()
    contact = models.CharField(
        max_length=200, blank=True, help_text="Where an answer goes, if the reader wants one."
    )
    # A keyed hash that changes each day: enough to slow a sender down, too little to find one.
    sender = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    answer = models.TextField(blank=True, help_text="What was done, or why nothing was.")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    # History is never deleted, but a reader's address and words may have to be.
    history = history(excluded_fields=["contact", "text", "page", "sender"])

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state"),
            models.CheckConstraint(condition=~Q(text=""), name="report_text_not_empty"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="report_decided_with_answer",
                violation_error_message="Say what was done, or why nothing was.",
            ),
        ]
        indexes = [models.Index(fields=["sender", "created_at"], name="report_by_sender")]

    def __str__(self) -> str:
        return self.reference
