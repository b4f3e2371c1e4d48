"""The engine: the steps in order."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from quotes.extraction.indirect import statements
from quotes.extraction.lines import printed, unwrap
from quotes.extraction.marks import Marked, find_marked, paragraphs_of
from quotes.extraction.mentions import Found
from quotes.extraction.ranking import Decision, Weights, attribute, calibrated
from quotes.extraction.reader import Reader
from quotes.extraction.records import Basis, Candidate, Extraction, KnownPerson, Mention, Span
from quotes.extraction.resolution import UNKNOWN, Resolver
from quotes.extraction.transcripts import said_in_turns
from quotes.extraction.turns import find_turns
from quotes.extraction.utterances import clause_of, group, is_direct

_WEIGHTS: list[Weights] = []


def weights() -> Weights:
    """Return the engine's weights, read once."""
    if not _WEIGHTS:
        _WEIGHTS.append(Weights.load())
    return _WEIGHTS[0]


def extract(
    text: str,
    *,
    known_people: Sequence[KnownPerson] = (),
    published: date | None = None,
    indirect: bool = True,
    boilerplate: Sequence[tuple[int, int]] = (),
) -> Extraction:
    """Return what people say in a text, attributed.

    ``known_people`` are persons the caller knows: matched by name, alias, and role on the
    ``published`` day. ``boilerplate`` are ranges of the text to leave alone. ``indirect`` adds
    suggestions of indirect speech.
    """
    with _collector_paused():
        return _extract(text, tuple(known_people), published, indirect, boilerplate)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cyclic collector from walking the growing heap again and again.

    Nothing here forms cycles, and its passes would make the time grow faster than the text.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _extract(
    text: str,
    known_people: tuple[KnownPerson, ...],
    published: date | None,
    indirect: bool,
    boilerplate: Sequence[tuple[int, int]],
) -> Extraction:
    readable = unwrap(text)
    paragraphs = paragraphs_of(readable)
    turns = [
        turn for turn in find_turns(readable, paragraphs) if not _within(turn.label[0], boilerplate)
    ]
    marked, skipped = find_marked(readable, paragraphs)
    spoken = sorted([*boilerplate, *(span for turn in turns for span in turn.spans)])
    if spoken:
        marked = _outside(marked, spoken)
    reader = Reader(readable, paragraphs, marked)
    model = weights()
    decisions = attribute(reader, model)
    speakers = [decision.speaker for decision in decisions if decision.speaker is not None]
    resolver = Resolver(reader, known_people, published, speakers)
    candidates = _quotations(text, reader, decisions, resolver, model)
    candidates += said_in_turns(text, turns, reader, resolver, model.version)
    unread = 0
    if indirect:
        suggestions, unread = _suggestions(text, reader, spoken, resolver, model)
        candidates += suggestions
    candidates.sort(key=lambda candidate: candidate.spans[0].start)
    return Extraction(tuple(candidates), model.version, skipped, unread)


def _within(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)


def _outside(marked: list[Marked], ranges: list[tuple[int, int]]) -> list[Marked]:
    """Return the strings that begin in none of these sorted ranges."""
    kept: list[Marked] = []
    at = 0
    furthest = -1
    for string in marked:
        while at < len(ranges) and ranges[at][0] <= string.start:
            furthest = max(furthest, ranges[at][1])
            at += 1
        if string.start >= furthest:
            kept.append(string)
    return kept


def _quotations(
    text: str, reader: Reader, decisions: list[Decision], resolver: Resolver, model: Weights
) -> list[Candidate]:
    direct = [is_direct(decision.string, model) for decision in decisions]
    found: list[Candidate] = []
    for indexes in group(decisions, direct):
        members = [decisions[index] for index in indexes]
        found.append(
            _candidate(text, reader, members, any(direct[i] for i in indexes), resolver, model)
        )
    return found


def _candidate(
    text: str,
    reader: Reader,
    members: list[Decision],
    direct: bool,
    resolver: Resolver,
    model: Weights,
) -> Candidate:
    speaker = members[0].speaker
    strings = [member.string for member in members]
    spans = tuple(Span(s.marked.inner_start, s.marked.inner_end) for s in strings)
    who = resolver.resolve(speaker) if speaker else UNKNOWN
    cue = None
    clause = None
    if speaker is not None and speaker.cue >= 0:
        block = reader.block(speaker.block)
        cue = Span(block.starts[speaker.cue], block.ends[speaker.cue])
    if not direct and speaker is not None:
        clause = clause_of(strings[0], speaker)
    return Candidate(
        spans=spans,
        marked=tuple(Span(s.marked.start, s.marked.end) for s in strings),
        text=_joined(text, strings[0].block.number, members),
        kind="direct" if direct else "mixed",
        speaker=_mention(text, speaker),
        name=who.name,
        person_key=who.person_key,
        alternatives=who.alternatives,
        cue=cue,
        basis=_basis(speaker, members[0]),
        confidence=calibrated(model.calibration, min(member.probability for member in members))
        if speaker
        else 0.0,
        method=model.version,
        clause=clause,
    )


def _covered(bounds: list[tuple[int, int]], ranges: list[tuple[int, int]]) -> list[bool]:
    """Return for each block whether one of these sorted ranges covers half of it."""
    covered: list[bool] = []
    at = 0
    for start, end in bounds:
        middle = (start + end) // 2
        while at < len(ranges) and ranges[at][1] <= middle:
            at += 1
        covered.append(at < len(ranges) and ranges[at][0] <= middle)
    return covered


def _suggestions(
    text: str,
    reader: Reader,
    ranges: list[tuple[int, int]],
    resolver: Resolver,
    model: Weights,
) -> tuple[list[Candidate], int]:
    """Return the suggested indirect statements as candidates, and how many blocks went unread."""
    skip = _covered(reader.bounds, ranges)
    found = []
    suggested, unread = statements(reader, model, skip)
    for statement in suggested:
        block, speaker = statement.block, statement.speaker
        span = Span(block.starts[statement.first], block.ends[statement.last - 1])
        who = resolver.resolve(speaker) if speaker else UNKNOWN
        found.append(
            Candidate(
                spans=(span,),
                marked=(span,),
                text=text[span.start : span.end],
                kind="indirect",
                speaker=_mention(text, speaker),
                name=who.name,
                person_key=who.person_key,
                alternatives=who.alternatives,
                cue=Span(block.starts[statement.cue], block.ends[statement.cue]),
                basis=_basis_of(speaker),
                confidence=calibrated(model.indirect_calibration, statement.probability),
                method=f"{model.version}/indirect",
            )
        )
    return found, unread


def _joined(text: str, number: int, members: list[Decision]) -> str:
    """Return the words of all strings: a line break where a paragraph ended, "[…]" where the
    reporter spoke.
    """
    joined = ""
    for member in members:
        string = member.string
        words = text[string.marked.inner_start : string.marked.inner_end]
        if joined:
            joined += " […] " if string.block.number == number else "\n"
        joined += words
        number = string.block.number
    return joined


def _mention(text: str, speaker: Found | None) -> Mention | None:
    if speaker is None:
        return None
    words = printed(text[speaker.start : speaker.end])
    return Mention(speaker.start, speaker.end, words, speaker.kind)


def _basis(speaker: Found | None, decision: Decision) -> Basis | None:
    """Return on what the attribution rests; words alone in a paragraph rest on what stands around
    it.
    """
    if speaker is not None and speaker.block != decision.string.block.number:
        return "implicit"
    return _basis_of(speaker)


def _basis_of(speaker: Found | None) -> Basis | None:
    if speaker is None:
        return None
    if speaker.kind in ("pronoun", "possessive"):
        return "pronoun"
    return "named" if speaker.named_from >= 0 else "role"
