"""What goes into the engine and what comes out: frozen dataclasses, nothing else.

Every offset is a code point offset into the text that was given to ``extract``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["direct", "mixed", "indirect"]
Basis = Literal["named", "pronoun", "role", "implicit"]
MentionKind = Literal["name", "role", "organisation", "pronoun", "possessive", "phrase", "label"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that point at a speaker, as printed."""

    start: int
    end: int
    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Role:
    """A role someone held, with the first and last day if known."""

    label: str
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date | None) -> bool:
        """Return whether the role can have been held on that day; None excludes nothing."""
        if day is None:
            return True
        after_start = self.since is None or self.since <= day
        return after_start and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone the caller's database already holds. ``key`` is the caller's own."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One possible person behind a mention that stays ambiguous."""

    name: str
    person_key: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One utterance found in the text, with whoever seems to have said it.

    ``spans`` are the words without their quotation marks; ``marked`` are the same ranges with them.
    For a mixed quotation ``clause`` is the reporter's whole clause around the words. ``name`` is
    the fullest name the document (or the caller's people) gives the speaker, None when it gives
    none. With ``alternatives`` the speaker is ambiguous: the name is only the likeliest of them,
    and no person key is given.
    """

    spans: tuple[Span, ...]
    marked: tuple[Span, ...]
    text: str
    kind: Kind
    speaker: Mention | None
    name: str | None
    person_key: str | None
    alternatives: tuple[Alternative, ...]
    cue: Mention | Span | None
    basis: Basis | None
    confidence: float
    method: str
    clause: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All candidates of one text in text order.

    ``skipped`` counts the quotation marks, ``unread`` the paragraphs beyond the engine's limits:
    texts that reach them are not news, and are never looked at without end.
    """

    candidates: tuple[Candidate, ...]
    engine: str
    skipped: int = 0
    unread: int = 0
