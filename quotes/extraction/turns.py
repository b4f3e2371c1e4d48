"""Step 2: find the turns of a transcript without quotation marks: “SPEAKER A: words”.

Interviews, hearings and parliamentary reports print who speaks before a colon. What follows, up to
the next label, is that speaker's, over as many paragraphs as it takes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_WORD = r"(?:[A-ZÀ-Þ][\w.'’-]{0,30}|of|for|the|and|de|van|von|der|bin|al|&)"
# What is printed before a turn: a name, a role, each perhaps with brackets; "Q." and "A." too.
LABEL = (
    rf"(?:(?:[A-ZÀ-Þ][\w.'’-]{{0,30}})(?:,? {_WORD}){{0,12}}"
    r"(?: ?[(\[][^()\[\]\n]{1,60}[)\]]){0,2}:"
    r"|[QA]\.)(?=[ \t]{1,20}\S)"
)
_LABELLED = re.compile(rf"[ \t]{{0,20}}(?P<label>{LABEL})[ \t]+")
_INSIDE = re.compile(r"[(\[].*[)\]]$")
# Applause, laughter, a time: stage directions stand in brackets in a paragraph of their own.
_DIRECTION = re.compile(r"\s*[(\[*][^\n]{0,200}[)\]*][.]?\s*$")
_MARKS = "“”\"„«»‘'`"
_FINAL = tuple(".!?…—–-”\"')]")
# A transcript has this many turns, of two speakers or more, one of whom speaks again.
LEAST = 4
# Words in a turn on average, and the share of turns that end like sentences: no list of fields.
_WORDS, _SENTENCES = 4, 0.6
# Share of the paragraphs between the first turn and the last that have a label.
_DENSITY = 0.3
TURN_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: where its label stands (no colon), and its words paragraph by paragraph."""

    label: tuple[int, int]
    spans: tuple[tuple[int, int], ...]


def find_turns(text: str, paragraphs: list[tuple[int, int]]) -> list[Turn]:
    """Return the turns of a transcript in order; none if the text is not one."""
    heads: list[tuple[int, int, int]] = []  # paragraph, end of label, start of words
    if ":" in text or "Q." in text:
        for number, (start, end) in enumerate(paragraphs):
            match = _LABELLED.match(text, start, end)
            if match and len(heads) < TURN_LIMIT and text[match.end()] not in _MARKS:
                heads.append((number, match.end("label") - 1, match.end()))
    if not _is_transcript(text, paragraphs, heads):
        return []
    turns: list[Turn] = []
    longest = 1
    for index, (number, label_end, words) in enumerate(heads):
        last = heads[index + 1][0] if index + 1 < len(heads) else number + longest
        longest = max(longest, last - number)
        spans = [(words, paragraphs[number][1])]
        spans += [bounds for bounds in paragraphs[number + 1 : last] if _is_spoken(text, bounds)]
        start = paragraphs[number][0]
        start += len(text[start:label_end]) - len(text[start:label_end].lstrip())
        turns.append(Turn((start, label_end), tuple(_trimmed(text, span) for span in spans)))
    return turns


def _is_transcript(
    text: str, paragraphs: list[tuple[int, int]], heads: list[tuple[int, int, int]]
) -> bool:
    if len(heads) < LEAST:
        return False
    labels = Counter(_last_word(text[paragraphs[n][0] : end]) for n, end, _ in heads)
    if len(labels) < 2 or labels.most_common(1)[0][1] < 2 or len(labels) > 0.7 * len(heads) + 1:
        return False
    said = [text[words : paragraphs[n][1]].rstrip() for n, _, words in heads]
    sentences = sum(turn.endswith(_FINAL) for turn in said)
    words = sum(turn.count(" ") + 1 for turn in said)
    spread = heads[-1][0] - heads[0][0] + 1
    return (
        sentences >= _SENTENCES * len(said)
        and words >= _WORDS * len(said)
        and len(heads) >= _DENSITY * spread
    )


def _last_word(label: str) -> str:
    return (label_name(label.strip()).split() or [""])[-1].lower()


def _is_spoken(text: str, bounds: tuple[int, int]) -> bool:
    """Return whether a paragraph without a label belongs to the turn: no direction, no heading."""
    words = text[bounds[0] : bounds[1]]
    heading = len(words) < 60 and not words.rstrip().endswith((*_FINAL, ",", ";", ":"))
    return bool(words.strip()) and not heading and not _DIRECTION.match(words)


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def label_name(label: str) -> str:
    """Return the name in a label: "The Minister (Jane Doe)" is Jane Doe, "Jane Doe (Green)" too."""
    inside = _INSIDE.search(label)
    if inside is None:
        return label
    bracket = inside.group()[1:-1]
    return bracket if label.lower().startswith("the ") else label[: inside.start()].rstrip()
