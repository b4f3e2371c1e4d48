"""One quote under its permanent address, and what stands there once it is withdrawn."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from base.prepared import Prepared, give
from quotes.cards import card
from quotes.choices import CoderKind
from quotes.citations.fragments import source_link
from quotes.citing import citation, panel, words_hash
from quotes.inferred import inferred
from quotes.models import Notice, Quote, QuoteVersion, Stance, StanceCoding
from quotes.querysets import NOT_ON_CARDS
from quotes.views.addresses import elsewhere, one_spelling
from quotes.views.site import describe, head, site_of
from quotes.wording import attribution, stance_basis


@require_safe
@one_spelling
def quote(request: HttpRequest, public_id: str) -> HttpResponse:
    found = next(iter(_quote_of([public_id])), None)
    if found is None:
        return elsewhere(request, public_id)
    give([found], "stances", _stances_of([found.pk]), "quote_id")
    give([found], "notices", _notices_of([found.pk]), "quote_id")
    record = json.loads(found.record)
    cited = citation(
        record,
        number=found.version,
        recorded=found.changed_at.date(),
        site=site_of(request),
        said_of=found.notices.all(),
    )
    context = _context(request, found, record["spans"]) | {
        "cited": cited,
        "head": head(cited),
        "panel": panel(cited),
        "notices": found.notices.all(),
        "card_url": f"{cited.permalink}/card.png",
    }
    response = render(request, "quotes/quote.html", context)
    describe(response, cited, found.version)
    if found.unlisted or (found.speaker and found.speaker.protected):
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    # The page of an editor who is logged in has one link more, and is nobody else's.
    patch_vary_headers(response, ["Cookie"])
    if context["edit_url"]:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@one_spelling
def with_words(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send an address with words after the id to the address that is promised."""
    return HttpResponsePermanentRedirect(reverse("quote", args=[public_id]))


def _quote(ids: Sequence[Any]) -> QuerySet[Quote]:
    """Return the quote with all that its page shows of it and of its newest version."""
    return (
        Quote.objects.published()
        .filter(public_id=ids[0])
        .select_related("article__outlet", "speaker", "on_behalf_of", "utterance")
        # The page shows no word of the text but the quote's: a long one is not read for it.
        .defer(*NOT_ON_CARDS, "utterance__created_at")
        .annotate(
            version=_latest("number"), changed_at=_latest("created_at"), record=_latest("snapshot")
        )
        .order_by()
    )


def _latest(column: str) -> Subquery:
    """Return a column of the quote's newest version, fetched with the quote."""
    rows = QuoteVersion.objects.filter(quote=OuterRef("pk")).order_by("-number")
    return Subquery(rows.values(column)[:1])


def _stances(keys: Sequence[Any]) -> QuerySet[Stance]:
    """Return the stances of quotes with their targets and how many people coded each."""
    coded = (
        StanceCoding.objects.released()
        .filter(quote=OuterRef("quote"), target=OuterRef("target"), coder__kind=CoderKind.PERSON)
        .order_by()
        .values("target")
        .annotate(count=Count("coder", distinct=True))
        .values("count")
    )
    rows = Stance.objects.filter(quote__pk__in=keys).select_related("target").order_by("pk")
    return rows.annotate(coders=Coalesce(Subquery(coded), 0))


def _given(found: Quote) -> dict[int, list[StanceCoding]]:
    """Return each person's released coding by target, for a collection that publishes them."""
    rows = StanceCoding.objects.published().filter(quote=found, coder__kind=CoderKind.PERSON)
    by_target: dict[int, list[StanceCoding]] = {}
    for coding in rows.select_related("coder").order_by("coder__slug"):
        by_target.setdefault(coding.target_id, []).append(coding)
    return by_target


def _notices(keys: Sequence[Any]) -> QuerySet[Notice]:
    rows = Notice.objects.filter(quote__pk__in=keys, undone_at__isnull=True)
    return rows.order_by("dated", "pk")


def _beside(articles: Sequence[Any]) -> QuerySet[Quote]:
    """Return the published quotes of an article in their order there."""
    rows = Quote.objects.published().filter(article__pk=articles[0])
    return rows.only("public_id").order_by("start", "pk")


# What every reader of a quote asks.
_quote_of = Prepared(Quote, _quote, CharField())
_stances_of, _notices_of = Prepared(Stance, _stances), Prepared(Notice, _notices)
_quotes_beside = Prepared(Quote, _beside)


def _context(
    request: HttpRequest, found: Quote, spans: list[tuple[int, int, str]]
) -> dict[str, Any]:
    shown = card(found)
    given = _given(found) if settings.SHOW_CODER_VALUES else {}
    before, after = neighbours(found)
    protected = bool(found.speaker and found.speaker.protected)
    return {
        "quote": found,
        "card": shown,
        "attribution": attribution(found.basis, "" if protected else found.speaker_text),
        "stances": [
            (
                mark,
                stance,
                stance_basis(stance.basis, stance.coders),
                given.get(stance.target_id, []),
            )
            for mark, stance in zip(shown.stances, found.stances.all(), strict=True)
        ],
        "inferred": inferred(found.stances.all()),
        "source_url": source_link(
            found.article.url,
            [words for _, _, words in spans],
            prefix=shown.prefix,
            suffix=shown.suffix,
        ),
        "permalink": request.build_absolute_uri(found.get_absolute_url()),
        "before": before,
        "after": after,
        "reports": other_reports(found),
        "edit_url": edit_url(request, found),
        "words_sha256": words_hash([words for _, _, words in spans]),
        "protected": protected,
    }


def neighbours(found: Quote) -> tuple[str, str]:
    """Return the ids of the published quotes before and after in the article, "" at its ends."""
    ids = [quote.public_id for quote in _quotes_beside([found.article_id])]
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
