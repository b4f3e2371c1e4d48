"""What an editor does on the review screen. Each is one action, and `undo` takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from base.history import save_as
from people.models import Organization, Person, PersonName
from quotes.choices import Kind, Status
from quotes.models import Article, Quote
from quotes.review import reshape
from quotes.review.actions import Recording, recorded
from quotes.review.speakers import named, plain, same_mention, suggestion_of
from quotes.review.steps import (
    NotAllowedError,
    Spans,
    accept,
    add_candidate,
    correct,
    publish,
    reject,
)
from quotes.spans import QUOTATION_MARKS

CORRECTED = "Corrected on the review screen"
ON_SCREEN = (Status.CANDIDATE, Status.ACCEPTED, Status.REJECTED)


@dataclass(frozen=True)
class Card:
    """What an editor changed on a quote's card."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    spans: Spans | None = None
    new_person: str = ""
    """A name to add to the record as the speaker, unless someone has it by now."""
    new_body: str = ""
    alias: str = ""
    """Another name of the speaker, as this article prints it."""

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.spans or self.new_person or self.new_body or self.alias)


def save(*, quote: Quote, by: User, card: Card) -> Quote:
    """Save what was changed on a card, without deciding anything, and return the quote."""
    _on_screen(quote)
    with recorded(article=quote.article, by=by, label=f"Changed {quote}") as recording:
        recording.touch(quote)
        _apply(quote, card, by=by, recording=recording)
    return quote


def settle(*, quote: Quote, by: User, card: Card) -> list[Quote]:
    """Accept a quote as its card has it, and return the other candidates that this settled.

    Those are the ones of the same article whose speaker is the same mention: they get the speaker,
    and stay candidates, since nobody has looked at their words yet.
    """
    with recorded(article=quote.article, by=by, label=f"Accepted {quote}") as recording:
        recording.touch(quote)
        _apply(quote, card, by=by, recording=recording)
        if quote.status != Status.ACCEPTED:
            accept(quote=quote, by=by)
        others = _spread(quote, by=by, recording=recording)
        if others:
            recording.label += f", and its speaker for {len(others)} more"
    return others


def turn_down(*, quote: Quote, by: User, reason: str, why: str = "") -> Quote:
    """Reject a quote with a reason of the vocabulary, and return it."""
    with recorded(article=quote.article, by=by, label=f"Rejected {quote}") as recording:
        reject(quote=recording.touch(quote), by=by, why=why, reason=reason)
    return quote


def add(*, article: Article, by: User, spans: Spans) -> Quote:
    """Add a quote that the machine missed, and return it: a candidate until its card is accepted.

    Raises NotAllowedError when those very words are a quote of the article already.
    """
    wanted = [tuple(span) for span in spans]
    for quote in article.quotes.prefetch_related("spans"):
        if [(span.start, span.end) for span in quote.spans.all()] == wanted:
            now = Status(quote.status).label.lower()
            raise NotAllowedError(f"These words are a quote already: it is {now}.")
    with recorded(article=article, by=by, label="Added a quote") as recording:
        quote = add_candidate(
            article=article,
            spans=spans,
            kind=_kind(article.body, spans),
            by=by,
            why="Added by hand: not found by the machine",
        )
        recording.made(quote)
        recording.label = f"Added {quote}"
    return quote


def cut(*, quote: Quote, by: User, at: int) -> Quote:
    """Split a quote at a place of its article, and return the second part."""
    with recorded(article=quote.article, by=by, label=f"Split {quote}") as recording:
        second = reshape.split(quote=recording.touch(quote), at=at, by=by)
        return recording.made(second)


def unite(*, quote: Quote, other: Quote, by: User) -> Quote:
    """Join a quote with another of the article, and return it with the words of both."""
    with recorded(article=quote.article, by=by, label=f"Joined {quote}") as recording:
        recording.touch(quote)
        recording.touch(other)
        return reshape.join(quote=quote, other=other, by=by)


def publish_accepted(*, article: Article, by: User) -> tuple[list[Quote], list[str]]:
    """Publish the accepted quotes of an article; return them, and a sentence for each left.

    Not an action that can be undone: readers may have seen it. A published quote is withdrawn.
    """
    done, left = [], []
    for quote in article.quotes.filter(status=Status.ACCEPTED).select_related("article"):
        try:
            with transaction.atomic():
                done.append(publish(quote=quote, by=by))
        except NotAllowedError as refusal:
            left.append(f"{quote}: {' '.join(refusal.messages)}")
    return done, left


def _apply(quote: Quote, card: Card, *, by: User, recording: Recording) -> None:
    """Write what a card changed, with the people and bodies that it adds."""
    changes = dict(card.changes)
    if card.new_person:
        changes["speaker"] = _person(plain(card.new_person), by, recording)
    if card.new_body:
        changes["on_behalf_of"] = _body(plain(card.new_body), by, recording)
    changes = {name: value for name, value in changes.items() if getattr(quote, name) != value}
    if changes or card.spans:
        correct(quote=quote, by=by, why=CORRECTED, spans=card.spans, **changes)
    if card.alias and quote.speaker:
        alias = PersonName(person=quote.speaker, name=plain(card.alias))
        alias.full_clean()
        recording.made(save_as(alias, by=by, why=f"So named in “{quote.article}”"[:300]))


def _person(name: str, by: User, recording: Recording) -> Person:
    """Return the one person of that name, added if there is none."""
    found = named([name]).get(name.casefold(), [])
    if len(found) > 1:
        raise NotAllowedError(f"Several people are called “{name}”. Choose one of them.")
    if found:
        return found[0]
    person = Person(name=name)
    person.full_clean(exclude=["sort_name", "slug"])
    return recording.made(save_as(person, by=by, why="Speaker of a reviewed quote"))


def _body(name: str, by: User, recording: Recording) -> Organization:
    found = Organization.objects.filter(name__iexact=name).first()
    if found:
        return found
    body = Organization(name=name)
    body.full_clean(exclude=["slug"])
    return recording.made(save_as(body, by=by, why="Speaker of a reviewed quote"))


def _spread(quote: Quote, *, by: User, recording: Recording) -> list[Quote]:
    """Give the speaker to the other candidates that mean the same person; return them."""
    speaker = quote.speaker
    if speaker is None:
        return []
    said = suggestion_of(quote)
    names = {speaker.name, *speaker.other_names.values_list("name", flat=True)}
    agrees = said is not None and plain(said.name).casefold() in {n.casefold() for n in names}
    waiting = (
        quote.article.quotes.filter(status=Status.CANDIDATE)
        .exclude(pk=quote.pk)
        .exclude(speaker=speaker)
        .select_related("article", "suggestion", "speaker")
    )
    settled = [
        other for other in waiting if _is_open(other) and same_mention(quote, other, agrees=agrees)
    ]
    for other in settled:
        why = f"Same speaker as in {quote}"
        correct(quote=recording.touch(other), by=by, why=why, speaker=speaker)
    return settled


def _is_open(quote: Quote) -> bool:
    """Say whether no editor chose a speaker yet: there is none, or still the machine's."""
    said = suggestion_of(quote)
    return quote.speaker_id is None or bool(said and quote.speaker_id == said.person_id)


def _on_screen(quote: Quote) -> None:
    if quote.status not in ON_SCREEN:
        raise NotAllowedError("A published quote is corrected on its own page, with a reason.")


def _kind(body: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the kind that the marks around the words tell: none, a sentence's, or a few words'."""
    start, end = spans[0][0], spans[-1][1]
    marked = body[start - 1 : start] in QUOTATION_MARKS and body[end : end + 1] in QUOTATION_MARKS
    if not marked or start == 0 or end == len(body):
        return Kind.INDIRECT
    return Kind.DIRECT if body[start].isupper() and body[end - 1] in ".,!?…" else Kind.MIXED
