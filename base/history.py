"""Who changed what, when and why: the history that every editable model keeps.

django-simple-history writes the rows; this adds the actor's name as text, so that the trail
outlives accounts, and one way for steps to say who and why.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

M = TypeVar("M", bound="Recorded")


class Recorded(models.Model):
    """A row with a history; what a step tells its history before saving it."""

    skip_history_when_saving: bool
    _history_user: User | None
    _history_type: str
    _change_reason: str

    class Meta:
        abstract = True


class NamedActor(models.Model):
    """Columns added to every history row."""

    actor_name = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        abstract = True


def history(**options: Any) -> HistoricalRecords:
    """Return the history declaration used by every editable model."""
    return HistoricalRecords(bases=[NamedActor], **options)


# The library offers no other hook for a column of its own rows.
@receiver(pre_create_historical_record)
def name_the_actor(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
    user = history_instance.history_user
    history_instance.actor_name = user.get_username() if user else "system"
    # A step that writes a new row in several parts says that together they are its creation.
    history_instance.history_type = getattr(
        instance, "_history_type", history_instance.history_type
    )


def save_as(row: M, *, by: User | None, why: str, update_fields: Iterable[str] | None = None) -> M:
    """Save a row so that its history names the actor and the reason; return the row."""
    row._history_user = by
    row._change_reason = why
    row.save(update_fields=list(update_fields) if update_fields is not None else None)
    return row


def save_history(rows: Sequence[M], *, by: User | None, why: str) -> None:
    """Write the first history row of each of these new rows of one model, made in bulk."""
    if rows:
        trail = type(rows[0]).history  # type: ignore[attr-defined]
        trail.bulk_history_create(
            rows,
            default_user=by,
            default_change_reason=why,
            custom_historical_attrs={"actor_name": by.get_username() if by else "system"},
        )
