"""What each facet of the list means, as a condition on quotes."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from quotes.choices import DISPUTING, Channel, StanceBasis
from quotes.models import Notice, Quote, Stance
from quotes.querysets import public_role, spoken_for

CHANNELS = tuple(value for value in Channel.values if value)
# Who doubts: those who coded the stance, or speaker and outlet the words.
DISPUTED = {
    "coders": "Coders disagree on a stance",
    "notice": "Disputed, corrected or retracted",
}


def by_speaker(rows: Any) -> Q:
    return Q(speaker__in=rows)


def by_organization(rows: Any) -> Q:
    """Said for a body, or by someone who held a role in it at the time."""
    return spoken_for(Quote, rows)


def by_role(roles: Collection[str]) -> Q:
    return Q(speaker_role__in=roles) & public_role()


def by_outlet(rows: Any) -> Q:
    return Q(article__outlet__in=rows)


def by_kind(values: Collection[str]) -> Q:
    return Q(kind__in=values)


def by_channel(values: Collection[str]) -> Q:
    return Q(channel__in=values)


def by_language(tags: Collection[str]) -> Q:
    return Q(article__language__in=tags)


def by_year(years: Iterable[str]) -> Q:
    """Dated in a year: said, or else published; what spans two belongs to the first."""
    found = Q()
    for year in years:
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        found |= Q(date_earliest__gte=first, date_earliest__lte=last)
    return found


def by_target(rows: Any) -> Q:
    return coded(targets=rows)


def by_stance(values: Collection[str]) -> Q:
    return coded(stances=values)


def coded(*, targets: Any = (), stances: Collection[str] = ()) -> Q:
    """One stance that is on one of the targets and has one of the values, where some are given."""
    rows = Stance.objects.filter(quote=OuterRef("pk"))
    if targets:
        rows = rows.filter(target__in=targets)
    if stances:
        rows = rows.filter(of_values(stances))
    return Q(Exists(rows))


def of_values(stances: Collection[str], path: str = "") -> Q:
    """Return the condition that a stance has one of the values, `denies` or `slug:denies`."""
    found = Q(**{f"{path}value__in": [text for text in stances if ":" not in text]})
    for text in stances:
        slug, dots, value = text.partition(":")
        if dots:
            found |= Q(**{f"{path}target__slug": slug, f"{path}value": value})
    return found


def by_disputed(values: Collection[str]) -> Q:
    found = Q()
    if "coders" in values:
        rows = Stance.objects.filter(quote=OuterRef("pk"), basis=StanceBasis.DISPUTED)
        found |= Q(Exists(rows))
    if "notice" in values:
        standing = Notice.objects.filter(undone_at__isnull=True, kind__in=DISPUTING)
        found |= Q(Exists(standing.filter(quote=OuterRef("pk"))))
    return found


CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "speaker": by_speaker,
    "organization": by_organization,
    "role": by_role,
    "target": by_target,
    "stance": by_stance,
    "outlet": by_outlet,
    "kind": by_kind,
    "channel": by_channel,
    "year": by_year,
    "language": by_language,
    "disputed": by_disputed,
}
