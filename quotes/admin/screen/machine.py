"""How good is the machine here, lately: a page of counts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from quotes.machine import PERIODS, performance


def machine_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Show what the machine said against what editors decided, over a period."""
    if not request.user.has_perm("quotes.view_quote"):
        raise PermissionDenied
    period = request.GET.get("period") or "90"
    known = period in PERIODS
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "How good is the machine here, lately?",
        "opts": model_admin.opts,
        "periods": PERIODS.items(),
        "period": period if known else "90",
        "unknown_period": "" if known else period[:40],
        "found": performance(period=period if known else "90"),
    }
    return TemplateResponse(request, "admin/quotes/screen/machine.html", context)
