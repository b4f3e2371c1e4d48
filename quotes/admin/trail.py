"""What intake, merges, replies and readers leave behind: rows of the steps, to be looked at."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from base.admin.lists import RowFilter
from base.admin.records import HistoryAdmin, ReadOnlyAdmin
from quotes.admin.decisions import REPORT, Decided
from quotes.admin.records import OnQuoteAdmin
from quotes.models import (
    Assignment,
    NearDuplicate,
    Notice,
    PublishedAddress,
    QuoteRedirect,
    QuoteSplit,
    Report,
    ReviewAction,
    Suggestion,
)

MADE: Any = ("Made", {"fields": ("why", "made_at", "made_by")})
UNDONE: Any = ("Undone", {"fields": ("undone_at", "undone_by", "undone_why")})


@admin.register(PublishedAddress)
class PublishedAddressAdmin(ReadOnlyAdmin):
    list_display = ("key", "kind", "first_public_at")
    list_filter = ("kind",)
    search_fields = ("key",)
    date_hierarchy = "first_public_at"
    ordering = ("-pk",)
    fieldsets = ((None, {"fields": ("kind", "key", "first_public_at")}),)


class UndoableAdmin(OnQuoteAdmin):
    """What an editor decided about a quote, and perhaps took back."""

    list_filter: ClassVar[Any] = (("undone_at", admin.EmptyFieldListFilter), ("quote", RowFilter))
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")


@admin.register(QuoteRedirect)
class QuoteRedirectAdmin(UndoableAdmin):
    list_display = ("__str__", "why", "made_at", "made_by", "undone_at")
    list_select_related = ("quote", "survivor", "made_by")
    search_fields = ("=quote__public_id", "=survivor__public_id", "why")
    fieldsets = ((None, {"fields": ("quote", "into", "survivor", "quote_page")}), MADE, UNDONE)


@admin.register(QuoteSplit)
class QuoteSplitAdmin(UndoableAdmin):
    list_display = ("__str__", "why", "made_at", "made_by", "undone_at")
    list_select_related = ("quote", "part", "made_by")
    search_fields = ("=quote__public_id", "=part__public_id", "why")
    fieldsets = ((None, {"fields": ("quote", "part", "quote_page")}), MADE, UNDONE)


@admin.register(Notice)
class NoticeAdmin(UndoableAdmin):
    list_display = ("words", "kind", "dated", "made_at", "undone_at")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter), ("quote", RowFilter))
    list_select_related = ("quote",)
    search_fields = ("=quote__public_id", "text", "why")
    fieldsets = (
        (None, {"fields": ("quote", "kind", "text", "dated", "url", "quote_page")}),
        MADE,
        UNDONE,
    )


@admin.register(Report)
class ReportAdmin(Decided, HistoryAdmin, OnQuoteAdmin):
    decisions = (("decide", "Decide…", REPORT),)
    list_display = ("reference", "kind", "state", "page", "created_at")
    list_filter = ("state", "kind", ("quote", RowFilter))
    search_fields = ("=reference", "page", "text", "answer")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fieldsets = (
        (None, {"fields": ("reference", "kind", "page", "quote", "text", "contact")}),
        ("Answer", {"fields": ("state", "answer", "decided_by", "decided_at")}),
        ("Record", {"fields": ("created_at",)}),
    )


@admin.register(NearDuplicate)
class NearDuplicateAdmin(ReadOnlyAdmin):
    list_display = ("article", "earlier", "similarity", "created_at")
    list_filter = (("article", RowFilter), ("earlier", RowFilter))
    list_select_related = ("article", "earlier")
    search_fields = ("article__headline", "earlier__headline")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fieldsets = ((None, {"fields": ("article", "earlier", "similarity", "created_at")}),)


@admin.register(Suggestion)
class SuggestionAdmin(OnQuoteAdmin):
    list_display = ("words", "name", "speaker_text", "confidence", "method")
    list_filter = ("kind", ("quote", RowFilter), ("person", RowFilter))
    list_select_related = ("quote",)
    search_fields = ("quote__text", "name", "speaker_text", "=method")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("quote", "kind", "spans", "clause", "quote_page")}),
        ("Speaker", {"fields": ("speaker_text", "name", "person", "alternatives")}),
        ("How", {"fields": ("cue", "basis", "confidence", "method")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the index: suggestions are seen where quotes are reviewed."""
        return False


@admin.register(Assignment)
class AssignmentAdmin(HistoryAdmin, ReadOnlyAdmin):
    """Given and taken on the review queue."""

    list_display = ("article", "editor", "assigned_at")
    list_filter = (("article", RowFilter), ("editor", RowFilter))
    list_select_related = ("article", "editor")
    search_fields = ("article__headline", "editor__username")
    date_hierarchy = "assigned_at"
    ordering = ("-assigned_at", "-pk")
    fieldsets = ((None, {"fields": ("article", "editor", "assigned_at")}),)


@admin.register(ReviewAction)
class ReviewActionAdmin(ReadOnlyAdmin):
    """One press on the review screen, kept so that it can be undone there."""

    list_display = ("label", "article", "by", "done_at", "undone_at")
    list_filter = (("article", RowFilter), ("by", RowFilter))
    list_select_related = ("article", "by")
    search_fields = ("label", "article__headline", "by__username")
    date_hierarchy = "done_at"
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("label", "article", "by", "done_at", "undone_at")}),
        ("What it changed", {"fields": ("changes", "made")}),
    )
