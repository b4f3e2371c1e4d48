"""The step itself: one document, one transaction."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction

from base.dates import bounds
from base.history import save_as
from people.models import Person
from quotes import review
from quotes.choices import ArticleKind, DateBasis, Rights
from quotes.extraction import Candidate, Extraction, extract
from quotes.intake import similar
from quotes.intake.outlets import match_outlet
from quotes.intake.speakers import Directory
from quotes.models import Article, NearDuplicate, Outlet, Quote, Suggestion
from quotes.parsing import ParsedDocument, Reason, RefusedError

MOST_QUOTES = 2_000
# Another process held the database for longer than its timeout; every try is a whole transaction.
TRIES = 6
T = TypeVar("T")


class Outcome(StrEnum):
    NEW = "new"
    NEAR_DUPLICATE = "near_duplicate"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a document. A known one brought nothing new, and nothing was changed."""

    article: Article
    quotes: tuple[Quote, ...]
    outcome: Outcome
    similar: tuple[NearDuplicate, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """How documents are taken in: the same for every document of a run."""

    outlet: Outlet | None = None
    create_outlets: bool = False
    rights: str = Rights.EXCERPT
    kind: str = ArticleKind.UNSTATED
    indirect: bool = True
    dry_run: bool = False


_AS_USUAL = Intake()


def ingest(
    document: ParsedDocument,
    *,
    by: User | None = None,
    people: Directory | None = None,
    how: Intake = _AS_USUAL,
    extracted: Callable[[], Extraction] | None = None,
) -> Ingested:
    """Store a document as an article with its candidates, and return both.

    The same text twice is known: its article is returned as it is, with all that editors decided.
    All of a document is stored or nothing. Raises RefusedError for what can't be stored.
    `extracted` hands over what `extract` made of its `question` elsewhere.
    """
    sha256 = _sha256(document)
    known = _known(sha256)
    if known is not None:
        return known
    article = _article(document, sha256)
    if extracted is None:
        found = find(document, article, people or Directory.read(), how)
    else:
        found = _no_more_than_fits(extracted())

    def store() -> Ingested:
        with transaction.atomic():
            # Made anew for each try: the row of a transaction that was undone has its id.
            stored = _store(document, _article(document, sha256), found, by, how)
            if how.dry_run:
                transaction.set_rollback(True)
            return stored

    try:
        return _patiently(store)
    except IntegrityError:
        # Another process brought in the same text between our look and our write, or an outlet.
        return _known(sha256) or _patiently(store)


def is_known(document: ParsedDocument) -> bool:
    """Say whether an article has this text."""
    return Article.objects.filter(sha256=_sha256(document)).exists()


def _sha256(document: ParsedDocument) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()


def _known(sha256: str) -> Ingested | None:
    article = Article.objects.filter(sha256=sha256).first()
    if article is None:
        return None
    return Ingested(article, tuple(article.quotes.all()), Outcome.KNOWN)


def _article(document: ParsedDocument, sha256: str) -> Article:
    """Return the article, not stored yet; raises RefusedError when a field can't hold its value."""
    headline = document.headline or first_words(document.text)
    article = Article(
        headline=headline,
        byline=document.byline,
        url=document.url,
        published=document.published,
        date_basis=DateBasis.PRINTED if document.published else DateBasis.UNKNOWN,
        date_note=f"Printed as “{document.published_words}”." if document.published_words else "",
        # "und" is the tag of a language that nobody has told.
        language=document.language or "und",
        body=document.text,
        sha256=sha256,
        boilerplate=[list(part) for part in document.boilerplate],
        source_file=document.source[-300:],
    )
    try:
        # Whether the text is known is asked of the database, not of a form.
        article.full_clean(
            exclude=["outlet", "published_earliest", "published_latest"], validate_unique=False
        )
    except ValidationError as error:
        detail = "; ".join(f"{name}: {' '.join(said)}" for name, said in _messages(error))
        raise RefusedError(Reason.METADATA, detail[:300]) from error
    return article


def _messages(error: ValidationError) -> list[tuple[str, list[str]]]:
    return sorted(error.message_dict.items())


def first_words(text: str, longest: int = 80) -> str:
    """Return how a text begins, for an article that prints no headline."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"


def find(
    document: ParsedDocument, article: Article, people: Directory, how: Intake = _AS_USUAL
) -> Extraction:
    """Return what extraction finds in a document; raises RefusedError for far too much."""
    return _no_more_than_fits(extract(**question(document, article.published, people, how)))


def question(
    document: ParsedDocument, published: str, people: Directory, how: Intake
) -> dict[str, Any]:
    """Return the arguments with which `extract` is asked of a document."""
    return {
        "text": document.text,
        "known_people": people.for_text(document.text),
        "published": bounds(published).earliest,
        "indirect": how.indirect,
        "boilerplate": document.boilerplate,
    }


def _no_more_than_fits(found: Extraction) -> Extraction:
    if len(found.candidates) + found.skipped > MOST_QUOTES:
        raise RefusedError(Reason.TOO_MANY_QUOTES, str(len(found.candidates) + found.skipped))
    return found


def _store(
    document: ParsedDocument, article: Article, found: Extraction, by: User | None, how: Intake
) -> Ingested:
    article.rights, article.kind = how.rights, how.kind
    article.outlet, article.outlet_note = how.outlet, ""
    if how.outlet is None:
        article.outlet, article.outlet_note = match_outlet(
            document.outlet, document.url, create=how.create_outlets
        )
    save_as(article, by=by, why=f"Taken in from {document.source or 'a pasted text'}"[:300])
    quotes = candidates(article, found, by)
    links = tuple(similar.link(article))
    outcome = Outcome.NEAR_DUPLICATE if links else Outcome.NEW
    return Ingested(article, quotes, outcome, links, _warnings(document))


def _warnings(document: ParsedDocument) -> tuple[str, ...]:
    missing = () if document.headline else ("prints no headline; its first words stand in",)
    foreign = () if document.language[:2] == "en" else ("not told to be English",)
    return (*document.warnings, *missing, *foreign)


def candidates(article: Article, found: Extraction, by: User | None) -> tuple[Quote, ...]:
    """Store what was found in an article as candidates for review, and what extraction said of
    each; a few queries for all.
    """
    keys = {int(one.person_key) for one in found.candidates if one.person_key}
    people = Person.objects.in_bulk(keys) if keys else {}
    drafts = [
        review.Draft(
            spans=[(span.start, span.end) for span in one.spans],
            kind=one.kind,
            method=one.method,
            confidence=one.confidence,
            attribution=_said(article, one)
            | {"speaker": people.get(int(one.person_key)) if one.person_key else None},
        )
        for one in found.candidates
    ]
    quotes = review.add_candidates(article=article, drafts=drafts, by=by, why="Found by extraction")
    Suggestion.objects.bulk_create(
        _suggestion(article, quote, one)
        for quote, one in zip(quotes, found.candidates, strict=True)
    )
    return tuple(quotes)


def _suggestion(article: Article, quote: Quote, candidate: Candidate) -> Suggestion:
    return Suggestion(
        quote=quote,
        spans=[[span.start, span.end] for span in candidate.spans],
        clause=[candidate.clause.start, candidate.clause.end] if candidate.clause else None,
        kind=candidate.kind,
        name=(candidate.name or "")[:300],
        person=quote.speaker,
        alternatives=[
            {"name": other.name, "person": int(other.person_key) if other.person_key else None}
            for other in candidate.alternatives
        ],
        confidence=candidate.confidence,
        method=candidate.method,
        **_said(article, candidate),
    )


def _said(article: Article, candidate: Candidate) -> dict[str, Any]:
    """Return the words of a candidate's attribution, as printed."""
    cue = candidate.cue
    return {
        "speaker_text": candidate.speaker.text[:300] if candidate.speaker else "",
        "cue": article.body[cue.start : cue.end][:100] if cue else "",
        "basis": candidate.basis or "",
    }


def _patiently(act: Callable[[], T]) -> T:
    """Do something that another process may be in the way of; a full disk is not that."""
    for tried in range(1, TRIES + 1):
        try:
            return act()
        except OperationalError as error:
            if tried == TRIES or not _is_waiting(error):
                raise
            time.sleep(0.05 * 2**tried)
    raise AssertionError("the last try returns or raises")


def _is_waiting(error: OperationalError) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("locked", "lock timeout", "deadlock", "serialize"))
