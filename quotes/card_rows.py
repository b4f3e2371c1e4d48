"""The rows that cards show, by their keys."""

from collections.abc import Sequence

from base.prepared import Prepared, give
from quotes.models import Quote, Stance

_quotes: Prepared[Quote] = Prepared(
    Quote,
    lambda keys: (
        Quote.objects.published().for_cards().prefetch_related(None).filter(pk__in=keys).order_by()
    ),
)
_stances: Prepared[Stance] = Prepared(
    Stance,
    lambda keys: (
        Stance.objects.select_related("target")
        .filter(quote__pk__in=keys)
        .only("quote", "value", "basis", "target__slug", "target__label", "target__kind")
        .order_by("pk")
    ),
)


def card_rows(keys: Sequence[int]) -> list[Quote]:
    """Return the published quotes with these keys, in their order; what is not public is left out.

    They come as `QuoteQuerySet.for_cards` fetches them, in two queries.
    """
    rows = {quote.pk: quote for quote in _quotes(keys)}
    give(list(rows.values()), "stances", _stances(list(rows)), "quote_id")
    return [rows[key] for key in keys if key in rows]
