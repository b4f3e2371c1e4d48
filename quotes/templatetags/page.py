"""What every page has around it."""

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

register = template.Library()


class FixedNode(template.Node):
    """Part of a page that is rendered once for each value of an expression, then kept."""

    def __init__(self, nodelist: NodeList, by: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.by = by
        self.texts: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_script_prefix(), self.by.resolve(context) if self.by else None)
        if key not in self.texts:
            self.texts[key] = self.nodelist.render(context)
        return self.texts[key]


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """Keep what stands up to `endfixed` for as long as the process runs.

    Only for what depends on the code alone, or on the code and the one expression given, which has
    few values: to look up the addresses of a dozen pages and files took a third of a frame's time.
    """
    by = token.split_contents()[1:]
    nodelist = parser.parse(["endfixed"])
    parser.delete_first_token()
    return FixedNode(nodelist, parser.compile_filter(by[0]) if by else None)
