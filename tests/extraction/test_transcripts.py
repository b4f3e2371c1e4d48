"""Texts that print speech without quotation marks, or lines without paragraphs. All invented."""

import pytest

from quotes.extraction import Candidate, KnownPerson, Role, extract

INTERVIEW = """An interview with Mara Quill

The Courier asked about the ferry.

COURIER: When will the ferry sail again?

MARA QUILL: Not before the spring. We have to wait for the “right kind of steel” to arrive.

We also need a crew.

[Laughter]

COURIER: And who pays?

QUILL: The town pays. The council said that it would.

COURIER: Thank you."""


def said(text: str, **known: object) -> list[tuple[str, str | None, str]]:
    found = extract(text, indirect=False, **known).candidates  # type: ignore[arg-type]
    return [(c.speaker.text if c.speaker else "", c.name, c.text) for c in found]


def test_interview_is_read_turn_by_turn() -> None:
    assert said(INTERVIEW) == [
        ("COURIER", "COURIER", "When will the ferry sail again?"),
        (
            "MARA QUILL",
            "Mara Quill",
            "Not before the spring. We have to wait for the “right kind of steel” to arrive."
            "\nWe also need a crew.",
        ),
        ("COURIER", "COURIER", "And who pays?"),
        ("QUILL", "Mara Quill", "The town pays. The council said that it would."),
        ("COURIER", "COURIER", "Thank you."),
    ]


def test_turn_says_where_it_stands_and_by_what_rule() -> None:
    turn = extract(INTERVIEW).candidates[1]

    assert [INTERVIEW[span.start : span.end][:14] for span in turn.spans] == [
        "Not before the",
        "We also need a",
    ]
    assert (turn.kind, turn.basis, turn.method.split("/")[-1]) == ("direct", "named", "transcript")
    assert all(c.method.endswith("/transcript") for c in extract(INTERVIEW).candidates)


def test_parliamentary_labels_name_the_person_in_or_before_the_brackets() -> None:
    text = (
        "The Secretary of State for Ferries (Dan Orme): I am grateful. The ferry will sail.\n"
        "Mara Quill (Fenwick) (Green): When will it sail, and who will pay for the steel?\n"
        "The Minister: It will sail in the spring.\n"
        "Mara Quill: My question was a plain one.\n"
        "Dan Orme: So was my answer."
    )
    known = KnownPerson("p1", "Dan Orme"), KnownPerson("p2", "Jo Ash", roles=(Role("Minister"),))

    found = extract(text, known_people=known).candidates

    assert [candidate.person_key for candidate in found] == ["p1", None, "p2", None, "p1"]
    assert [candidate.name for candidate in found][1:4:2] == ["Mara Quill", "Mara Quill"]


def test_questions_and_answers_have_speakers_without_a_name() -> None:
    text = (
        "Q. When will the ferry sail again?\nA. Not before the spring, I fear.\n"
        "Q. And who pays for it?\nA. The town pays for it."
    )

    assert [(label, name) for label, name, _ in said(text)] == [("Q", None), ("A", None)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Name: Mara Quill\nAge: 34\nTown: Fenwick\nName: Dan Orme\nAge: 41\nTown: Fenwick",
        "Note: the ferry is late.\n\nThe town waits for it.\n\nUpdate: it has sailed.",
        "Quill: “We will wait.”\nOrme: “We will not.”\nQuill: “We must.”\nOrme: “Never.”",
    ],
)
def test_lists_and_quoted_words_are_no_transcript(text: str) -> None:
    assert not [c for c in extract(text).candidates if c.method.endswith("/transcript")]


PARAGRAPH = (
    "The harbour master of Fenwick said on Monday that the ferry would stay in port because of "
    "what she called “a serious shortage of steel in the whole country”. Talks with the "
    "government go on. “We cannot wait for ever,” said Mara Quill, who has run the port since "
    "2001, “and nobody will tell us that we have to.” The company, for its part, denied every "
    "word of it. “There is no shortage,” said Dan Orme, its chief executive."
)


def wrapped(text: str, width: int) -> str:
    """Break lines at a width, and words that do not fit at a hyphen."""
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) < width:
            line = f"{line} {word}".strip()
        elif len(word) > 4 and word.isalpha() and word.islower():
            lines.append(f"{line} {word[:3]}-")
            line = word[3:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [64, 72, 80])
def test_hard_wrapped_text_is_read_as_its_paragraphs(width: int) -> None:
    def read(text: str) -> list[tuple[object, ...]]:
        return [(c.kind, c.name, plain(c), c.speaker and c.speaker.text) for c in found(text)]

    def found(text: str) -> tuple[Candidate, ...]:
        return extract(text, indirect=False).candidates

    def plain(candidate: Candidate) -> str:
        return candidate.text.replace("-\n", "").replace("\n", " ")

    text = wrapped(PARAGRAPH, width)

    assert "-\n" in text
    assert read(f"{text}\n\n{text}") == 2 * read(PARAGRAPH)
    for candidate in found(text):
        words = " […] ".join(text[span.start : span.end] for span in candidate.spans)
        assert candidate.text == words


def test_lines_that_are_paragraphs_stay_paragraphs() -> None:
    text = "“We will wait,” said Mara Quill.\n“We will not,” said Dan Orme.\n“We must,” she said."

    assert [name for _, name, _ in said(text)] == ["Mara Quill", "Dan Orme", "Mara Quill"]
