"""Camps and polarisation: reproducible, as good as networkx finds them, undefined with a reason."""

from datetime import date

import networkx
import numpy as np
import pytest

from quotes.analysis.communities import communities, modularity
from quotes.analysis.network import network
from quotes.analysis.options import Options
from quotes.analysis.polarisation import over_time, polarisation
from quotes.analysis.statements import Statement, StatementsRefusedError, statements
from quotes.analysis.windows import moving
from tests.analysis.test_network import GOLDEN, said

CAMPS = said("A:x+ B:x+ A:y- B:y- C:x- D:x- C:y+ D:y+ A:z+ C:z+")


def test_camps_of_the_karate_club_are_as_good_as_networkx() -> None:
    club = networkx.karate_club_graph()
    weights = networkx.to_numpy_array(club)
    theirs = networkx.community.louvain_communities(club, seed=1)

    found = communities(weights)

    assert found.modularity == pytest.approx(networkx.community.modularity(club, found.groups))
    assert found.modularity is not None
    assert found.modularity >= networkx.community.modularity(club, theirs) - 1e-9
    assert found == communities(weights)


def test_groups_are_ordered_and_hold_every_node() -> None:
    found = communities(network(CAMPS, Options()).weights)

    assert found.groups == ((0, 1), (2, 3))
    assert [found.of(place) for place in range(4)] == [0, 0, 1, 1]


def test_network_without_ties_has_no_modularity() -> None:
    found = communities(np.zeros((2, 2)))

    assert (found.groups, found.modularity) == (((0,), (1,)), None)


def test_weights_below_zero_are_refused() -> None:
    with pytest.raises(StatementsRefusedError, match="take congruence"):
        communities(network(GOLDEN, Options(aggregation="subtract")).weights)


def test_modularity_of_two_pairs() -> None:
    weights = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=float)

    assert modularity(weights, np.array([0, 0, 1, 1])) == 0.5
    assert modularity(weights, np.array([0, 0, 0, 0])) == 0.0


def test_polarisation_of_two_camps() -> None:
    found = polarisation(CAMPS, Options(aggregation="congruence"))

    assert found.camp_names == [["A", "B"], ["C", "D"]]
    # Inside 2 + 2, between A and C 1.
    assert found.ei_index == pytest.approx((1 - 4) / 5)
    assert found.conflict_between == 1.0
    assert found.modularity == pytest.approx(4 / 5 - 2 * 0.25)
    assert dict(found.words())["Camps"].endswith("best of 10 runs by modularity, seed 20081112")


def test_polarisation_without_agreement_says_why() -> None:
    found = polarisation(said("A:x+ B:x- C:y+"))

    assert (found.modularity, found.why) == (None, "no two actors agree")


def test_polarisation_of_two_actors_says_why() -> None:
    assert polarisation(said("A:x+ B:x+")).why == "fewer than 3 actors"


def test_polarisation_without_conflict_says_why() -> None:
    found = polarisation(said("A:x+ B:x+ C:x+"))

    assert (found.conflict_between, found.why) == (None, "no two actors disagree")
    assert found.modularity == pytest.approx(0.0)


def test_polarisation_needs_congruence() -> None:
    with pytest.raises(StatementsRefusedError, match="one-mode congruence"):
        polarisation(CAMPS, Options(aggregation="conflict"))


def test_polarisation_over_time_finds_camps_anew() -> None:
    later = [row._replace(earliest=date(2009, 2, 1), latest=date(2009, 2, 1)) for row in CAMPS]
    found = statements([*CAMPS, *later[:1]])

    windows = moving(date(2008, 11, 1), date(2009, 2, 1), unit="months")
    result = list(over_time(found, windows))

    assert [(str(one.window)[:7], one.why) for one in result] == [
        ("2008-11", ""),
        ("2008-12", "no two actors agree"),
        ("2009-01", "no two actors agree"),
        ("2009-02", "no two actors agree"),
    ]
    assert isinstance(later[0], Statement)
