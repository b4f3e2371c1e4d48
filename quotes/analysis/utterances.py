"""Reports of the same words in different articles: which pairs to show an editor, and why.

Two reports of one speech share rare words, far more than two speeches on one subject do. So each
report is indexed by its rarest stems only; pairs that share some are compared in full. Common words
are never followed, which keeps the work near linear in the number of reports. Weights are inverse
document frequencies (Spärck Jones 1972, A statistical interpretation of term specificity and its
application in retrieval).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

# A stem that more reports have tells nothing, however many reports there are.
MOST_SHARING = 40
# Of each report only so many stems are looked up, the rarest.
LOOKED_UP = 10
LEAST_SHARED = 2
MOST_DAYS = 31
LEAST_SCORE = 0.35


@dataclass(frozen=True, slots=True)
class Report:
    """One quote: its stems in order, who says it (None: not known), in which article, when.

    `first` and `last` are days as ordinals, None when not known.
    """

    key: int
    stems: Sequence[str]
    speaker: int | None
    article: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that may be of the same words; `score` from 0 to 1, `shared` stems rarest first.

    `run` is the longest sequence of words that both have.
    """

    one: int
    other: int
    score: float
    shared: tuple[str, ...]
    run: int
    same_speaker: bool


def find(reports: Sequence[Report], *, common: frozenset[str] = frozenset()) -> list[Pair]:
    """Return the pairs worth an editor's look, the surest first.

    `common` are stems that carry no content. Pairs are of different articles, of one speaker or
    of one that is not known, and at most MOST_DAYS apart where both days are known.
    """
    contents = [frozenset(report.stems) - common for report in reports]
    frequency = Counter(stem for stems in contents for stem in stems)
    weight = {stem: log(1 + len(reports) / count) for stem, count in frequency.items()}
    found = []
    for one, other in _candidates(reports, contents, frequency):
        pair = _compared(reports[one], reports[other], contents[one], contents[other], weight)
        if pair.score >= LEAST_SCORE:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _candidates(
    reports: Sequence[Report], contents: Sequence[frozenset[str]], frequency: Counter[str]
) -> Iterator[tuple[int, int]]:
    """Yield the places of two reports that share rare stems and could be of one occasion."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(contents):
        rare = sorted(
            (stem for stem in stems if 1 < frequency[stem] <= MOST_SHARING),
            key=lambda stem: (frequency[stem], stem),
        )[:LOOKED_UP]
        # Each earlier report that shares one of the rarest stems, with how many.
        near = Counter(place for stem in rare for place in index[stem])
        for place, shared in near.items():
            if shared >= LEAST_SHARED and may_be_one(reports[place], reports[at]):
                yield place, at
        for stem in rare:
            index[stem].append(at)


def may_be_one(one: Report, other: Report) -> bool:
    """Say whether two reports can be of one occasion: article, speaker and dates allow it."""
    if one.article == other.article:
        return False
    if None not in (one.speaker, other.speaker) and one.speaker != other.speaker:
        return False
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return True
    return one.first - other.last <= MOST_DAYS and other.first - one.last <= MOST_DAYS


def _compared(
    one: Report,
    other: Report,
    own: frozenset[str],
    others: frozenset[str],
    weight: dict[str, float],
) -> Pair:
    """Score a pair: how much of the shorter one's content stands in both, and how much that is.

    The share alone makes two words as good as fifty; the longest run of words in common tells a
    report of the same words from one on the same subject.
    """
    shared = sorted(own & others, key=lambda stem: (-weight[stem], stem))
    total = min(sum(weight[stem] for stem in own), sum(weight[stem] for stem in others))
    share = sum(weight[stem] for stem in shared) / total if total else 0.0
    run = longest_run(one.stems, other.stems)
    evidence = len(shared) + run
    same = one.speaker is not None and one.speaker == other.speaker
    score = share * evidence / (evidence + 4) * (1.0 if same else 0.8)
    return Pair(one.key, other.key, round(score, 4), tuple(shared[:8]), run, same)


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest sequence that stands in both."""
    longest, before = 0, [0] * (len(other) + 1)
    for stem in one:
        row = [0] * (len(other) + 1)
        for at, found in enumerate(other, 1):
            if stem == found:
                row[at] = before[at - 1] + 1
                longest = max(longest, row[at])
        before = row
    return longest
