"""The codebook: targets, and things said once."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, re_path, reverse

from base.admin.forms import ReasonedForm
from base.admin.records import ReadOnlyAdmin
from quotes import codebook
from quotes.admin import target_pages
from quotes.admin.shown import ShownInQuotesAdmin
from quotes.admin.trail import MADE, UNDONE
from quotes.choices import EntryChange
from quotes.models import Quote, Target, TargetMove, TargetRelation, Utterance

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
    change_form_template = "admin/quotes/target/change_form.html"
    list_display = ("label", "kind", "brief_definition", "version", "merged_into")
    list_filter = ("kind", ("merged_into", admin.EmptyFieldListFilter))
    list_select_related = ("merged_into",)
    # What a machine learned of it goes with it.
    owned = ("training", "suggestions")
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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A target that was merged is not changed: its survivor is."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id)
        extra = target_pages.page_context(request, obj) if obj else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def get_urls(self) -> Any:
        guard = self.admin_site.admin_view
        own = re_path(
            rf"^(?P<pk>[0-9]{{1,18}})/(?P<name>{'|'.join(target_pages.STEPS)})/\Z",
            guard(target_pages.step_page),
            {"model_admin": self},
            name="quotes_target_step",
        )
        return [own, *super().get_urls()]

    def quotes_showing(self, obj: Target) -> QuerySet[Quote]:
        return Quote.objects.published().filter(stances__target=obj)


class UndoneAdmin(ReadOnlyAdmin):
    """A decision about targets, and the way to take it back."""

    change_form_template = "admin/quotes/target/undoable.html"
    list_filter: ClassVar[Any] = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        name = self.opts.model_name
        if obj and obj.in_force and request.user.has_perm(f"quotes.change_{name}"):
            extra["undo_url"] = reverse(f"admin:quotes_{name}_undo", args=[obj.pk])
        return super().change_view(request, object_id, form_url, extra)

    def get_urls(self) -> Any:
        own = path(
            "<int:pk>/undo/",
            self.admin_site.admin_view(target_pages.undo_page),
            {"model_admin": self},
            name=f"quotes_{self.opts.model_name}_undo",
        )
        return [own, *super().get_urls()]


@admin.register(TargetMove)
class TargetMoveAdmin(UndoneAdmin):
    list_display = ("__str__", "kind", "why", "made_at", "made_by", "undone_at")
    list_select_related = ("target", "into", "made_by")
    search_fields = ("target__label", "into__label", "why")
    fieldsets = ((None, {"fields": ("kind", "target", "into")}), MADE, UNDONE)


@admin.register(TargetRelation)
class TargetRelationAdmin(UndoneAdmin):
    list_display = ("__str__", "kind", "why", "made_at", "made_by", "undone_at")
    list_select_related = ("claim", "other", "made_by")
    search_fields = ("claim__label", "other__label", "why")
    fieldsets = ((None, {"fields": ("claim", "kind", "other")}), MADE, UNDONE)


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
