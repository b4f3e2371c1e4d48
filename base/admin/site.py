"""The editors' site: the stock admin under our name."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver


class EditorsSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = "Editing"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each deletion has a page of its own, which asks for the reason.
        self.disable_action("delete_selected")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the stock addresses but `/r/`, which would redirect to pages that don't exist."""
        return [found for found in super().get_urls() if _name(found) != "view_on_site"]


def _name(found: URLPattern | URLResolver) -> str | None:
    return getattr(found, "name", None)
