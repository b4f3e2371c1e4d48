"""The search language: what is read how, what is refused with which mended text, and how fast."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.search import SearchError, parse
from quotes.search.examples import EXAMPLES
from quotes.search.scanning import MOST_TERMS
from quotes.search.tree import And, Field, Near, Not, Or, Phrase, Prefix, Word

PIECES = ["boat", "OR", "AND", "NOT", "-", "(", ")", '"', "“", "~5", "~", "*", "wi*", "win*"]
PIECES += ["speaker:", "speaker:balls", "kind:direct", "date:2008..", "x:y", ":", "..", "'", "’"]
PIECES += ["\x00", "…", "\u202e", "٣", "ß", "zzboundaryzz", "NEAR(", "^", "\\", "%", "🚢", " "]


def one(word: str) -> Word:
    return Word((word,))


def test_operators_bind_as_documented() -> None:
    tree = parse("a b OR -c (d OR e) AND NOT f").root

    assert tree == Or(
        (
            And((one("a"), one("b"))),
            And((Not(one("c")), Or((one("d"), one("e"))), Not(one("f")))),
        )
    )


def test_each_kind_of_condition_is_read() -> None:
    tree = parse('well-being “Media Pressure” resign* \'a "b c"~3 Speaker:“Ed Balls” date:2008..')
    leaves = tree.wanted

    assert leaves == (
        Word(("well", "being")),
        Phrase(("media", "pressure")),
        Prefix("resign"),
        one("a"),
        Near(("b", "c"), 3),
        Field("speaker", ("ed", "balls")),
        Field("date", ("2008", "")),
    )
    assert [tree.text[slice(*leaf.at)] for leaf in leaves][:3] == [
        "well-being",
        '"Media Pressure"',
        "resign*",
    ]


@pytest.mark.parametrize(
    ("text", "code", "repaired"),
    [
        ("", "no-word", ""),
        ("…", "no-word", ""),
        ("OR", "no-word", ""),
        ("()", "no-word", ""),
        ('"', "unclosed-quotation", ""),
        ('media "pressure', "unclosed-quotation", "media pressure"),
        ('media "…" pressure', "no-word", "media pressure"),
        ("x" * 300, "too-long", "x" * 200),
        (" ".join(["word"] * 21), "too-many", " ".join(["word"] * 20)),
        (" ".join(f"word{n}*" for n in range(6)), "too-many", "word0* word1* word2* word3* word4*"),
        ("(boat", "unclosed-bracket", "(boat)"),
        ("((boat) (a OR b", "unclosed-bracket", "((boat) (a OR b))"),
        ("boat)", "unopened-bracket", "boat"),
        (") boat", "unopened-bracket", "boat"),
        ("boat ()", "empty-bracket", "boat"),
        ("((((((((boat))))))))", "too-deep", "boat"),
        ("boat OR", "dangling-operator", "boat"),
        ("AND boat", "dangling-operator", "boat"),
        ("a AND OR b", "dangling-operator", "a OR b"),
        ("boat NOT", "dangling-operator", "boat"),
        ("(boat OR)", "dangling-operator", "(boat )"),
        ("bo*", "short-prefix", "bo"),
        ("*boat", "misplaced-star", "boat"),
        ("b*at", "misplaced-star", "bat"),
        ("well-being*", "misplaced-star", "well-being"),
        ('"no boat*"*', "misplaced-star", '"no boat*"'),
        ('"boat winter"~0', "bad-distance", '"boat winter"~5'),
        ('"boat winter"~21', "bad-distance", '"boat winter"~20'),
        ('"boat winter"~', "bad-distance", '"boat winter"~5'),
        ('"boat"~3', "bad-distance", '"boat"'),
        ('"a b c"~3', "bad-distance", '"a b c"'),
        ("speeker:balls", "unknown-field", "speaker:balls"),
        ("colour:red boat", "unknown-field", "colour red boat"),
        ("speaker:", "no-value", ""),
        ("speaker: balls", "no-value", "speaker:balls"),
        ("speaker:(a OR b)", "no-value", "(a OR b)"),
        ("speaker:… boat", "no-word", "boat"),
        ("speaker:ed*", "misplaced-star", "speaker:ed"),
        ("kind:direkt", "unknown-value", "kind:direct"),
        ("stance:loves boat", "unknown-value", "boat"),
        ("date:tomorrow boat", "bad-date", "boat"),
        ("date:2008-13", "bad-date", ""),
        ("date:..", "bad-date", ""),
        ("date:2009..2008", "bad-date", "date:2008..2009"),
        ("zzboundaryzz", "no-word", ""),
    ],
)
def test_what_cannot_be_read_is_named_and_mended(text: str, code: str, repaired: str) -> None:
    with pytest.raises(SearchError) as error:
        parse(text)

    assert (error.value.code, error.value.repaired) == (code, repaired)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_mended(text: str) -> None:
    try:
        query = parse(text)
    except SearchError as error:
        query = parse(error.repaired) if error.repaired else None  # type: ignore[assignment]
    if query:
        assert parse(query.text).root == query.root
        assert len(list(query.wanted)) <= MOST_TERMS


def test_reading_takes_no_longer_for_what_is_meant_to_take_long() -> None:
    start = time.perf_counter()
    for hostile in ("(" * 100_000, '"' * 100_001, "a:" * 50_000, "-" * 100_000, "a OR " * 20_000):
        with pytest.raises(SearchError):
            parse(hostile)
    assert time.perf_counter() - start < 5


def test_examples_can_be_read() -> None:
    assert [parse(typed).text for typed, _ in EXAMPLES] == [typed for typed, _ in EXAMPLES]
