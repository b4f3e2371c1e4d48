"""Which statements a result counts, and for what reason the others are not among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.analysis import duplicates
from quotes.analysis.options import VALUES, Filter, Options
from quotes.analysis.statements import Flags, Statements
from quotes.analysis.windows import position


@dataclass(frozen=True, eq=False)
class Selection:
    """The statements counted, and how many were not, by reason, in the order of the sieves."""

    counted: Statements
    n_given: int
    left_out: tuple[tuple[str, int], ...]

    def words(self) -> str:
        """Return "12 of 20 statements are counted; left out: 5 repeated, 3 neutral"."""
        text = f"{len(self.counted)} of {self.n_given} statements are counted"
        out = [f"{number} {reason}" for reason, number in self.left_out if number]
        return f"{text}; left out: {', '.join(out)}" if out else text


def select(found: Statements, options: Options) -> Selection:
    """Apply filters, dates, neutrality and, last, the rule for duplicates."""
    n = len(found)
    where = position(found, options.start, options.end)
    keep = np.ones(n, dtype=bool)
    left_out = []
    sieves: list[tuple[str, Flags]] = [
        ("excluded by value", _passing(found, options.filters)),
        ("neutral", np.ones(n, dtype=bool) if options.neutral else found.value != 0),
        ("without a date", ~where.undated),
        ("outside the period", ~where.outside),
        ("too imprecisely dated to place", ~where.imprecise),
    ]
    for reason, passing in sieves:
        left_out.append((reason, int((keep & ~passing).sum())))
        keep &= passing
    sifted = found if keep.all() else found.rows(keep)
    first = duplicates.kept(sifted, options.duplicates, by_value=options.by_value)
    left_out.append(("repeated", int((~first).sum())))
    counted = sifted if first.all() else sifted.rows(first)
    return Selection(counted, n, tuple(left_out))


def _passing(found: Statements, filters: Sequence[Filter]) -> Flags:
    passing = np.ones(len(found), dtype=bool)
    for one in filters:
        matching = _matching(found, one)
        passing &= matching if one.keep else ~matching
    return passing


def _matching(found: Statements, one: Filter) -> Flags:
    if one.field == "value":
        return np.isin(found.value, [VALUES[value] for value in one.values])
    names = {"actor": found.actors, "concept": found.concepts, "article": found.articles}[one.field]
    wanted = set(one.values)
    places = [place for place, name in enumerate(names) if name in wanted]
    return np.isin(getattr(found, one.field), places)
