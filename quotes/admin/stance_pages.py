"""Coding on the quote's page: one form for a target, through `quotes.stances` only."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from base.admin.lists import is_key
from base.revisions import StaleRevisionError
from quotes import stances
from quotes.admin.coding.screen import address_of
from quotes.admin.forms import StanceForm, StepForm, again
from quotes.admin.page import passage_context
from quotes.admin.stance_panels import (
    may_adjudicate,
    may_code,
    panel_of,
    round_of,
    seen,
    stance_form,
)
from quotes.models import Coder, Quote, Target
from quotes.suggestions import Before, coded_before, suggestion


def choose_target(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Lead from the list of targets to the form of one."""
    quote = _quote(request, model_admin, pk)
    chosen = request.GET.get("target", "")
    target = get_object_or_404(Target, pk=chosen if is_key(chosen) else 0)
    return redirect("admin:quotes_quote_stance", quote.pk, target.pk)


def code_page(request: HttpRequest, *, pk: int, target_pk: int, model_admin: Any) -> HttpResponse:
    """Show the form of one target, or save this person's coding."""
    quote = _quote(request, model_admin, pk)
    target = get_object_or_404(Target, pk=target_pk)
    if not may_code(request):
        raise PermissionDenied
    if assignment := round_of(request, quote):
        return redirect(address_of(assignment.task_id, assignment.position))
    if request.method != "POST":
        return _page(request, model_admin, quote, target)
    try:
        with transaction.atomic():
            return _save(request, model_admin, quote, target)
    except StaleRevisionError:
        # Saved between our look and our write: the second look shows what.
        return _save(request, model_admin, quote, target)


def untag_page(request: HttpRequest, *, pk: int, target_pk: int, model_admin: Any) -> HttpResponse:
    """Ask why a public stance is taken away, and do it."""
    quote = _quote(request, model_admin, pk)
    if not request.user.has_perm("quotes.delete_stance"):
        raise PermissionDenied
    stance = get_object_or_404(quote.stances.select_related("target"), target=target_pk)
    form = StepForm(request.POST or None, quote=quote, initial={"revision": stance.revision})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["revision"] == stance.revision:
            stances.untag(stance=stance, by=request.user, why=form.cleaned_data["reason"])  # type: ignore[arg-type]
            messages.success(request, f"The stance on “{stance.target}” was taken away.")
            return redirect("admin:quotes_quote_change", quote.pk)
        form = _seen_again(form, stance.revision)
    context = {
        **_frame(request, model_admin, quote, f"Take the stance on “{stance.target}” away"),
        "what": f"Readers no longer see “{stance.get_value_display()}”. The codings stay.",
        "label": "Take away",
        "grave": True,
        "form": form,
    }
    return TemplateResponse(request, "admin/quotes/quote/step.html", context)


def _save(request: HttpRequest, model_admin: Any, quote: Quote, target: Target) -> HttpResponse:
    # One coding of a quote at a time: SQLite's transactions do that by themselves.
    Quote.objects.select_for_update().get(pk=quote.pk)
    panel = panel_of(request, quote, target)
    form = stance_form(request, target, panel.own, panel.stance, request.POST)
    if not form.is_valid():
        return _page(request, model_admin, quote, target, form)
    now = seen(panel.own, panel.stance)
    if now != {name: form.cleaned_data[name] for name in now}:
        form.data = again(form.data, now)
        return _page(request, model_admin, quote, target, form, conflict=True)
    try:
        with transaction.atomic():
            _tag(request, quote, target, form, panel.own.evidence if panel.own else ())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, model_admin, quote, target, form)
    messages.success(request, f"Your coding for “{target}” was saved.")
    return redirect(f"{reverse('admin:quotes_quote_change', args=[quote.pk])}#target{target.pk}")


def _tag(
    request: HttpRequest, quote: Quote, target: Target, form: StanceForm, evidence: Any
) -> None:
    stances.tag(
        quote=quote,
        target=target,
        value=form.cleaned_data["value"],
        confidence=form.cleaned_data["confidence"],
        evidence=evidence,
        rationale=form.cleaned_data["rationale"],
        adjudicated=may_adjudicate(request) and form.cleaned_data.get("adjudicated", False),
        why=form.cleaned_data["reason"],
        by=request.user,  # type: ignore[arg-type]
    )


def _page(
    request: HttpRequest,
    model_admin: Any,
    quote: Quote,
    target: Target,
    form: StanceForm | None = None,
    *,
    conflict: bool = False,
) -> HttpResponse:
    panel = panel_of(request, quote, target)
    context = {
        **_frame(request, model_admin, quote, f"Code “{target}”"),
        "panel": panel,
        "form": form or panel.form,
        "suggestion": suggestion(quote, target),
        "before": _before(request, quote, target),
        "conflict": conflict,
        "latest": panel.stance.history.latest() if conflict and panel.stance else None,
    }
    return TemplateResponse(request, "admin/quotes/quote/stance.html", context)


def _before(request: HttpRequest, quote: Quote, target: Target) -> list[Before]:
    """Return what this person coded before of nearly the same words."""
    coder = Coder.objects.filter(user=request.user.pk).first()
    return coded_before(quote, target=target, coder=coder) if coder else []


def _frame(request: HttpRequest, model_admin: Any, quote: Quote, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "quote": quote,
        **passage_context(quote),
    }


def _quote(request: HttpRequest, model_admin: Any, pk: int) -> Quote:
    quote = get_object_or_404(Quote.objects.select_related("article"), pk=pk)
    if not model_admin.has_view_or_change_permission(request, quote):
        raise PermissionDenied
    return quote


def _seen_again(form: StepForm, revision: int) -> StepForm:
    form.data = again(form.data, {"revision": revision})
    form.add_error(None, "It was changed meanwhile. Look again, then decide.")
    return form
