"""What the collection holds as a whole: how many of each thing, and which side its quotes take."""

from dataclasses import dataclass

from django.core.cache import cache

from people.models import Organization, Person
from quotes.changes import state
from quotes.models import Article, Outlet, Quote
from quotes.search.columns import HasStance, columns
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
    """Count the collection: in the columns, or else in SQL."""
    quotes = Quote.objects.published()
    with columns(quotes.db) as ready:
        if ready is not None:
            whole = ready.find({})
            return Overview(
                whole.total(),
                whole.distinct("speaker"),
                _bodies(),
                whole.distinct("article"),
                whole.distinct("outlet"),
                summaries(whole.pairs(HasStance())),
            )
    return Overview(
        quotes.count(),
        Person.objects.published().unprotected().count(),
        Organization.objects.published().count(),
        Article.objects.published().count(),
        Outlet.objects.published().count(),
        by_target(quotes),
    )


def _bodies() -> int:
    """Count the bodies that published quotes are said for, once for each state of the record.

    Whoever of a body was published at any time counts for it, not only in their time there: that
    stands in no column, and SQL takes long.
    """
    now = state()
    return int(
        cache.get_or_set(f"bodies:{now.epoch}:{now.seq}", Organization.objects.published().count)
        or 0
    )


def stances_of_all() -> list[TargetSummary]:
    """Return the targets with the stances of all published quotes."""
    quotes = Quote.objects.published()
    with columns(quotes.db) as ready:
        if ready is not None:
            return summaries(ready.find({}).pairs(HasStance()))
    return by_target(quotes)
