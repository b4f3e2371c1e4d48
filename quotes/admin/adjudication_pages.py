"""Settling disputed stances: the queue, and one stance with its codings side by side, unnamed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from base.admin.forms import LONGEST_REASON, PlainTextField
from quotes import stances
from quotes.adjudication import Voice, overlay, settleable, shown, voices, waiting
from quotes.admin.coding.keys import VALUE_KEYS
from quotes.choices import ErrorType, StanceValue
from quotes.entries import entry
from quotes.models import Quote, Stance

PER_PAGE = 50
# By the key that chooses it.
NUMBERED = [
    (value, f"{number}. {label}") for number, (value, label) in enumerate(ErrorType.choices, 1)
]
CHANGED = "A coding or the stance changed after you opened the page. Look again, then decide."


class AdjudicationForm(forms.Form):
    """What the adjudicator decides, and on which state of the codings."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)
    value = forms.ChoiceField(label="The stance is", widget=forms.RadioSelect)
    error_type = forms.ChoiceField(
        label="Why the coders differed", choices=[("", "Choose…"), *NUMBERED]
    )
    rationale = PlainTextField(
        label="Reason", max_length=5_000, help_text="Readers see it with the stance."
    )
    note = PlainTextField(
        required=False,
        max_length=LONGEST_REASON,
        help_text="For the history. Required where you choose a value that no coder gave.",
    )

    def __init__(self, *args: Any, stance: Stance, found: list[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = [  # type: ignore[attr-defined]
            (value, _choice(value, found)) for value in stance.target.values
        ]
        for name in ("rationale", "note"):
            self.fields[name].widget.attrs["rows"] = 2

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """The radio buttons, each with its key."""
        return [(one, VALUE_KEYS[one.data["value"]]) for one in self["value"]]


def queue_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """List the disputed stances, the most divided first."""
    _allow(request)
    page = Paginator(waiting(_who(request)), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Stances to settle",
        "opts": model_admin.opts,
        "page": page,
        "rows": [
            (row, ", ".join(f"{StanceValue(v).label} {n}" for v, n in row.counts))
            for row in shown(list(page.object_list))
        ],
    }
    return TemplateResponse(request, "admin/quotes/stance/queue.html", context)


def adjudicate_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Show the codings of one stance without their coders, or settle it."""
    _allow(request)
    if request.method != "POST":
        return _page(request, model_admin, _stance(request, pk))
    with transaction.atomic():
        stance = _stance(request, pk)
        # One decision of a quote at a time: SQLite's transactions do that by themselves.
        Quote.objects.select_for_update().get(pk=stance.quote_id)
        stance.refresh_from_db()
        return _settle(request, model_admin, stance)


def _settle(request: HttpRequest, model_admin: Any, stance: Stance) -> HttpResponse:
    found = voices(stance)
    form = AdjudicationForm(request.POST, stance=stance, found=found)
    if not form.is_valid():
        return _page(request, model_admin, stance, form)
    if form.cleaned_data["seen"] != _state(stance, found):
        form.data = {**form.data.dict(), "seen": _state(stance, found)}  # type: ignore[attr-defined]
        form.add_error(None, CHANGED)
        return _page(request, model_admin, stance, form)
    try:
        stances.adjudicate(
            quote=stance.quote,
            target=stance.target,
            value=form.cleaned_data["value"],
            reason=form.cleaned_data["rationale"],
            error_type=form.cleaned_data["error_type"],
            note=form.cleaned_data["note"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        form.add_error("note" if refusal.code == "note" else None, refusal)
        return _page(request, model_admin, stance, form)
    messages.success(request, f"Settled: “{stance.target}” for {stance.quote}.")
    left = waiting(_who(request))
    if left:
        return redirect("admin:quotes_stance_adjudicate", left[0])
    return redirect("admin:quotes_stance_queue")


def _page(
    request: HttpRequest, model_admin: Any, stance: Stance, form: AdjudicationForm | None = None
) -> HttpResponse:
    found, left = voices(stance), waiting(_who(request))
    initial = {"seen": _state(stance, found)}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Settle “{stance.target}”",
        "opts": model_admin.opts,
        "stance": stance,
        "left": len(left),
        "behind": _behind(stance.pk, left),
        "quote": stance.quote,
        "entry": entry(stance.target),
        "voices": found,
        "has_evidence": any(one.evidence for one in found),
        "pieces": overlay(stance.quote, found),
        "form": form or AdjudicationForm(initial=initial, stance=stance, found=found),
    }
    return TemplateResponse(request, "admin/quotes/stance/adjudicate.html", context)


def _who(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _stance(request: HttpRequest, pk: int) -> Stance:
    rows = settleable(_who(request)).select_related("quote__article", "quote__speaker", "target")
    return get_object_or_404(rows, pk=pk)


def _behind(key: int, left: list[int]) -> int | None:
    """Return the stance behind one in the queue; the first behind the last."""
    at = left.index(key) + 1 if key in left else 0
    others = [other for other in (*left[at:], *left[:at]) if other != key]
    return others[0] if others else None


def _state(stance: Stance, found: list[Voice]) -> str:
    """Return what changes when the stance or a coding of it does."""
    codings = sorted((one.coding.pk, one.coding.revision) for one in found)
    return f"{stance.revision}-{len(codings)}-{sum(revision for _, revision in codings)}"


def _choice(value: str, found: list[Voice]) -> str:
    who = ", ".join(one.letter for one in found if one.coding.value == value)
    label = str(StanceValue(value).label)
    return f"{label} ({who})" if who else label


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("quotes.change_stance"):
        raise PermissionDenied
