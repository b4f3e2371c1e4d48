"""How spans join, and what stands beside a quote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.spans import context, join_spans, joiner


def around(body: str, words: str) -> tuple[str, str]:
    """Return the context of the one place where the words stand."""
    assert body.count(words) == 1
    start = body.index(words)
    return context(body, start, start + len(words))


@pytest.mark.parametrize(
    ("between", "join"),
    [
        (",” she said, “", " […] "),
        (" – ", " […] "),
        ("\n\n“", "\n"),
        ("”\n\n“", "\n"),
        ("\u00a0\u00a0", "\n"),
        ('"\n"', "\n"),
        ("\N{COMBINING ACUTE ACCENT}", " […] "),
    ],
)
def test_joiner_tells_words_from_paragraphs(between: str, join: str) -> None:
    body = f"one{between}two"
    assert joiner(body, 3, len(body) - 3) == join


def test_joiner_refuses_spans_out_of_order() -> None:
    with pytest.raises(ValueError, match="begins before"):
        joiner("abcdef", 4, 2)


def test_join_spans_counts_code_points() -> None:
    body = "\U0001f4f0 “The e\u0301lite,” \U0001f600 said, “agree.”"
    first = body.index("The")
    second = body.index("agree")
    spans = [(first, first + len("The e\u0301lite,")), (second, second + len("agree."))]
    assert join_spans(body, spans) == "The e\u0301lite, […] agree."


@pytest.mark.parametrize("spans", [[(2, 2)], [(-1, 2)], [(0, 99)], [(0, 3), (2, 4)]])
def test_join_spans_refuses_what_is_no_quote(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="span"):
        join_spans("abcdef", spans)


def test_context_from_mid_sentence_stays_in_the_sentence() -> None:
    body = "One thing. She called it “a bad plan” and left. Another thing."
    assert around(body, "a bad plan") == ("She called it “", "” and left.")


def test_context_at_the_edges_of_a_sentence_takes_the_neighbours() -> None:
    body = "Long ago. One thing. “A plan is good.” Another thing. The end."
    assert around(body, "A plan is good.") == ("One thing. “", "” Another thing.")


def test_context_reaches_over_a_paragraph_at_the_edge_of_a_sentence() -> None:
    body = "Long ago. One thing.\n\n“A plan is good.”\n\nAnother thing. The end."
    assert around(body, "A plan is good.") == ("One thing.\n\n“", "”\n\nAnother thing.")


def test_context_from_mid_sentence_stops_at_the_paragraph() -> None:
    body = "A heading\nShe called it “bad” and\nleft."
    assert around(body, "bad") == ("She called it “", "” and")


def test_context_takes_the_full_stop_behind_the_mark_as_the_end() -> None:
    body = "She called it “bad”. Nobody asked. The end."
    assert around(body, "bad") == ("She called it “", "”. Nobody asked.")


def test_context_does_not_stop_at_titles_initials_and_dots_within() -> None:
    body = "Before. In St. Ives Mr. J. Doe said … it was “bad” at 3.5 per cent vs. five. After."
    assert around(body, "bad") == (
        "In St. Ives Mr. J. Doe said … it was “",
        "” at 3.5 per cent vs. five.",
    )


def test_context_sees_a_sentence_end_inside_closing_marks() -> None:
    body = "“It is done.” She said it was “bad”."
    assert around(body, "bad") == ("She said it was “", "”.")


def test_context_is_empty_at_the_edges_of_the_body() -> None:
    assert context("words", 0, 5) == ("", "")
    assert context("", 0, 0) == ("", "")


def test_context_is_cut_between_words_at_the_limit() -> None:
    body = f"{'before ' * 60}“bad” {'after ' * 60}"
    prefix, suffix = around(body, "bad")
    assert prefix == f"{'before ' * 28}“"
    assert suffix == f"”{' after' * 33}"


def test_context_keeps_a_word_that_just_fits() -> None:
    body = "alpha beta gamma “bad” delta epsilon zeta"
    start = body.index("bad")
    assert context(body, start, start + 3, limit=12) == ("beta gamma “", "” delta")
    assert context(body, start, start + 3, limit=11) == ("gamma “", "” delta")


def test_context_never_begins_with_a_combining_mark() -> None:
    body = "x\N{COMBINING ACUTE ACCENT}" * 300
    prefix, suffix = context(body, 300, 302, limit=99)
    assert prefix[0] == "x"
    assert not unicodedata.combining(body[302 + len(suffix)])


def test_context_never_holds_furniture() -> None:
    body = "A caption\n\n“A plan is good.”\n\nRelated links"
    start, end = body.index("A plan"), body.index("”")
    furniture = [(0, 9), (body.index("Related"), len(body))]
    assert context(body, start, end) == ("A caption\n\n“", "”\n\nRelated links")
    assert context(body, start, end, furniture=furniture) == ("“", "”")


def test_context_refuses_a_place_outside_the_body() -> None:
    with pytest.raises(ValueError, match="outside"):
        context("abc", 2, 9)


PIECES = st.sampled_from(
    [
        "word ",
        "Word",
        ". ",
        ".” ",
        "“",
        "\n\n",
        "Mr. ",
        "…",
        " ",
        "e\u0301",
        "\U0001f4f0",
        "? ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=80).map("".join), st.data(), st.integers(1, 60))
def test_context_touches_the_quote_and_keeps_the_limit(
    body: str, data: st.DataObject, limit: int
) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    prefix, suffix = context(body, start, end, limit)
    assert body[:start].endswith(prefix)
    assert body[end:].startswith(suffix)
    assert max(len(prefix), len(suffix)) <= limit
