"""What was said: quotes, their spans in the article, and one thing said once."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from base.addresses import address
from base.dates import EDTFField, bounds
from base.history import history
from base.ids import new_public_id
from base.revisions import Revisioned
from people.models import Organization, Person
from quotes.choices import Basis, Channel, DateBasis, Kind, RejectReason, Status
from quotes.models.article import Article
from quotes.querysets import QuoteQuerySet, UtteranceQuerySet


class Utterance(Revisioned):
    """One thing said once, reported by several articles."""

    public_id = models.CharField(max_length=8, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=200, help_text="What it is called in lists.")
    note = models.TextField(blank=True, help_text="Occasion, and why these reports are one.")
    import_key = models.CharField(
        max_length=200, blank=True, default="", editable=False, help_text="Its key in an import."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = UtteranceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="utterance_title_not_empty"),
            models.UniqueConstraint(
                fields=["import_key"], condition=~Q(import_key=""), name="utterance_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Quote(Revisioned):
    """Words that an article reports someone to have said or written.

    Only `quotes.review` writes `status`; only the database writes `text`, from the spans.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="quotes")
    public_id = models.CharField(max_length=8, unique=True, null=True, blank=True, editable=False)
    text = models.TextField(editable=False, default="")
    prefix = models.TextField(editable=False, blank=True, default="")
    suffix = models.TextField(editable=False, blank=True, default="")
    without_context = models.BooleanField(
        default=False,
        editable=False,
        help_text="Readers see the words alone: the article's share of context is used up.",
    )
    start = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)

    speaker = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        help_text="Who says it, as we resolved it.",
    )
    on_behalf_of = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        help_text="The body that speaks, or that an unnamed spokesperson speaks for.",
    )
    speaker_text = models.CharField(
        max_length=300, blank=True, help_text="The words that the article uses for the speaker."
    )
    speaker_role = models.CharField(
        max_length=200, blank=True, help_text="The speaker's role then, in the document's words."
    )
    cue = models.CharField(
        max_length=100, blank=True, help_text="The reporting words: said, told, according to."
    )
    basis = models.CharField(max_length=10, choices=Basis, blank=True, default="")
    note = models.TextField(blank=True, help_text="What a reader must know of the occasion.")
    said = EDTFField(help_text="When it was said, if that is known: 2009-03-05, 2009-03.")
    said_basis = models.CharField(max_length=10, choices=DateBasis, blank=True, default="")
    said_note = models.CharField(
        max_length=500, blank=True, help_text="When the date is inferred: from what."
    )
    channel = models.CharField(max_length=20, choices=Channel, blank=True, default="")
    utterance = models.ForeignKey(
        Utterance, on_delete=models.SET_NULL, null=True, blank=True, related_name="quotes"
    )

    method = models.CharField(
        max_length=60, default="editor", editable=False, help_text="An editor, a rule or a model."
    )
    confidence = models.FloatField(null=True, blank=True, editable=False)
    status = models.CharField(
        max_length=10, choices=Status, default=Status.CANDIDATE, editable=False
    )
    rejected_as = models.CharField(
        max_length=20, choices=RejectReason, blank=True, default="", editable=False
    )
    import_key = models.CharField(
        max_length=200, blank=True, default="", editable=False, help_text="Its key in an import."
    )
    unlisted = models.BooleanField(
        default=False,
        help_text="Search engines are asked to leave the page out. Weaker than a withdrawal: "
        "readers see the quote as before.",
    )

    created_at = models.DateTimeField(auto_now_add=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reviewed_quotes",
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    # When it was said, else when it was published: what lists sort and filter by.
    date_earliest = models.DateField(null=True, editable=False)
    date_latest = models.DateField(null=True, editable=False)

    history = history()
    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="quote_status"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="quote_kind"),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "withdrawn", "merged"])
                | (
                    Q(public_id__isnull=False)
                    & Q(reviewer__isnull=False)
                    & Q(reviewed_at__isnull=False)
                    & Q(published_at__isnull=False)
                    & ~Q(speaker_text="")
                ),
                name="quote_published_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True)
                | (Q(confidence__gte=0) & Q(confidence__lte=1)),
                name="quote_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(said="", said_basis="")
                | (~Q(said="") & Q(said_basis="printed"))
                | (~Q(said="") & Q(said_basis="inferred") & ~Q(said_note="")),
                name="quote_said_has_basis",
                violation_error_message="Say whether the date is printed, or inferred and from "
                "what; leave both empty when it is not known.",
            ),
            models.CheckConstraint(
                condition=Q(rejected_as="")
                | Q(status="rejected", rejected_as__in=RejectReason.values),
                name="quote_rejected_as",
            ),
            models.UniqueConstraint(
                fields=["article", "import_key"],
                condition=~Q(import_key=""),
                name="quote_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-date_earliest", "-id"], name="quote_newest"),
            models.Index(fields=["status", "speaker"], name="quote_by_speaker"),
            models.Index(fields=["status", "speaker_role"], name="quote_by_role"),
            # Few quotes have one: of a speaker of many only these are gone through.
            models.Index(
                fields=["status", "speaker", "utterance"],
                name="quote_retold",
                condition=Q(utterance__isnull=False),
            ),
            models.Index(fields=["status", "-published_at", "-id"], name="quote_recently_added"),
        ]

    def __str__(self) -> str:
        words = self.text if len(self.text) <= 80 else f"{self.text[:79]}…"
        return f"“{words}”"

    def clean(self) -> None:
        self._fill_dates()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_dates()
        super().save(*args, **kwargs)

    def _fill_dates(self) -> None:
        try:
            found = bounds(self.said or self.article.published)
        except ValueError as error:
            raise ValidationError({"said": str(error)}) from error
        self.date_earliest, self.date_latest = found.earliest, found.latest

    def get_absolute_url(self) -> str:
        """Return the permanent address; an unpublished quote has none and raises ValueError."""
        if not self.public_id:
            raise ValueError("A quote has an address only once it is published.")
        return address("quote", self.public_id)

    @property
    def shown_context(self) -> tuple[str, str]:
        """What readers see before and after the words.

        Nothing with a protected speaker, whose name an article prints there, and nothing where the
        article's share of context is used up.
        """
        hidden = self.without_context or (self.speaker is not None and self.speaker.protected)
        return ("", "") if hidden else (self.prefix, self.suffix)

    @property
    def date(self) -> str:
        """The EDTF text that lists show: when it was said, else when it was published."""
        return self.said or self.article.published


class QuoteSpan(models.Model):
    """One unbroken stretch of a quote: code points `start` to `end` of the article's body."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="spans")
    ordinal = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    joiner = models.CharField(
        max_length=5,
        blank=True,
        default="",
        help_text="What stands before these words in the quote's text: nothing for the first, "
        "“ […] ” where the reporter interrupts, a line break where only a paragraph does.",
    )

    class Meta:
        verbose_name = "span"
        ordering = ["quote", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "ordinal"], name="span_ordinal_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="span_not_empty"),
            models.CheckConstraint(
                condition=Q(ordinal=0, joiner="")
                | (Q(ordinal__gt=0) & Q(joiner__in=[" […] ", "\n"])),
                name="span_joiner",
            ),
        ]

    def __str__(self) -> str:
        return self.words
