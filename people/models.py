"""WHO: people, their names, the bodies that they speak for. Terms are Popolo's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from base.addresses import address
from base.dates import EDTFField, bounds
from base.history import history
from base.ids import new_public_id
from base.revisions import Revisioned
from base.undoing import Undoable
from people.names import has_hidden_characters, slug_words, sort_name
from people.querysets import OrganizationQuerySet, PersonQuerySet

LONGEST_NAME = 300


def validate_name(name: str) -> None:
    """Refuse a name with characters that a reader can't see."""
    if has_hidden_characters(name):
        raise ValidationError(
            "A name can't hold control, zero-width or direction-turning characters.",
            code="hidden_characters",
        )


def free_slug(model: type[models.Model], name: str) -> str:
    """Return an address for a name that no row of the model has yet."""
    wanted = slug_words(name)
    slug, number = wanted, 2
    while _is_taken(model, slug):
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _is_taken(model: type[models.Model], slug: str) -> bool:
    """Say whether a row has the address, or a person once had it."""
    if model._base_manager.filter(slug=slug).exists():
        return True
    return model is Person and PersonRedirect.objects.filter(slug=slug).exists()


class Person(Revisioned):
    """Someone who speaks in the record."""

    public_id = models.CharField(max_length=8, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=LONGEST_NAME, validators=[validate_name])
    sort_name = models.CharField(
        # Turning a name round adds a comma or two.
        max_length=LONGEST_NAME + 10,
        blank=True,
        help_text="Family name first, as in “Balls, Ed”. Filled in from the name when left empty.",
    )
    slug = models.SlugField(
        max_length=80,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The address of the person's page. Filled in from the name when left empty.",
    )
    summary = models.TextField(
        blank=True, help_text="One or two sentences that tell this person from others."
    )
    identifiers = models.JSONField(
        default=dict,
        blank=True,
        help_text='Ids elsewhere, as {"wikidata": "Q1"}.',
    )
    protected = models.BooleanField(
        default=False,
        help_text="A child, a victim or a private third party: the public sees the role, "
        "never the name.",
    )
    public_role = models.CharField(
        max_length=200,
        blank=True,
        help_text="What the public sees in place of a protected person's name: “a relative”.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="person_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="person_name_not_empty"),
            models.CheckConstraint(
                condition=Q(protected=False) | ~Q(public_role=""),
                name="person_protected_has_role",
                violation_error_message="A protected person needs the role that the public sees.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.sort_name = self.sort_name or sort_name(self.name)
            self.slug = self.slug or free_slug(Person, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("person", self.slug)

    @property
    def public_name(self) -> str:
        """The name that a reader may see."""
        return self.public_role if self.protected else self.name


class PersonName(Revisioned):
    """Another name of a person, perhaps only for a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=LONGEST_NAME, validators=[validate_name])
    valid_from = EDTFField(help_text="First day of use, if known: 2008, 2008-11 or 2008-11-12.")
    valid_until = EDTFField(help_text="Last day of use, if known.")

    history = history()

    class Meta:
        verbose_name = "other name"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="person_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="person_other_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Organization(Revisioned):
    """A body that people belong to or speak for."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True, validators=[validate_name])
    slug = models.SlugField(
        max_length=80,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The address of its page. Filled in from the name when left empty.",
    )
    classification = models.CharField(
        max_length=100, blank=True, help_text="What kind of body: council, ministry, union, court."
    )
    other_names = models.JSONField(
        default=list, blank=True, help_text='Names that documents use besides, as ["BASW"].'
    )
    summary = models.TextField(blank=True)
    identifiers = models.JSONField(
        default=dict, blank=True, help_text='Ids elsewhere, as {"wikidata": "Q1"}.'
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="organization_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="organization_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.slug = self.slug or free_slug(Organization, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("organization", self.slug)


class Membership(Revisioned):
    """What someone was, where, and from when until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="organisation",
    )
    role = models.CharField(
        max_length=200, help_text="The role in the document's words: “children’s secretary”."
    )
    start = EDTFField(help_text="First day, as far as a document says: 2008, 2008-11, 2008-11-12.")
    end = EDTFField(help_text="Last day, as far as a document says.")
    start_earliest = models.DateField(null=True, editable=False)
    end_latest = models.DateField(null=True, editable=False)
    source_note = models.CharField(
        max_length=300, blank=True, help_text="Which document says so, and in what words."
    )

    history = history()

    class Meta:
        verbose_name = "role"
        ordering = ["start_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "role", "start"], name="membership_once"
            ),
            # A unique constraint takes two rows without an organisation for different ones.
            models.UniqueConstraint(
                fields=["person", "role", "start"],
                condition=Q(organization__isnull=True),
                name="membership_without_body_once",
            ),
            models.CheckConstraint(condition=~Q(role=""), name="membership_role_not_empty"),
            models.CheckConstraint(
                condition=Q(start_earliest__isnull=True)
                | Q(end_latest__isnull=True)
                | Q(start_earliest__lte=F("end_latest")),
                name="membership_dates_in_order",
                violation_error_message="The role ends before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organization}" if self.organization else self.role

    def clean(self) -> None:
        self._fill_bounds()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_bounds()
        super().save(*args, **kwargs)

    def _fill_bounds(self) -> None:
        try:
            self.start_earliest = bounds(self.start).earliest
            self.end_latest = bounds(self.end).latest
        except ValueError as error:
            raise ValidationError(str(error), code="edtf") from error


class PersonRedirect(models.Model):
    """An address that once was a person's, and whose page answers there now."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="redirects")
    reason = models.CharField(max_length=300, help_text="Why the address moved.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "redirect"
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="redirect_slug_not_empty"),
            models.CheckConstraint(condition=~Q(reason=""), name="redirect_reason_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.person}"


class PersonMerge(Undoable):
    """Two people who were one: what the rows held before, so that the merge can be undone."""

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    slug = models.SlugField(max_length=80, allow_unicode=True, help_text="The younger's address.")
    before = models.JSONField(help_text="Both rows and their parts as they stood.")
    moved = models.JSONField(help_text="Rows that went over to the survivor, by relation.")

    class Meta(Undoable.Meta):
        verbose_name = "merge of people"
        verbose_name_plural = "merges of people"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.slug} → {self.survivor}"
