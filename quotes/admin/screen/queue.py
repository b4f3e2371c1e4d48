"""The queue: articles with candidates left, and who takes which."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from base.admin.lists import is_key
from base.revisions import StaleRevisionError
from quotes.admin.screen.view import may_review
from quotes.models import Article
from quotes.queue import ORDERS, WHO, Queue, outlets_waiting, what_is_left
from quotes.review import assignments

PER_PAGE = 50


def queue_page(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Show what waits, narrowed and ordered as asked, and what is left of all."""
    may_review(request)
    queue = Queue.of(request.GET, request.user)
    page = Paginator(queue.articles(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Review queue",
        "opts": model_admin.opts,
        "queue": queue,
        "page": page,
        "left": what_is_left(request.user),
        "orders": ORDERS.items(),
        "whose": WHO.items(),
        "outlets": outlets_waiting(),
        "editors": assignments.editors(),
    }
    return TemplateResponse(request, "admin/quotes/screen/queue.html", context)


@require_POST
def assign(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Give an article to an editor, or to nobody."""
    may_review(request)
    article = get_object_or_404(Article, pk=pk)
    key = request.POST.get("editor", "")
    editor = assignments.editors().filter(pk=key).first() if is_key(key) else None
    if key and editor is None:
        messages.error(request, "There is no such editor. Nothing was changed.")
    else:
        _assign(request, article, editor)
    queue = Queue.of(request.POST, request.user)
    address = reverse("admin:quotes_article_queue")
    return redirect(f"{address}?{queue.parameters}" if queue.parameters else address)


def _assign(request: HttpRequest, article: Article, editor: User | None) -> None:
    try:
        assignments.assign(article=article, editor=editor, by=request.user)  # type: ignore[arg-type]
    except (StaleRevisionError, IntegrityError):
        messages.error(request, f"Someone assigned “{article}” just now. Nothing was changed.")
    else:
        who = editor.get_username() if editor else "nobody"
        messages.success(request, f"“{article}” is assigned to {who}.")
