"""Readings of the record. Every public read starts at one of the `published()` methods."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.expressions import Combinable

from quotes.choices import StanceBasis, Status

# What neither a card nor a quote's page shows. Twenty bodies are most of what a list would read; of
# the rest, each column costs its share of making twenty rows into objects, times of day the most.
NOT_ON_CARDS = (
    "confidence",
    "created_at",
    "import_key",
    "method",
    "published_at",
    "rejected_as",
    "reviewed_at",
    "article__body",
    "article__boilerplate",
    "article__created_at",
    "article__published_earliest",
    "article__published_latest",
    "article__retrieved",
    "article__source_file",
    "article__outlet__created_at",
    "article__outlet__url",
    "speaker__created_at",
    "speaker__identifiers",
    "speaker__sort_name",
    "speaker__summary",
    "on_behalf_of__classification",
    "on_behalf_of__created_at",
    "on_behalf_of__identifiers",
    "on_behalf_of__other_names",
    "on_behalf_of__summary",
)


def _published_quotes(model: type[models.Model], **match: OuterRef) -> models.QuerySet:  # type: ignore[type-arg]
    """Return the published quotes that meet a condition, from a model that quotes point at."""
    quotes = model._meta.get_field("quotes").related_model
    return quotes._base_manager.filter(status=Status.PUBLISHED, **match)  # type: ignore[union-attr]


def held_then(earliest: Combinable, latest: Combinable, path: str = "") -> Q:
    """Return the condition that a role, reached by `path`, was held in a time.

    A role without a beginning or an end was held at any time before or after.
    """
    start, end = f"{path}start_earliest", f"{path}end_latest"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": latest})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": earliest})
    )


def spoken_for(quotes: type[models.Model], bodies: Collection[models.Model | int]) -> Q:
    """Return the condition on quotes of being said for a body, or by someone then in it."""
    person = quotes._meta.get_field("speaker").related_model
    roles = person._meta.get_field("memberships").related_model  # type: ignore[union-attr]
    held = roles._base_manager.filter(  # type: ignore[union-attr]
        held_then(OuterRef("date_earliest"), OuterRef("date_latest")),
        person=OuterRef("speaker"),
        person__protected=False,
        organization__in=bodies,
    )
    return Q(on_behalf_of__in=bodies) | Q(Exists(held))


def public_role() -> Q:
    """Return the condition on quotes that the public sees the speaker's role as printed."""
    return Q(speaker__isnull=True) | Q(speaker__protected=False)


class QuoteQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "QuoteQuerySet":
        """Keep what the public may see: the one test of visibility in the project."""
        return self.filter(status=Status.PUBLISHED)

    def speaking_for(self, bodies: Collection[models.Model | int]) -> "QuoteQuerySet":
        """Keep what was said for a body, or by someone who held a role in it at the time."""
        return self.filter(spoken_for(self.model, bodies))

    def awaiting_review(self) -> "QuoteQuerySet":
        return self.filter(status=Status.CANDIDATE)

    def newest_first(self) -> "QuoteQuerySet":
        """Sort by date; those without one come last on either database."""
        return self.order_by(F("date_earliest").desc(nulls_last=True), "-pk")

    def for_cards(self) -> "QuoteQuerySet":
        """Fetch what a result card shows, in a fixed number of queries."""
        stances = self.model._meta.get_field("stances").related_model
        shown = stances._base_manager.select_related("target").order_by("pk")
        return (
            self.select_related("article__outlet", "speaker", "on_behalf_of")
            .defer(*NOT_ON_CARDS)
            .prefetch_related(Prefetch("stances", queryset=shown))
        )


class ArticleQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "ArticleQuerySet":
        """Keep articles that a published quote stands in."""
        return self.filter(Exists(_published_quotes(self.model, article=OuterRef("pk"))))

    def newest_first(self) -> "ArticleQuerySet":
        """Sort by date; those without one come last on either database."""
        return self.order_by(F("published_earliest").desc(nulls_last=True), "-pk")

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


class ResponsibilityQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "ResponsibilityQuerySet":
        """Keep what published quotes say."""
        return self.filter(quote__status=Status.PUBLISHED)


class TargetQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def in_force(self) -> "TargetQuerySet":
        """Keep targets that can be coded: those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def published(self) -> "TargetQuerySet":
        """Keep targets on which a published quote has a stance."""
        stances = self.model._meta.get_field("stances").related_model
        return self.filter(
            Exists(
                stances._base_manager.filter(target=OuterRef("pk"), quote__status=Status.PUBLISHED)
            )
        )


class CodingQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "CodingQuerySet":
        """Keep codings of published quotes, once they are released."""
        return self.released().filter(quote__status=Status.PUBLISHED)

    def released(self) -> "CodingQuerySet":
        """Keep what is not blind any more: leave out a coding whose round still waits for
        another coder of the quote, or for its own coder to finish."""
        return self.exclude(self._blind())

    def visible_to(self, user: Any) -> "CodingQuerySet":
        """Keep what an account may see: its own codings, and others' where it need not be blind.

        Nobody sees a coding that is not released, or one of a quote that they are coding
        themselves. Who codes and does not settle stances sees others' codings of a quote and
        target only once these agree or were settled.
        """
        own = Q(coder__user=user)
        coding_it = Exists(self._assignments().filter(coder__user=user))
        others = Q(~coding_it) & Q(~self._blind())
        if user.has_perm("quotes.add_stancecoding") and not user.has_perm("quotes.change_stance"):
            stances = self.model._meta.get_field("quote").related_model
            stances = stances._meta.get_field("stances").related_model
            settled = stances._base_manager.filter(
                quote=OuterRef("quote"),
                target=OuterRef("target"),
                basis__in=(StanceBasis.UNANIMOUS, StanceBasis.ADJUDICATED),
            )
            others &= Q(Exists(settled))
        return self.filter(own | others)

    def stale(self) -> "CodingQuerySet":
        """Keep codings made before the meaning of their codebook entry changed.

        One that moved with a merge or split is also stale by the entry that it was made by.
        """
        meaning = F("target__meaning_version")
        return self.filter(
            Q(entry__isnull=True, codebook_version__lt=meaning)
            | Q(entry__isnull=False, moved_at_version__lt=meaning)
            | Q(codebook_version__lt=F("entry__meaning_version"))
        )

    def _blind(self) -> Exists:
        return Exists(
            self._assignments().filter(coder=OuterRef("coder"), task__targets=OuterRef("target"))
        )

    def _assignments(self) -> models.QuerySet:  # type: ignore[type-arg]
        """Return the assignments not released of a coding's quote."""
        coder = self.model._meta.get_field("coder").related_model
        assignments = coder._meta.get_field("assignments").related_model
        return assignments._base_manager.filter(quote=OuterRef("quote"), released_at__isnull=True)
