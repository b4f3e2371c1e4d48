"""Who holds whom responsible for what: coded of a quote where its words plainly say so."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from base.history import history
from base.revisions import Revisioned
from people.models import Organization, Person, validate_name
from quotes.choices import ResponsibilityAct
from quotes.models.quote import Quote
from quotes.querysets import ResponsibilityQuerySet

ADDRESSEES = ("addressee_person", "addressee_organization", "addressee_text")
_PERSON = Q(addressee_person__isnull=False, addressee_organization__isnull=True, addressee_text="")
_BODY = Q(addressee_person__isnull=True, addressee_organization__isnull=False, addressee_text="")
_GROUP = Q(addressee_person__isnull=True, addressee_organization__isnull=True) & ~Q(
    addressee_text=""
)


class Responsibility(Revisioned):
    """One attribution of responsibility in a quote; the sender is the quote's own speaker."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="responsibilities")
    act = models.CharField(max_length=10, choices=ResponsibilityAct)
    addressee_person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_responsible",
        help_text="Who is held responsible: a person, or an organisation, or a group below.",
    )
    addressee_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_responsible",
    )
    addressee_text = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_name],
        help_text="A group in the words of the quote, where no person or body is meant.",
    )
    issue = models.CharField(
        max_length=200, help_text="For what; the same words for the same issue in every quote."
    )
    rationale = models.TextField(help_text="Which words say so, and how; readers see it.")
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "responsibility"
        verbose_name_plural = "responsibilities"
        ordering = ["quote", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=ResponsibilityAct.values), name="responsibility_act"
            ),
            models.CheckConstraint(condition=~Q(issue=""), name="responsibility_has_issue"),
            models.CheckConstraint(condition=~Q(rationale=""), name="responsibility_has_rationale"),
            models.CheckConstraint(
                condition=_PERSON | _BODY | _GROUP,
                name="responsibility_has_one_addressee",
                violation_error_message="Name one addressee: a person, an organisation or a group.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["quote", "act", "issue", name],
                    condition=condition,
                    name=f"responsibility_once_{name.removeprefix('addressee_')}",
                )
                for name, condition in zip(ADDRESSEES, (_PERSON, _BODY, _GROUP), strict=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.addressee}: {self.issue}"

    def clean(self) -> None:
        if sum(bool(getattr(self, name)) for name in ADDRESSEES) != 1:
            raise ValidationError(
                "Name one addressee: a person, an organisation or a group.", code="addressee"
            )

    @property
    def addressee(self) -> Person | Organization | str:
        return self.addressee_person or self.addressee_organization or self.addressee_text
