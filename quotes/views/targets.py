"""Targets: what stances are about, with the codebook entry and who takes which side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.entries import entry, merged_here
from quotes.inferred import related
from quotes.models import Quote
from quotes.stance_counts import by_speaker, by_target, totals
from quotes.views.addresses import public_target
from quotes.views.site import page_citation


@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    summaries = by_target(Quote.objects.published())
    return render(request, "quotes/targets.html", {"targets": summaries})


@require_safe
def target(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_target(request, slug)
    if isinstance(found, HttpResponse):
        return found
    quotes = Quote.objects.published().filter(stances__target=found)
    rows = by_speaker(found)
    context = {
        "target": found,
        "entry": entry(found),
        "rows": rows,
        "related": related(found),
        "merged_here": merged_here(found),
        "totals": totals(rows),
        "total": sum(row.total for row in rows),
        "panel": page_citation(request, found.label, "This codebook entry and its counts"),
        "newest": quotes.for_cards().newest_first()[:5],
    }
    return render(request, "quotes/target.html", context)
