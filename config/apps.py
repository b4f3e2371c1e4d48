from django.apps import AppConfig
from django.core.checks import Tags, register

from base.limits import limit_statements
from config import checks
from config.logs import watch_queries


class SiteConfig(AppConfig):
    """The site's own settings as an app, so that their checks run with every command."""

    name = "config"
    verbose_name = "Settings"

    def ready(self) -> None:
        watch_queries()
        limit_statements()
        register(checks.production, Tags.security)
        register(checks.sqlite_is_sound, Tags.database, deploy=True)
