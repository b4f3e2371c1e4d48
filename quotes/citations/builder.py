"""From the public record of a quote, as a version holds it, to a citation.

What the record does not say stays empty: a style then prints what its manual has for a work without
author or date, and `Citation.gaps` names the gap for the page.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from quotes.citations.dates import parse_edtf
from quotes.citations.names import parse_byline, parse_name
from quotes.citations.record import (
    Citation,
    Dated,
    Name,
    Site,
    SourceKind,
    SpanRecord,
    StanceRecord,
)

# As much of the source's own words as a reader may see beside the quote, whatever a record holds.
CONTEXT = 200
# How the article speaks of somebody without saying who: no name to cite.
WITHOUT_A_NAME = ("pronoun", "implicit")


def build(
    snapshot: Mapping[str, Any],
    *,
    site: Site,
    version: int,
    accessed: date | None = None,
    recorded: date | None = None,
    withdrawn: bool = False,
    dispute: str = "",
) -> Citation:
    """Return the citation of one version of a quote, from `quotes.versions.snapshot`.

    `recorded` is the day of the version, `accessed` the day on which the source was read; without
    one no style prints a day of reading.
    """
    article = snapshot.get("article") or {}
    return Citation(
        quote_id=_text(snapshot, "id"),
        version=version,
        site=site,
        text=_text(snapshot, "text"),
        prefix=_text(snapshot, "prefix")[-CONTEXT:],
        suffix=_text(snapshot, "suffix")[:CONTEXT],
        indirect=_text(snapshot, "kind") == "indirect",
        spans=tuple(SpanRecord(*span) for span in snapshot.get("spans") or ()),
        speaker=_speaker(snapshot),
        speaker_role=_text(snapshot, "speaker_role"),
        speaker_slug=_text(snapshot.get("speaker") or {}, "slug"),
        stances=tuple(_stance(stance) for stance in snapshot.get("stances") or ()),
        accessed=accessed,
        recorded=recorded,
        withdrawn=withdrawn,
        dispute=dispute,
        **_article(article),
    )


def _article(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a citation says of the article that carries the quote."""
    return {
        "headline": _text(article, "headline"),
        "authors": parse_byline(_text(article, "byline")),
        "outlet": _text(article, "outlet"),
        "kind": _kind(article),
        "published": _published(article),
        "url": _address(article, "url"),
        "archive_url": _address(article, "archive_url"),
        "archived": _day(article, "archived"),
        "pages": _text(article, "pages"),
        "language": _text(article, "language"),
        "article_id": _text(article, "id"),
        "article_sha256": _text(article, "sha256"),
    }


def _speaker(snapshot: Mapping[str, Any]) -> Name | None:
    """Return who speaks: the person, else the body, else the words of the article for them."""
    speaker = snapshot.get("speaker")
    if speaker:
        name = _text(speaker, "name")
        # A protected person has no page; what stands for the name is a description, kept whole.
        return (parse_name(name) if speaker.get("slug") else Name(literal=name)) if name else None
    body = snapshot.get("on_behalf_of")
    if body and _text(body, "name"):
        return Name(literal=_text(body, "name"))
    words = _text(snapshot, "speaker_text")
    if not words or snapshot.get("basis") in WITHOUT_A_NAME:
        return None
    return Name(literal=words)


def _kind(article: Mapping[str, Any]) -> SourceKind:
    """Return the kind that the record states; an unstated one is read from what is known."""
    stated = _text(article, "kind")
    if stated in set(SourceKind):
        return SourceKind(stated)
    unknown = not article.get("outlet") and article.get("url")
    return SourceKind.WEBPAGE if unknown else SourceKind.NEWSPAPER


def _published(article: Mapping[str, Any]) -> Dated:
    inferred = article.get("date_basis") == "inferred"
    return parse_edtf(_text(article, "published"), inferred=inferred)


def _stance(stance: Mapping[str, Any]) -> StanceRecord:
    return StanceRecord(
        target=_text(stance, "target"),
        label=_text(stance, "label"),
        value=_text(stance, "value"),
        basis=_text(stance, "basis"),
        rationale=_text(stance, "rationale"),
        codebook_version=_text(stance, "codebook_version"),
    )


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return "" if value is None else str(value)


def _address(values: Mapping[str, Any], key: str) -> str:
    """Return a web address; a record never links to anything else."""
    address = _text(values, key)
    return address if address.lower().startswith(("http://", "https://")) else ""


def _day(values: Mapping[str, Any], key: str) -> date | None:
    try:
        return date.fromisoformat(_text(values, key)[:10])
    except ValueError:
        return None
