"""What the review screen shows: the text, the list of quotes, the current card."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from quotes.admin.screen.card import CardForm
from quotes.admin.screen.names import people_of
from quotes.admin.screen.text import shown
from quotes.choices import RejectReason, Status
from quotes.models import Article, Quote
from quotes.queue import Queue
from quotes.review import Proposal, last_action, proposals
from quotes.review.speakers import suggestion_of

ORDER = (Status.CANDIDATE, Status.ACCEPTED, Status.PUBLISHED, Status.REJECTED)


@dataclass(frozen=True)
class Item:
    """A quote in the list beside the text."""

    quote: Quote
    number: int
    speaker: str
    is_current: bool

    @property
    def percent(self) -> int | None:
        said = self.quote.confidence
        return None if said is None else round(said * 100)


@dataclass
class Screen:
    """One article under review, as it is read for one request."""

    article: Article
    quotes: list[Quote]
    proposals: dict[int, Proposal]
    current: Quote | None

    @classmethod
    def read(cls, pk: int, wanted: int | None = None) -> "Screen":
        """Read the article and its quotes; the current one is the one wanted, else the first
        candidate."""
        article = get_object_or_404(
            Article.objects.select_related("outlet", "assignment__editor"), pk=pk
        )
        quotes = list(
            article.quotes.exclude(status=Status.WITHDRAWN)
            .select_related("article", "speaker", "on_behalf_of", "suggestion", "reviewer")
            .prefetch_related("spans", "speaker__other_names")
            .order_by("start", "pk")
        )
        screen = cls(article, quotes, proposals(quotes), None)
        screen.current = screen.by_key(wanted) or screen.next_candidate(None)
        return screen

    def by_key(self, key: int | None) -> Quote | None:
        return next((quote for quote in self.quotes if quote.pk == key), None)

    def next_candidate(self, after: Quote | None) -> Quote | None:
        """Return the first candidate behind a quote, else the first of all, else any quote."""
        waiting = [quote for quote in self.quotes if quote.status == Status.CANDIDATE]
        place = (after.start, after.pk) if after else (-1, 0)
        behind = [quote for quote in waiting if (quote.start, quote.pk) > place]
        same = [quote for quote in self.quotes if after and quote.pk == after.pk]
        return next(iter([*behind, *waiting, *same, *self.quotes]), None)

    def beside(self, quote: Quote, step: int) -> Quote | None:
        """Return the quote before (-1) or behind (1) another in the list."""
        at = self.quotes.index(quote) + step
        return self.quotes[at] if 0 <= at < len(self.quotes) else None

    def counts(self) -> dict[str, int]:
        return {status: sum(q.status == status for q in self.quotes) for status in ORDER}


def form_for(screen: Screen, quote: Quote, data: Any = None) -> CardForm:
    return CardForm(data, quote=quote, proposal=screen.proposals.get(quote.pk, Proposal()))


def context(
    request: HttpRequest, screen: Screen, form: CardForm | None = None, **extra: Any
) -> dict[str, Any]:
    """Return what the screen's template needs; it runs no query of its own."""
    article, current = screen.article, screen.current
    queue = Queue.of(request.GET or request.POST, request.user)
    counts = screen.counts()
    settled = sum(counts.values()) - counts[Status.CANDIDATE]
    return {
        "article": article,
        "screen": screen,
        "shown": shown(article.body, screen.quotes, current, article.boilerplate),
        "items": [_item(screen, quote, number) for number, quote in enumerate(screen.quotes, 1)],
        "current": current,
        **_beside(screen, current),
        "said": suggestion_of(current) if current else None,
        "proposal": screen.proposals.get(current.pk) if current else None,
        "form": (form or form_for(screen, current)) if current else None,
        "editable": bool(current and current.status != Status.PUBLISHED),
        "reasons": RejectReason.choices,
        "people": people_of(article),
        "counts": counts,
        "settled": settled,
        "total": len(screen.quotes),
        "last_action": last_action(article=article, by=request.user),  # type: ignore[arg-type]
        "queue": queue,
        "next_article": queue.next_after(article),
        "near": _near(article),
        **extra,
    }


def _beside(screen: Screen, current: Quote | None) -> dict[str, Any]:
    if current is None:
        return {"before": None, "behind": None, "number": 0}
    return {
        "before": screen.beside(current, -1),
        "behind": screen.beside(current, 1),
        "number": screen.quotes.index(current) + 1,
    }


def _item(screen: Screen, quote: Quote, number: int) -> Item:
    proposal = screen.proposals[quote.pk]
    name = str(quote.speaker or proposal.person or proposal.new_person or proposal.body or "")
    is_current = screen.current is not None and quote.pk == screen.current.pk
    return Item(quote, number, name or quote.speaker_text or "speaker not known", is_current)


def _near(article: Article) -> list[tuple[Article, int]]:
    """Return the articles that largely have the same words, with the share in percent."""
    earlier = article.near_duplicates.select_related("earlier__outlet")
    later = article.later_copies.select_related("article__outlet")
    found = [(link.earlier, link.similarity) for link in earlier]
    found += [(link.article, link.similarity) for link in later]
    return [(other, round(share * 100)) for other, share in found]
