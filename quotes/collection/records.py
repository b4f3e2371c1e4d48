"""The records a collection is read into: frozen, plain, every span located in canonical text.

Text that is not given is an empty string; a reference that is not given is None.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a body and their place in it, in code points."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Someone who speaks."""

    key: str
    name: str
    sort_name: str
    other_names: tuple[str, ...]
    summary: str
    protected: bool


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """A body that people belong to or that speaks for itself."""

    key: str
    name: str
    other_names: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """A role as the documents give it; the bounds are EDTF text, empty where unknown."""

    person: str
    organization: str
    role: str
    since: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """Who published."""

    key: str
    name: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class CoderEntry:
    """Who or what coded."""

    key: str
    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class UtteranceEntry:
    """One thing said once, which several quotes report."""

    key: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class CodebookExample:
    """A real quote that shows what a codebook entry means, and why."""

    article: str
    quote: str
    text: str
    value: str
    explanation: str


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What a stance is about, with its complete codebook entry."""

    key: str
    label: str
    kind: str
    proposition: str
    version: int
    change_reason: str
    brief_definition: str
    full_definition: str
    when_to_use: str
    when_not_to_use: str
    values: dict[str, str]
    example: CodebookExample
    counter_example: CodebookExample


@dataclass(frozen=True, slots=True)
class AnnotatedStance:
    """One coder's coding of one quote on one target."""

    target: str
    coder: str
    value: str
    confidence: str
    evidence: tuple[Span, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class AnnotatedQuote:
    """One quote with everything the annotation says of it."""

    key: str
    spans: tuple[Span, ...]
    text: str
    prefix: str
    suffix: str
    kind: str
    speaker: str | None
    on_behalf_of: str | None
    speaker_text: str
    role: str
    cue: str
    basis: str
    channel: str
    said: str
    said_basis: str
    said_note: str
    note: str
    utterance: str | None
    stances: tuple[AnnotatedStance, ...]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage of the file that is not the article: captions, links, navigation."""

    start: int
    end: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class NotQuote:
    """A passage that marks show but that nobody is reported to have said."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One document with its quotes in the order of the body."""

    key: str
    file: str
    sha256: str
    body: str = field(repr=False)
    headline: str
    outlet: str | None
    outlet_basis: str
    outlet_note: str
    byline: str
    url: str
    kind: str
    pages: str
    archive_url: str
    archived: date | None
    published: str
    date_basis: str
    date_note: str
    language: str
    rights: str
    boilerplate: tuple[Boilerplate, ...]
    not_quotes: tuple[NotQuote, ...]
    quotes: tuple[AnnotatedQuote, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """A whole collection, sound in itself."""

    title: str
    description: str
    people: tuple[PersonEntry, ...]
    organizations: tuple[OrganizationEntry, ...]
    memberships: tuple[MembershipEntry, ...]
    outlets: tuple[OutletEntry, ...]
    coders: tuple[CoderEntry, ...]
    utterances: tuple[UtteranceEntry, ...]
    targets: tuple[TargetEntry, ...]
    articles: tuple[AnnotatedArticle, ...]
