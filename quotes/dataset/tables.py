"""The dictionary of the dataset: each table, its columns, its keys.

An allow-list, as `quotes.exports.columns` is, which the quotes' own columns come from. Files,
schema, SQLite tables and the page of the dataset all read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.choices import (
    Basis,
    CoderKind,
    Confidence,
    Kind,
    NoticeKind,
    StanceBasis,
    StanceValue,
    TargetKind,
    WithdrawalReason,
)
from quotes.exports.columns import COLUMNS

# What Table Schema (https://datapackage.org/standard/table-schema/) calls the downloads' types.
TYPES = {"date-time": "datetime", "uri": "string", "array": "string"}
LISTED: Mapping[str, Sequence[str]] = {"kind": Kind.values, "basis": Basis.values}


@dataclass(frozen=True)
class Field:
    """One column. `choices` are all that it can hold beside nothing; `link` the table and column
    whose value it is."""

    name: str
    type: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    link: tuple[str, str] | None = None

    def schema(self) -> dict[str, Any]:
        """Return the field as Table Schema has it."""
        rules: dict[str, Any] = {"required": True} if self.required else {}
        if self.choices:
            rules["enum"] = list(self.choices)
        found = {"name": self.name, "type": self.type, "description": self.description}
        return {**found, "constraints": rules} if rules else found


@dataclass(frozen=True)
class Table:
    """One table. `small`: it can be had by itself from the page of the dataset."""

    name: str
    title: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    small: bool = False

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    def schema(self) -> dict[str, Any]:
        """Return the table's Table Schema."""
        links = [
            {
                "fields": [field.name],
                "reference": {"resource": field.link[0], "fields": [field.link[1]]},
            }
            for field in self.fields
            if field.link
        ]
        found: dict[str, Any] = {
            "fields": [field.schema() for field in self.fields],
            "primaryKey": list(self.key),
            "missingValues": [""],
        }
        return {**found, "foreignKeys": links} if links else found


def _some(choices: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in choices if value)


TEXT, NUMBER, DAY, MOMENT = "string", "integer", "date", "datetime"
WHOM = ("people", "id")
BODY = ("organizations", "id")
QUOTE = ("quotes", "id")
TARGET = ("targets", "id")
LINKS = {
    "speaker_id": WHOM,
    "on_behalf_of_id": BODY,
    "article_id": ("articles", "id"),
    "utterance": ("utterances", "id"),
}

QUOTES = Table(
    "quotes",
    "Quotes, each in the version that stood at the snapshot's moment",
    ("id",),
    tuple(
        Field(
            column.name,
            TYPES.get(column.type, column.type),
            column.description,
            required=column.name in ("id", "version", "text", "kind", "article_id"),
            choices=tuple(LISTED.get(column.name, ())),
            link=LINKS.get(column.name),
        )
        for column in COLUMNS
    ),
)
STANCES = Table(
    "stances",
    "Stances: what position a quote takes on a target",
    ("quote", "target"),
    (
        Field("quote", TEXT, "Id of the quote.", required=True, link=QUOTE),
        Field("target", TEXT, "Id of the target.", required=True, link=TARGET),
        Field("value", TEXT, "The position.", required=True, choices=_some(StanceValue.values)),
        Field(
            "number",
            NUMBER,
            "Its sign: 1, -1 or 0 between; empty where no position was found.",
            choices=(),
        ),
        Field("basis", TEXT, "What it rests on.", choices=_some(StanceBasis.values)),
        Field("rationale", TEXT, "Why."),
        Field("codebook_version", NUMBER, "The version of the target's entry that it goes by."),
    ),
)
CODINGS = Table(
    "codings",
    "Codings: what each coder made of a quote, where the collection publishes them",
    ("quote", "target", "coder"),
    (
        Field("quote", TEXT, "Id of the quote.", required=True, link=QUOTE),
        Field("target", TEXT, "Id of the target.", required=True, link=TARGET),
        Field("coder", TEXT, "The coder by a key, never by name.", required=True),
        Field("coder_kind", TEXT, "Who codes.", choices=_some(CoderKind.values)),
        Field("value", TEXT, "The position.", required=True, choices=_some(StanceValue.values)),
        Field("confidence", TEXT, "How sure the coder is.", choices=_some(Confidence.values)),
        Field("codebook_version", NUMBER, "The version of the target's entry coded by."),
    ),
)
VERSIONS = Table(
    "versions",
    "Versions of the quotes: one for each change of what a citation shows",
    ("quote", "version"),
    (
        Field("quote", TEXT, "Id of the quote.", required=True, link=QUOTE),
        Field("version", NUMBER, "Counted from 1; the end of /q/ID/vN.", required=True),
        Field("recorded", MOMENT, "When.", required=True),
        Field("why", TEXT, "What changed and why; empty for a version closed since."),
        Field("sha256", TEXT, "Over the version and the hash before it.", required=True),
        Field("previous_sha256", TEXT, "That of the version before; empty for the first."),
    ),
)
NOTICES = Table(
    "notices",
    "Replies by speakers and corrections by outlets",
    ("quote", "number"),
    (
        Field("quote", TEXT, "Id of the quote.", required=True, link=QUOTE),
        Field("number", NUMBER, "By date, from 1.", required=True),
        Field("kind", TEXT, "What it is.", required=True, choices=_some(NoticeKind.values)),
        Field("text", TEXT, "In its author's words.", required=True),
        Field("dated", DAY, "The day on which it was given."),
        Field("url", TEXT, "Where it can be read."),
    ),
)
ARTICLES = Table(
    "articles",
    "Articles: metadata only, never their text",
    ("id",),
    (
        Field("id", TEXT, "The end of /articles/….", required=True),
        Field("outlet", TEXT, "Who published it.", link=("outlets", "name")),
        Field("headline", TEXT, "As printed."),
        Field("byline", TEXT, "As printed."),
        Field("published", TEXT, "When, as EDTF."),
        Field("published_basis", TEXT, "printed, or inferred."),
        Field("published_note", TEXT, "When inferred: from what."),
        Field("url", TEXT, "Where it was published."),
        Field("archive_url", TEXT, "A kept copy elsewhere."),
        Field("archived", DAY, "When that copy was made."),
        Field("kind", TEXT, "What kind of source it is."),
        Field("pages", TEXT, "Pages in print."),
        Field("language", TEXT, "Language tag."),
        Field("sha256", TEXT, "Of the canonical text, in which spans count.", required=True),
    ),
)
PEOPLE = Table(
    "people",
    "People who speak in the quotes; never one who is protected",
    ("id",),
    (
        Field("id", TEXT, "The end of /people/….", required=True),
        Field("name", TEXT, "The usual name.", required=True),
        Field("sort_name", TEXT, "Family name first."),
        Field("other_names", "array", "As printed elsewhere: a JSON list."),
        Field("summary", TEXT, "Who this is."),
        Field("identifiers", "object", "Ids elsewhere: a JSON object."),
    ),
    small=True,
)
MEMBERSHIPS = Table(
    "memberships",
    "Roles that these people held",
    ("person", "number"),
    (
        Field("person", TEXT, "Id of the person.", required=True, link=WHOM),
        Field("number", NUMBER, "From 1 for each person, by first day.", required=True),
        Field("organization", TEXT, "Id of the body; empty: none in particular.", link=BODY),
        Field("role", TEXT, "In the document's words.", required=True),
        Field("start", TEXT, "First day as far as it is known, EDTF."),
        Field("end", TEXT, "Last day, EDTF."),
    ),
    small=True,
)
ORGANIZATIONS = Table(
    "organizations",
    "Bodies that are spoken for, or that these people belong to",
    ("id",),
    (
        Field("id", TEXT, "The end of /organizations/….", required=True),
        Field("name", TEXT, "The usual name.", required=True),
        Field("other_names", "array", "As printed elsewhere: a JSON list."),
        Field("classification", TEXT, "What kind of body."),
        Field("summary", TEXT, "What it is."),
        Field("identifiers", "object", "Ids elsewhere: a JSON object."),
    ),
    small=True,
)
OUTLETS = Table(
    "outlets",
    "Outlets: who published the articles",
    ("name",),
    (
        Field("name", TEXT, "As quotes and articles name it.", required=True),
        Field("id", TEXT, "The end of /outlets/….", required=True),
        Field("url", TEXT, "Its own site."),
    ),
    small=True,
)
TARGETS = Table(
    "targets",
    "Targets: the codebook, an entry for each",
    ("id",),
    (
        Field("id", TEXT, "The end of /targets/….", required=True),
        Field("label", TEXT, "What it is called.", required=True),
        Field("kind", TEXT, "What it is.", required=True, choices=_some(TargetKind.values)),
        Field("proposition", TEXT, "Of a claim: what it says."),
        Field("brief_definition", TEXT, "In a line."),
        Field("full_definition", TEXT, "In full."),
        Field("when_to_use", TEXT, "When it applies."),
        Field("when_not_to_use", TEXT, "When it doesn't."),
        Field("value_definitions", "object", "What each value means here: a JSON object."),
        Field("version", NUMBER, "Of the entry.", required=True),
    ),
    small=True,
)
UTTERANCES = Table(
    "utterances",
    "Utterances: one thing said once, reported by several articles",
    ("id",),
    (
        Field("id", TEXT, "The end of /utterances/….", required=True),
        Field("title", TEXT, "What it is called.", required=True),
        Field("note", TEXT, "Occasion, and why these reports are one."),
    ),
    small=True,
)
REDIRECTS = Table(
    "redirects",
    "Addresses that lead to another: merged quotes, people and targets",
    ("kind", "old"),
    (
        Field("kind", TEXT, "Of what.", required=True, choices=("person", "quote", "target")),
        Field("old", TEXT, "The id that it had.", required=True),
        Field("new", TEXT, "Where its address leads.", required=True),
        Field("why", TEXT, "Why."),
        Field("moved", MOMENT, "When.", required=True),
    ),
    small=True,
)
WITHDRAWALS = Table(
    "withdrawals",
    "Quotes that were taken back; their words are in no table",
    ("quote",),
    (
        Field("quote", TEXT, "Id that the quote had.", required=True),
        Field("reason", TEXT, "Why.", required=True, choices=_some(WithdrawalReason.values)),
        Field("note", TEXT, "What readers are told besides."),
        Field("withdrawn", MOMENT, "When.", required=True),
    ),
    small=True,
)
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        *(QUOTES, STANCES, CODINGS, VERSIONS, NOTICES, ARTICLES, PEOPLE, MEMBERSHIPS),
        *(ORGANIZATIONS, OUTLETS, TARGETS, UTTERANCES, REDIRECTS, WITHDRAWALS),
    )
}
