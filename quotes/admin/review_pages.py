"""The page of one step of review: what it does, why, and a second look after a change meanwhile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from base.revisions import StaleRevisionError
from quotes.admin.forms import again
from quotes.admin.page import passage_context
from quotes.admin.record_forms import PreviewedForm
from quotes.admin.steps import STEPS, Step, arguments
from quotes.models import Quote


def step_page(request: HttpRequest, *, pk: int, name: str, model_admin: Any) -> HttpResponse:
    """Ask what a step needs, and take it."""
    step = STEPS.get(name)
    if step is None:
        raise Http404
    quote = get_object_or_404(Quote.objects.select_related("article"), pk=pk)
    if not (model_admin.has_view_or_change_permission(request, quote) and step.allowed(request)):
        raise PermissionDenied
    initial = {"revision": quote.revision, "reason": step.usual_reason}
    form = step.form(request.POST or None, quote=quote, initial=initial)
    ready = request.method == "POST" and form.is_valid()
    preview = form.preview() if ready and isinstance(form, PreviewedForm) else None
    look = preview is not None and form.cleaned_data["seen"] != preview.seen
    if preview is not None:
        form.data = again(form.data, {"seen": preview.seen})
    if ready and not look and _taken(request, step, quote, form):
        messages.success(request, f"The quote was {step.done}.")
        return redirect("admin:quotes_quote_change", quote.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.title or f"{step.label} this quote",
        "opts": model_admin.opts,
        "quote": quote,
        **passage_context(quote),
        "what": step.what,
        "label": step.label,
        "grave": step.grave,
        "obstacle": step.obstacle(quote),
        "preview": preview,
        "previewed": isinstance(form, PreviewedForm),
        "form": form,
    }
    return TemplateResponse(request, "admin/quotes/quote/step.html", context)


def _taken(request: HttpRequest, step: Step, quote: Quote, form: Any) -> bool:
    """Take the step; else put on the form why it was not taken."""
    if form.cleaned_data["revision"] != quote.revision:
        _look_again(form, quote)
        return False
    try:
        with transaction.atomic():
            step.take(quote=quote, by=request.user, **arguments(step, form))
    except StaleRevisionError as stale:
        quote.refresh_from_db()
        _look_again(form, stale.current)
    except ValidationError as refusal:
        quote.refresh_from_db()
        form.add_error(None, refusal.messages)
    else:
        return True
    return False


def _look_again(form: Any, quote: Any) -> None:
    """Say who changed the quote meanwhile; the next press counts for what is shown now."""
    latest = quote.history.latest()
    form.data = again(form.data, {"revision": quote.revision})
    form.add_error(
        None,
        f"{latest.actor_name} changed this quote after you opened it: "
        f"“{latest.history_change_reason}”. Nothing was done yet. Look again, then decide.",
    )
