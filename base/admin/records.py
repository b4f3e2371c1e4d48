"""The admin classes that every model's page derives from."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch

from base.admin.differences import entries
from base.admin.forms import (
    LONGEST_REASON,
    REASON,
    PlainTextField,
    ReasonedForm,
    RevisionedForm,
    RevisionedFormSet,
    WordsByNameField,
    conflicts_of,
)
from base.admin.lists import LONGEST_SEARCH, SafeAutocomplete, allowed_lookup, is_key
from base.history import save_as
from base.revisions import StaleRevisionError

HISTORY_PAGE = 50
LONGEST_YEAR = 4
FIELDS: dict[Any, Any] = {
    models.TextField: {"form_class": PlainTextField},
    models.URLField: {"assume_scheme": "https"},
    models.JSONField: {"form_class": WordsByNameField},
}


class SafeWidgets:
    """The stock autocomplete, made safe; for pages and for rows within pages."""

    admin_site: Any
    get_autocomplete_fields: Any

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = SafeAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class GuardedAdmin(SafeWidgets, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A list and its pages: fast at any size, a clear answer to any input."""

    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search, but for no more than a person types: databases fail on a pattern of 50,000."""
        if len(search_term) > LONGEST_SEARCH or "\x00" in search_term:
            messages.error(request, f"Search for at most {LONGEST_SEARCH} characters.")
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Refuse dates that no calendar has, and characters that PostgreSQL can't be asked for."""
        for name, value in request.GET.items():
            is_date = name.rpartition("__")[2] in ("year", "month", "day")
            no_date = is_date and not (is_key(str(value)) and len(value) <= LONGEST_YEAR)
            if no_date or (name != SEARCH_VAR and "\x00" in value):
                raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        if not from_field and not is_key(unquote(object_id)):
            return None
        return super().get_object(request, object_id, from_field)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        filters = self.get_list_filter(request) if request else self.list_filter
        return allowed_lookup(self.model, filters, self.date_hierarchy, lookup)

    def response_action(
        self, request: HttpRequest, queryset: Any, *args: Any
    ) -> HttpResponse | None:
        if not all(is_key(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.error(request, "That selection can not be read. Nothing has been changed.")
            return None
        return super().response_action(request, queryset, *args)


class RecordAdmin(GuardedAdmin):
    """A model of ours: reachable on the site where readers see it, deletable only while unused."""

    formfield_overrides = FIELDS
    # Relations whose rows go with the record; any other row that points at it keeps it.
    owned: ClassVar[tuple[str, ...]] = ()
    deletable = False

    def view_on_site(self, obj: Any) -> str | None:
        """Return the public address of a record that readers can see, else None."""
        published = getattr(type(obj)._default_manager.all(), "published", None)
        if published is None or not hasattr(obj, "get_absolute_url"):
            return None
        if not published().filter(pk=obj.pk).exists():
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = self.deletable and super().has_delete_permission(request, obj)
        return allowed and (obj is None or not self.is_used(obj))

    def is_used(self, obj: Any) -> bool:
        """Say whether another record points at this one."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: obj}).exists()
            for relation in obj._meta.related_objects
            if relation.get_accessor_name() not in self.owned
        )


class ReadOnlyAdmin(RecordAdmin):
    """Rows that only the steps write: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return flatten_fieldsets(self.get_fieldsets(request, obj))


class HistoryAdmin(RecordAdmin):
    """Shows who changed a record, when, why, before and after. Nothing is restored from here:
    an old text comes back as a correction with a reason, through the same checks as any other."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        key = unquote(object_id)
        obj = self.get_object(request, key)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        if not is_key(key):
            raise Http404
        history = self.model.history.filter(**{self.opts.pk.attname: key})
        rows = history.order_by("-history_date", "-history_id")
        if obj is None and not rows.exists():
            raise Http404
        page = Paginator(rows, HISTORY_PAGE).get_page(request.GET.get("p"))
        # One more than the page shows: what its oldest entry is compared with.
        shown = list(rows[page.start_index() - 1 : page.end_index() + 1]) if page else []
        older = shown.pop() if len(shown) > len(page.object_list) else None
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": str(obj) if obj else "deleted",
            "entries": entries(shown, older),
            "page": page,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)


class ReasonedModelAdmin(HistoryAdmin):
    """A record that is changed with a reason and never from an old copy."""

    form = ReasonedForm
    change_form_template = "admin/reasoned_change_form.html"
    delete_confirmation_template = "admin/delete_with_reason.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if not self._may_write(request, obj):
            return fieldsets
        return [*fieldsets, ("Why", {"fields": (REASON, "base_revision")})]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Save, or show the form again with what was typed and why it was not saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (StaleRevisionError, ObjectDoesNotExist):
            # Someone saved between our look and our write: the second look shows the conflict.
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            request.refusal = error  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        inlines = [form for inline in context["inline_admin_formsets"] for form in inline.formset]
        context["conflicts"] = conflicts_of([context["adminform"].form, *inlines])
        return super().render_change_form(request, context, *args, **kw)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_unless_permitted(request, obj, change)
        if not change or form.changed_data:
            save_as(obj, by=request.user, why=form.cleaned_data[REASON])  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        why = form.cleaned_data[REASON]
        for row in formset.save(commit=False):
            save_as(row, by=request.user, why=why)  # type: ignore[arg-type]
        for row in formset.deleted_objects:
            row._history_user, row._change_reason = request.user, why
            row.delete()

    def refuse_unless_permitted(self, request: HttpRequest, obj: Any, change: bool) -> None:
        """Ask once more where the writing happens, whatever led here."""
        if not self._may_write(request, obj if change else None):
            raise PermissionDenied

    def _delete_view(self, request: HttpRequest, object_id: str, extra_context: Any) -> Any:
        reason = request.POST.get(REASON, "").strip()
        fault = ""
        if request.method == "POST" and not 0 < len(reason) <= LONGEST_REASON:
            fault = "Say why: the reason stands in the history."
            # Without an answer the stock view asks again.
            request.POST = QueryDict()
        extra = {**(extra_context or {}), "reason_fault": fault, "longest": LONGEST_REASON}
        return super()._delete_view(request, object_id, extra)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj._history_user, obj._change_reason = request.user, request.POST[REASON].strip()
        obj.delete()

    def _may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)


class ReasonedInline(SafeWidgets, admin.StackedInline):  # type: ignore[type-arg]
    """Rows of another model within a record's page, under the page's reason.

    Stacked, since the stock table names no field to who can't see its columns.
    """

    form = RevisionedForm
    formset = RevisionedFormSet
    formfield_overrides = FIELDS
    # One empty row, so that a row can be added without JavaScript.
    extra = 1

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(self.fields or ())
        writes = self.has_change_permission(request, obj) or self.has_add_permission(request, obj)
        return (*fields, "base_revision") if writes else fields
