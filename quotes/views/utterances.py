"""One thing said once: its reports side by side, and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.dates import bounds
from base.differences import Pieces, word_pieces
from base.ids import canonical_id
from quotes.models import Quote, Utterance

WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Aligned:
    """A report beside the one that it is compared with, `pieces` as they stand in each."""

    quote: Quote
    base: Pieces
    own: Pieces
    left_out: int
    """How many words of the other are not here."""
    only_here: int


@require_safe
def utterance(request: HttpRequest, public_id: str) -> HttpResponse:
    canonical = canonical_id(public_id)
    if canonical is None:
        raise Http404
    if canonical != public_id:
        return HttpResponsePermanentRedirect(reverse("utterance", args=[canonical]))
    found = get_object_or_404(Utterance.objects.published(), public_id=canonical)
    quotes = Quote.objects.published().filter(utterance=found).for_cards()
    reports = sorted(quotes, key=_place)
    first = first_appearance(reports)
    base = first or max(reports, key=lambda quote: len(quote.text))
    context = {
        "utterance": found,
        "reports": reports,
        "first": first,
        "base": base,
        "aligned": [aligned(base, quote) for quote in reports if quote.pk != base.pk],
    }
    return render(request, "quotes/utterance.html", context)


def _place(quote: Quote) -> tuple[str, int, int]:
    """Return what sorts reports: when their article appeared, undated ones last."""
    day = bounds(quote.article.published).earliest
    return (day.isoformat() if day else "9999", quote.start, quote.pk)


def first_appearance(reports: Sequence[Quote]) -> Quote | None:
    """Return the report that surely appeared first; None where the dates don't tell.

    Of several in the first article the first one counts.
    """
    days = {quote.pk: bounds(quote.article.published) for quote in reports}
    for one in reports:
        last = days[one.pk].latest
        others = [quote for quote in reports if quote.article_id != one.article_id]
        starts = [days[quote.pk].earliest for quote in others]
        if others and last and all(start and start > last for start in starts):
            return one
    return None


def aligned(base: Quote, quote: Quote) -> Aligned:
    """Compare a report with another word by word."""
    before, own = word_pieces(base.text, quote.text)
    return Aligned(quote, before, own, _changed(before), _changed(own))


def _changed(pieces: Pieces) -> int:
    return sum(len(WORD.findall(piece.text)) for piece in pieces if piece.changed)
