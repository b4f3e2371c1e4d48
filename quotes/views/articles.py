"""Articles: which are quoted, and one article's quotes in order."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.ids import canonical_id
from people.lists import page_of
from quotes.choices import Rights
from quotes.citing import article_panel
from quotes.full_text import paragraphs
from quotes.models import Article, Quote
from quotes.views.site import site_of


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().with_quote_count().select_related("outlet")
    articles = articles.defer("body", "boilerplate")
    return page_of(request, articles.newest_first(), "quotes/articles.html")


@require_safe
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    canonical = canonical_id(public_id)
    if canonical is None:
        raise Http404
    if canonical != public_id:
        return HttpResponsePermanentRedirect(reverse("article", args=[canonical]))
    found = (
        Article.objects.published()
        .defer("body", "boilerplate")
        .select_related("outlet")
        .filter(public_id=canonical)
        .first()
    )
    if found is None:
        raise Http404
    quotes = list(
        Quote.objects.published().filter(article=found).for_cards().order_by("start", "pk")
    )
    # The body leaves the database only where readers may see all of it.
    full = found.rights == Rights.FULL
    context = {
        "article": found,
        "quotes": quotes,
        "paragraphs": paragraphs(found) if full else [],
        "panel": article_panel(found, site=site_of(request)),
    }
    return render(request, "quotes/article.html", context)
