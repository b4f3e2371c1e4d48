"""The rules for repeated statements, each with the year and the precision of the date in mind."""

from datetime import date

import pytest

from quotes.analysis.duplicates import RULES, kept, words
from quotes.analysis.statements import Statement, StatementsRefusedError, statements


def same(*days: str, articles: str = "") -> list[Statement]:
    """Return one statement of A a day, each in its own article unless articles are named."""
    rows = []
    for number, text in enumerate(days):
        first, _, last = text.partition("/")
        earliest = date.fromisoformat(first) if first else None
        latest = date.fromisoformat(last) if last else earliest
        article = articles[number] if articles else str(number)
        rows.append(Statement("A", "sw", 1, earliest, latest, article, f"q{number}"))
    return rows


def kept_quotes(rows: list[Statement], rule: str) -> list[str]:
    found = statements(rows)
    return [row.quote for row in found.rows(kept(found, rule))]


@pytest.mark.parametrize(
    ("rule", "days", "expected"),
    [
        # The golden one: the same month of another year is another month.
        ("month", ("2008-11-12", "2009-11-12"), ["q0", "q1"]),
        ("month", ("2008-11-01", "2008-11-30", "2008-12-01"), ["q0", "q2"]),
        ("week", ("2008-11-12", "2009-11-11"), ["q0", "q1"]),
        # Monday to Sunday over the turn of the year is one ISO week.
        ("week", ("2008-12-29", "2009-01-04", "2009-01-05"), ["q0", "q2"]),
        ("week", ("2008-12-28", "2008-12-29"), ["q0", "q1"]),
        ("year", ("2008-01-01", "2008-12-31", "2009-01-01"), ["q0", "q2"]),
        ("across_range", ("2008-01-01", "2019-12-31"), ["q0"]),
        ("document", ("2008-01-01", "2008-01-01"), ["q0", "q1"]),
        ("include", ("2008-01-01", "2008-01-01"), ["q0", "q1"]),
        # Not known to the month: compared by both bounds, never taken for a month.
        ("month", ("2008-01-01", "2008-01-01/2008-12-31", "2008-01-01/2008-12-31"), ["q0", "q1"]),
    ],
)
def test_rule_keeps_the_first(rule: str, days: tuple[str, ...], expected: list[str]) -> None:
    assert kept_quotes(same(*days), rule) == expected


def test_document_rule_looks_at_the_article() -> None:
    rows = same("2008-01-01", "2008-05-01", "2008-06-01", articles="aab")

    assert kept_quotes(rows, "document") == ["q0", "q2"]


def test_undated_statements_repeat_only_within_their_article() -> None:
    assert kept_quotes(same("", "", "", articles="aab"), "month") == ["q0", "q2"]


def test_earlier_is_kept_whatever_the_order_given() -> None:
    rows = same("2008-11-20", "2008-11-02")

    assert kept_quotes(rows, "month") == ["q1"]


def test_other_actor_concept_or_stance_is_no_repetition() -> None:
    row = same("2008-11-12")[0]
    rows = [row, row._replace(actor="B"), row._replace(concept="press"), row._replace(value=-1)]

    found = statements(rows)

    assert kept(found, "across_range").tolist() == [True] * 4
    assert kept(found, "across_range", by_value=False).sum() == 3


def test_rule_of_another_name_is_refused() -> None:
    with pytest.raises(StatementsRefusedError, match="“day” is not a rule: include, document"):
        kept(statements([]), "day")


def test_each_rule_has_words() -> None:
    assert all(words(rule) for rule in RULES)
    assert "within their article" in words("week")
