"""The whole text of an article, its published quotes as links; only where its rights allow."""

from itertools import pairwise

from quotes.choices import Rights, Status
from quotes.models import Article, QuoteSpan

Piece = tuple[str, str]


def paragraphs(article: Article) -> list[list[Piece]]:
    """Return the body by paragraph, each as (text, id of the quote that it belongs to or "").

    Raises ValueError for an article that may only be excerpted.
    """
    if article.rights != Rights.FULL:
        raise ValueError("This article's rights allow excerpts only.")
    spans = QuoteSpan.objects.filter(
        quote__article=article, quote__status=Status.PUBLISHED
    ).values_list("start", "end", "quote__public_id")
    pieces = _pieces(article.body, sorted((s, e, str(i)) for s, e, i in spans), article.boilerplate)
    found: list[list[Piece]] = [[]]
    for text, public_id in pieces:
        for number, line in enumerate(text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append((line, public_id))
    return [paragraph for paragraph in found if any(text.strip() for text, _ in paragraph)]


def _pieces(
    body: str, spans: list[tuple[int, int, str]], furniture: list[list[int]]
) -> list[Piece]:
    """Cut the body at every edge; where quotes overlap, a piece belongs to the first of them."""
    edges = {0, len(body)}
    edges.update(edge for low, high, _ in spans for edge in (low, high))
    edges.update(edge for low, high in furniture for edge in (low, high))
    found = []
    for start, end in pairwise(sorted(edges)):
        if any(low <= start < high for low, high in furniture):
            continue
        owner = next((i for low, high, i in spans if low <= start < high), "")
        found.append((body[start:end], owner))
    return found
