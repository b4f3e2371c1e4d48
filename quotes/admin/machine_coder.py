"""What the machine coder suggests, the least sure first, and what it learned."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from base.admin.lists import RowFilter
from base.admin.records import ReadOnlyAdmin
from quotes.admin.records import OnQuoteAdmin
from quotes.models import StanceSuggestion, Training
from quotes.suggestions import reasons_in_words


class HeldOutFilter(admin.SimpleListFilter):
    """What is left to code is the queue; the rest only shows how good the machine is."""

    title = "coded by people"
    parameter_name = "coded"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Coded: what it said unseen")]

    def choices(self, changelist: Any) -> Any:
        found = list(super().choices(changelist))
        found[0]["display"] = "Not coded yet"
        return found

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(held_out=self.value() == "1")


@admin.register(StanceSuggestion)
class StanceSuggestionAdmin(OnQuoteAdmin):
    """Read here, least sure first; coded by people on the quote's page."""

    list_display = ("words", "target", "value", "chance", "reason_words", "code")
    list_filter = (HeldOutFilter, "value", ("quote", RowFilter), ("target", RowFilter))
    list_select_related = ("quote", "target")
    search_fields = ("quote__text", "target__label")
    ordering = ("probability", "pk")
    fieldsets = (
        (None, {"fields": ("quote", "target", "coder", "value", "chance", "reason_words")}),
        ("Record", {"fields": ("held_out", "quote_page")}),
    )

    @admin.display(description="sure", ordering="probability")
    def chance(self, row: StanceSuggestion) -> str:
        return f"{row.probability:.0%}"

    @admin.display(description="because of")
    def reason_words(self, row: StanceSuggestion) -> str:
        return reasons_in_words(row.reasons) or "nothing in particular"

    @admin.display(description="code it")
    def code(self, row: StanceSuggestion) -> str:
        address = reverse("admin:quotes_quote_stance", args=[row.quote_id, row.target_id])
        return format_html('<a href="{}">code</a>', address)


@admin.register(Training)
class TrainingAdmin(ReadOnlyAdmin):
    """Written by manage.py train_coder."""

    list_display = ("target", "n_codings", "right", "usual", "silent", "trained_at")
    list_select_related = ("target", "coder")
    search_fields = ("target__label",)
    date_hierarchy = "trained_at"
    ordering = ("target__label", "pk")
    fieldsets = (
        (None, {"fields": ("target", "coder", "trained_at", "n_codings")}),
        ("Against people", {"fields": ("right", "usual", "silent", "figures")}),
        ("What it goes by", {"fields": ("words",)}),
    )

    @admin.display(description="right, unseen")
    def right(self, row: Training) -> str:
        return _share(row.figures.get("accuracy"))

    @admin.display(description="most frequent value")
    def usual(self, row: Training) -> str:
        return _share(row.figures.get("majority"))

    @admin.display(description="silent")
    def silent(self, row: Training) -> str:
        return str(row.figures.get("why_silent", ""))


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
