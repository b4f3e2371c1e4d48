"""The editors' admin: one module for each group of models.

Nothing here decides anything about a quote or a stance: forms and buttons call `quotes.review` and
`quotes.stances`, and show what these say.
"""

from quotes.admin import (
    accounts,
    articles,
    codebook,
    exchange,
    machine_coder,
    people,
    quotes,
    records,
    responsibility,
    trail,
    utterances,
)
from quotes.admin.coding import admin as coding

__all__ = [
    "accounts",
    "articles",
    "codebook",
    "coding",
    "exchange",
    "machine_coder",
    "people",
    "quotes",
    "records",
    "responsibility",
    "trail",
    "utterances",
]
