"""Tags and filters of the public pages."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from base.dates import display
from base.visible import visible as make_visible
from quotes.analysis.charts.svg import Chart
from quotes.cards import article_date, card
from quotes.choices import StanceValue
from quotes.citations.exports.jsonld import script_json
from quotes.citations.styles.markup import Rendered
from quotes.models import Article, Quote
from quotes.wording import VERBS

register = template.Library()
NO_DATA = mark_safe(
    '<span class="none" aria-hidden="true">–</span><span class="unseen">no data</span>'
)


@register.inclusion_tag("analysis/_short.html")
def quote_short(quote: Quote, value: str = "") -> dict[str, Any]:
    """Show a quote's words and where they stand, without ids: it may come twice on a page."""
    return {"card": card(quote), "value": value}


@register.simple_tag
def tally(cell: dict[str, Any]) -> SafeString:
    """Show how often each value was taken, and the mean with its n; a page has hundreds."""
    if not cell["total"]:
        return NO_DATA
    parts = format_html_join(
        " ",
        '<{} class="stance stance-{}"{}><span class="stance-verb"><span class="unseen">{} </span>'
        "</span>{}</{}>",
        (
            ("a", value, format_html(' href="{}"', url), label, n, "a")
            if url
            else ("span", value, "", label, n, "span")
            for value, label, n, url in cell["parts"]
        ),
    )
    if not cell["mean"]:
        return format_html(
            '<span class="tally">{}</span><span class="mean of">no position</span>', parts
        )
    return format_html(
        '<span class="tally">{}</span><span class="mean"><span class="unseen">mean </span>{} '
        '<span class="of">n {}</span></span>',
        parts,
        cell["mean"],
        cell["n"],
    )


@register.filter
def data_block(data: Any) -> SafeString:
    """Return data as a JSON-LD block: no browser runs it, no character of it can end it."""
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(script_json(data)),  # noqa: S308  # script_json escapes < > and &
    )


@register.filter
def rendered(citation: Rendered) -> SafeString:
    """Return a citation's HTML, in which the renderers escaped all but their own italics."""
    return mark_safe(citation.html)  # noqa: S308  # tests/quotes/test_views_citing.py: hostile names


@register.filter
def svg(chart: Chart) -> SafeString:
    """Return a chart's picture, in which the charts escaped every text."""
    return mark_safe(chart.svg)  # noqa: S308  # tests/analysis/test_charts.py: hostile labels


@register.filter
def visible(text: object) -> str:
    """Return a name with hidden characters written as their codes; the template escapes it."""
    return make_visible(str(text))


@register.filter
def percent(share: float) -> str:
    """Return a share as agreement is printed: 66.7 %."""
    return f"{100 * share:.1f} %"


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
