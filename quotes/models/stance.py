"""What position a quote takes: targets, who coded what, and what the public sees."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from base.addresses import address
from base.history import history
from base.revisions import Revisioned
from people.models import validate_name
from quotes.choices import (
    VALUES_BY_KIND,
    CoderKind,
    Confidence,
    ErrorType,
    StanceBasis,
    StanceValue,
    TargetKind,
)
from quotes.models.quote import Quote
from quotes.querysets import CodingQuerySet, StanceQuerySet, TargetQuerySet


class Target(Revisioned):
    """What a stance is about, with its entry in the codebook (MacQueen et al. 1998)."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    label = models.CharField(max_length=200, validators=[validate_name])
    kind = models.CharField(
        max_length=10, choices=TargetKind, help_text="Decides which values a coding may have."
    )
    proposition = models.TextField(
        blank=True, help_text="For a claim: the sentence that is asserted or denied."
    )
    brief_definition = models.CharField(max_length=300, blank=True)
    full_definition = models.TextField(blank=True)
    when_to_use = models.TextField(blank=True)
    when_not_to_use = models.TextField(blank=True)
    value_definitions = models.JSONField(
        default=dict, blank=True, help_text='What each value means here, as {"supports": "..."}.'
    )
    example = models.TextField(
        blank=True, help_text="A real quote's words, and why it is coded so."
    )
    example_quote = models.ForeignKey(
        Quote, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counter_example = models.TextField(
        blank=True, help_text="A real quote's words that look like a case and are none, and why."
    )
    counter_example_quote = models.ForeignKey(
        Quote, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Of the codebook entry; stamped on each coding."
    )
    meaning_version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="The version that last changed what the entry means; codings before it are old.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The target that its codings went to; its address leads there.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="target_slug_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=TargetKind.values), name="target_kind"),
            models.CheckConstraint(
                condition=~Q(kind="claim") | ~Q(proposition=""),
                name="target_claim_has_proposition",
                violation_error_message="A claim needs the proposition that it is about.",
            ),
            models.CheckConstraint(
                condition=Q(meaning_version__gte=1, meaning_version__lte=F("version")),
                name="target_meaning_is_of_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="target_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return address("target", self.slug)

    @property
    def values(self) -> tuple[StanceValue, ...]:
        """The values that a coding of this target may have."""
        return VALUES_BY_KIND[self.kind]


def validate_value(target: Target, value: str) -> None:
    """Refuse a stance value that does not belong to the target's kind."""
    if value not in target.values:
        allowed = ", ".join(target.values)
        raise ValidationError(
            f"“{value}” is not a value for “{target.label}” ({target.kind}): choose {allowed}.",
            code="wrong_kind",
        )


class Coder(models.Model):
    """Who codes: a person, with or without an account here, or a machine."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150, validators=[validate_name])
    kind = models.CharField(max_length=10, choices=CoderKind, default=CoderKind.PERSON)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coder",
    )
    note = models.TextField(blank=True, help_text="Training and background, as published.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="coder_slug_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=CoderKind.values), name="coder_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class StanceCoding(Revisioned):
    """What one coder makes of one quote for one target. “Not coded” is the absence of a row."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="codings")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="codings")
    coder = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="codings")
    value = models.CharField(max_length=12, choices=StanceValue)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True, default="")
    evidence = models.JSONField(
        default=list,
        blank=True,
        help_text="[start, end] ranges of the article's body, in the quote or its context.",
    )
    memo = models.TextField(blank=True, help_text="Why; for the other coders and the adjudicator.")
    codebook_version = models.PositiveIntegerField(default=1, editable=False)
    entry = models.ForeignKey(
        Target,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The target by whose entry it was coded, where it has moved since.",
    )
    moved_at_version = models.PositiveIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="The version of the present target's entry when it moved there.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = history()
    objects = CodingQuerySet.as_manager()

    class Meta:
        verbose_name = "coding"
        ordering = ["quote", "target", "coder"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "target", "coder"], name="coding_once"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, moved_at_version__isnull=True)
                | Q(entry__isnull=False, moved_at_version__isnull=False),
                name="coding_moved_says_from_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_value_display().lower()} ({self.coder})"

    def clean(self) -> None:
        if self.target_id:
            validate_value(self.target, self.value)


class Stance(Revisioned):
    """What the public sees and filters on: one value for a quote and a target."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="stances")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="stances")
    value = models.CharField(max_length=12, choices=StanceValue)
    basis = models.CharField(max_length=12, choices=StanceBasis, default=StanceBasis.SINGLE)
    rationale = models.TextField(blank=True, help_text="Why; readers see it with the stance.")
    error_type = models.CharField(
        max_length=20,
        choices=ErrorType,
        blank=True,
        default="",
        editable=False,
        help_text="Why the coders differed, where an adjudicator settled it.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    decided_at = models.DateTimeField(editable=False)
    codebook_version = models.PositiveIntegerField(default=1, editable=False)

    history = history()
    objects = StanceQuerySet.as_manager()

    class Meta:
        ordering = ["quote", "target"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "target"], name="stance_once"),
            models.CheckConstraint(condition=Q(basis__in=StanceBasis.values), name="stance_basis"),
            models.CheckConstraint(
                condition=~Q(basis="adjudicated") | ~Q(rationale=""),
                name="stance_adjudicated_has_reason",
                violation_error_message="An adjudicated stance needs its reason.",
            ),
            models.CheckConstraint(
                condition=Q(error_type="")
                | Q(basis="adjudicated", error_type__in=ErrorType.values),
                name="stance_error_type_of_adjudicated",
            ),
        ]
        indexes = [models.Index(fields=["target", "value"], name="stance_by_value")]

    def __str__(self) -> str:
        return f"{self.get_value_display()}: {self.target}"

    def clean(self) -> None:
        if self.target_id:
            validate_value(self.target, self.value)
