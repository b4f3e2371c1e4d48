"""The options and the bars of the filter panel.

In Python and not a template: a panel has some two hundred options and dozens of bars, and as many
included templates took longer than finding and counting among a million quotes.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from quotes.facets import Option
from quotes.histogram import Bar, Histogram

register = template.Library()


@register.simple_tag
def panel_options(options: Iterable[Option]) -> SafeString:
    """Return options as list items: one box to ask for each, one to leave it out."""
    return mark_safe("".join(map(_option, options)))  # noqa: S308  # escaped below


def _option(option: Option, on: str = "") -> str:
    """Return one option; `on`, escaped, says of a stance on which target, for who can't see it."""
    name, value, label = escape(option.name), escape(option.value), escape(option.label)
    checked, unseen = " checked", f'<span class="unseen">{on}</span>' if on else ""
    quotes = "quote" if option.count == 1 else "quotes"
    return (
        f'<li class="option{" is-left-out" if option.left_out else ""}"><label>'
        f'<input type="checkbox" name="{name}" value="{value}"{checked * option.selected}> '
        f'<span class="option-label"><bdi>{label}</bdi>{unseen}</span> <span class="option-count">'
        f'{option.count}<span class="unseen"> {quotes}</span></span></label>\n'
        f'<label class="leave-out"><input type="checkbox" name="not_{name}" value="{value}"'
        f'{checked * option.left_out}><span aria-hidden="true">not</span>'
        f'<span class="unseen">Leave out {label}{on}</span></label>\n'
        f"{_positions(option, label) if option.values else ''}</li>"
    )


def _positions(option: Option, label: str) -> str:
    """Return the stance values of a target, folded away until one is chosen."""
    values = "".join(_option(value, f" on {label}") for value in option.values)
    return (
        f'<details class="positions"{" open" * option.value_chosen}><summary>stances'
        f'<span class="unseen"> on {label}</span></summary><ul>{values}</ul></details>'
    )


@register.simple_tag
def year_bars(histogram: Histogram) -> SafeString:
    """Return the years as a drawing, each bar a link; the table beside it says the same."""
    address, width, height = reverse("quotes"), histogram.width, histogram.height
    bars = "".join(_bar(bar, address, height) for bar in histogram.bars if bar.count)
    ends = "".join(
        f'<text x="{x}" y="{height + 13}" text-anchor="{anchor}">{year}</text>'
        for x, anchor, year in histogram.ends
    )
    return mark_safe(  # noqa: S308  # numbers, and escaped below
        f'<svg class="histogram" viewBox="0 0 {width} {height + 16}" aria-hidden="true" '
        f'focusable="false">\n{bars}\n<line class="bar-line" x1="0" y1="{height}" '
        f'x2="{width}" y2="{height}"/>\n{ends}\n</svg>\n'
    )


def _bar(bar: Bar, address: str, height: int) -> str:
    quotes = "quote" if bar.count == 1 else "quotes"
    return (
        f'<a href="{address}?{escape(bar.query)}" tabindex="-1">'
        f"<title>{bar.year}: {bar.count} {quotes}</title>"
        f'<rect class="bar-back" x="{bar.x}" y="0" width="{bar.width}" height="{height}"/>'
        f'<rect class="bar{" bar-chosen" * bar.chosen}" x="{bar.x}" y="{bar.y}" '
        f'width="{bar.width}" height="{bar.height}"/></a>'
    )
