"""Outlets: who published."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.lists import page_of
from quotes.choices import Status
from quotes.models import Article, Outlet, Quote
from quotes.stance_counts import by_target

SHOWN = 10
PUBLISHED = Q(articles__quotes__status=Status.PUBLISHED)


@require_safe
def outlet_list(request: HttpRequest) -> HttpResponse:
    outlets = Outlet.objects.published().annotate(
        quote_count=Count("articles__quotes", filter=PUBLISHED, distinct=True),
        article_count=Count("articles", filter=PUBLISHED, distinct=True),
    )
    return page_of(request, outlets.order_by("name", "pk"), "quotes/outlets.html")


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Outlet.objects.published(), slug=slug)
    quotes = Quote.objects.published().filter(article__outlet=found)
    articles = Article.objects.published().with_quote_count().filter(outlet=found)
    context = {
        "outlet": found,
        "count": quotes.count(),
        "articles": articles.defer("body", "boilerplate").newest_first(),
        "targets": by_target(quotes),
    }
    return render(request, "quotes/outlet.html", context)
