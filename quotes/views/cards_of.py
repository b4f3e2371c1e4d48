"""Quotes that stand in several places of a page, fetched together."""

from typing import Any

from quotes.analysis.positions import Stand
from quotes.models import Quote
from quotes.positions import dated


class Cards:
    """Quotes that a page shows as cards, fetched together."""

    def __init__(self) -> None:
        self.wanted: dict[str, list[dict[str, Any]]] = {}

    def want(self, stand: Stand) -> dict[str, Any]:
        entry: dict[str, Any] = {"stand": stand, "date": dated(stand)}
        self.wanted.setdefault(stand.quote, []).append(entry)
        return entry

    def fetch(self) -> None:
        if not self.wanted:
            return
        for quote in Quote.objects.published().filter(public_id__in=self.wanted).for_cards():
            for entry in self.wanted[str(quote.public_id)]:
                entry["quote"] = quote
