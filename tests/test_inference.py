"""What follows from a stance on a related claim: each rule, and what must not follow."""

import pytest

from quotes.inference import EQUIVALENT, NEGATION, PART_OF, Relation, infer

P, Q, R = 1, 2, 3


@pytest.mark.parametrize(
    ("kind", "forth", "back"),
    [
        (EQUIVALENT, "asserts denies questions -", "asserts denies questions -"),
        (NEGATION, "denies asserts questions -", "denies asserts questions -"),
        # P is a part of Q: denying the part denies the whole; asserting the whole asserts the part.
        (PART_OF, "- denies - -", "asserts - - -"),
    ],
)
def test_each_value_carries_as_the_relation_allows(kind: str, forth: str, back: str) -> None:
    relation = [Relation(P, kind, Q)]
    values = ("asserts", "denies", "questions", "reports")

    def follows(coded: int) -> str:
        found = [infer({coded: value}, relation) for value in values]
        return " ".join(rows[0].value if rows else "-" for rows in found)

    assert follows(P) == forth
    assert follows(Q) == back


def test_non_values_and_the_unrelated_carry_nowhere() -> None:
    assert infer({P: "no_stance"}, [Relation(P, EQUIVALENT, Q)]) == []
    assert infer({R: "asserts"}, [Relation(P, EQUIVALENT, Q)]) == []


def test_chains_are_followed_and_name_the_coded_claim() -> None:
    relations = [Relation(P, NEGATION, Q), Relation(R, NEGATION, Q)]

    found = infer({P: "asserts"}, relations)

    assert [(one.claim, one.value, one.source, one.steps) for one in found] == [
        (Q, "denies", P, 1),
        (R, "asserts", P, 2),
    ]


def test_a_coded_claim_is_left_alone_and_contradictions_say_nothing() -> None:
    assert infer({P: "asserts", Q: "asserts"}, [Relation(P, NEGATION, Q)]) == []
    both = [Relation(P, EQUIVALENT, R), Relation(Q, NEGATION, R)]
    assert infer({P: "asserts", Q: "asserts"}, both) == []
