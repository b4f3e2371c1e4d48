"""The review screen as a browser without a script uses it: a card filled in, a button pressed."""

from typing import Any

from django.test import Client
from django.urls import reverse

from quotes.models import Article, Quote
from tests.forms import form_with


def address(article: Article, quote: Quote | None = None) -> str:
    found = reverse("admin:quotes_article_review", args=[article.pk])
    return f"{found}?quote={quote.pk}" if quote else found


def card(browser: Client, quote: Quote) -> dict[str, Any]:
    return form_with(browser.get(address(quote.article, quote)), "speaker_name")


def press(browser: Client, quote: Quote, action: str, **typed: Any) -> Any:
    data = {**card(browser, quote), "action": action, **typed}
    return browser.post(address(quote.article), data, follow=True)


def selected(body: str, words: str) -> dict[str, Any]:
    start = body.index(words)
    return {"sel_start": start, "sel_end": start + len(words), "sel_words": words}


def said(response: Any) -> str:
    done = response.context.get("done")
    return done.said if done else " ".join(map(str, response.context["messages"]))
