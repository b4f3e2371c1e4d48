"""Rows that the steps write, to be looked at; and who codes."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html

from base.admin.lists import RowFilter, is_key
from base.admin.records import HistoryAdmin, ReadOnlyAdmin, RecordAdmin
from quotes.admin import adjudication_pages
from quotes.models import Coder, QuoteSpan, QuoteVersion, Stance, StanceCoding, Withdrawal


class OnQuoteAdmin(ReadOnlyAdmin):
    """Rows of a quote: read here, written on the quote's page."""

    list_filter: ClassVar[Any] = (("quote", RowFilter),)

    @admin.display(description="edit on")
    def quote_page(self, row: Any) -> str:
        address = reverse("admin:quotes_quote_change", args=[row.quote_id])
        return format_html('<a href="{}">the quote’s page</a>', address)

    @admin.display(description="quote", ordering="quote")
    def words(self, row: Any) -> str:
        return str(row.quote)


@admin.register(QuoteSpan)
class QuoteSpanAdmin(OnQuoteAdmin):
    list_display = ("start_of_words", "quote_id", "ordinal", "start", "end")
    search_fields = ("words",)
    ordering = ("-quote_id", "ordinal")
    fieldsets = (
        (None, {"fields": ("quote", "ordinal", "start", "end", "words", "joiner", "quote_page")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the index: spans are seen on the quote's page."""
        return False

    @admin.display(description="words", ordering="words")
    def start_of_words(self, span: QuoteSpan) -> str:
        return span.words if len(span.words) <= 80 else f"{span.words[:79]}…"


@admin.register(QuoteVersion)
class QuoteVersionAdmin(OnQuoteAdmin):
    list_display = ("__str__", "why", "by_name", "created_at")
    list_select_related = ("quote",)
    search_fields = ("=quote__public_id", "why", "by_name")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("quote", "number", "why", "by_name", "created_at", "quote_page")}),
        ("The public record as it stood", {"fields": ("record",)}),
        ("Chain", {"fields": ("hash", "previous_hash")}),
    )

    @admin.display(description="record")
    def record(self, version: QuoteVersion) -> str:
        indented = json.dumps(json.loads(version.snapshot), ensure_ascii=False, indent=2)
        return format_html('<pre class="otr-snapshot">{}</pre>', indented)


@admin.register(Withdrawal)
class WithdrawalAdmin(OnQuoteAdmin):
    list_display = ("__str__", "exposes", "withdrawn_at", "withdrawn_by", "lifted_at")
    list_filter = ("reason", "exposes", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("quote", "withdrawn_by")
    search_fields = ("=quote__public_id", "public_note", "lifted_why")
    date_hierarchy = "withdrawn_at"
    ordering = ("-withdrawn_at", "-pk")
    fieldsets = (
        (None, {"fields": ("quote", "reason", "public_note", "exposes", "quote_page")}),
        ("Withdrawn", {"fields": ("withdrawn_at", "withdrawn_by")}),
        ("Restored", {"fields": ("lifted_at", "lifted_by", "lifted_why")}),
    )


class StaleFilter(admin.SimpleListFilter):
    """The worklist after a change of meaning: codings made before it."""

    title = "codebook"
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Made before the meaning changed")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.stale() if self.value() == "1" else queryset


@admin.register(StanceCoding)
class StanceCodingAdmin(HistoryAdmin, OnQuoteAdmin):
    change_list_template = "admin/quotes/codings/change_list.html"
    list_display = ("words", "target", "value", "coder", "confidence", "updated_at")
    list_filter = (
        "value",
        "confidence",
        "coder__kind",
        StaleFilter,
        ("quote", RowFilter),
        ("target", RowFilter),
    )
    list_select_related = ("quote", "target", "coder")
    search_fields = ("quote__text", "target__label", "coder__name", "memo")
    date_hierarchy = "updated_at"
    ordering = ("-updated_at", "-pk")
    fieldsets = (
        (None, {"fields": ("quote", "target", "coder", "value", "confidence", "memo")}),
        ("Record", {"fields": ("evidence", "codebook_version", "updated_at", "quote_page")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what must stay blind to this account."""
        return StanceCoding.objects.visible_to(request.user)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """A coding that an account may not see has no history for it either.

        One that its coder undid is gone, and was blind when it was there.
        """
        key = unquote(object_id)
        if is_key(key) and self.get_object(request, key) is None:
            made = StanceCoding.history.filter(id=key)
            if made.exists() and not made.filter(coder__user=request.user).exists():
                raise Http404
        return super().history_view(request, object_id, extra_context)


@admin.register(Stance)
class StanceAdmin(HistoryAdmin, OnQuoteAdmin):
    list_display = ("words", "target", "value", "basis", "decided_by", "decided_at")
    list_filter = ("basis", "value", ("quote", RowFilter), ("target", RowFilter))
    list_select_related = ("quote", "target", "decided_by")
    search_fields = ("quote__text", "target__label", "rationale")
    date_hierarchy = "decided_at"
    ordering = ("-decided_at", "-pk")
    fieldsets = (
        (None, {"fields": ("quote", "target", "value", "basis", "rationale", "error_type")}),
        ("Record", {"fields": ("decided_by", "decided_at", "codebook_version", "quote_page")}),
    )

    def get_urls(self) -> Any:
        guard = self.admin_site.admin_view
        own = (
            ("adjudication/", adjudication_pages.queue_page, "queue"),
            ("<int:pk>/adjudicate/", adjudication_pages.adjudicate_page, "adjudicate"),
        )
        found = [
            path(route, guard(view), {"model_admin": self}, name=f"quotes_stance_{name}")
            for route, view, name in own
        ]
        return [*found, *super().get_urls()]


@admin.register(Coder)
class CoderAdmin(RecordAdmin):
    """Made at an account's first coding; its name and background are published."""

    list_display = ("name", "slug", "kind", "user")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("name", "slug", "note")
    ordering = ("slug",)
    autocomplete_fields = ("user",)
    fieldsets = ((None, {"fields": ("name", "slug", "kind", "user", "note")}),)
