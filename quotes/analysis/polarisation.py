"""How far the actors fall into camps, in one period or over moving windows.

Three figures from the congruence network and the camps found in it (communities.py); none is "the"
polarisation, so each is named for what it is:

- modularity: how much more weight lies inside camps than chance would put there;
- E-I index (Krackhardt & Stern 1988, Social Psychology Quarterly 51(2): 123-140), from -1, all
  weight inside camps, to +1, all between;
- conflict between: the share of the conflict network's weight that lies between camps, not inside.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from quotes.analysis.communities import RUNS, SEED, Communities, communities
from quotes.analysis.network import Network, network
from quotes.analysis.options import Options
from quotes.analysis.statements import Floats, Statements, StatementsRefusedError
from quotes.analysis.windows import Window

FEWEST_ACTORS = 3
CONGRUENCE = Options(aggregation="congruence", normalisation="average")


@dataclass(frozen=True, eq=False)
class Polarisation:
    """`why` says what is missing where figures are None; camps are places in `network.rows`."""

    window: Window | None
    network: Network
    camps: Communities
    modularity: float | None
    ei_index: float | None
    conflict_between: float | None
    why: str = ""

    @property
    def camp_names(self) -> list[list[str]]:
        rows = self.network.rows
        return [[rows[place].key for place in group] for group in self.camps.groups]

    def words(self) -> tuple[tuple[str, str], ...]:
        return (
            *self.network.words(),
            (
                "Camps",
                f"Louvain's method on the congruence network, best of {self.camps.runs} runs by "
                f"modularity, seed {self.camps.seed}",
            ),
        )


def polarisation(
    found: Statements,
    options: Options = CONGRUENCE,
    *,
    window: Window | None = None,
    seed: int = SEED,
) -> Polarisation:
    """Measure the camps of one period; `options` must be a one-mode congruence network."""
    if options.kind != "one_mode" or options.aggregation != "congruence":
        raise StatementsRefusedError("Polarisation is measured on a one-mode congruence network.")
    if window:
        options = replace(options, start=window.start, end=window.end)
    close = network(found, options)
    camps = communities(close.weights, seed=seed, runs=RUNS)
    if len(close.rows) < FEWEST_ACTORS or camps.modularity is None:
        agree = camps.modularity is not None
        why = f"fewer than {FEWEST_ACTORS} actors" if agree else "no two actors agree"
        return Polarisation(window, close, camps, None, None, None, why)
    # Isolates are dropped from neither network, so the rows of both are the same.
    against = network(found, replace(options, aggregation="conflict"))
    same = _same(camps, len(close.rows))
    inside, between = _split(close.weights, same)
    within, across = _split(against.weights, same)
    conflict = across / (within + across) if within + across else None
    return Polarisation(
        window=window,
        network=close,
        camps=camps,
        modularity=camps.modularity,
        ei_index=(between - inside) / (between + inside),
        conflict_between=conflict,
        why="" if conflict is not None else "no two actors disagree",
    )


def over_time(
    found: Statements, windows: Iterable[Window], options: Options = CONGRUENCE, *, seed: int = SEED
) -> Iterator[Polarisation]:
    """Yield the polarisation of each window; camps are found anew in each."""
    for window in windows:
        yield polarisation(found, options, window=window, seed=seed)


def _same(camps: Communities, size: int) -> Floats:
    labels = np.zeros(size, dtype=np.int64)
    for number, group in enumerate(camps.groups):
        labels[list(group)] = number
    same: Floats = np.equal.outer(labels, labels).astype(np.float64)
    return same


def _split(weights: Floats, same: Floats) -> tuple[float, float]:
    """Return the weight inside camps and between them."""
    inside = float((weights * same).sum())
    return inside, float(weights.sum()) - inside
