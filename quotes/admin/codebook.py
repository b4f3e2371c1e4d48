"""The codebook: targets, and things said once."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from quotes.admin.shown import ShownInQuotesAdmin
from quotes.models import Quote, Target, Utterance

# What a coder goes by: a change of one is a new version of the entry, stamped on each coding.
ENTRY = frozenset(
    (
        "proposition",
        "brief_definition",
        "full_definition",
        "when_to_use",
        "when_not_to_use",
        "value_definitions",
        "example",
        "counter_example",
    )
)
EXAMPLES = ("example", "example_quote", "counter_example", "counter_example_quote")


@admin.register(Target)
class TargetAdmin(ShownInQuotesAdmin):
    list_display = ("label", "kind", "brief_definition", "version")
    list_filter = ("kind",)
    search_fields = ("label", "slug", "proposition", "brief_definition")
    ordering = ("label",)
    autocomplete_fields = ("example_quote", "counter_example_quote")
    deletable = True
    fieldsets = (
        (None, {"fields": ("label", "slug", "kind", "proposition")}),
        ("Definition", {"fields": ("brief_definition", "full_definition")}),
        ("Use", {"fields": ("when_to_use", "when_not_to_use", "value_definitions")}),
        ("Examples", {"fields": EXAMPLES}),
        ("Record", {"fields": ("version", "created_at")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        stays = ("slug", "kind") if obj and self.is_used(obj) else ("slug",) if obj else ()
        return ("version", "created_at", *stays)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and ENTRY.intersection(form.changed_data):
            obj.version += 1
        super().save_model(request, obj, form, change)

    def quotes_showing(self, obj: Target) -> QuerySet[Quote]:
        return Quote.objects.published().filter(stances__target=obj)


@admin.register(Utterance)
class UtteranceAdmin(ShownInQuotesAdmin):
    list_display = ("title", "public_id", "note_start")
    search_fields = ("title", "note", "=public_id")
    ordering = ("title", "pk")
    deletable = True
    readonly_fields = ("public_id", "created_at")
    fieldsets = (
        (None, {"fields": ("title", "note")}),
        ("Record", {"fields": ("public_id", "created_at")}),
    )

    @admin.display(description="note")
    def note_start(self, utterance: Utterance) -> str:
        return utterance.note if len(utterance.note) <= 80 else f"{utterance.note[:79]}…"

    def quotes_showing(self, obj: Utterance) -> QuerySet[Quote]:
        return Quote.objects.published().filter(utterance=obj)
