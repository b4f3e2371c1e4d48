"""Step 8: from attributed strings to utterances: direct or mixed, and which strings are one
utterance.
"""

from __future__ import annotations

from quotes.extraction.features import Feature
from quotes.extraction.mentions import Found
from quotes.extraction.ranking import Decision, Weights
from quotes.extraction.reader import Quoted
from quotes.extraction.records import Span

# The reporter's words between two strings of one utterance are at most this many tokens.
_TAG = 16


def kind_features(string: Quoted) -> list[Feature]:
    """Return the features that tell a direct quotation from words woven into the reporter's
    sentence.
    """
    return [
        ("direct", string.capital, string.final, string.length),
        ("direct-before", string.before, string.capital),
        ("direct-after", string.after, string.final, string.capital),
        ("direct-place", string.place, string.final),
        ("direct-length", string.length),
        ("direct-titled", string.titled, string.length),
        ("direct-carried", string.carried, "double" if string.marked.double else "single"),
    ]


def is_direct(string: Quoted, weights: Weights) -> bool:
    """Return whether the string is a direct quotation rather than part of a mixed one."""
    return weights.total(kind_features(string)) > 0


def group(decisions: list[Decision], direct: list[bool]) -> list[list[int]]:
    """Return the indexes of the strings of each utterance, in text order."""
    groups: list[list[int]] = []
    for index, decision in enumerate(decisions):
        if groups and _continues(decisions, direct, groups[-1][-1], index):
            groups[-1].append(index)
        elif decision.speaker is not None or direct[index]:
            groups.append([index])
        else:
            groups.append([])
            groups.pop()
    return groups


def _continues(decisions: list[Decision], direct: list[bool], last: int, index: int) -> bool:
    """Return whether a string goes on with the utterance of the string before it."""
    before, now = decisions[last], decisions[index]
    if last != index - 1 or now.speaker is None or before.speaker is None:
        return False
    if now.string.carried == "open" and now.speaker.head == before.speaker.head:
        return True
    if before.speaker is not now.speaker:
        return False
    if before.string.block is not now.string.block:
        return False
    together = before.string.sentence == now.string.sentence
    between = now.string.token - before.string.token - 1
    tag = now.speaker
    tagged = before.string.token < tag.first < now.string.token and between <= _TAG
    tagged = tagged and tag.block == now.string.block.number
    if direct[last] != direct[index]:
        return together and tagged and before.string.final == "c"
    if not direct[index]:
        return together
    return between == 0 or (tagged and now.string.sentence - before.string.sentence <= 1)


def clause_of(string: Quoted, speaker: Found) -> Span:
    """Return the reporter's clause around the words: from the cue to the end of the sentence, or up
    to the tag.
    """
    speaker_cue = speaker.cue if speaker.block == string.block.number else -1
    block = string.block
    token = string.token
    sentence = string.sentence
    first, last = token, token
    while first > 0 and block.sentences[first - 1] == sentence and first - 1 != speaker_cue:
        first -= 1
    if speaker_cue > token:
        stop = min(speaker_cue, speaker.first) if speaker.first > token else speaker_cue
        while last + 1 < stop and block.classes[last + 1] not in ",-":
            last += 1
    else:
        while last + 1 < len(block.words) and block.sentences[last + 1] == sentence:
            last += 1
    while last > token and block.classes[last] in ".,;!":
        last -= 1
    while first < token and block.classes[first] in ",:;":
        first += 1
    return Span(block.starts[first], block.ends[last])
