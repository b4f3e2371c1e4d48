from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from base import triggers


class QuotesConfig(AppConfig):
    name = "quotes"
    verbose_name = "Quotes"

    def ready(self) -> None:
        # Both are sent once per app; this app's turn is enough for all triggers.
        pre_migrate.connect(remove_triggers, sender=self)
        post_migrate.connect(install_triggers, sender=self)


def remove_triggers(using: str, **kwargs: Any) -> None:
    """Take the triggers away: SQLite can't rename a table that a trigger elsewhere names."""
    from quotes.triggers import all_triggers  # models are loaded by now

    triggers.remove(connections[using], all_triggers(connections[using].vendor))


def install_triggers(using: str, **kwargs: Any) -> None:
    """Create the triggers anew."""
    from quotes.triggers import all_triggers  # models are loaded by now

    triggers.install(connections[using], all_triggers(connections[using].vendor))
