"""The review screen: one article, by GET to look, by POST to press a button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from base.admin.lists import is_key
from quotes.admin.screen.actions import Done, press
from quotes.admin.screen.names import offered_bodies, offered_people
from quotes.admin.screen.page import Screen, context
from quotes.queue import Queue

# The script asks for the middle of the page only, and puts it in place of the old one.
FRAGMENT = "X-Review-Fragment"


def review_page(request: HttpRequest, *, pk: int, model_admin: Any) -> HttpResponse:
    """Show an article with its candidates, or do what a button on it says."""
    may_review(request)
    data = request.POST if request.method == "POST" else request.GET
    wanted = data.get("quote", "")
    screen = Screen.read(pk, int(wanted) if is_key(wanted) else None)
    if request.method != "POST":
        return _answer(request, model_admin, screen, None)
    if wanted and screen.by_key(int(wanted) if is_key(wanted) else None) is None:
        done = Done("That quote is no longer there. Nothing was changed.", None, refused=True)
    else:
        done = press(request, screen, request.POST.get("action", ""))
    after = Screen.read(pk, done.show)
    if done.form is not None or FRAGMENT in request.headers or done.refused:
        return _answer(request, model_admin, after, done)
    messages.success(request, done.said)
    return redirect(_address(after, Queue.of(request.POST, request.user)))


def names(request: HttpRequest, *, model_admin: Any) -> JsonResponse:
    """Return people or bodies whose name has what was typed in it, for the card's lists."""
    may_review(request)
    query = request.GET.get("q", "")
    offered = offered_bodies if request.GET.get("kind") == "body" else offered_people
    return JsonResponse({"names": offered(query)})


def may_review(request: HttpRequest) -> None:
    if not request.user.has_perm("quotes.change_quote"):
        raise PermissionDenied


def _answer(
    request: HttpRequest, model_admin: Any, screen: Screen, done: Done | None
) -> HttpResponse:
    found = context(request, screen, done.form if done else None, done=done)
    if FRAGMENT in request.headers:
        return TemplateResponse(request, "admin/quotes/screen/_workspace.html", found)
    frame = {
        **model_admin.admin_site.each_context(request),
        "title": f"Review: {screen.article}",
        "opts": model_admin.opts,
        **found,
    }
    return TemplateResponse(request, "admin/quotes/screen/review.html", frame)


def _address(screen: Screen, queue: Queue) -> str:
    address = reverse("admin:quotes_article_review", args=[screen.article.pk])
    quote = f"quote={screen.current.pk}" if screen.current else ""
    parameters = "&".join(part for part in (quote, queue.parameters) if part)
    return f"{address}?{parameters}" if parameters else address
