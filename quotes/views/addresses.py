"""What every page of a quote does first: one spelling of the id, and what is not there any more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve, reverse

from base.ids import canonical_id
from quotes.cards import card
from quotes.choices import AddressKind
from quotes.models import Target
from quotes.permanence import Gone, Moved, moved_target, state, was_public

View = Callable[..., HttpResponse]


def one_spelling(view: View) -> View:
    """Send an id in lower case or with look-alikes to its one spelling, whatever follows it."""

    @wraps(view)
    def spelled(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        canonical = canonical_id(public_id)
        if canonical is None:
            raise Http404
        if canonical != public_id:
            # The path was matched by a pattern, so it can lead nowhere but here.
            return HttpResponsePermanentRedirect(request.path.replace(public_id, canonical, 1))
        return view(request, public_id=canonical, **kwargs)

    return spelled


def elsewhere(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer for an id that is no published quote: 301, 410, or 404 when it was never issued."""
    found = state(public_id)
    if isinstance(found, Moved):
        return HttpResponsePermanentRedirect(request.path.replace(public_id, found.public_id, 1))
    if isinstance(found, Gone):
        return tombstone(request, found)
    raise Http404


def tombstone(request: HttpRequest, found: Gone, template: str = "410.html") -> HttpResponse:
    """Answer 410 with the reason, and the citation only where the withdrawal shows it."""
    context = {
        "public_id": found.public_id,
        "reason": found.label,
        "withdrawn_at": found.withdrawal.withdrawn_at if found.withdrawal else None,
        "note": found.note,
        "card": card(found.quote) if found.quote else None,
    }
    response = render(request, template, context, status=410)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def gone_page(request: HttpRequest) -> HttpResponse:
    """Answer 410 for a page that was public once, without a word of what it showed."""
    response = render(request, "gone.html", status=410)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def same_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a page of something that has another slug now to the same page there."""
    match = resolve(request.path_info)
    return HttpResponsePermanentRedirect(
        reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    )


def public_target(request: HttpRequest, slug: str) -> Target | HttpResponse:
    """Return a target that readers may see, the redirect to the one it was merged into, or 410.

    The same page of the other: its entry from its entry, its agreement from its agreement.
    """
    found = Target.objects.published().filter(slug=slug).first()
    if found is not None:
        return found
    if moved := moved_target(slug):
        return same_page(request, moved)
    if was_public(AddressKind.TARGET, slug):
        return gone_page(request)
    raise Http404
