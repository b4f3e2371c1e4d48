"""What an upload or paste screen calls: one document, its candidates in about a second."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import User

from quotes.intake.step import Ingested, Intake, ingest
from quotes.parsing import (
    ParsedDocument,
    ReadOptions,
    Reason,
    RefusedError,
    RefusedRow,
    Sandbox,
    parse_bytes,
)
from quotes.parsing.formats import COLLECTIONS, format_of

_AS_USUAL = Intake()
# What a person may say about a text; it goes before what the text prints.
METADATA = ("headline", "byline", "outlet", "url", "published", "language")


def from_upload(
    name: str, data: bytes, *, by: User | None = None, how: Intake = _AS_USUAL
) -> Ingested:
    """Take in one uploaded file and return its article and candidates; raises RefusedError."""
    if format_of(name) in COLLECTIONS:
        raise RefusedError(Reason.UNSUPPORTED, "a whole collection; use the ingest command")
    return ingest(_one(name, data), by=by, how=how)


def from_text(
    text: str,
    metadata: Mapping[str, str] | None = None,
    *,
    by: User | None = None,
    how: Intake = _AS_USUAL,
) -> Ingested:
    """Take in a pasted text with what the person knows about it (METADATA); raises RefusedError."""
    given = {name: value.strip() for name, value in (metadata or {}).items() if value.strip()}
    if unknown := set(given) - set(METADATA):
        raise RefusedError(Reason.METADATA, f"unknown: {', '.join(sorted(unknown))}")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(Reason.ENCODING, "half a character") from error
    document = _one("pasted.txt", data)
    if "published" in given and given["published"] != document.published:
        document = replace(document, published_words="")
    return ingest(
        replace(
            document,
            source="",
            headline=given.get("headline", document.headline),
            byline=given.get("byline", document.byline),
            outlet=given.get("outlet", document.outlet),
            url=given.get("url", document.url),
            published=given.get("published", document.published),
            language=given.get("language", document.language),
        ),
        by=by,
        how=how,
    )


def _one(name: str, data: bytes) -> ParsedDocument:
    with Sandbox() as sandbox:
        for item in parse_bytes(sandbox, name, data, ReadOptions()):
            if isinstance(item, RefusedRow):
                raise RefusedError(item.reason, item.detail)
            return item
    raise RefusedError(Reason.NO_TEXT)
