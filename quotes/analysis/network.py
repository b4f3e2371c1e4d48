"""Discourse networks: actors and concepts, or actors with actors, as DNA defines them.

The formulas are those of Discourse Network Analyzer (Leifeld), read from what it computes; where
its words and its figures differ, the figures are followed and the words here are honest. A stance
is q = +1, 0 or -1 and its range is always 2, so a network with one single stance is defined too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import numpy as np

from quotes.analysis.evidence import LATE, Evidence
from quotes.analysis.options import Options
from quotes.analysis.selection import Selection, select
from quotes.analysis.statements import (
    Flags,
    Floats,
    Integers,
    Statement,
    Statements,
    StatementsRefusedError,
    day,
)
from quotes.analysis.windows import Window

MOST_NODES = 3000
MOST_CELLS = 12_000_000
MOST_QUOTES = 1000
STANCES = np.array([-1.0, 0.0, 1.0])
DISTANCE = np.abs(STANCES[:, None] - STANCES[None, :]) / 2


@dataclass(frozen=True)
class Node:
    """`key` is the actor's or concept's own id; `id` is unique among both."""

    id: str
    key: str
    mode: str
    frequency: int
    """Statements counted that it takes part in."""


@dataclass(frozen=True)
class Edge:
    """A tie, with the stances, dates and quotes of the statements that make it.

    In a one-mode network these are the statements of both ends on the concepts they share, with
    the stances that the aggregation compares.
    """

    source: Node
    target: Node
    weight: float
    positive: int
    negative: int
    neutral: int
    first: date | None
    last: date | None
    quotes: tuple[str, ...]
    """Sorted; at most as many as were asked for."""

    @property
    def statements(self) -> int:
        return self.positive + self.negative + self.neutral


@dataclass(frozen=True, eq=False)
class Network:
    """A matrix of weights, rows x columns, with the statements that it was made of.

    One-mode: rows and columns are the same nodes, the matrix is symmetric, its diagonal zero.
    """

    options: Options
    selection: Selection
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    overs: tuple[Node, ...]
    """What the rows are compared on; in a two-mode network the columns."""
    weights: Floats
    counts: Integers
    """Statements by row, by what the rows are compared on, and by stance (-1, 0, +1)."""
    row_places: Integers
    over_places: Integers

    @property
    def nodes(self) -> tuple[Node, ...]:
        return self.rows if self.options.kind == "one_mode" else self.rows + self.columns

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return formula, normalisation, rules and filter, and what was counted."""
        return (*self.options.words(), ("Statements", self.selection.words()))

    def ties(self) -> list[tuple[int, int]]:
        """Return the places (row, column) of the weights that are not zero, one for each tie."""
        return list(zip(*(places.tolist() for places in self.tie_places), strict=True))

    @cached_property
    def tie_places(self) -> tuple[Integers, Integers]:
        """The same as columns of rows and of columns."""
        weights = np.triu(self.weights, 1) if self.options.kind == "one_mode" else self.weights
        rows, columns = np.nonzero(weights)
        return rows, columns

    def strongest(self, most: int, *, weakest: bool = False) -> list[tuple[int, int]]:
        """Return the ties of largest weight, or of smallest, whatever its sign."""
        rows, columns = self.tie_places
        sizes = np.abs(self.weights[rows, columns])
        order = np.lexsort((columns, rows, sizes if weakest else -sizes))[:most]
        return list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))

    def degrees(self) -> dict[str, int]:
        """Return how many ties each node has, by its id."""
        rows, columns = self.tie_places
        found: dict[str, int] = {}
        for nodes, places in ((self.rows, rows), (self.columns, columns)):
            for at, n in enumerate(np.bincount(places, minlength=len(nodes)).tolist()):
                found[nodes[at].id] = found.get(nodes[at].id, 0) + n
        return found

    def edges(self, *, quotes: int = MOST_QUOTES) -> Iterator[Edge]:
        """Yield every tie with the statements behind it, at most `quotes` quote ids each."""
        for row, ties in groupby(self.ties(), key=itemgetter(0)):
            yield from self._edges(row, [column for _row, column in ties], quotes)

    def edge(self, row: int, column: int, *, quotes: int = MOST_QUOTES) -> Edge:
        """Return one tie, the row and the column being places in `rows` and `columns`."""
        return next(self._edges(row, [column], quotes))

    def _edges(self, row: int, columns: list[int], quotes: int) -> Iterator[Edge]:
        behind = self._evidence.behind(row, columns, quotes=quotes)
        for at, column in enumerate(columns):
            negative, neutral, positive = behind.stances[at].tolist()
            first = int(behind.first[at])
            yield Edge(
                source=self.rows[row],
                target=self.columns[column],
                weight=float(self.weights[row, column]),
                positive=positive,
                negative=negative,
                neutral=neutral,
                first=day(first) if first != LATE else None,
                last=day(int(behind.last[at])),
                quotes=behind.quotes[at],
            )

    @cached_property
    def _evidence(self) -> Evidence:
        found = self.selection.counted
        keys = _keys(self.row_places, self.over_places, found.value, self.counts.shape)
        related = None if self.options.kind == "two_mode" else _related(self.options.aggregation)
        return Evidence(found, self.counts, keys, related)


def network(found: Statements, options: Options) -> Network:
    """Compute a two-mode or one-mode network.

    Raises StatementsRefusedError when there are too many nodes for a matrix, with what to narrow.
    """
    if options.kind == "event_list":
        raise StatementsRefusedError("An event list is no network: use event_list.")
    selection = select(found, options)
    by_actor = options.kind == "two_mode" or options.nodes == "actor"
    counted = selection.counted
    actors, actor = _nodes(counted.actors, counted.actor, "actor", options.isolates)
    concepts, concept = _nodes(counted.concepts, counted.concept, "concept", options.isolates)
    rows, overs = (actors, concepts) if by_actor else (concepts, actors)
    row, over = (actor, concept) if by_actor else (concept, actor)
    _refuse_size(len(rows), len(overs), options)
    shape = (len(rows), len(overs), 3)
    keys = _keys(row, over, counted.value, shape)
    counts = np.bincount(keys, minlength=int(np.prod(shape))).reshape(shape)
    if options.kind == "two_mode":
        weights = _two_mode(counts.astype(np.float64), options)
        return Network(options, selection, rows, overs, overs, weights, counts, row, over)
    weights = _one_mode(counts.astype(np.float64), options)
    return Network(options, selection, rows, rows, overs, weights, counts, row, over)


def networks(
    found: Statements, options: Options, windows: Iterable[Window]
) -> Iterator[tuple[Window, Network]]:
    """Yield the network of each window; rules for duplicates apply within the window."""
    for window in windows:
        yield window, network(found, replace(options, start=window.start, end=window.end))


def event_list(found: Statements, options: Options) -> tuple[list[Statement], Selection]:
    """Return the statements that a network of these options would count, earliest first."""
    selection = select(found, options)
    return list(selection.counted), selection


def _nodes(
    names: tuple[str, ...], places: Integers, mode: str, isolates: str
) -> tuple[tuple[Node, ...], Integers]:
    """Return the nodes of one mode, and for each statement the place of its node among them."""
    times = np.bincount(places, minlength=len(names))
    shown = np.arange(len(names)) if isolates == "all" else np.flatnonzero(times)
    new = np.zeros(len(names), dtype=np.int64)
    new[shown] = np.arange(len(shown))
    nodes = tuple(
        Node(f"{mode}:{names[place]}", names[place], mode, int(times[place]))
        for place in shown.tolist()
    )
    return nodes, new[places]


def _keys(row: Integers, over: Integers, value: Integers, shape: tuple[int, ...]) -> Integers:
    return (row * shape[1] + over) * 3 + value + 1


def _refuse_size(rows: int, overs: int, options: Options) -> None:
    advice = "Narrow the dates, the targets or the actors, or leave out isolates."
    if options.kind == "one_mode" and rows > MOST_NODES:
        raise StatementsRefusedError(
            f"{rows} {options.nodes}s: a one-mode network has at most {MOST_NODES}. {advice}"
        )
    if rows * overs > MOST_CELLS:
        raise StatementsRefusedError(
            f"{rows} rows by {overs} columns: a table has at most {MOST_CELLS} cells. {advice}"
        )


def _two_mode(counts: Floats, options: Options) -> Floats:
    """Return rows x columns; counts are rows x columns x stance (-1, 0, +1)."""
    statements: Floats = counts.sum(axis=2)
    weights, totals = statements, statements
    if options.aggregation == "combine":
        weights = (counts > 0) @ np.array([2.0, 4.0, 1.0])
        totals = (weights > 0).astype(np.float64)
    elif options.aggregation == "subtract":
        weights = counts[:, :, 2] - counts[:, :, 0]
    if options.normalisation == "activity":
        return _divided(weights, totals.sum(axis=1, keepdims=True))
    if options.normalisation == "prominence":
        return _divided(weights, totals.sum(axis=0, keepdims=True))
    return weights


def _one_mode(counts: Floats, options: Options) -> Floats:
    """Return rows x rows; counts are rows x what they are compared on x stance."""
    if options.aggregation == "ignore":
        counts = counts.sum(axis=2, keepdims=True)
    weights = _raw(counts, options.aggregation)
    norm = _norm(counts, options)
    weights = weights if norm is None else _divided(weights, norm)
    np.fill_diagonal(weights, 0)
    return weights


def _raw(counts: Floats, aggregation: str) -> Floats:
    kernels = {
        "ignore": np.ones((1, 1)),
        "congruence": 1 - DISTANCE,
        "conflict": DISTANCE,
        "subtract": 1 - 2 * DISTANCE,
    }
    kernel = kernels[aggregation]
    weights = np.zeros((len(counts), len(counts)))
    for first in range(len(kernel)):
        # Sum over the other's stances first: one product of matrices a stance.
        weights += counts[:, :, first] @ (counts @ kernel[first]).T
    return weights


def _norm(counts: Floats, options: Options) -> Floats | None:
    totals: Floats = counts.sum(axis=(1, 2))
    norm: Floats | None = None
    if options.normalisation == "average":
        norm = (totals[:, None] + totals[None, :]) / 2
    elif options.normalisation == "dna_cosine":
        norm = np.outer(totals, totals)
    elif options.normalisation == "jaccard":
        flat = counts.reshape(len(counts), -1)
        alone = flat @ (flat == 0).T.astype(np.float64)
        norm = alone + alone.T + flat @ flat.T
    elif options.normalisation == "true_cosine":
        same = "ignore" if options.aggregation == "ignore" else "congruence"
        own = np.sqrt(np.diag(_raw(counts, same)))
        norm = np.outer(own, own)
    return norm


def _related(aggregation: str) -> Flags:
    """Return for each two stances whether statements with them stand behind a tie."""
    related: Flags = np.ones((3, 3), dtype=bool)
    if aggregation == "congruence":
        related = DISTANCE < 1
    elif aggregation == "conflict":
        related = DISTANCE > 0
    return related


def _divided(weights: Floats, totals: Floats) -> Floats:
    """Divide; where there is nothing to divide by there is no tie."""
    return np.divide(weights, totals, out=np.zeros_like(weights), where=totals != 0)
