"""The options of the filter panel.

In Python and not a template: a panel has some two hundred, and as many included templates took
longer than finding and counting among a million quotes.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from quotes.facets import Option

register = template.Library()


@register.simple_tag
def panel_options(options: Iterable[Option]) -> SafeString:
    """Return options as list items: one box to ask for each, one to leave it out."""
    return mark_safe("".join(_option(option) for option in options))  # noqa: S308  # escaped below


def _option(option: Option, of: str = "") -> str:
    """Return one option; that of a stance says on which target it is, for who can't see where."""
    on = f" on {conditional_escape(of)}" if of else ""
    name, value = conditional_escape(option.name), conditional_escape(option.value)
    label, checked = conditional_escape(option.label), " checked"
    unseen = f'<span class="unseen">{on}</span>' if on else ""
    quotes = "quote" if option.count == 1 else "quotes"
    return (
        f'<li class="option{" is-left-out" if option.left_out else ""}"><label>'
        f'<input type="checkbox" name="{name}" value="{value}"{checked * option.selected}> '
        f'<span class="option-label"><bdi>{label}</bdi>{unseen}</span> <span class="option-count">'
        f'{option.count}<span class="unseen"> {quotes}</span></span></label>\n'
        f'<label class="leave-out"><input type="checkbox" name="not_{name}" value="{value}"'
        f'{checked * option.left_out}><span aria-hidden="true">not</span>'
        f'<span class="unseen">Leave out {label}{on}</span></label>\n{_positions(option)}</li>'
    )


def _positions(option: Option) -> SafeString | str:
    """Return the stance values of a target, folded away until one is chosen."""
    if not option.values:
        return ""
    return format_html(
        '<details class="positions"{}><summary>stances<span class="unseen"> on {}</span></summary>'
        "<ul>{}</ul></details>",
        mark_safe(" open" if option.value_chosen else ""),  # noqa: S308  # one of two words
        option.label,
        mark_safe("".join(_option(value, option.label) for value in option.values)),  # noqa: S308
    )
