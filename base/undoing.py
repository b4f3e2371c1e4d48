"""Decisions that can be undone but never forgotten: merges, splits, replies."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.triggers import Refusal

UNDOING = ("undone_at", "undone_by_id", "undone_why")


class Undoable(models.Model):
    """A decision with who, when and why; undone the same way, never deleted."""

    why = models.CharField(max_length=500, help_text="Readers see it.")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    undone_why = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="%(class)s_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_why="")
                | (Q(undone_at__isnull=False) & Q(undone_by__isnull=False) & ~Q(undone_why="")),
                name="%(class)s_undone_with_reason",
            ),
        ]

    @property
    def in_force(self) -> bool:
        return self.undone_at is None


def undo(row: Undoable, *, by: User, why: str) -> None:
    """Write who undid a decision, when and why; raises ValidationError without a reason."""
    if not why.strip():
        raise ValidationError("Say why: the reason stands in the record's history.", code="reason")
    row.undone_at, row.undone_by, row.undone_why = timezone.now(), by, why
    row.save(update_fields=["undone_at", "undone_by", "undone_why"])


def decision_stays(table: str, *columns: str) -> tuple[Refusal, ...]:
    """Return the rules of a table of decisions: these columns stay, as does an undoing."""
    changed = [f'NEW."{column}" <> OLD."{column}"' for column in columns]
    changed += ["(OLD.undone_at IS NOT NULL AND NEW.undone_at IS NULL)"]
    return (
        Refusal(
            name=f"{table}_stays_update",
            table=table,
            event="UPDATE",
            condition=f"({' OR '.join(changed)})",
            message="a decision is undone, never changed",
        ),
        Refusal(
            name=f"{table}_stays_delete",
            table=table,
            event="DELETE",
            condition="(1 = 1)",
            message="a decision is undone, never deleted",
        ),
    )
