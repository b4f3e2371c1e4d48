"""Agreement on the units themselves: did both find the quote, and the same words of it?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from quotes.agreement import coefficients
from quotes.agreement.records import CodingsRefusedError, Coefficient
from quotes.agreement.table import Patterns, patterns

TOKEN = re.compile(r"\w+|[^\w\s]")


class Span(NamedTuple):
    """A stretch that a coder marked: code points of a document, the end excluded."""

    document: str
    coder: str
    start: int
    end: int


@dataclass(frozen=True)
class Overlap:
    """How far the spans of `second` are those of `first`, taken as if it were the key."""

    first: str
    second: str
    n_first: int
    n_second: int
    found: int
    """Spans of `first` that a span of `second` overlaps."""
    right: int
    """Spans of `second` that overlap a span of `first`."""
    exact: int
    """Spans that both marked from the same to the same character."""
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True)
class UnitAgreement:
    pairs: tuple[Overlap, ...]
    token_alpha: Coefficient
    """Nominal alpha over tokens, inside a span or outside (as PolNeAR reports it)."""
    n_documents: int
    n_tokens: int


def unit_agreement(
    spans: Iterable[Span], *, texts: Mapping[str, str], coded: Mapping[str, Iterable[str]]
) -> UnitAgreement:
    """Compare the spans that coders marked in the same documents.

    `texts` are the documents; `coded` says which coders went through which document, for a coder
    who found nothing in one has no span there. Raises CodingsRefusedError for a span outside its
    text or by a coder who did not go through it.

    Tokens of one text are not independent, so no interval is given.
    """
    coders = {document: sorted(set(names)) for document, names in coded.items()}
    by_cell: dict[tuple[str, str], list[tuple[int, int]]] = {
        (document, coder): [] for document, names in coders.items() for coder in names
    }
    for span in spans:
        _refuse(span, texts, by_cell)
        by_cell[span.document, span.coder].append((span.start, span.end))
    rows = [row for document in sorted(coders) for row in _tokens(document, texts, by_cell, coders)]
    counts = np.array(rows, dtype=np.int64).reshape(len(rows), 2)
    names = sorted({name for found in coders.values() for name in found})
    return UnitAgreement(
        pairs=tuple(_overlap(a, b, coders, by_cell) for a, b in combinations(names, 2)),
        token_alpha=_token_alpha(patterns(counts)),
        n_documents=sum(len(found) > 1 for found in coders.values()),
        n_tokens=int((counts.sum(axis=1) > 1).sum()),
    )


_Cells = dict[tuple[str, str], list[tuple[int, int]]]


def _refuse(span: Span, texts: Mapping[str, str], by_cell: _Cells) -> None:
    if (span.document, span.coder) not in by_cell:
        raise CodingsRefusedError(f"{span.coder} did not go through {span.document}.")
    if not 0 <= span.start < span.end <= len(texts[span.document]):
        raise CodingsRefusedError(
            f"{span.start} to {span.end} ({span.coder}) is not a stretch of {span.document}, "
            f"which has {len(texts[span.document])} characters."
        )


def _tokens(
    document: str, texts: Mapping[str, str], by_cell: _Cells, coders: Mapping[str, list[str]]
) -> list[tuple[int, int]]:
    """Return for each token how many coders left it outside and how many took it inside."""
    text, names = texts[document], coders[document]
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for name in names:
        marked = np.zeros(len(text) + 1, dtype=bool)
        for start, end in by_cell[document, name]:
            marked[start:end] = True
        inside += marked
    starts = [match.start() for match in TOKEN.finditer(text)]
    return [(len(names) - taken, taken) for taken in inside[starts].tolist()]


def _token_alpha(data: Patterns) -> Coefficient:
    if data.n_pairable < 2:
        return Coefficient("alpha_tokens", None, why="no text was gone through by two coders")
    matrices = coefficients.coincidences(data.counts, data.times[None, :].astype(np.float64))
    value = float(coefficients.alpha(matrices, "nominal", np.empty(0))[0])
    if np.isnan(value):
        why = "every token is inside for all coders, or outside for all"
        return Coefficient("alpha_tokens", None, why=why)
    return Coefficient("alpha_tokens", value)


def _overlap(a: str, b: str, coders: Mapping[str, list[str]], by_cell: _Cells) -> Overlap:
    n_first = n_second = found = right = exact = 0
    for document, names in coders.items():
        if a in names and b in names:
            first, second = by_cell[document, a], by_cell[document, b]
            n_first, n_second = n_first + len(first), n_second + len(second)
            found += _touching(first, second)
            right += _touching(second, first)
            exact += len(set(first) & set(second))
    precision = right / n_second if n_second else None
    recall = found / n_first if n_first else None
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Overlap(a, b, n_first, n_second, found, right, exact, precision, recall, f1)


def _touching(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> int:
    """Return how many of `spans` share a character with one of `others`."""
    if not others:
        return 0
    # Of the others that start before a span ends, one reaches into it if the farthest does.
    ordered = sorted(others)
    starts = np.array([start for start, _end in ordered])
    reach = np.maximum.accumulate([end for _start, end in ordered])
    touching = 0
    for start, end in spans:
        before = int(np.searchsorted(starts, end))
        touching += bool(before and reach[before - 1] > start)
    return touching
