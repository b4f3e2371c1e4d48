"""An annotation file: one document, what is furniture in it, its quotes and their stances."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from quotes.canonical import TextRefusedError, canonical_text
from quotes.collection.entries import Entries, known, rows, web_address
from quotes.collection.faults import Place
from quotes.collection.fields import STANCE_VALUES
from quotes.collection.locate import (
    locate,
    locate_evidence,
    locate_spans,
    near_paragraphs,
    occurrences,
)
from quotes.collection.reading import Row, read_toml
from quotes.collection.records import (
    AnnotatedArticle,
    AnnotatedQuote,
    AnnotatedStance,
    Boilerplate,
    NotQuote,
    Span,
)
from quotes.spans import context, join_spans


def read_article(folder: Path, path: Path, entries: Entries, place: Place) -> AnnotatedArticle:
    """Read one annotation file; an unreadable document is a fault and has no quotes."""
    top = Row("annotation", read_toml(path, place), place)
    row = Row("article", top.table("article"), place.inside("article"))
    body = _document(folder, row)
    quotes: tuple[AnnotatedQuote, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
    not_quotes: tuple[NotQuote, ...] = ()
    if body:
        _check_printed(body, row, ("headline", "byline"))
        boilerplate = tuple(filter(None, (_boilerplate(body, r) for r in rows(top, "boilerplate"))))
        not_quotes = tuple(filter(None, (_not_quote(body, r) for r in rows(top, "not_quotes"))))
        quotes = _quotes(body, top, entries, [(b.start, b.end) for b in boilerplate])
    _check_basis(row, "outlet", "outlet_basis", "outlet_note")
    _check_basis(row, "published", "date_basis", "date_note")
    return AnnotatedArticle(
        key=path.stem,
        file=row.text("file"),
        sha256=row.text("sha256"),
        body=body,
        headline=row.text("headline"),
        outlet=known(row, "outlet", entries.outlets, "outlet"),
        outlet_basis=row.text("outlet_basis"),
        outlet_note=row.text("outlet_note"),
        byline=row.text("byline"),
        url=web_address(row, "url"),
        kind=row.text("kind"),
        pages=row.text("pages"),
        archive_url=web_address(row, "archive_url"),
        archived=_archived(row),
        published=row.text("published"),
        date_basis=row.text("date_basis"),
        date_note=row.text("date_note"),
        language=row.text("language"),
        rights=row.text("rights"),
        boilerplate=boilerplate,
        not_quotes=not_quotes,
        quotes=quotes,
    )


def _document(folder: Path, row: Row) -> str:
    """Read the document that the article names, from inside the folder and nowhere else."""
    name = row.text("file")
    if not name:
        return ""
    path = folder / PurePosixPath(name)
    try:
        # Resolved, because a link inside the folder can point out of it as well.
        inside = path.resolve().is_relative_to(folder.resolve())
        data = path.read_bytes() if inside else b""
    except (OSError, RuntimeError, ValueError):
        row.place.fault(f"file {name!r} cannot be read")
        return ""
    if not inside:
        row.place.fault(f"file {name!r} lies outside the collection's folder")
        return ""
    digest = hashlib.sha256(data).hexdigest()
    if row.text("sha256") and digest != row.text("sha256"):
        row.place.fault(f"sha256 differs: the file {name!r} has {digest}")
    try:
        return canonical_text(data)
    except TextRefusedError as error:
        row.place.fault(f"file {name!r}: {error}")
        return ""


def _check_printed(body: str, row: Row, names: tuple[str, ...]) -> None:
    for name in names:
        words = row.text(name)
        if words and next(occurrences(body, words), None) is None:
            row.place.fault(f"{name} {words!r} is not printed in the body")


def _check_basis(row: Row, name: str, basis: str, note: str) -> None:
    """What is not printed needs the reason for which it is inferred."""
    if bool(row.text(name)) != bool(row.text(basis)):
        row.place.fault(f"{name} and {basis} belong together")
    if row.text(basis) == "inferred" and not row.text(note):
        row.place.fault(f"{basis} is inferred, so {note} must give the reason")


def _archived(row: Row) -> date | None:
    """Return the day on which the archive made its copy; an archive knows the day."""
    text = row.text("archived")
    if text and not row.text("archive_url"):
        row.place.fault("archived needs archive_url, the address of the copy")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        row.place.fault(f"archived {text!r} is not a day such as 2009-03-11")
        return None


def _boilerplate(body: str, row: Row) -> Boilerplate | None:
    words, first, last = row.text("words"), row.text("first"), row.text("last")
    if bool(words) == bool(first and last) or bool(first) != bool(last):
        row.place.fault("give either words, or first and last")
        return None
    after, before = row.text("after"), row.text("before")
    begin = locate(body, words or first, row.place, after, before)
    if begin is None:
        return None
    end = begin.end
    if last:
        at = next(occurrences(body, last, begin.end), None)
        if at is None:
            row.place.fault(f"the last words {last!r} do not follow the first")
            return None
        end = at + len(last)
    return Boilerplate(begin.start, end, row.text("kind"), row.text("note"))


def _not_quote(body: str, row: Row) -> NotQuote | None:
    if not row.text("words"):
        return None
    span = locate(body, row.text("words"), row.place, row.text("after"), row.text("before"))
    return NotQuote(span, row.text("reason")) if span else None


def _quotes(
    body: str, top: Row, entries: Entries, furniture: Sequence[tuple[int, int]]
) -> tuple[AnnotatedQuote, ...]:
    quotes: list[AnnotatedQuote] = []
    for row in rows(top, "quotes"):
        quote = _quote(body, row, entries, furniture)
        if quote is None:
            continue
        if any(quote.spans == other.spans for other in quotes):
            row.place.fault("another quote has the same spans")
        quotes.append(quote)
    return tuple(sorted(quotes, key=lambda quote: (quote.spans[0].start, quote.spans[-1].end)))


def _quote(
    body: str, row: Row, entries: Entries, furniture: Sequence[tuple[int, int]]
) -> AnnotatedQuote | None:
    spans = locate_spans(body, row.texts("spans"), row.place, row.text("after"), row.text("before"))
    if not spans:
        return None
    _check_attribution(body, row, spans)
    _check_basis(row, "said", "said_basis", "said_note")
    prefix, suffix = context(body, spans[0].start, spans[-1].end, furniture=furniture)
    return AnnotatedQuote(
        key=row.text("key"),
        spans=spans,
        text=join_spans(body, [(span.start, span.end) for span in spans]),
        prefix=prefix,
        suffix=suffix,
        kind=row.text("kind"),
        speaker=known(row, "speaker", entries.people, "person"),
        on_behalf_of=known(row, "on_behalf_of", entries.organizations, "organization"),
        speaker_text=row.text("speaker_text"),
        role=row.text("role"),
        cue=row.text("cue"),
        basis=row.text("basis"),
        channel=row.text("channel"),
        said=row.text("said"),
        said_basis=row.text("said_basis"),
        said_note=row.text("said_note"),
        note=row.text("note"),
        utterance=known(row, "utterance", entries.utterances, "utterance"),
        stances=_stances(body, row, spans, entries),
    )


def _check_attribution(body: str, row: Row, spans: tuple[Span, ...]) -> None:
    """Who is said to speak, and how, must be printed by the quote; a role anywhere in the body."""
    near = near_paragraphs(body, spans[0].start, spans[-1].end)
    for name in ("speaker_text", "cue"):
        words = row.text(name)
        if words and next(occurrences(near, words), None) is None:
            row.place.fault(f"{name} {words!r} is not printed in the paragraphs around the quote")
    role = row.text("role")
    if role and next(occurrences(body.casefold(), role.casefold()), None) is None:
        row.place.fault(f"role {role!r} is not printed in the body")


def _stances(
    body: str, quote: Row, spans: tuple[Span, ...], entries: Entries
) -> tuple[AnnotatedStance, ...]:
    stances: list[AnnotatedStance] = []
    for number, table in enumerate(quote.tables("stances"), start=1):
        row = Row("quotes.stances", table, quote.place.inside(f"stance {number}"))
        target = known(row, "target", entries.targets, "target") or ""
        coder = known(row, "coder", entries.coders, "coder") or ""
        value = row.text("value")
        kind = entries.targets[target].kind if target else ""
        if value and kind and value not in STANCE_VALUES.get(kind, ()):
            row.place.fault(f"{value} is not a value of a {kind} such as {target!r}")
        if any((target, coder) == (other.target, other.coder) for other in stances):
            row.place.fault(f"{coder!r} coded {target!r} twice")
        evidence = [locate_evidence(body, w, spans, row.place) for w in row.texts("evidence")]
        stances.append(
            AnnotatedStance(
                target=target,
                coder=coder,
                value=value,
                confidence=row.text("confidence"),
                evidence=tuple(filter(None, evidence)),
                rationale=row.text("rationale"),
            )
        )
    return tuple(stances)
