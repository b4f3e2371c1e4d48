"""The editors' site: the stock admin under our name."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
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

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return what the user may see by kind of work; one app's own page keeps the app."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else in_sections(apps)


def in_sections(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the models of these apps in the sections that the settings name, the others after."""
    models = {
        f"{app['app_label']}.{model['object_name'].lower()}": model
        for app in apps
        for model in app["models"]
    }
    found = []
    for number, (title, names) in enumerate(settings.EDITING_SECTIONS, 1):
        here = [models.pop(name) for name in names if name in models]
        if here:
            address = here[0]["admin_url"]
            found.append(
                {
                    "name": title,
                    "app_label": f"section-{number}",
                    "app_url": address,
                    "has_module_perms": True,
                    "models": here,
                }
            )
    for app in apps:
        rest = [model for model in app["models"] if model in models.values()]
        if rest:
            found.append({**app, "models": rest})
    return found


def _name(found: URLPattern | URLResolver) -> str | None:
    return getattr(found, "name", None)
