"""The codebook: all entries in force, and one entry version by version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quotes.entries import entries, entry_versions
from quotes.models import Target


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    return render(request, "quotes/codebook.html", {"entries": entries()})


@require_safe
def entry_history(request: HttpRequest, slug: str) -> HttpResponse:
    target = get_object_or_404(Target.objects.published(), slug=slug)
    context = {"target": target, "versions": entry_versions(target)}
    return render(request, "quotes/codebook_entry.html", context)
