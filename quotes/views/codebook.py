"""The codebook: all entries in force, and one entry version by version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.entries import entries, entry_versions, moves
from quotes.inferred import related
from quotes.views.addresses import public_target


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    return render(request, "quotes/codebook.html", {"entries": entries()})


@require_safe
def entry_history(request: HttpRequest, slug: str) -> HttpResponse:
    target = public_target(request, slug)
    if isinstance(target, HttpResponse):
        return target
    context = {
        "target": target,
        "versions": entry_versions(target),
        "related": related(target),
        "moves": moves(target),
    }
    return render(request, "quotes/codebook_entry.html", context)
