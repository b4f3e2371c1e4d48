"""Policies, the public log of corrections, and the form by which a reader reports something."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from base.clients import client_address
from quotes import log, reports
from quotes.choices import ReportKind

PER_PAGE = 50
LAST_PAGE = 100


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    context = {"contact": settings.CONTACT, "counts": log.counts_by_reason()}
    return render(request, "quotes/policies.html", context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    page = page_number(request)
    rows = log.entries(limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
    if page > 1 and not rows:
        raise Http404
    context = {
        "entries": rows[:PER_PAGE],
        "earlier": page + 1 if len(rows) > PER_PAGE and page < LAST_PAGE else 0,
        "later": page - 1,
    }
    return render(request, "quotes/corrections.html", context)


def page_number(request: HttpRequest) -> int:
    """Return the page that was asked for; Http404 for anything that is no page."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LAST_PAGE):
        raise Http404
    return int(text)


class ReportForm(forms.Form):
    """What a reader fills in; `website` is a trap that people never see."""

    kind = forms.ChoiceField(choices=ReportKind.choices, label="What is it about?")
    page = forms.CharField(
        max_length=300,
        required=False,
        label="Address of the page",
        help_text="The address of the quote, if it is about one.",
    )
    text = forms.CharField(
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        label="What is wrong, or what do you ask for?",
    )
    contact = forms.CharField(
        max_length=200,
        required=False,
        label="How to reach you",
        help_text="Only if you want an answer: an e-mail address, for instance. It is not shown.",
    )
    website = forms.CharField(max_length=200, required=False)
    stamp = forms.CharField(max_length=200, widget=forms.HiddenInput, required=False)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        page = request.GET.get("page", "")[:300]
        return _form(request, ReportForm(initial={"page": page, "stamp": reports.stamp()}))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        taken = reports.take(
            sender=client_address(request),
            stamped=form.cleaned_data["stamp"],
            trap=form.cleaned_data["website"],
            **{name: form.cleaned_data[name] for name in ("kind", "text", "page", "contact")},
        )
    except reports.TooManyError as error:
        response = _form(request, form, status=429, too_many=True)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _form(request, form, status=400)
    return render(request, "quotes/reported.html", {"reference": taken.reference})


def _form(
    request: HttpRequest, form: ReportForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the form; one that was refused gets a new time, since the old may be the reason."""
    if form.is_bound:
        form.data = {**form.data.dict(), "stamp": reports.stamp()}  # type: ignore[attr-defined]
    response = render(request, "quotes/report.html", {"form": form, **more}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
