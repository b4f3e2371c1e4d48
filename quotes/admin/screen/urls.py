"""The addresses of the screens, under those of articles in the admin."""

from typing import Any

from django.urls import URLPattern, path

from quotes.admin.screen import machine, queue, upload, view


def screen_urls(model_admin: Any) -> list[URLPattern]:
    guard = model_admin.admin_site.admin_view
    own = (
        ("<int:pk>/review/", view.review_page, "review"),
        ("names/", view.names, "names"),
        ("queue/", queue.queue_page, "queue"),
        ("queue/<int:pk>/assign/", queue.assign, "assign"),
        ("intake/", upload.upload_page, "intake"),
        ("machine/", machine.machine_page, "machine"),
    )
    return [
        path(route, guard(screen), {"model_admin": model_admin}, name=f"quotes_article_{name}")
        for route, screen, name in own
    ]
