"""What the collection holds as a whole: how many of each thing, and which side its quotes take."""

from dataclasses import dataclass
from typing import cast

from django.core.cache import cache

from people.models import Organization, Person
from quotes.models import Article, Outlet, Quote
from quotes.search.columns import Columns, HasStance, columns
from quotes.stance_counts import TargetSummary, by_target, summaries


@dataclass(frozen=True)
class Overview:
    """Published things; people whose name is protected are not counted."""

    quotes: int
    people: int
    organizations: int
    articles: int
    outlets: int
    targets: list[TargetSummary]


def overview() -> Overview:
    """Count the collection: in the columns, once for each state of the record, or else in SQL."""
    quotes = Quote.objects.published()
    with columns(quotes.db) as ready:
        if ready is not None:
            key = f"overview:{ready.state.epoch}:{ready.state.seq}"
            if (found := cache.get(key)) is None:
                found = _counted(ready)
                cache.set(key, found)
            return cast(Overview, found)
    # Whoever of a body was published at any time counts for it, not only in their time there.
    return Overview(
        quotes.count(),
        Person.objects.published().unprotected().count(),
        Organization.objects.published().count(),
        Article.objects.published().count(),
        Outlet.objects.published().count(),
        by_target(quotes),
    )


def _counted(ready: Columns) -> Overview:
    whole = ready.find({})
    return Overview(
        whole.total(),
        whole.distinct("speaker"),
        Organization.objects.published().count(),
        whole.distinct("article"),
        whole.distinct("outlet"),
        summaries(whole.pairs(HasStance())),
    )


def stances_of_all() -> list[TargetSummary]:
    """Return the targets with the stances of all published quotes."""
    quotes = Quote.objects.published()
    with columns(quotes.db) as ready:
        if ready is not None:
            return summaries(ready.find({}).pairs(HasStance()))
    return by_target(quotes)
