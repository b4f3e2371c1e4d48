"""Which quotes may report the same words: the queue, and one pair side by side."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from base.admin.forms import LONGEST_REASON, PlainTextField
from base.admin.records import HistoryAdmin, ReadOnlyAdmin
from base.differences import word_pieces
from base.revisions import StaleRevisionError
from quotes import utterances
from quotes.choices import UtteranceState
from quotes.models import UtteranceSuggestion

PERMISSION = "quotes.change_utterance"
STALE = "Somebody changed one of the quotes meanwhile. Look again, then decide."


class DecisionForm(forms.Form):
    """What an editor decides of a pair. The buttons carry which."""

    title = forms.CharField(
        required=False,
        max_length=utterances.LONGEST_TITLE,
        help_text="What the utterance is called in lists, if it is a new one.",
    )
    reason = PlainTextField(
        max_length=LONGEST_REASON,
        label="Why",
        help_text="Shown in the history: “The same speech in two papers”.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["class"] = "vTextField"
        self.fields["reason"].widget.attrs["rows"] = 2


class StateFilter(admin.SimpleListFilter):
    """What waits is the queue."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in UtteranceState.choices if value != "open"]

    def choices(self, changelist: Any) -> Any:
        found = list(super().choices(changelist))
        found[0]["display"] = UtteranceState.OPEN.label
        return found

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(state=self.value() or UtteranceState.OPEN)


@admin.register(UtteranceSuggestion)
class UtteranceSuggestionAdmin(HistoryAdmin, ReadOnlyAdmin):
    """Made by manage.py find_utterances, the surest first."""

    list_display = ("pair", "sure", "because", "decide")
    list_filter = (StateFilter,)
    list_select_related = ("earlier", "later")
    search_fields = ("earlier__text", "later__text")
    ordering = ("-score", "pk")
    fieldsets = (
        (None, {"fields": ("earlier", "later", "sure", "because")}),
        ("Decision", {"fields": ("state", "why", "decided_by", "decided_at", "decide")}),
    )

    @admin.display(description="quotes")
    def pair(self, row: UtteranceSuggestion) -> str:
        return str(row)

    @admin.display(description="sure", ordering="score")
    def sure(self, row: UtteranceSuggestion) -> str:
        return f"{row.score:.0%}"

    @admin.display(description="because of")
    def because(self, row: UtteranceSuggestion) -> str:
        return reasons_in_words(row.reasons)

    @admin.display(description="decide")
    def decide(self, row: UtteranceSuggestion) -> str:
        if row.state != UtteranceState.OPEN:
            return str(row.get_state_display())
        address = reverse("admin:quotes_utterancesuggestion_decide", args=[row.pk])
        return format_html('<a href="{}">look at both</a>', address)

    def get_urls(self) -> Any:
        own = path(
            "<int:pk>/decide/",
            self.admin_site.admin_view(self.decide_page),
            name="quotes_utterancesuggestion_decide",
        )
        return [own, *super().get_urls()]

    def decide_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show both quotes with their differences, or take the decision."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        rows = UtteranceSuggestion.objects.select_related(
            *(f"{side}__{name}" for side in SIDES for name in SHOWN)
        )
        row = get_object_or_404(rows, pk=pk)
        pair = (row.earlier, row.later)
        joined = next((quote.utterance for quote in pair if quote.utterance), None)
        initial = {"title": utterances.usual_title(pair)}
        form = DecisionForm(request.POST or None, initial=initial)
        if joined:
            del form.fields["title"]
        if request.method == "POST" and form.is_valid() and self._taken(request, row, form):
            following = UtteranceSuggestion.objects.filter(state=UtteranceState.OPEN).first()
            if following:
                return redirect("admin:quotes_utterancesuggestion_decide", following.pk)
            return redirect("admin:quotes_utterancesuggestion_changelist")
        sides = word_pieces(row.earlier.text, row.later.text)
        context = {
            **self.admin_site.each_context(request),
            "title": "The same words?",
            "opts": self.opts,
            "row": row,
            "open": row.state == UtteranceState.OPEN,
            "joined": joined,
            "sides": list(zip(pair, sides, strict=True)),
            "because": reasons_in_words(row.reasons),
            "form": form,
        }
        return TemplateResponse(request, "admin/quotes/utterance/decide.html", context)

    def _taken(self, request: HttpRequest, row: UtteranceSuggestion, form: DecisionForm) -> bool:
        """Take the decision; a refusal stands on the form."""
        said = form.cleaned_data
        who: Any = request.user
        try:
            with transaction.atomic():
                if "same" in request.POST:
                    title = said.get("title", "")
                    utterances.confirm(suggestion=row, by=who, why=said["reason"], title=title)
                    messages.success(request, "The quotes are reports of one utterance.")
                else:
                    utterances.reject(suggestion=row, by=who, why=said["reason"])
                    messages.success(request, "The quotes stay apart and are not suggested again.")
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        except StaleRevisionError:
            form.add_error(None, STALE)
            return False
        return True


SIDES = ("earlier", "later")
SHOWN = ("article__outlet", "speaker", "utterance")


def reasons_in_words(reasons: dict[str, Any]) -> str:
    """Return what two quotes share as an editor may take it."""
    shared = ", ".join(f"“{stem}”" for stem in reasons.get("shared", ()))
    run = reasons.get("run", 0)
    who = "one speaker" if reasons.get("same_speaker") else "a speaker who is not known"
    words = f"{run} word{'' if run == 1 else 's'} in a row"
    return f"{who}; {words}; shared stems {shared}"
