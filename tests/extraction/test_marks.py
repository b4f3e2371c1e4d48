"""Where marked strings begin and end."""

import pytest

from quotes.extraction.marks import find_marked, paragraphs_of


def marked(text: str) -> list[str]:
    found, _ = find_marked(text, paragraphs_of(text))
    return [text[each.inner_start : each.inner_end] for each in found]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said: “We will go.”", ["We will go."]),
        ('He said: "We will go."', ["We will go."]),
        ("He said: ''We will go.''", ["We will go."]),
        ("He said: ``We will go.''", ["We will go."]),
        ("He said: «We will go.»", ["We will go."]),
        ("He said: „We will go.“ Then he left.", ["We will go."]),
        ("He said: ‘We will go.’", ["We will go."]),
        ("He said: 'We will go.'", ["We will go."]),
        ("She urged them to ‘speak up’ for it.", ["speak up"]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ('("We will go," he said.)', ["We will go,"]),
        ('It is—"we will go"—the old song.', ["we will go"]),
    ],
)
def test_mark_style_is_found(text: str, inner: list[str]) -> None:
    assert marked(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ rights and the owners’ duties are old.",
        "It’s the children’s book, isn’t it?",
        "It's the children's book, isn't it?",
        "In ’08 and again in ‘09 they rock ’n’ rolled.",
        "A board 6' by 4' long.",
    ],
)
def test_apostrophes_are_no_marks(text: str) -> None:
    assert marked(text) == []


def test_single_quotation_may_hold_apostrophes() -> None:
    text = "She said: ‘It’s the workers’ right to go, isn’t it?’ and left."

    assert marked(text) == ["It’s the workers’ right to go, isn’t it?"]


def test_inner_marks_stay_inside() -> None:
    text = "“They told us ‘it must never happen again’ and left,” he said."

    assert marked(text) == ["They told us ‘it must never happen again’ and left,"]


def test_double_marks_inside_single_ones_stay_inside() -> None:
    text = "‘They told us “it must end” and left,’ he said."

    assert marked(text) == ["They told us “it must end” and left,"]


def test_inner_quotation_closed_by_wrong_mark() -> None:
    text = "by “regularly ‘going back to the floor'” to handle cases"

    assert marked(text) == ["regularly ‘going back to the floor'"]


def test_string_left_open_ends_with_its_paragraph() -> None:
    text = "“We began in spring.\n\n“We ended in snow,” he said."
    found, _ = find_marked(text, paragraphs_of(text))

    assert marked(text) == ["We began in spring.", "We ended in snow,"]
    assert [each.closed for each in found] == [False, True]


def test_missing_close_ends_before_the_tag() -> None:
    assert marked("“We will go to the harbour, she said.\n\nThey went.") == [
        "We will go to the harbour,"
    ]


def test_wrong_closing_mark_is_a_close() -> None:
    assert marked("He said: “We will go to the harbour.'\n\nThey went.") == [
        "We will go to the harbour."
    ]


def test_opening_mark_used_to_close() -> None:
    assert marked("He said “we will go“ and went.") == ["we will go"]


def test_marks_beyond_the_limit_are_counted() -> None:
    text = "“a b c” " * 10_050
    found, left = find_marked(text, paragraphs_of(text))

    assert len(found) == 10_000
    assert left > 0
