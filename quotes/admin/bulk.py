"""One step of review for many quotes: first what will go and what won't and why, then the doing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from base.revisions import StaleRevisionError
from quotes.admin.forms import QuoteChoice, revision_keys
from quotes.admin.steps import IN_BULK, STEPS, Step
from quotes.models import Quote

MOST = 300
LIST = "admin:quotes_quote_changelist"


def ask(
    model_admin: Any, request: HttpRequest, queryset: Any, name: str, form: Any = None
) -> HttpResponse | None:
    """Show what the step will do to the chosen quotes, and ask for the reason."""
    step = STEPS[name]
    quotes = list(queryset.select_related("speaker", "article")[: MOST + 1])
    if len(quotes) > MOST:
        messages.error(request, f"Choose at most {MOST} quotes at once. Nothing has been changed.")
        return None
    judged = [(quote, step.obstacle(quote)) for quote in quotes]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{step.label} quotes",
        "opts": model_admin.opts,
        "step": step,
        "go": [quote for quote, obstacle in judged if not obstacle],
        "stay": by_obstacle(judged),
        "form": form or QuoteChoice(initial={"reason": step.usual_reason}),
    }
    return TemplateResponse(request, "admin/quotes/quote/bulk.html", context)


def by_obstacle(judged: list[tuple[Quote, str]]) -> dict[str, list[Quote]]:
    """Return the quotes that stay, under what keeps them."""
    found: dict[str, list[Quote]] = {}
    for quote, obstacle in judged:
        if obstacle:
            found.setdefault(obstacle, []).append(quote)
    return found


def bulk_page(request: HttpRequest, *, name: str, model_admin: Any) -> HttpResponse:
    """Take the step for each quote as it was shown, and say of each other one why not."""
    step = STEPS.get(name)
    if step not in IN_BULK:
        raise Http404
    if not (model_admin.has_change_permission(request) and step.allowed(request)):
        raise PermissionDenied
    chosen = revision_keys(request.POST.getlist("quote"))
    if request.method != "POST" or not chosen or len(chosen) > MOST:
        messages.warning(request, "No quotes were chosen. Nothing has been changed.")
        return redirect(LIST)
    form = QuoteChoice(request.POST)
    if not form.is_valid():
        asked = ask(model_admin, request, Quote.objects.filter(pk__in=chosen), name, form)
        return asked or redirect(LIST)
    failures = take_each(step, chosen, request.user, form.cleaned_data["reason"])
    done = len(chosen) - len(failures)
    if done:
        quotes = "quote was" if done == 1 else "quotes were"
        messages.success(request, f"{done} {quotes} {step.done}.")
    for failure in failures:
        messages.warning(request, failure)
    return redirect(LIST)


def take_each(step: Step, chosen: dict[int, int], by: Any, why: str) -> list[str]:
    """Take the step for each key at its revision; return a sentence for each that was left."""
    quotes = {
        quote.pk: quote for quote in Quote.objects.filter(pk__in=chosen).select_related("article")
    }
    failures = []
    for key, revision in chosen.items():
        quote = quotes.get(key)
        if quote is None:
            failures.append(f"Quote {key} is no longer there.")
            continue
        try:
            if quote.revision != revision:
                raise StaleRevisionError(quote)
            with transaction.atomic():
                step.take(quote=quote, by=by, why=why)
        except StaleRevisionError:
            failures.append(f"{quote} was left: someone changed it meanwhile.")
        except ValidationError as refusal:
            failures.append(f"{quote} was left: {' '.join(refusal.messages)}")
    return failures
