"""Statements: who took which side on what, when and where; in columns, so that millions fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
QuoteIds = Callable[[Sequence[int]], list[str]]

NO_DATE = 0
VALUES = (-1, 0, 1)


class Statement(NamedTuple):
    """One quote's stance: `value` is +1 (supports, asserts), -1 (criticises, denies) or 0.

    The date is known between two days, both included; None on a side that is open.
    """

    actor: str
    concept: str
    value: int
    earliest: date | None
    latest: date | None
    article: str
    quote: str


class StatementsRefusedError(ValueError):
    """What was asked for cannot be computed; the message says what to change."""


@dataclass(frozen=True, eq=False)
class Statements:
    """Statements in columns of equal length, earliest first, undated last.

    `actor`, `concept` and `article` are places in `actors`, `concepts` and `articles`; days are
    proleptic ordinals (`date.toordinal`), NO_DATE where unknown. Among statements of one day the
    order given decides which is the earlier, so give them in a fixed order.
    """

    actors: tuple[str, ...]
    concepts: tuple[str, ...]
    articles: tuple[str, ...]
    quotes: QuoteIds
    """The quote ids at some places in the order given; `quote` says which row has which place."""
    actor: Integers
    concept: Integers
    value: Integers
    earliest: Integers
    latest: Integers
    article: Integers
    quote: Integers

    def __len__(self) -> int:
        return len(self.actor)

    def rows(self, keep: Flags | Integers) -> "Statements":
        """Return the statements at these places; names keep their numbers."""
        columns = ("actor", "concept", "value", "earliest", "latest", "article", "quote")
        picked = {name: getattr(self, name)[keep] for name in columns}
        return Statements(self.actors, self.concepts, self.articles, self.quotes, **picked)

    def __iter__(self) -> Iterator[Statement]:
        columns = (self.actor, self.concept, self.value, self.earliest, self.latest, self.article)
        ids = self.quotes(self.quote.tolist())
        rows = zip(*(column.tolist() for column in columns), ids, strict=True)
        for actor, concept, value, earliest, latest, article, quote in rows:
            yield Statement(
                self.actors[actor],
                self.concepts[concept],
                value,
                day(earliest),
                day(latest),
                self.articles[article],
                quote,
            )


def statements(rows: Iterable[Statement]) -> Statements:
    """Put statements into columns; StatementsRefusedError for a value that is not -1, 0 or 1."""
    given = rows if isinstance(rows, list) else list(rows)
    # Seven passes over the list cost a fifth of one zip(*rows), which makes an iterator a row.
    columns: list[list[Any]] = [list(map(itemgetter(place), given)) for place in range(7)]
    actors, actor = _numbered(columns[0])
    concepts, concept = _numbered(columns[1])
    value = np.array(columns[2], dtype=np.int64)
    _refuse_values(value)
    articles, article = _numbered(columns[5])
    return from_columns(
        names=(actors, concepts, articles),
        quotes=lambda places: [columns[6][place] for place in places],
        columns=(actor, concept, value, _ordinals(columns[3]), _ordinals(columns[4]), article),
    )


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    """Return the different names in the order of their first use, and the place of each."""
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    numbers = np.fromiter(map(places.__getitem__, names), dtype=np.int64, count=len(names))
    return tuple(places), numbers


def _ordinals(days: Sequence[date | None]) -> Integers:
    # A few thousand days for a million statements: each is turned once.
    known = {day: day.toordinal() if day else NO_DATE for day in set(days)}
    return np.fromiter(map(known.__getitem__, days), dtype=np.int64, count=len(days))


def from_columns(
    *,
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    quotes: QuoteIds,
    columns: Sequence[Integers],
) -> Statements:
    """Return statements from ready columns: actor, concept, value, earliest, latest, article.

    The names of actors and concepts are sorted here, so that no result depends on the order in
    which they were first met.
    """
    actors, concepts, articles = names
    actor, concept, value, earliest, latest, article = columns
    actors, actor = _sorted_names(actors, actor)
    concepts, concept = _sorted_names(concepts, concept)
    undated = earliest == NO_DATE
    order = np.lexsort((np.where(undated, np.iinfo(np.int64).max, earliest),))
    found = Statements(
        actors,
        concepts,
        articles,
        quotes,
        actor,
        concept,
        value,
        earliest,
        latest,
        article,
        np.arange(len(actor), dtype=np.int64),
    )
    return found.rows(order)


def _sorted_names(names: tuple[str, ...], places: Integers) -> tuple[tuple[str, ...], Integers]:
    order = sorted(range(len(names)), key=names.__getitem__)
    new = np.empty(len(names), dtype=np.int64)
    new[order] = np.arange(len(names))
    return tuple(names[place] for place in order), new[places]


def _refuse_values(values: Integers) -> None:
    wrong = values[~np.isin(values, VALUES)]
    if len(wrong):
        raise StatementsRefusedError(f"{wrong[0]} is not a stance: +1, 0 or -1.")


def day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal != NO_DATE else None
