"""The codebook: targets, and things said once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from base.admin.forms import ReasonedForm
from quotes import codebook
from quotes.admin.shown import ShownInQuotesAdmin
from quotes.choices import EntryChange
from quotes.models import Quote, Target, Utterance

EXAMPLES = ("example", "example_quote", "counter_example", "counter_example_quote")


class TargetForm(ReasonedForm):
    """A change of the entry says whether it changes what the entry means."""

    entry_change = forms.ChoiceField(
        label="What the change does",
        required=False,
        choices=[("", "The entry stays as it is"), *EntryChange.choices],
        help_text="Readers see this, and the reason, in the codebook beside the new version.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        changed = set(codebook.ENTRY).intersection(self.changed_data)
        if self.instance.pk and changed and not self.cleaned_data.get("entry_change"):
            self.add_error("entry_change", "Say what changed: the wording or the meaning.")
        return cleaned


@admin.register(Target)
class TargetAdmin(ShownInQuotesAdmin):
    form = TargetForm
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask what a change does beside why, once there is an entry to change."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        title, options = fieldsets[-1]
        return [
            *fieldsets[:-1],
            (title, {**options, "fields": ("entry_change", *options["fields"])}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        stays = ("slug", "kind") if obj and self.is_used(obj) else ("slug",) if obj else ()
        return ("version", "created_at", *stays)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            kind_of_change = form.cleaned_data.get("entry_change", "")
            codebook.number_change(obj, form.changed_data, change=kind_of_change)
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
