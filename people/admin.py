"""Editing people, the bodies they speak for and what they were there.

People and organisations are registered in quotes.admin.people, where a change of a name also
reaches the published quotes that show it; this package knows nothing of quotes.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from base.admin.forms import LinesField, ReasonedForm
from base.admin.records import ReadOnlyAdmin, ReasonedInline, ReasonedModelAdmin
from people.models import (
    Membership,
    Person,
    PersonName,
    PersonRedirect,
    free_slug,
    validate_name,
)


class AddressedForm(ReasonedForm):
    """Fills the address in before the row is checked: an empty one is refused."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        name = self.cleaned_data.get("name")
        if "slug" in self.fields and name and not self.cleaned_data.get("slug"):
            self.cleaned_data["slug"] = free_slug(self._meta.model, name)
        return cleaned


class OrganizationForm(AddressedForm):
    other_names = LinesField(
        required=False, help_text="Names that documents use besides, one on each line."
    )

    def clean_other_names(self) -> list[str]:
        names: list[str] = self.cleaned_data["other_names"]
        for name in names:
            validate_name(name)
        return names


class PersonForm(AddressedForm):
    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if PersonRedirect.objects.filter(slug=slug).exists():
            raise ValidationError("That address already leads to another person.", code="taken")
        return slug


class PersonNameInline(ReasonedInline):
    model = PersonName
    fields = ("name", "valid_from", "valid_until")


class MembershipInline(ReasonedInline):
    model = Membership
    fields = ("role", "organization", "start", "end", "source_note")
    autocomplete_fields = ("organization",)


class MemberInline(MembershipInline):
    """Who belongs to an organisation, seen from its page."""

    fields = ("person", "role", "start", "end", "source_note")
    autocomplete_fields = ("person",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PersonAdmin(ReasonedModelAdmin):
    form = PersonForm
    list_display = ("name", "sort_name", "protected", "summary_start")
    list_filter = ("protected",)
    search_fields = ("name", "sort_name", "slug", "other_names__name")
    search_help_text = "Name, other name or address"
    ordering = ("sort_name", "pk")
    inlines = (PersonNameInline, MembershipInline)
    owned = ("other_names", "memberships")
    deletable = True
    fieldsets = (
        (None, {"fields": ("name", "sort_name", "slug", "summary", "identifiers")}),
        ("Protection", {"fields": ("protected", "public_role")}),
        ("Record", {"fields": ("public_id", "created_at")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("public_id", "created_at", *(("slug",) if obj else ()))

    @admin.display(description="summary")
    def summary_start(self, person: Person) -> str:
        return person.summary if len(person.summary) <= 80 else f"{person.summary[:79]}…"


class OrganizationAdmin(ReasonedModelAdmin):
    form = OrganizationForm
    list_display = ("name", "classification")
    search_fields = ("name", "slug", "classification")
    search_help_text = "Name, address or kind"
    ordering = ("name",)
    inlines = (MemberInline,)
    deletable = True
    fieldsets = (
        (None, {"fields": ("name", "slug", "classification", "other_names")}),
        (None, {"fields": ("summary", "identifiers")}),
        ("Record", {"fields": ("created_at",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("created_at", *(("slug",) if obj else ()))


class PartOfPersonAdmin(ReasonedModelAdmin):
    """Rows that are edited on the person's page; their own pages are for search and history."""

    deletable = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("person",) if obj else ()


@admin.register(PersonName)
class PersonNameAdmin(PartOfPersonAdmin):
    list_display = ("name", "person", "valid_from", "valid_until")
    list_select_related = ("person",)
    search_fields = ("name", "person__name")
    ordering = ("name", "pk")
    autocomplete_fields = ("person",)
    fieldsets = ((None, {"fields": ("person", "name", "valid_from", "valid_until")}),)


@admin.register(Membership)
class MembershipAdmin(PartOfPersonAdmin):
    list_display = ("person", "role", "organization", "start", "end")
    list_select_related = ("person", "organization")
    search_fields = ("role", "person__name", "organization__name")
    date_hierarchy = "start_earliest"
    ordering = ("person__sort_name", "pk")
    autocomplete_fields = ("person", "organization")
    fieldsets = (
        (None, {"fields": ("person", "role", "organization", "start", "end", "source_note")}),
    )


@admin.register(PersonRedirect)
class PersonRedirectAdmin(ReadOnlyAdmin):
    """Written when people are merged."""

    list_display = ("slug", "person", "reason", "created_at")
    list_select_related = ("person",)
    search_fields = ("slug", "person__name", "reason")
    date_hierarchy = "created_at"
    ordering = ("slug",)
    fieldsets = ((None, {"fields": ("slug", "person", "reason", "created_at")}),)


class PersonMergeAdmin(ReadOnlyAdmin):
    """What was merged, and what both rows held before; registered in quotes.admin.people."""

    list_display = ("__str__", "why", "made_at", "made_by", "undone_at")
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_select_related = ("survivor", "made_by")
    search_fields = ("slug", "survivor__name", "why")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    fieldsets = (
        (None, {"fields": ("slug", "survivor", "why", "made_at", "made_by")}),
        ("Undone", {"fields": ("undone_at", "undone_by", "undone_why")}),
        ("Before", {"fields": ("before", "moved")}),
    )
