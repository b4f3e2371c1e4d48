"""Tags and filters of the public pages."""

from typing import Any

from django import template

from base.dates import display
from base.visible import visible as make_visible
from quotes.cards import Card, article_date, card
from quotes.choices import StanceValue
from quotes.models import Article, Quote
from quotes.wording import VERBS

register = template.Library()


@register.inclusion_tag("quotes/_card.html")
def quote_card(
    quote: Quote, stems: frozenset[str] = frozenset(), level: int = 2, context: bool = False
) -> dict[str, Any]:
    """Show a quote as a card: `level` is its heading's, `context` adds what stands around."""
    shown: Card = card(quote, stems)
    return {"card": shown, "level": level, "context": context}


@register.filter
def visible(text: object) -> str:
    """Return a name with hidden characters written as their codes; the template escapes it."""
    return make_visible(str(text))


@register.filter
def edtf(text: str) -> str:
    """Return a date as it is spoken."""
    return display(text)


@register.filter
def dated(article: Article) -> str:
    """Return an article's date with its basis."""
    return article_date(article)


@register.filter
def verb(value: str) -> str:
    """Return a stance value as it stands before its target."""
    return VERBS[value]


@register.filter
def in_codebook_order(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return {"value", "count"} entries in the order of the vocabulary."""
    return sorted(counts, key=lambda entry: StanceValue.values.index(entry["value"]))


@register.filter
def stance_label(value: str) -> str:
    return str(StanceValue(value).label)
