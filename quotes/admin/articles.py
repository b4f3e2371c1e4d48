"""Outlets and articles. The text of an article is shown, never a field of a form."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from base.admin.lists import RowFilter
from people.admin import AddressedForm
from quotes.admin.decisions import RETEXT, Decided
from quotes.admin.marking import Mark, passage
from quotes.admin.screen.urls import screen_urls
from quotes.admin.shown import ShownInQuotesAdmin
from quotes.models import Article, Outlet, Quote

# A longer text is shown as far as this; its quotes further on are in the list all the same.
LONGEST_BODY = 200_000
MOST_QUOTES = 500


@admin.register(Outlet)
class OutletAdmin(ShownInQuotesAdmin):
    form = AddressedForm
    list_display = ("name", "slug", "url")
    search_fields = ("name", "slug", "url")
    ordering = ("name",)
    deletable = True
    fieldsets = (
        (None, {"fields": ("name", "slug", "url")}),
        ("Record", {"fields": ("created_at",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("created_at", *(("slug",) if obj else ()))

    def quotes_showing(self, obj: Outlet) -> QuerySet[Quote]:
        return Quote.objects.published().filter(article__outlet=obj)


@admin.register(Article)
class ArticleAdmin(Decided, ShownInQuotesAdmin):
    decisions = (("text", "Correct the text…", RETEXT),)
    change_form_template = "admin/quotes/article/change_form.html"
    list_display = ("headline", "outlet", "byline", "published", "date_basis", "rights")
    list_filter = ("kind", "date_basis", "rights", "language", ("outlet", RowFilter))
    list_select_related = ("outlet",)
    search_fields = ("headline", "byline", "url", "outlet__name", "=public_id", "=sha256")
    search_help_text = "Headline, byline, address, outlet, id or hash"
    date_hierarchy = "published_earliest"
    ordering = ("-pk",)
    autocomplete_fields = ("outlet",)
    readonly_fields = ("public_id", "sha256", "source_file", "created_at")
    fieldsets = (
        (None, {"fields": ("headline", "byline", "outlet", "outlet_note", "url")}),
        ("For citing it", {"fields": ("kind", "pages", "archive_url", "archived")}),
        ("Date", {"fields": ("published", "date_basis", "date_note", "retrieved")}),
        ("Text", {"fields": ("language", "rights", "source_file", "sha256")}),
        ("Record", {"fields": ("public_id", "created_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by intake, which makes their text canonical."""
        return False

    def get_urls(self) -> Any:
        return [*screen_urls(self), *super().get_urls()]

    def quotes_showing(self, obj: Article) -> QuerySet[Quote]:
        return Quote.objects.published().filter(article=obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        extra = {
            **(extra_context or {}),
            **(article_context(article) if article else {}),
            "may_add_quote": request.user.has_perm("quotes.add_quote"),
        }
        return super().change_view(request, object_id, form_url, extra)


def article_context(article: Article) -> dict[str, Any]:
    """Return the article's text with its quotes marked, and the quotes in their order."""
    quotes = list(
        article.quotes.select_related("speaker")
        .prefetch_related("spans")
        .order_by("start", "pk")[: MOST_QUOTES + 1]
    )
    shown = quotes[:MOST_QUOTES]
    marks = [Mark(span.start, span.end, quote) for quote in shown for span in quote.spans.all()]
    return {
        "passage": passage(article.body, marks, furniture=article.boilerplate, high=LONGEST_BODY),
        "is_cut": len(article.body) > LONGEST_BODY,
        "quotes": shown,
        "has_more_quotes": len(quotes) > MOST_QUOTES,
    }
