"""Optimistic locking: a save made from an old copy is refused, never silently written over.

The check is one conditional UPDATE (`WHERE revision = ...`), the only way that holds on both
databases: SQLite ignores `select_for_update` and PostgreSQL lets read-then-write lose updates.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import F

from base.history import Recorded


class StaleRevisionError(Exception):
    """Someone else saved the row since this copy was read; `current` is the row as it is now."""

    def __init__(self, current: "Revisioned") -> None:
        self.current = current
        super().__init__(
            f"{current._meta.verbose_name} {current.pk} was changed by someone else meanwhile "
            f"(now revision {current.revision})."
        )


class Revisioned(Recorded):
    """A row that counts its saves and refuses one made from an old copy."""

    revision = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts the saves, so that a stale one is refused."
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; raises StaleRevisionError when it was saved since this copy was read."""
        if self._state.adding or kwargs.get("force_insert"):
            super().save(*args, **kwargs)
            return
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "revision"}
        with transaction.atomic():
            self._take_next_revision()
            try:
                super().save(*args, **kwargs)
            except BaseException:
                self.revision -= 1
                raise

    def _take_next_revision(self) -> None:
        rows = type(self)._base_manager.filter(pk=self.pk)
        if not rows.filter(revision=self.revision).update(revision=F("revision") + 1):
            raise StaleRevisionError(rows.get())
        self.revision += 1
