"""The figures of the benchmark, counted over documents and predictions of its shape."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.attribution.gold import PRONOUNS, Document, Quote, head_name, owner
from benchmarks.attribution.strings import Range, quoted_strings, segments, word_starts

MATCH = 0.5


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(right_predicted: int, predicted: int, right_gold: int, gold: int) -> Score:
    """Return precision and recall; nothing predicted or nothing to find counts 0."""
    return Score(
        right_predicted / predicted if predicted else 0.0, right_gold / gold if gold else 0.0
    )


@dataclass
class Verbatim:
    """Counts over double-quoted strings of four words or more."""

    counts: Counter[str] = field(default_factory=Counter)
    answers: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def found(self) -> Score:
        c = self.counts
        return score(c["found"], c["predicted"], c["found"], c["gold"])

    @property
    def attributed(self) -> Score:
        c = self.counts
        return score(c["right"], c["given"], c["right"], c["gold"])

    @property
    def person(self) -> float:
        """Return the share of strings with a speaker on both sides whose person is right."""
        return self.counts["person"] / self.counts["chain"] if self.counts["chain"] else 0.0

    def surest(self, share: float) -> float:
        """Return the share that is right among the surest answers."""
        ordered = sorted(self.answers, key=lambda answer: -answer[0])
        some = ordered[: int(len(ordered) * share)]
        return sum(right for _, right in some) / len(some) if some else 0.0


def same_speaker(gold: Quote, predicted: dict[str, Any]) -> bool:
    """Return whether the predicted mention touches the gold one or ends in the same name."""
    if predicted["start"] < gold["end"] and gold["start"] < predicted["end"]:
        return True
    head = head_name(gold["text"])
    return bool(head) and head not in PRONOUNS and head == head_name(predicted["text"])


def same_person(gold: Quote, predicted: dict[str, Any]) -> bool:
    """Return whether the prediction names the person: by a mention of the same chain, or by the
    resolved name.
    """
    names = {head_name(name) for name in (gold.get("name"), gold.get("wiki")) if name}
    touches = predicted["start"] < gold["end"] and gold["start"] < predicted["end"]
    if not names and touches:
        return True
    if predicted.get("name") and head_name(predicted["name"]) in names:
        return True
    if predicted["text"].lower() in PRONOUNS:
        return False
    return any(
        predicted["start"] < end and start < predicted["end"] for start, end in gold["mentions"]
    )


def count_strings(
    document: Document, predicted: list[Quote], result: Verbatim, words: int = 4
) -> None:
    """Add one document to the counts over its double-quoted strings."""
    counts = result.counts
    for start, end in quoted_strings(document.text, words):
        gold, answer = owner(start, end, document.quotes), owner(start, end, predicted)
        if gold is None and any(low <= start and end <= high for low, high in document.ignored):
            continue
        if gold and not gold["speaker"]:
            continue
        speaker = gold["speaker"] if gold else None
        given = answer["speaker"] if answer else None
        counts["gold"] += bool(speaker)
        counts["predicted"] += answer is not None
        counts["found"] += bool(speaker and answer)
        counts["given"] += bool(given)
        right = bool(speaker and given and same_speaker(speaker, given))
        counts["right"] += right
        if answer and given:
            result.answers.append((answer.get("confidence", 1.0), right))
        if speaker and given and speaker.get("mentions"):
            counts["chain"] += 1
            counts["person"] += same_person(speaker, given)


@dataclass
class Segment:
    """A trimmed part of a quotation with the words it holds."""

    start: int
    end: int
    kind: str
    words: set[int]


def segments_of(document: Document, quotes: list[Quote]) -> list[Segment]:
    """Return the distinct segments of these quotations that hold a word."""
    words = word_starts(document.text)
    starts = [word.start for word in words]
    found: dict[Range, Segment] = {}
    for quote in quotes:
        for part in segments(document.text, quote["start"], quote["end"]):
            low = bisect_left(starts, part.start)
            if low and words[low - 1].end > part.start:
                low -= 1
            inside = set(range(low, bisect_left(starts, part.end)))
            if inside:
                found.setdefault(part, Segment(*part, quote["kind"], inside))
    return list(found.values())


def _overlap(one: Segment, other: Segment) -> float:
    return len(one.words & other.words) / len(one.words | other.words)


def _without_ignored(
    document: Document, gold: list[Segment], predicted: list[Segment]
) -> list[Segment]:
    def outside(segment: Segment) -> bool:
        inside = any(low <= segment.start and segment.end <= high for low, high in document.ignored)
        return not inside or any(segment.words & other.words for other in gold)

    return [segment for segment in predicted if outside(segment)]


def count_direct(document: Document, predicted: list[Quote], counts: Counter[str]) -> None:
    """Add one document to the counts of exact direct segments; other kinds are left out on both
    sides.
    """
    gold = segments_of(document, document.quotes)
    answers = _without_ignored(document, gold, segments_of(document, predicted))
    direct = [segment for segment in gold if segment.kind == "direct"]
    rest = [segment for segment in gold if segment.kind != "direct"]

    def kept(answer: Segment) -> bool:
        if any(answer.words & segment.words for segment in direct):
            return True
        elsewhere = any(_overlap(answer, s) >= MATCH or answer.words <= s.words for s in rest)
        return answer.kind == "direct" and not elsewhere

    answers = [answer for answer in answers if not rest or kept(answer)]
    common = {(s.start, s.end) for s in direct} & {(s.start, s.end) for s in answers}
    counts["gold"] += len(direct)
    counts["predicted"] += len(answers)
    counts["right"] += len(common)


def count_matches(document: Document, predicted: list[Quote], counts: Counter[str]) -> None:
    """Add one document to the counts of matched segments by kind (one to one)."""
    gold = segments_of(document, document.quotes)
    answers = _without_ignored(document, gold, segments_of(document, predicted))
    pairs = [
        (-_overlap(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(answers)
        if g.start < p.end and p.start < g.end and _overlap(g, p) >= MATCH
    ]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
    for i, segment in enumerate(gold):
        counts[f"gold {segment.kind}"] += 1
        counts[f"found {segment.kind}"] += i in taken_gold
    for j, segment in enumerate(answers):
        counts[f"predicted {segment.kind}"] += 1
        counts[f"right {segment.kind}"] += j in taken


def matched(counts: Counter[str], kind: str) -> Score:
    """Return the match score of one kind."""
    return score(
        counts[f"right {kind}"],
        counts[f"predicted {kind}"],
        counts[f"found {kind}"],
        counts[f"gold {kind}"],
    )
