"""Step 8: the turns of a transcript as candidates, each with the speaker its label names."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from quotes.extraction.lexicon import ORGANISATIONS, ROLES, TITLES
from quotes.extraction.lines import printed
from quotes.extraction.mentions import Found, mention_of
from quotes.extraction.reader import Reader
from quotes.extraction.records import Candidate, Mention, Span
from quotes.extraction.resolution import UNKNOWN, Resolved, Resolver
from quotes.extraction.turns import Turn, label_name

# A printed label is as sure as an attribution gets. Set, not measured: PolNeAR leaves turns out.
CONFIDENCE = 0.97


def said_in_turns(
    text: str, turns: list[Turn], reader: Reader, resolver: Resolver, version: str
) -> list[Candidate]:
    """Return one direct quotation per turn; ``text`` is the text as given, line ends and all.

    A short label ("DOE:") is the earlier one that ends in it ("JANE DOE:").
    """
    full: dict[str, tuple[Resolved, str]] = {}
    found: list[Candidate] = []
    for turn in turns:
        start, end = turn.label
        label = printed(text[start:end])
        name = label_name(label)
        key = name.split()[-1].lower() if name else ""
        who = _who(reader, resolver, turn, name)
        if who.name is not None:
            known = full.get(key)
            if known and known[1].lower().endswith(name.lower()):
                who = known[0]
            elif len(name.split()) > 1:
                full[key] = (who, name)
        spans = tuple(Span(*span) for span in turn.spans)
        basis: Literal["named", "role"] = "named" if who.name is not None else "role"
        found.append(
            Candidate(
                spans=spans,
                marked=spans,
                text="\n".join(text[span.start : span.end] for span in spans),
                kind="direct",
                speaker=Mention(start, end, label, "label"),
                name=who.name,
                person_key=who.person_key,
                alternatives=who.alternatives,
                cue=None,
                basis=basis,
                confidence=CONFIDENCE,
                method=f"{version}/transcript",
            )
        )
    return found


def _who(reader: Reader, resolver: Resolver, turn: Turn, name: str) -> Resolved:
    """Return whom a label names: a person, or through a role whoever holds it."""
    mention = _mention(reader, turn, name)
    if mention is None or len(name.strip(".")) < 2:
        return UNKNOWN
    if mention.named_from < 0 and not _is_role(name):
        return UNKNOWN
    return resolver.resolve(mention)


def _is_role(name: str) -> bool:
    words = {word.strip(".,").lower() for word in name.split()}
    return bool(words & (ROLES | ORGANISATIONS | TITLES))


def _mention(reader: Reader, turn: Turn, name: str) -> Found | None:
    """Return the words of a label that name someone, as a mention."""
    number = bisect_right(reader.bounds, (turn.label[0], len(reader.text) + 1)) - 1
    block = reader.block(number)
    low = turn.label[0] + max(0, reader.text[turn.label[0] : turn.label[1]].find(name))
    inside = [at for at, start in enumerate(block.starts[:40]) if low <= start < low + len(name)]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    while first < last and block.words[first].lower() in ("the", "mr", "mrs", "ms", "dr", "."):
        first += 1
    if first == last:
        return None
    plain = _is_role(name.split()[-1])
    return mention_of(block, first, last, "role" if plain else "name", -1 if plain else first)
