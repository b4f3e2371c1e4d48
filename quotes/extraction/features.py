"""Step 6: describe every candidate speaker of a marked string in features.

A feature is a short tuple of strings; the ranker looks its weight up. The same functions serve
training and use.
"""

from __future__ import annotations

from quotes.extraction.mentions import Found
from quotes.extraction.reader import Quoted, Reader

Feature = tuple[str, ...]

# Candidates looked at per string: before and after it in its own block, and the blocks before.
BEFORE, AFTER, BLOCKS_BACK = 12, 7, 4
_GAPS = ("0", "1", "2", "3", "3", "5", "5", "5", "5")
# Stands for leaving a string without a speaker, whatever it looks like.
NOBODY: Feature = ("nobody-always",)
# The ties that make a mention the subject of a cue.
LINKED = frozenset(("subj", "inv", "aside", "acc", "rel", "coord", "sign", "far", "bare"))


class Memory:
    """What was decided for the strings before: the last speaker, where, and how often heads were
    chosen.
    """

    def __init__(self) -> None:
        self.speaker: Found | None = None
        self.block = -9
        self.decided = False
        self.heads: dict[str, int] = {}
        self.recent: dict[int, Found] = {}

    def relation(self, mention: Found) -> str:
        """Return how a mention relates to the speaker of the string before."""
        last = self.speaker
        if last is None:
            return "none"
        if last is mention:
            return "same"
        if last.head == mention.head and last.kind == mention.kind:
            return "head"
        return "other"

    def last_of(self, mention: Found) -> str:
        """Return whether the mention was the last speaker in its own block."""
        last = self.recent.get(mention.block)
        return "none" if last is None else "same" if last is mention else "other"

    def count(self, mention: Found) -> str:
        """Return how often this name was chosen so far."""
        times = self.heads.get(mention.head, 0)
        return str(times) if times < 3 else "3"

    def standing(self, string: Quoted) -> str:
        """Return whether and how near the last string with a speaker was."""
        if self.block < 0:
            return "none"
        distance = string.block.number - self.block
        return f"{min(distance, 3)}{'s' if self.speaker else 'n'}"

    def remember(self, string: Quoted, speaker: Found | None) -> None:
        """Record the decision for one string."""
        self.block = string.block.number
        self.speaker = speaker
        if speaker is not None:
            self.recent[speaker.block] = speaker
            self.recent[string.block.number] = speaker
            if speaker.kind == "name":
                self.heads[speaker.head] = self.heads.get(speaker.head, 0) + 1


def ranks(string: Quoted, chosen: list[Found]) -> list[str]:
    """Return for every candidate how many subjects of cues stand between it and the string ("2":
    two or more).
    """
    number, token = string.block.number, string.token
    result = ["-"] * len(chosen)
    between = 0
    for index in range(len(chosen) - 1, -1, -1):
        mention = chosen[index]
        if mention.block == number and mention.first < token:
            result[index] = "012"[min(between, 2)]
            between += mention.link in LINKED
    between = 0
    for index, mention in enumerate(chosen):
        if mention.block == number and mention.first > token:
            result[index] = "012"[min(between, 2)]
            between += mention.link in LINKED
    return result


def candidates_for(reader: Reader, string: Quoted) -> list[Found]:
    """Return the mentions that may be the speaker of a string, those of its own block first."""
    number, token = string.block.number, string.token
    own = reader.mentions(number)
    low, high = 0, len(own)
    while low < high:
        middle = (low + high) // 2
        if own[middle].first < token:
            low = middle + 1
        else:
            high = middle
    chosen = own[max(0, low - BEFORE) : low + AFTER]
    for back in range(1, BLOCKS_BACK + 1):
        if number - back >= 0:
            chosen = chosen + reader.notable(number - back)
    if string.place == "alone" and number + 1 < len(reader.bounds):
        following = reader.notable(number + 1)[:2]
        chosen = chosen + [mention for mention in following if mention.sentence == 0]
    return chosen


def candidate_features(string: Quoted, mention: Found, rank: str, memory: Memory) -> list[Feature]:
    """Return the features of one candidate speaker of one string."""
    group, link, cue_class, prior = mention.static
    token = string.token
    distance = string.block.number - mention.block
    previous = memory.relation(mention)
    if distance:
        where = "N" if distance < 0 else f"P{distance}"
        alone: list[Feature] = []
        if string.place == "alone":
            alone = [("far-look", where, string.look), ("far-look-previous", previous)]
        return [
            *alone,
            ("where", where),
            ("far-link", link, where),
            ("far-group", group),
            ("far-place", where, string.place),
            ("far-previous", previous),
            ("far", where, link, group, string.place),
            ("far2", where, link, cue_class, string.place),
            ("prev", where, previous, string.place, string.carried),
            ("from", where, string.before, string.after, string.capital),
            ("farprior", where, prior, group),
            ("farfollow", where, mention.follow, link),
            ("farlast", where, memory.last_of(mention), link),
            ("count", memory.count(mention), previous),
        ]
    before = mention.first < token
    gap_sentences = string.sentence - mention.sentence
    if gap_sentences == 0:
        where = "SB" if before else "SA"
    elif before:
        where = "B1" if gap_sentences == 1 else "B2"
    else:
        where = "A1" if gap_sentences == -1 else "A2"
    classes = string.block.classes
    if before:
        strings_between = classes.count("Q", mention.last, token)
    else:
        strings_between = classes.count("Q", token + 1, mention.first)
    between = "0" if not strings_between else "1" if strings_between == 1 else "2"
    cue = mention.cue
    reach = "-"
    cue_side = "-"
    if cue >= 0:
        cue_side = "b" if cue < token else "a"
        steps = token - cue - 1 if cue < token else cue - token - 1
        reach = _GAPS[steps] if steps < 9 else "9"
    steps = token - mention.last if before else mention.first - token - 1
    near = _GAPS[steps] if 0 <= steps < 9 else "9"
    features: list[Feature] = []
    for subject, label, frame in string.governors:
        if subject is mention:
            features += [("governs", label), ("frames", frame)]
    features += [
        ("where", where),
        ("link", link),
        ("group", group),
        ("where-link", where, link),
        ("where-group", where, group),
        ("near1", near),
        ("follow", where, mention.follow, group),
        ("rank", where, rank, link, string.after),
        ("rankprior", where, rank, prior, string.before),
        ("followed", where, near, mention.follow),
        ("own", where, link, group),
        ("cue", where, link, cue_class, reach, cue_side),
        ("ends", where, link, string.final, string.after),
        ("begins", where, link, string.before, string.capital),
        ("between", where, between, link),
        ("near", where, near, link),
        ("nearends", where, near, string.final, string.place),
        ("prior", where, prior, group),
        ("prevown", where, previous, link, between),
        ("length", where, link, string.length),
        ("count", memory.count(mention)),
        ("adjacent", where, string.before, string.after, reach, cue_side),
    ]
    return features


def nobody_features(string: Quoted, memory: Memory, chosen: list[Found]) -> list[Feature]:
    """Return the features of leaving the string without a speaker."""
    tied = any(
        mention.block == string.block.number
        and mention.sentence == string.sentence
        and mention.link not in "-obj"
        for mention in chosen
    )
    style = "double" if string.marked.double else "single"
    # Speech alone in its paragraph has a speaker nearly always; caution is for the others.
    spoken = string.place == "alone" and string.look.startswith("speech")
    caution = ("nobody-look", string.look) if spoken else NOBODY
    return [
        caution,
        ("nobody", string.length, string.capital, string.final),
        ("nobody-before", string.before, string.length),
        ("nobody-after", string.after, string.final),
        ("nobody-place", string.place, string.length, string.titled),
        ("nobody-title", string.titled, string.capital, string.before),
        ("nobody-tied", str(tied), string.length, string.place),
        ("nobody-style", style, string.length, string.carried),
        ("nobody-last", memory.standing(string), string.place, string.length),
    ]
