"""Quotes: looked at in their article, reviewed, corrected. `quotes.review` does every change."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.admin.forms import REASON
from base.admin.lists import RowFilter, is_key
from base.admin.records import ReasonedModelAdmin
from base.dates import display
from quotes import review
from quotes.admin import bulk, review_pages, stance_pages
from quotes.admin.forms import QuoteForm, corrections
from quotes.admin.page import page_context
from quotes.choices import StanceBasis, Status
from quotes.models import Quote, QuoteSpan, Stance, Suggestion

ATTRIBUTION = ("speaker", "speaker_text", "speaker_role", "on_behalf_of", "basis", "cue")
OCCASION = ("said", "said_basis", "said_note", "channel", "utterance", "note")


class StanceFilter(admin.SimpleListFilter):
    title = "stance"
    parameter_name = "stance"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "Not coded"), ("any", "Coded"), ("disputed", "Coders disagree")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "none":
            return queryset.filter(stances__isnull=True)
        if self.value() == "any":
            return queryset.filter(pk__in=Stance.objects.values("quote_id"))
        if self.value() == "disputed":
            disputed = Stance.objects.filter(basis=StanceBasis.DISPUTED)
            return queryset.filter(pk__in=disputed.values("quote_id"))
        return queryset


@admin.register(Quote)
class QuoteAdmin(ReasonedModelAdmin):
    form = QuoteForm
    change_form_template = "admin/quotes/quote/change_form.html"
    list_display = (
        "words",
        "speaker_shown",
        "article_shown",
        "status",
        "date_shown",
        "stances_shown",
    )
    list_filter = (
        "status",
        StanceFilter,
        "kind",
        "channel",
        ("speaker", RowFilter),
        ("article", RowFilter),
        ("on_behalf_of", RowFilter),
        ("utterance", RowFilter),
        ("stances__target", RowFilter),
    )
    list_select_related = ("speaker", "article")
    search_fields = ("text", "speaker__name", "speaker_text", "article__headline", "=public_id")
    search_help_text = "Words, speaker, headline or id"
    date_hierarchy = "date_earliest"
    ordering = ("-pk",)
    autocomplete_fields = ("article", "speaker", "on_behalf_of", "utterance")
    actions = ("accept_chosen", "publish_chosen", "reject_chosen")
    owned = ("spans", "search_row", "suggestion")
    deletable = True

    # --- What is on the page ---------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        words = ("words", "after", "kind") if self._may_write(request, obj) else ("text", "kind")
        self_fields = (
            (None, {"fields": words if obj else ("article", *words)}),
            ("Who says it", {"fields": ATTRIBUTION}),
            ("When and where", {"fields": OCCASION}),
        )
        if not self._may_write(request, obj):
            return self_fields
        return (*self_fields, ("Why", {"fields": (REASON, "base_revision")}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        stances = Prefetch("stances", Stance.objects.select_related("target").order_by("pk"))
        return Quote.objects.prefetch_related(stances)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Only the article can be given by a link; see its page."""
        article = request.GET.get("article", "")
        return {"article": article} if is_key(article) else {}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        quote = self.get_object(request, object_id)
        extra = {**(extra_context or {}), **(page_context(request, quote) if quote else {})}
        return super().change_view(request, object_id, form_url, extra)

    def get_urls(self) -> Any:
        guard = self.admin_site.admin_view
        own = (
            ("<int:pk>/review/<slug:name>/", review_pages.step_page, "step"),
            ("<int:pk>/stances/", stance_pages.choose_target, "stances"),
            ("<int:pk>/stances/<int:target_pk>/", stance_pages.code_page, "stance"),
            ("<int:pk>/stances/<int:target_pk>/remove/", stance_pages.untag_page, "untag"),
            ("review/<slug:name>/", bulk.bulk_page, "bulk"),
        )
        found = [
            path(route, guard(view), {"model_admin": self}, name=f"quotes_quote_{name}")
            for route, view, name in own
        ]
        return [*found, *super().get_urls()]

    # --- What is written -------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.refuse_unless_permitted(request, obj, change)
        changed = corrections(form, review.CORRECTABLE)
        why = form.cleaned_data[REASON]
        if not change:
            changed.pop("kind", None)
            made = review.add_candidate(
                article=form.cleaned_data["article"],
                spans=form.spans,
                kind=form.cleaned_data["kind"],
                by=request.user,  # type: ignore[arg-type]
                why=why,
                **changed,
            )
            obj.pk = made.pk
            obj.refresh_from_db()
        elif changed or form.spans:
            review.correct(quote=obj, by=request.user, why=why, spans=form.spans, **changed)  # type: ignore[arg-type]

    def is_used(self, obj: Any) -> bool:
        """A candidate may go; what was reviewed, published or coded stays."""
        kept = obj.published_at or obj.status not in (Status.CANDIDATE, Status.REJECTED)
        return bool(kept) or super().is_used(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        # Parts of a quote can't be deleted by themselves, but go with it.
        lacking -= {part._meta.verbose_name for part in (QuoteSpan, Suggestion)}
        return deleted, counts, lacking, protected

    # --- Bulk ------------------------------------------------------------------------------

    @admin.action(description="Accept…", permissions=["change"])
    def accept_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return bulk.ask(self, request, queryset, "accept")

    @admin.action(description="Publish…", permissions=["change"])
    def publish_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return bulk.ask(self, request, queryset, "publish")

    @admin.action(description="Reject…", permissions=["change"])
    def reject_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return bulk.ask(self, request, queryset, "reject")

    # --- Columns ---------------------------------------------------------------------------

    @admin.display(description="quote", ordering="text")
    def words(self, quote: Quote) -> str:
        return f"“{_short(quote.text, 140)}”"

    @admin.display(description="speaker", ordering="speaker__sort_name")
    def speaker_shown(self, quote: Quote) -> str:
        return str(quote.speaker) if quote.speaker else f"({quote.speaker_text or 'not known'})"

    @admin.display(description="article", ordering="article__headline")
    def article_shown(self, quote: Quote) -> SafeString:
        address = reverse("admin:quotes_article_change", args=[quote.article_id])
        headline = _short(quote.article.headline, 40)
        return format_html('<a href="{}#q{}">{}</a>', address, quote.pk, headline)

    @admin.display(description="date", ordering="date_earliest")
    def date_shown(self, quote: Quote) -> str:
        return display(quote.date)

    @admin.display(description="stances")
    def stances_shown(self, quote: Quote) -> str:
        return "; ".join(
            f"{_short(stance.target.label, 24)}: {stance.get_value_display().lower()}"
            + (" (disputed)" if stance.basis == StanceBasis.DISPUTED else "")
            for stance in quote.stances.all()
        )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
