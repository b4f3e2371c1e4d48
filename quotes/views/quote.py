"""One quote under its permanent address, and what stands there once it is withdrawn."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from base.ids import canonical_id
from quotes.cards import card
from quotes.choices import Exposure, Status
from quotes.citations.fragments import source_link
from quotes.models import Quote, Withdrawal
from quotes.stance_counts import coder_counts
from quotes.wording import attribution, stance_basis


@require_safe
def quote(request: HttpRequest, public_id: str) -> HttpResponse:
    canonical = canonical_id(public_id)
    if canonical is None:
        raise Http404
    if canonical != public_id:
        return HttpResponsePermanentRedirect(reverse("quote", args=[canonical]))
    found = (
        Quote.objects.published()
        .for_cards()
        .prefetch_related("spans")
        .annotate(version=Max("versions__number"), changed_at=Max("versions__created_at"))
        .filter(public_id=canonical)
        .first()
    )
    if found is None:
        return withdrawn(request, canonical)
    response = render(request, "quotes/quote.html", _context(request, found))
    if found.speaker and found.speaker.protected:
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    # The page of an editor who is logged in has one link more.
    patch_vary_headers(response, ["Cookie"])
    return response


def withdrawn(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer 410 with the reason, and the citation only where the withdrawal shows it."""
    found = (
        Withdrawal.objects.filter(
            quote__public_id=public_id, quote__status=Status.WITHDRAWN, lifted_at__isnull=True
        )
        .select_related("quote__article__outlet", "quote__speaker", "quote__on_behalf_of")
        .first()
    )
    if found is None:
        raise Http404
    shows = found.exposes == Exposure.CITATION
    context = {
        "public_id": public_id,
        "reason": found.get_reason_display(),
        "withdrawn_at": found.withdrawn_at,
        "note": found.public_note if shows else "",
        "card": card(found.quote) if shows else None,
    }
    response = render(request, "410.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _context(request: HttpRequest, found: Quote) -> dict[str, Any]:
    shown = card(found)
    before, after = neighbours(found)
    protected = bool(found.speaker and found.speaker.protected)
    counts = coder_counts(found)
    return {
        "quote": found,
        "card": shown,
        "attribution": attribution(found.basis, "" if protected else found.speaker_text),
        "stances": [
            (mark, stance, stance_basis(stance.basis, counts.get(stance.target_id, 0)))
            for mark, stance in zip(shown.stances, found.stances.all(), strict=True)
        ],
        "source_url": source_link(
            found.article.url,
            [span.words for span in found.spans.all()],
            prefix=shown.prefix,
            suffix=shown.suffix,
        ),
        "permalink": request.build_absolute_uri(found.get_absolute_url()),
        "before": before,
        "after": after,
        "reports": other_reports(found),
        "edit_url": edit_url(request, found),
        "protected": protected,
    }


def neighbours(found: Quote) -> tuple[str, str]:
    """Return the ids of the published quotes before and after in the article, "" at its ends."""
    ids = list(
        Quote.objects.published()
        .filter(article=found.article_id)
        .order_by("start", "pk")
        .values_list("public_id", flat=True)
    )
    at = ids.index(found.public_id)
    return (ids[at - 1] if at else "") or "", (ids[at + 1] if at + 1 < len(ids) else "") or ""


def other_reports(found: Quote) -> list[Quote]:
    """Return the other published quotes that report the same utterance."""
    if found.utterance_id is None:
        return []
    quotes = Quote.objects.published().filter(utterance=found.utterance_id)
    return list(quotes.exclude(pk=found.pk).for_cards().order_by("date_earliest", "pk"))


def edit_url(request: HttpRequest, found: Quote) -> str:
    """Return where an editor changes the quote; a reader without a session is not looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not admin.site.is_registered(Quote):
        return ""
    if not (request.user.is_staff and request.user.has_perm("quotes.change_quote")):
        return ""
    return reverse("admin:quotes_quote_change", args=[found.pk])
