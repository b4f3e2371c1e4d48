"""Readings of the record. Every public read starts at one of the `published()` methods."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from quotes.choices import Status


def _published_quotes(model: type[models.Model], **match: OuterRef) -> models.QuerySet:  # type: ignore[type-arg]
    """Return the published quotes that meet a condition, from a model that quotes point at."""
    quotes = model._meta.get_field("quotes").related_model
    return quotes._base_manager.filter(status=Status.PUBLISHED, **match)  # type: ignore[union-attr]


class QuoteQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "QuoteQuerySet":
        """Keep what the public may see: the one test of visibility in the project."""
        return self.filter(status=Status.PUBLISHED)

    def awaiting_review(self) -> "QuoteQuerySet":
        return self.filter(status=Status.CANDIDATE)

    def for_cards(self) -> "QuoteQuerySet":
        """Fetch what a result card shows, in a fixed number of queries."""
        stances = self.model._meta.get_field("stances").related_model
        return self.select_related(
            "article__outlet", "speaker", "on_behalf_of", "utterance"
        ).prefetch_related(
            Prefetch(
                "stances", queryset=stances._base_manager.select_related("target").order_by("pk")
            )
        )


class ArticleQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "ArticleQuerySet":
        """Keep articles that a published quote stands in."""
        return self.filter(Exists(_published_quotes(self.model, article=OuterRef("pk"))))

    def with_quote_count(self) -> "ArticleQuerySet":
        """Add `quote_count`, the number of published quotes."""
        return self.annotate(quote_count=Count("quotes", filter=Q(quotes__status=Status.PUBLISHED)))


class OutletQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "OutletQuerySet":
        """Keep outlets of articles that a published quote stands in."""
        articles = self.model._meta.get_field("articles").related_model
        return self.filter(
            Exists(
                articles._base_manager.filter(
                    outlet=OuterRef("pk"), quotes__status=Status.PUBLISHED
                )
            )
        )


class UtteranceQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "UtteranceQuerySet":
        """Keep utterances that a published quote reports."""
        return self.filter(Exists(_published_quotes(self.model, utterance=OuterRef("pk"))))


class StanceQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "StanceQuerySet":
        """Keep stances of published quotes."""
        return self.filter(quote__status=Status.PUBLISHED)


class TargetQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "TargetQuerySet":
        """Keep targets on which a published quote has a stance."""
        stances = self.model._meta.get_field("stances").related_model
        return self.filter(
            Exists(
                stances._base_manager.filter(target=OuterRef("pk"), quote__status=Status.PUBLISHED)
            )
        )
