"""Imports of codings, and the pages that lead there."""

from typing import Any

from django.contrib import admin
from django.urls import path

from base.admin.records import ReadOnlyAdmin
from quotes.admin import exchange_pages
from quotes.models import CodingImport


@admin.register(CodingImport)
class CodingImportAdmin(ReadOnlyAdmin):
    """Which file was taken in, by whom and when; the file itself is not kept."""

    change_list_template = "admin/quotes/codings/change_list.html"
    list_display = ("name", "uploaded_by", "uploaded_at", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "=sha256")
    date_hierarchy = "uploaded_at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("name", "sha256", "uploaded_by", "uploaded_at", "done_at")}),
        ("What it brought", {"fields": ("counts", "read_as")}),
    )

    def get_urls(self) -> Any:
        guard = self.admin_site.admin_view
        own = (
            ("export/", exchange_pages.export_page, "export"),
            ("import/", exchange_pages.import_page, "import"),
            ("<int:pk>/preview/", exchange_pages.preview_page, "preview"),
        )
        found = [
            path(route, guard(view), {"model_admin": self}, name=f"quotes_codingimport_{name}")
            for route, view, name in own
        ]
        return [*found, *super().get_urls()]
