"""How much of an article readers see beside the quotes themselves: a share, given out once.

Decision 0015. The quotes are the record; the sentence on each side of one is the reporter's, and
many of them together would be the article.
"""

from collections.abc import Iterable

from django.db.models import Max

from quotes.choices import WAS_PUBLIC, Rights
from quotes.models import Article, Quote

# Of an article's words, and never more, however long it is; a short one gives a few sentences.
SHARE, MOST, LEAST = 0.25, 300, 100
Range = tuple[int, int]


def allowance(words: int) -> int:
    """Return how many words of context an article of so many words gives in all."""
    return max(LEAST, min(MOST, int(words * SHARE)))


def allot(quote: Quote) -> None:
    """Say on the quote, without saving it, whether readers see the context around its words.

    First come, first served: what was given stays given, even to a quote that is withdrawn by
    now, since a version that shows it stays readable. An article that may be shown whole has no
    such limit.
    """
    quote.without_context = False
    article = Article.objects.get(pk=quote.article_id)
    if article.rights == Rights.FULL:
        return
    spans = list(quote.spans.all())
    own = around(spans[0].start, spans[-1].end, quote.prefix, quote.suffix)
    shown = words_in(article.body, [*given(quote), *own])
    quote.without_context = shown > allowance(len(article.body.split()))


def given(quote: Quote) -> list[Range]:
    """Return the ranges of the body that the other quotes of the article show around them."""
    rows = (
        Quote.objects.filter(article=quote.article_id, status__in=WAS_PUBLIC)
        .filter(without_context=False)
        .exclude(pk=quote.pk)
        .order_by()
        .values_list("start", Max("spans__end"), "prefix", "suffix")
    )
    return [part for row in rows for part in around(*row)]


def around(start: int, end: int, prefix: str, suffix: str) -> list[Range]:
    """Return where the context of a quote stands: it touches the quote on both sides."""
    return [(start - len(prefix), start), (end, end + len(suffix))]


def words_in(body: str, ranges: Iterable[Range]) -> int:
    """Return how many words stand in some ranges of a text; a word in two of them counts once."""
    count, at = 0, 0
    for start, end in sorted(ranges):
        count += len(body[max(start, at) : end].split())
        at = max(at, end)
    return count
