"""What stands around a quote's form: the article, the steps, the stances, what was public."""

from typing import Any

from django.http import HttpRequest

from quotes.admin.marking import Mark, around, passage
from quotes.admin.stance_panels import other_targets, panels, round_of
from quotes.admin.steps import offered
from quotes.models import Quote


def page_context(request: HttpRequest, quote: Quote) -> dict[str, Any]:
    """Return what the quote's page shows beside its form."""
    coding = round_of(request, quote)
    return {
        "quote": quote,
        **passage_context(quote),
        "steps": offered(request, quote),
        "round": coding,
        # Nobody codes with the public stance, or another's coding, before their eyes.
        "panels": [] if coding else panels(request, quote),
        "other_targets": [] if coding else other_targets(request, quote),
        "versions": quote.versions.order_by("-number"),
        "withdrawals": quote.withdrawals.select_related("withdrawn_by", "lifted_by"),
    }


def passage_context(quote: Quote) -> dict[str, Any]:
    """Return the paragraphs of the article around a quote, with its spans marked."""
    spans, article = list(quote.spans.all()), quote.article
    if not spans:
        return {"passage": [], "cut_before": False, "cut_after": False}
    low, high = around(article.body, spans[0].start, spans[-1].end)
    marks = [Mark(span.start, span.end, quote) for span in spans]
    return {
        "passage": passage(article.body, marks, furniture=article.boilerplate, low=low, high=high),
        "cut_before": low > 0,
        "cut_after": high < len(article.body),
    }
