"""Quotes that stand in several places of a page, fetched together."""

from typing import Any

from quotes.models import Quote
from quotes.positions import Stand, dated


class Cards:
    """Quotes that a page shows as cards, fetched together."""

    def __init__(self) -> None:
        self.wanted: dict[int, list[dict[str, Any]]] = {}

    def want(self, stand: Stand) -> dict[str, Any]:
        entry: dict[str, Any] = {"stand": stand, "date": dated(stand)}
        self.wanted.setdefault(stand.quote, []).append(entry)
        return entry

    def fetch(self) -> None:
        if not self.wanted:
            return
        for quote in Quote.objects.published().filter(pk__in=self.wanted).for_cards():
            for entry in self.wanted[quote.pk]:
                entry["quote"] = quote
