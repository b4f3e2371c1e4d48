"""Rounds in the admin: their list, their pages, and the addresses of the screens."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from base.admin.records import HistoryAdmin, ReadOnlyAdmin
from quotes.admin.coding import gold, rounds, screen
from quotes.models import CodingTask


@admin.register(CodingTask)
class CodingTaskAdmin(HistoryAdmin, ReadOnlyAdmin):
    change_form_template = "admin/quotes/coding/task.html"
    change_list_template = "admin/quotes/coding/tasks.html"
    list_display = ("name", "is_training", "overlap", "created_by", "created_at", "closed_at")
    list_filter = ("is_training", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("created_by",)
    search_fields = ("name", "note")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("name", "note", "is_training")}),
        ("How it was dealt", {"fields": ("overlap", "coders_each", "seed")}),
        ("Record", {"fields": ("created_by", "created_at", "closed_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("quotes.add_codingtask"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A round is made from a list of quotes."""
        return rounds.make_page(request, model_admin=self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        task = self.get_object(request, object_id)
        may_close = request.user.has_perm("quotes.change_codingtask")
        shown = {"progress": rounds.progress(task), "may_close": may_close} if task else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def get_urls(self) -> Any:
        guard = self.admin_site.admin_view
        own = (
            ("mine/", rounds.mine_page, "mine"),
            ("make/", rounds.make_page, "make"),
            ("<int:pk>/code/", screen.code_page, "code"),
            ("<int:pk>/close/", rounds.close_page, "close"),
            ("<int:pk>/answers/", gold.gold_page, "gold"),
        )
        found = [
            path(route, guard(view), {"model_admin": self}, name=f"quotes_codingtask_{name}")
            for route, view, name in own
        ]
        return [*found, *super().get_urls()]
