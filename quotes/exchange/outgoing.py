"""The record's codings as one plain project, in a fixed order."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from quotes.interchange import records
from quotes.models import Article, Quote, StanceCoding, Target

UNPUBLISHED = "row-"


def record_as_project(
    *, target: Target | None = None, published: bool = False, people_only: bool = False
) -> records.Project:
    """Return the codings with their quotes and articles: all, or of one target, or public ones.

    A coder is a slug, never an account's name; a protected speaker is their public role.
    """
    codings = StanceCoding.objects.select_related("target", "coder")
    if target is not None:
        codings = codings.filter(target=target)
    if published:
        codings = codings.published()
    if people_only:
        codings = codings.filter(coder__kind="person")
    rows = list(codings.order_by("quote_id", "target__slug", "coder__slug"))
    quotes = _quotes(codings)
    articles = Article.objects.filter(pk__in={quote.article_id for quote in quotes.values()})
    targets = {row.target_id: row.target for row in rows}
    return records.Project(
        name="On the Record",
        documents=tuple(_document(article) for article in articles.order_by("pk")),
        units=tuple(_unit(quote) for quote in quotes.values()),
        codings=tuple(
            records.Coding(
                unit_id(quotes[row.quote_id]),
                row.target.slug,
                row.coder.slug,
                row.value,
                row.confidence,
                row.memo,
            )
            for row in rows
        ),
        values={
            one.slug: tuple(str(value) for value in one.values)
            for one in sorted(targets.values(), key=lambda one: one.slug)
        },
    )


def unit_id(quote: Quote) -> str:
    """Return what names a quote in a file: its public id, or its row where it has none yet."""
    return quote.public_id or f"{UNPUBLISHED}{quote.pk}"


def _quotes(codings: QuerySet[StanceCoding]) -> dict[int, Quote]:
    found = (
        Quote.objects.filter(pk__in=codings.order_by().values("quote"))
        .select_related("article", "speaker")
        .defer("article__body")
        .prefetch_related("spans")
        .order_by("article_id", "start", "pk")
    )
    return {quote.pk: quote for quote in found}


def _document(article: Article) -> records.Document:
    return records.Document(
        id=article.public_id,
        title=article.headline,
        text=article.body,
        published=_day(article.published),
        outlet=article.outlet.name if article.outlet else "",
        author=article.byline,
    )


def _day(published: str) -> date | None:
    """Return a date that is known to the day: a format with full dates alone gets no other."""
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None


def _unit(quote: Quote) -> records.Unit:
    speaker = quote.speaker.public_name if quote.speaker else quote.speaker_text
    return records.Unit(
        unit_id(quote), quote.article.public_id, tuple(_spans(quote.spans.all())), speaker
    )


def _spans(rows: Iterable[object]) -> Iterable[tuple[int, int]]:
    return ((row.start, row.end) for row in rows)  # type: ignore[attr-defined]
