"""One thing said once: its reports side by side."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.ids import canonical_id
from quotes.models import Quote, Utterance


@require_safe
def utterance(request: HttpRequest, public_id: str) -> HttpResponse:
    canonical = canonical_id(public_id)
    if canonical is None:
        raise Http404
    if canonical != public_id:
        return HttpResponsePermanentRedirect(reverse("utterance", args=[canonical]))
    found = get_object_or_404(Utterance.objects.published(), public_id=canonical)
    reports = Quote.objects.published().filter(utterance=found).for_cards()
    context = {"utterance": found, "reports": list(reports.order_by("date_earliest", "pk"))}
    return render(request, "quotes/utterance.html", context)
