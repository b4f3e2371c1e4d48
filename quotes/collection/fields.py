"""Every field of the format: its type, whether it must be there, and the words it may hold.

The one list that the reader enforces and `docs/data-format.md` is tested against.
"""

from dataclasses import dataclass
from typing import Literal

KINDS = ("direct", "mixed", "indirect")
BASES = ("named", "pronoun", "role", "implicit")
CHANNELS = (
    "interview",
    "speech",
    "article",
    "blog",
    "statement",
    "press_conference",
    "broadcast",
    "social_media",
    "parliament",
    "court_filing",
    "report",
    "letter",
    "other",
)
ARTICLE_KINDS = (
    "newspaper",
    "magazine",
    "webpage",
    "blog",
    "interview",
    "television",
    "radio",
    "press_release",
    "speech",
)
DATE_BASES = ("printed", "inferred")
RIGHTS = ("excerpt", "full")
BOILERPLATE_KINDS = (
    "caption",
    "credit",
    "dateline",
    "pull_quote",
    "related_links",
    "navigation",
    "notice",
    "other",
)
TARGET_KINDS = ("subject", "claim")
NON_VALUES = ("no_stance", "unclear")
STANCE_VALUES = {
    "subject": ("supports", "criticises", "mixed", "neutral", *NON_VALUES),
    "claim": ("asserts", "denies", "questions", "reports", *NON_VALUES),
}
ALL_VALUES = (*STANCE_VALUES["subject"], *STANCE_VALUES["claim"][:4])
CONFIDENCES = ("high", "medium", "low")
CODER_KINDS = ("person", "machine")

Type = Literal["text", "key", "texts", "date", "flag", "number", "table", "tables"]


@dataclass(frozen=True, slots=True)
class Field:
    """What one field takes."""

    type: Type
    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 20_000


def _must(type_: Type = "text", longest: int = 20_000, choices: tuple[str, ...] = ()) -> Field:
    return Field(type_, required=True, choices=choices, longest=longest)


def _may(type_: Type = "text", longest: int = 20_000, choices: tuple[str, ...] = ()) -> Field:
    return Field(type_, choices=choices, longest=longest)


_EXAMPLE = {
    "quote": _must(),
    "text": _must(),
    "value": _must(choices=ALL_VALUES),
    "explanation": _must(),
}

TABLES: dict[str, dict[str, Field]] = {
    "collection.toml": {
        "collection": _must("table"),
        "people": _may("tables"),
        "organizations": _may("tables"),
        "memberships": _may("tables"),
        "outlets": _may("tables"),
        "coders": _may("tables"),
        "utterances": _may("tables"),
        "targets": _may("tables"),
    },
    "collection": {"title": _must(longest=200), "description": _must()},
    "people": {
        "key": _must("key", longest=80),
        "name": _must(longest=300),
        "sort_name": _must(longest=300),
        "other_names": _may("texts"),
        "summary": _may(),
        "protected": _may("flag"),
    },
    "organizations": {
        "key": _must("key", longest=80),
        "name": _must(longest=300),
        "other_names": _may("texts"),
        "summary": _may(),
    },
    "memberships": {
        "person": _must("key"),
        "organization": _must("key"),
        "role": _must(longest=200),
        "since": _may("date"),
        "until": _may("date"),
        "note": _may(longest=300),
    },
    "outlets": {
        "key": _must("key", longest=80),
        "name": _must(longest=300),
        "url": _may(longest=500),
        "note": _may(),
    },
    "coders": {
        "key": _must("key", longest=80),
        "name": _must(longest=150),
        "kind": _must(choices=CODER_KINDS),
        "description": _must(),
    },
    "utterances": {"key": _must("key", longest=80), "title": _must(longest=200), "note": _may()},
    "targets": {
        "key": _must("key", longest=80),
        "label": _must(longest=200),
        "kind": _must(choices=TARGET_KINDS),
        "proposition": _may(),
        "version": _must("number"),
        "change_reason": _may(),
        "brief_definition": _must(longest=300),
        "full_definition": _must(),
        "when_to_use": _must(),
        "when_not_to_use": _must(),
        "values": _must("table"),
        "example": _must("table"),
        "counter_example": _must("table"),
    },
    "targets.values": {value: _may() for value in dict.fromkeys(ALL_VALUES)},
    "targets.example": _EXAMPLE,
    "targets.counter_example": _EXAMPLE,
    "annotation": {
        "article": _must("table"),
        "boilerplate": _may("tables"),
        "not_quotes": _may("tables"),
        "quotes": _may("tables"),
    },
    "article": {
        "file": _must(longest=300),
        "sha256": _must(longest=64),
        "headline": _must(longest=500),
        "outlet": _may("key"),
        "outlet_basis": _may(choices=DATE_BASES),
        "outlet_note": _may(longest=300),
        "byline": _may(longest=300),
        "url": _may(longest=500),
        "kind": _may(choices=ARTICLE_KINDS),
        "pages": _may(longest=40),
        "archive_url": _may(longest=1000),
        "archived": _may("date"),
        "published": _may("date"),
        "date_basis": _may(choices=DATE_BASES),
        "date_note": _may(longest=500),
        "language": _must(longest=20),
        "rights": _must(choices=RIGHTS),
    },
    "boilerplate": {
        "kind": _must(choices=BOILERPLATE_KINDS),
        "words": _may(),
        "first": _may(),
        "last": _may(),
        "after": _may(),
        "before": _may(),
        "note": _may(),
    },
    "not_quotes": {
        "words": _must(),
        "after": _may(),
        "before": _may(),
        "reason": _must(),
    },
    "quotes": {
        "key": _must("key", longest=80),
        "spans": _must("texts"),
        "after": _may(),
        "before": _may(),
        "kind": _must(choices=KINDS),
        "speaker": _may("key"),
        "on_behalf_of": _may("key"),
        "speaker_text": _must(longest=300),
        "role": _may(longest=200),
        "cue": _may(longest=100),
        "basis": _must(choices=BASES),
        "channel": _may(choices=CHANNELS),
        "said": _may("date"),
        "said_basis": _may(choices=DATE_BASES),
        "said_note": _may(longest=500),
        "note": _may(),
        "utterance": _may("key"),
        "stances": _may("tables"),
    },
    "quotes.stances": {
        "target": _must("key"),
        "coder": _must("key"),
        "value": _must(choices=tuple(dict.fromkeys(ALL_VALUES))),
        "confidence": _must(choices=CONFIDENCES),
        "evidence": _must("texts"),
        "rationale": _must(),
    },
}
