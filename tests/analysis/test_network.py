"""Networks: the golden example, DNA's other formulas by hand, and what stands behind a tie."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.analysis.network import Network, event_list, network, networks
from quotes.analysis.options import Filter, Options
from quotes.analysis.statements import Statement, Statements, StatementsRefusedError, statements
from quotes.analysis.windows import moving


def said(text: str, day: date | None = date(2008, 11, 12)) -> Statements:
    """Read "A:sw+ A:press- ..."; an article "/2" behind a statement, else all in one."""
    rows = []
    for number, part in enumerate(text.split()):
        part, _, article = part.partition("/")
        actor, _, rest = part.partition(":")
        value = {"+": 1, "-": -1, "0": 0}[rest[-1]]
        rows.append(Statement(actor, rest[:-1], value, day, day, article or "1", f"q{number}"))
    return statements(rows)


GOLDEN = said("A:sw+ A:sw+ A:press- B:sw+ B:press+ C:sw- C:press-")


def pairs(found: Network) -> dict[str, float]:
    return {
        found.rows[i].key + found.columns[j].key: round(float(found.weights[i, j]), 6)
        for i in range(len(found.rows))
        for j in range(i + 1, len(found.columns))
    }


@pytest.mark.parametrize(
    ("duplicates", "aggregation", "normalisation", "expected"),
    [
        ("document", "congruence", "no", {"AB": 1, "AC": 1, "BC": 0}),
        ("document", "conflict", "no", {"AB": 1, "AC": 1, "BC": 2}),
        ("document", "subtract", "no", {"AB": 0, "AC": 0, "BC": -2}),
        ("document", "congruence", "average", {"AB": 0.5, "AC": 0.5, "BC": 0}),
        ("include", "congruence", "no", {"AB": 2, "AC": 1, "BC": 0}),
        ("include", "congruence", "average", {"AB": 0.8, "AC": 0.4, "BC": 0}),
        ("include", "conflict", "no", {"AB": 1, "AC": 2, "BC": 2}),
        ("include", "conflict", "average", {"AB": 0.4, "AC": 0.8, "BC": 1}),
    ],
)
def test_golden_network(
    duplicates: str, aggregation: str, normalisation: str, expected: dict[str, float]
) -> None:
    options = Options(aggregation=aggregation, normalisation=normalisation, duplicates=duplicates)

    found = network(GOLDEN, options)

    assert pairs(found) == expected
    assert (found.weights == found.weights.T).all()
    assert not found.weights.diagonal().any()


@pytest.mark.parametrize(
    ("aggregation", "normalisation", "expected"),
    [
        ("ignore", "no", {"AB": 3, "AC": 3, "BC": 2}),
        ("ignore", "dna_cosine", {"AB": 3 / 6, "AC": 3 / 6, "BC": 2 / 4}),
        ("ignore", "true_cosine", {"AB": 3 / 10**0.5, "AC": 3 / 10**0.5, "BC": 1}),
        ("congruence", "dna_cosine", {"AB": 2 / 6, "AC": 1 / 6, "BC": 0}),
        # A sw+ 2, press- 1; B sw+ 1, press+ 1: 1 only A says, 1 only B, 2 x 1 both.
        ("congruence", "jaccard", {"AB": 2 / 4, "AC": 1 / 4, "BC": 0}),
        ("congruence", "true_cosine", {"AB": 2 / 10**0.5, "AC": 1 / 10**0.5, "BC": 0}),
    ],
)
def test_one_mode_normalisations(
    aggregation: str, normalisation: str, expected: dict[str, float]
) -> None:
    options = Options(aggregation=aggregation, normalisation=normalisation, duplicates="include")

    assert pairs(network(GOLDEN, options)) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("aggregation", "normalisation", "expected"),
    [
        ("ignore", "no", [[1, 2], [1, 1], [1, 1]]),
        ("combine", "no", [[2, 1], [1, 1], [2, 2]]),
        ("subtract", "no", [[-1, 2], [1, 1], [-1, -1]]),
        ("ignore", "activity", [[1 / 3, 2 / 3], [0.5, 0.5], [0.5, 0.5]]),
        ("combine", "activity", [[1, 0.5], [0.5, 0.5], [1, 1]]),
        ("subtract", "activity", [[-1 / 3, 2 / 3], [0.5, 0.5], [-0.5, -0.5]]),
        ("ignore", "prominence", [[1 / 3, 0.5], [1 / 3, 0.25], [1 / 3, 0.25]]),
        ("subtract", "prominence", [[-1 / 3, 0.5], [1 / 3, 0.25], [-1 / 3, -0.25]]),
    ],
)
def test_two_mode_network(
    aggregation: str, normalisation: str, expected: list[list[float]]
) -> None:
    options = Options(
        kind="two_mode",
        aggregation=aggregation,
        normalisation=normalisation,
        duplicates="include",
    )

    found = network(GOLDEN, options)

    assert [node.id for node in found.rows] == ["actor:A", "actor:B", "actor:C"]
    assert [node.id for node in found.columns] == ["concept:press", "concept:sw"]
    assert np.allclose(found.weights, expected)


def test_combine_tells_both_and_neutral() -> None:
    found = network(
        said("A:sw+ A:sw- B:sw0 B:sw+ C:sw-"),
        Options(kind="two_mode", aggregation="combine", neutral=True),
    )

    assert found.weights.ravel().tolist() == [3, 5, 2]


def test_ignoring_the_stance_drops_repetition_whatever_its_stance() -> None:
    repeated = said("A:sw+ A:sw- B:sw+")

    assert pairs(network(repeated, Options(aggregation="ignore"))) == {"AB": 1}
    assert pairs(network(repeated, Options(aggregation="congruence"))) == {"AB": 1}
    assert pairs(network(repeated, Options(aggregation="conflict"))) == {"AB": 1}


def test_one_single_stance_has_a_defined_network() -> None:
    found = network(said("A:sw+ B:sw+"), Options(aggregation="subtract"))

    assert pairs(found) == {"AB": 1}


def test_neutral_is_halfway_and_only_when_asked_for() -> None:
    found = said("A:sw+ B:sw0")

    assert network(found, Options(isolates="all")).ties() == []
    assert pairs(network(found, Options(neutral=True))) == {"AB": 0.5}
    assert pairs(network(found, Options(neutral=True, aggregation="conflict"))) == {"AB": 0.5}


def test_concepts_are_tied_by_actors() -> None:
    found = network(GOLDEN, Options(nodes="concept"))

    assert [node.key for node in found.rows] == ["press", "sw"]
    assert found.weights[0, 1] == 2  # B says both +, C both -


def test_edge_names_the_statements_behind_it() -> None:
    dated = statements(
        [
            Statement("A", "sw", 1, date(2008, 11, 1), date(2008, 11, 30), "1", "q1"),
            Statement("B", "sw", 1, date(2009, 3, 5), date(2009, 3, 5), "2", "q2"),
            Statement("B", "press", 1, date(2007, 1, 1), date(2007, 1, 1), "2", "q3"),
            Statement("A", "sw", -1, None, None, "3", "q4"),
        ]
    )
    edge = next(network(dated, Options()).edges())

    assert (edge.source.id, edge.target.id, edge.weight) == ("actor:A", "actor:B", 1)
    assert (edge.positive, edge.negative, edge.neutral, edge.statements) == (2, 0, 0, 2)
    assert (edge.first, edge.last) == (date(2008, 11, 1), date(2009, 3, 5))
    assert edge.quotes == ("q1", "q2")

    conflict = next(network(dated, Options(aggregation="conflict")).edges())
    assert conflict.quotes == ("q2", "q4")
    assert (conflict.positive, conflict.negative) == (1, 1)


def test_two_mode_edge_counts_both_sides() -> None:
    edges = list(network(GOLDEN, Options(kind="two_mode", aggregation="combine")).edges())

    assert [(e.source.key, e.target.key, e.positive, e.negative) for e in edges[:2]] == [
        ("A", "press", 0, 1),
        ("A", "sw", 1, 0),
    ]
    assert [edge.quotes for edge in edges[:2]] == [("q2",), ("q0",)]
    assert (
        next(
            network(GOLDEN, Options(kind="two_mode", aggregation="combine")).edges(quotes=0)
        ).quotes
        == ()
    )


def test_balance_of_zero_is_no_tie() -> None:
    found = network(GOLDEN, Options(aggregation="subtract"))

    assert [(found.rows[i].key, found.rows[j].key) for i, j in found.ties()] == [("B", "C")]


def test_isolates_are_shown_when_asked_for() -> None:
    only = (Filter("actor", ("A", "B"), keep=True),)

    current = network(GOLDEN, Options(filters=only))
    everyone = network(GOLDEN, Options(filters=only, isolates="all"))

    assert [node.key for node in current.nodes] == ["A", "B"]
    assert [(node.key, node.frequency) for node in everyone.nodes] == [("A", 2), ("B", 2), ("C", 0)]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Filter("actor", ("A",)), {"BC": 0}),
        (Filter("concept", ("press",)), {"AB": 1, "AC": 0, "BC": 0}),
        (Filter("value", ("+1",), keep=True), {"AB": 1}),
        (Filter("article", ("1",), keep=True), {"AB": 1, "AC": 1, "BC": 0}),
    ],
)
def test_values_are_excluded_or_kept(one: Filter, expected: dict[str, float]) -> None:
    assert pairs(network(GOLDEN, Options(filters=(one,)))) == expected


def test_each_result_says_what_was_counted() -> None:
    found = network(GOLDEN, Options(filters=(Filter("concept", ("press",)),), end=date(2009, 1, 1)))

    words = dict(found.words())
    assert words["Formula"].startswith("w(i,i') = Σ_j Σ_k")
    assert words["Duplicates"] == "repeated statements are counted once per article"
    assert words["Filter"] == (
        "without concept press; without neutral statements; "
        "from the beginning to 2009-01-01, both days included"
    )
    assert words["Statements"] == (
        "3 of 7 statements are counted; left out: 3 excluded by value, 1 repeated"
    )


def test_nothing_to_count_is_an_empty_network() -> None:
    for kind, aggregation in (("one_mode", "congruence"), ("two_mode", "combine")):
        found = network(statements([]), Options(kind=kind, aggregation=aggregation))

        assert (found.nodes, found.ties()) == ((), [])


def test_one_actor_is_a_network_without_ties() -> None:
    found = network(said("A:sw+"), Options(normalisation="jaccard"))

    assert ([node.key for node in found.nodes], found.ties()) == (["A"], [])


def test_ten_thousand_actors_are_refused_with_what_to_narrow() -> None:
    many = said(" ".join(f"a{number}:sw+" for number in range(10_000)))

    with pytest.raises(StatementsRefusedError, match=r"10000 actors: .* at most 3000. Narrow"):
        network(many, Options())
    found = network(many, Options(kind="two_mode", aggregation="ignore"))
    assert len(found.ties()) == 10_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "three_mode"},
        {"kind": "two_mode", "aggregation": "congruence"},
        {"normalisation": "cosine"},
        {"duplicates": "day"},
        {"isolates": "some"},
        {"nodes": "article"},
        {"filters": (Filter("outlet", ()),)},
        {"filters": (Filter("value", ("supports",)),)},
        {"start": date(2009, 1, 2), "end": date(2009, 1, 1)},
    ],
)
def test_option_that_is_none_is_refused(wrong: dict) -> None:
    with pytest.raises(StatementsRefusedError):
        Options(**wrong)


def test_value_that_is_no_stance_is_refused() -> None:
    with pytest.raises(StatementsRefusedError, match="2 is not a stance"):
        statements([Statement("A", "sw", 2, None, None, "1", "q1")])


def test_event_list_gives_the_statements_that_count() -> None:
    rows, selection = event_list(GOLDEN, Options(kind="event_list", aggregation="ignore"))

    assert [row.quote for row in rows] == ["q0", "q2", "q3", "q4", "q5", "q6"]
    assert rows[0] == Statement("A", "sw", 1, date(2008, 11, 12), date(2008, 11, 12), "1", "q0")
    assert selection.words() == "6 of 7 statements are counted; left out: 1 repeated"


def test_windows_give_one_network_each() -> None:
    rows = [
        Statement(
            actor, "sw", 1, date(2008, month, 3), date(2008, month, 3), "1", f"q{month}{actor}"
        )
        for month, actor in ((1, "A"), (2, "B"), (3, "C"))
    ]
    windows = moving(date(2008, 1, 3), date(2008, 3, 3), unit="months", size=2)

    found = list(networks(statements(rows), Options(), windows))

    assert [(str(window), pairs(one)) for window, one in found] == [
        ("2008-01-01 to 2008-02-29", {"AB": 1}),
        ("2008-02-01 to 2008-03-31", {"BC": 1}),
    ]


def test_order_of_the_same_statements_changes_no_weight() -> None:
    rows = list(GOLDEN)

    turned = network(statements(reversed(rows)), Options())

    assert turned.nodes == network(GOLDEN, Options()).nodes
    assert (turned.weights == network(GOLDEN, Options()).weights).all()


STATEMENTS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"), st.sampled_from((-1, 0, 1))),
    max_size=25,
)


@given(STATEMENTS, st.sampled_from(["congruence", "conflict", "subtract"]))
def test_weights_are_those_of_the_formula(rows: list, aggregation: str) -> None:
    """The sum over concepts and stances, pair by pair, as DNA writes it down."""
    found = statements(
        Statement(actor, concept, value, None, None, "1", f"q{number}")
        for number, (actor, concept, value) in enumerate(rows)
    )
    result = network(
        found, Options(aggregation=aggregation, duplicates="include", neutral=True, isolates="all")
    )

    sign = {"congruence": (1, 0), "conflict": (0, 1), "subtract": (1, -1)}[aggregation]
    for place, one in enumerate(result.rows):
        for other_place, other in enumerate(result.rows):
            if place == other_place:
                continue
            far = [
                abs(value - value2) / 2
                for actor, concept, value in rows
                for actor2, concept2, value2 in rows
                if (actor, actor2) == (one.key, other.key) and concept == concept2
            ]
            expected = sum(sign[0] * (1 - part) + sign[1] * part for part in far)
            assert result.weights[place, other_place] == pytest.approx(expected)


@given(STATEMENTS)
def test_evidence_of_a_tie_is_what_makes_its_weight(rows: list) -> None:
    found = statements(
        Statement(actor, concept, value, None, None, "1", f"q{number:02}")
        for number, (actor, concept, value) in enumerate(rows)
    )
    for edge in network(found, Options(duplicates="include", aggregation="conflict")).edges():
        ends = {edge.source.key, edge.target.key}
        expected = sorted(
            f"q{number:02}"
            for number, (actor, concept, value) in enumerate(rows)
            if actor in ends and value and (min(ends - {actor}), concept, -value) in rows
        )
        assert list(edge.quotes) == expected
        assert edge.statements == len(expected)
