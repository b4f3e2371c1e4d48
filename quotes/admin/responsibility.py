"""Who holds whom responsible, as coded of quotes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from base.admin.records import ReasonedModelAdmin
from quotes.models import Responsibility


@admin.register(Responsibility)
class ResponsibilityAdmin(ReasonedModelAdmin):
    list_display = ("quote", "act", "addressee_shown", "issue")
    list_filter = ("act",)
    list_select_related = ("quote", "addressee_person", "addressee_organization")
    search_fields = ("issue", "addressee_text", "=quote__public_id")
    search_help_text = "Issue, group or the quote’s id"
    ordering = ("-pk",)
    autocomplete_fields = ("quote", "addressee_person", "addressee_organization")
    deletable = True
    fieldsets = (
        (None, {"fields": ("quote", "act")}),
        (
            "Addressee: one of these",
            {"fields": ("addressee_person", "addressee_organization", "addressee_text")},
        ),
        (None, {"fields": ("issue", "rationale")}),
        ("Record", {"fields": ("created_at",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("created_at", *(("quote",) if obj else ()))

    @admin.display(description="addressee")
    def addressee_shown(self, row: Responsibility) -> str:
        return str(row.addressee)
