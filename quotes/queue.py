"""What waits for review: articles with candidates left, narrowed and in the order asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Avg, Count, Min, Q, QuerySet

from quotes.choices import Status
from quotes.models import Article, Outlet, Quote

ORDERS = {
    "new": "Newest first",
    "unsure": "Least sure first",
    "sure": "Surest first",
    "outlet": "By outlet",
    "most": "Most candidates first",
}
WHO = {"": "Everyone’s", "me": "Assigned to me", "nobody": "Assigned to nobody"}
CANDIDATE = Q(quotes__status=Status.CANDIDATE)
LONGEST_KEY = 18


@dataclass(frozen=True)
class Queue:
    """A view of the queue. `faults` says what of its address could not be used."""

    user: Any
    order: str = "new"
    who: str = ""
    outlet: int | None = None
    faults: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, data: Mapping[str, str], user: AbstractBaseUser | AnonymousUser) -> Self:
        """Read the queue's parameters; one that can't be used counts as not given, and is named."""
        faults = []
        order, who, outlet = data.get("order", ""), data.get("who", ""), data.get("outlet", "")
        if order and order not in ORDERS:
            faults.append("There is no such order.")
        if who not in WHO:
            faults.append("There is no such assignment.")
        if outlet and not (outlet.isascii() and outlet.isdigit() and len(outlet) <= LONGEST_KEY):
            faults.append("There is no such outlet.")
            outlet = ""
        return cls(
            user,
            order if order in ORDERS else "new",
            who if who in WHO else "",
            int(outlet) if outlet else None,
            tuple(faults),
        )

    @property
    def parameters(self) -> str:
        """What keeps this view in an address; empty when nothing was chosen."""
        given = {
            "order": "" if self.order == "new" else self.order,
            "who": self.who,
            "outlet": self.outlet,
        }
        return urlencode({name: value for name, value in given.items() if value})

    def articles(self) -> QuerySet[Article]:
        """Return the articles with candidates left, each with its counts."""
        found = Article.objects.select_related("outlet", "assignment__editor").annotate(
            left=Count("quotes", filter=CANDIDATE),
            total=Count("quotes"),
            settled=Count("quotes") - Count("quotes", filter=CANDIDATE),
            least=Min("quotes__confidence", filter=CANDIDATE),
            mean=Avg("quotes__confidence", filter=CANDIDATE),
        )
        found = found.filter(left__gt=0)
        if self.who == "me":
            found = found.filter(assignment__editor=self.user)
        elif self.who == "nobody":
            found = found.filter(assignment__isnull=True)
        if self.outlet:
            found = found.filter(outlet=self.outlet)
        return found.order_by(*self._columns())

    def next_after(self, article: Article) -> int | None:
        """Return the key of the article that comes next: the first in the order but this one."""
        return self.articles().exclude(pk=article.pk).values_list("pk", flat=True).first()

    def _columns(self) -> tuple[Any, ...]:
        return {
            "new": ("-pk",),
            "unsure": ("mean", "-pk"),
            "sure": ("-mean", "-pk"),
            "outlet": ("outlet__name", "-pk"),
            "most": ("-left", "-pk"),
        }[self.order]


@dataclass(frozen=True)
class Left:
    """How much of everything waits, and how much of that is whose."""

    candidates: int
    articles: int
    mine: int
    accepted: int


def what_is_left(user: Any) -> Left:
    """Count what waits in the whole record, in one query."""
    waiting = Q(status=Status.CANDIDATE)
    counts = Quote.objects.filter(status__in=[Status.CANDIDATE, Status.ACCEPTED]).aggregate(
        candidates=Count("pk", filter=waiting),
        articles=Count("article", filter=waiting, distinct=True),
        mine=Count("pk", filter=waiting & Q(article__assignment__editor=user)),
        accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
    )
    return Left(**counts)


def outlets_waiting() -> QuerySet[Outlet]:
    """Return the outlets whose articles have candidates left, with how many."""
    return (
        Outlet.objects.annotate(
            left=Count("articles__quotes", filter=Q(articles__quotes__status=Status.CANDIDATE))
        )
        .filter(left__gt=0)
        .order_by("name")
    )
