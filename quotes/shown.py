"""A version as it stood, prepared for a template; and what changed from one to the next.

Everything comes from the version's own snapshot, so that the page of an old version stays what it
was whatever became of the speaker, the article or the target.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from base.dates import display
from base.differences import Piece, word_pieces
from base.visible import visible
from quotes.choices import ArticleKind, Channel, DateBasis, Kind, StanceBasis, StanceValue
from quotes.wording import VERBS

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class ShownStance:
    value: str
    verb: str
    label: str
    slug: str
    basis: str
    rationale: str
    codebook_version: int


@dataclass(frozen=True)
class Shown:
    """The record part of a version's page."""

    public_id: str
    paragraphs: tuple[str, ...]
    marked: bool
    kind: str
    speaker: str
    speaker_slug: str
    role: str
    body: str
    body_slug: str
    prefix: str
    suffix: str
    note: str
    said: str
    channel: str
    article: Mapping[str, str]
    published: str
    stances: tuple[ShownStance, ...]


@dataclass(frozen=True)
class Change:
    """One thing that a citation shows, before and after."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def shown(snapshot: Snapshot) -> Shown:
    """Return a snapshot as its page shows it."""
    article, text = snapshot["article"], snapshot["text"]
    speaker = snapshot["speaker"] or {}
    body = snapshot["on_behalf_of"] or {}
    own_marks = "“" in text or "”" in text
    return Shown(
        public_id=snapshot["id"],
        paragraphs=tuple(text.split("\n")),
        marked=snapshot["kind"] == Kind.DIRECT
        or (snapshot["kind"] == Kind.MIXED and not own_marks),
        kind=Kind(snapshot["kind"]).label,
        speaker=speaker_name(snapshot),
        speaker_slug=speaker.get("slug", ""),
        role=visible(role(snapshot)),
        body=visible(body.get("name", "")) if speaker else "",
        body_slug=body.get("slug", ""),
        prefix="" if hidden_name(snapshot) else snapshot["prefix"],
        suffix="" if hidden_name(snapshot) else snapshot["suffix"],
        note=snapshot["note"],
        said=_dated(snapshot["said"], snapshot["said_basis"]),
        channel=Channel(snapshot["channel"]).label if snapshot["channel"] else "",
        article={key: visible(article[key]) for key in ("headline", "byline", "outlet")}
        | {key: article[key] for key in ("id", "url", "language", "sha256")}
        | {key: visible(article.get(key, "")) for key in ("archive_url", "pages")}
        | {"kind": _article_kind(article), "archived": display(article.get("archived", ""))},
        published=_dated(article["published"], article["date_basis"]) or "not known",
        stances=tuple(_stance(row) for row in snapshot["stances"]),
    )


def hidden_name(snapshot: Snapshot) -> bool:
    """Say whether the speaker was protected, so that the words around may not be shown."""
    speaker = snapshot["speaker"]
    return bool(speaker) and not speaker["slug"]


def speaker_name(snapshot: Snapshot) -> str:
    """Return who says it: the person, else the body spoken for, else the words printed."""
    for entry in (snapshot["speaker"], snapshot["on_behalf_of"]):
        if entry:
            return visible(entry["name"])
    return visible(snapshot["speaker_role"] or snapshot["speaker_text"])


def role(snapshot: Snapshot) -> str:
    """Return the speaker's role, where it is not the name already."""
    if hidden_name(snapshot) or not (snapshot["speaker"] or snapshot["on_behalf_of"]):
        return ""
    printed = str(snapshot["speaker_role"])
    if not snapshot["speaker"]:
        printed = printed or str(snapshot["speaker_text"])
    return "" if printed.casefold() == speaker_name(snapshot).casefold() else printed


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return what a reader of a citation sees changed, words and all, in a fixed order."""
    old, new = _lines(before), _lines(after)
    return [
        Change(label, *word_pieces(old.get(label, ""), new.get(label, "")))
        for label in dict.fromkeys([*new, *old])
        if old.get(label, "") != new.get(label, "")
    ]


def _lines(snapshot: Snapshot) -> dict[str, str]:
    """Return each thing that a citation shows as a line of text under its label."""
    article = snapshot["article"]
    body = snapshot["on_behalf_of"] or {}
    return {
        "Words": snapshot["text"],
        "Kind": Kind(snapshot["kind"]).label,
        "Speaker": speaker_name(snapshot),
        "Role": snapshot["speaker_role"],
        "Named in the article as": snapshot["speaker_text"],
        "On behalf of": body.get("name", ""),
        "Said": _dated(snapshot["said"], snapshot["said_basis"]),
        "Said in": Channel(snapshot["channel"]).label if snapshot["channel"] else "",
        "Headline": article["headline"],
        "Byline": article["byline"],
        "Outlet": article["outlet"],
        "Published": _dated(article["published"], article["date_basis"]),
        "Address of the article": article["url"],
        "Language": article["language"],
        "Kind of source": _article_kind(article),
        "Pages": article.get("pages", ""),
        "Archived copy": article.get("archive_url", ""),
        "Copied by the archive": display(article.get("archived", "")),
    } | {f"Stance on {row['label']}": _stance_line(row) for row in snapshot["stances"]}


def _article_kind(article: Mapping[str, Any]) -> str:
    kind = article.get("kind", "")
    return ArticleKind(kind).label if kind else ""


def _stance_line(row: Mapping[str, Any]) -> str:
    basis = str(StanceBasis(row["basis"]).label).lower()
    return f"{StanceValue(row['value']).label} ({basis})"


def _stance(row: Mapping[str, Any]) -> ShownStance:
    return ShownStance(
        value=row["value"],
        verb=VERBS[row["value"]],
        label=visible(row["label"]),
        slug=row["target"],
        basis=StanceBasis(row["basis"]).label,
        rationale=row["rationale"],
        codebook_version=row["codebook_version"],
    )


def _dated(text: str, basis: str) -> str:
    if not text:
        return ""
    return f"{display(text)}{' (inferred)' if basis == DateBasis.INFERRED else ''}"
