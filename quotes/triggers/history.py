"""History is append-only: no row of it is changed or deleted."""

from django.apps import apps
from django.db import models

from base.history import NamedActor
from base.triggers import Refusal, Trigger

# The one change allowed: a deleted account leaves the row, which keeps the actor's name.
MAY_BE_EMPTIED = "history_user_id"


def history_triggers() -> list[Trigger]:
    """Return the rules for every history table of the project."""
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, NamedActor)
    ]
    return [trigger for model in tables for trigger in _append_only(model)]


def _append_only(model: type[models.Model]) -> list[Trigger]:
    table = model._meta.db_table
    columns = [f.column for f in model._meta.concrete_fields if f.column != MAY_BE_EMPTIED]
    return [
        Refusal(
            name=f"{table}_stays_{event.split()[0].lower()}",
            table=table,
            event=event,
            condition="(1 = 1)",
            message="history is never changed or deleted",
        )
        for event in ("UPDATE OF " + ", ".join(f'"{column}"' for column in columns), "DELETE")
    ]
