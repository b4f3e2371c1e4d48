"""One person: roles, which side on what, since when, how reported, and where a position changed."""

from typing import Any

import numpy as np
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.visible import visible
from people.models import Membership, Person, PersonRedirect
from people.views import public_people
from quotes.analysis.charts.svg import Chart
from quotes.analysis.positions import RULE, Change, Repeat, Stand, changes, in_time, repeats
from quotes.analysis.tally import MEAN, Tally
from quotes.analysis.windows import Window
from quotes.choices import Basis, Kind
from quotes.models import Target, Utterance
from quotes.positions import dated, over_time, stands, target_title
from quotes.record import VALUES, Record
from quotes.scope import OptionsForm, Scope
from quotes.statements import of_listing, targets_of
from quotes.views import scoped
from quotes.views.cards_of import Cards
from quotes.views.compare import cell, list_url
from quotes.views.keeping import kept
from quotes.views.site import page_citation

SHOWN = 10
# Pictures on one page; the others are a filter away.
MOST_TIMELINES = 4
MOST_CHANGES = 20
MOST_REPEATS = 20


@require_safe
@kept
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who someone is, what they said and where they stand.

    A protected person has no page: the address is made of the name, so even to answer would tell.
    """
    found = public_people().filter(slug=slug).first()
    if found is None:
        return _moved(slug)
    scope = Scope(request.GET, OptionsForm, fixed={"speaker": slug})
    if answer := scoped.elsewhere(request, scope):
        return answer
    record = of_listing(scope.listing)
    targets = targets_of(record)
    by_target = {target: stands(record.rows(record.target == target.pk)) for target in targets}
    cards = Cards()
    context = {
        "person": found,
        "roles": _roles(scope, found),
        "other_names": found.other_names.all(),
        "count": scope.listing.count,
        "newest": list(scope.listing.quotes[:SHOWN]),
        "stances": [_stance_row(scope, record, target) for target in targets],
        "legend": [
            VALUES[place]
            for place, n in enumerate(np.bincount(record.value, minlength=1).tolist())
            if n
        ],
        "changes": _changes(by_target, cards),
        "timelines": _timelines(scope, by_target),
        "timelines_left": max(0, len(by_target) - MOST_TIMELINES),
        "repeats": _repeats(scope, by_target),
        "utterances": _utterances(scope),
        "attribution": _attribution(scope),
        "rule": RULE,
        "formula": MEAN,
        "tabs": scoped.tabs(scope.listing.query, ""),
        "panel": page_citation(
            request, f"{found.name}: positions on record", "This page, as it was seen today"
        ),
    }
    cards.fetch()
    return scoped.page(request, "analysis/person.html", scope, context)


@require_safe
@kept
def person_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Return one target's timeline as a picture, or every stance of the person as CSV."""
    if not public_people().filter(slug=slug).exists():
        raise Http404
    scope = Scope(request.GET, OptionsForm, fixed={"speaker": slug})
    if answer := scoped.elsewhere(request, scope):
        return answer
    record = of_listing(scope.listing)
    targets = targets_of(record)
    if ending == "csv":
        return scoped.file(scoped.rows_csv(_lines(record, targets)), "text/csv", f"{slug}.csv")
    if len(targets) != 1:
        raise Http404
    return scoped.chart_file(
        _timeline(scope, targets[0], stands(record)), "svg", f"{slug}-{targets[0].slug}"
    )


def _moved(slug: str) -> HttpResponse:
    """Answer with the address of the person into whom another was merged."""
    row = PersonRedirect.objects.filter(slug=slug, person__in=public_people()).first()
    if row is None:
        raise Http404
    return redirect(reverse("person", args=[row.person.slug]), permanent=True)


def _roles(scope: Scope, person: Person) -> list[dict[str, Any]]:
    """Return roles in time, each with the list of what was said while it was held."""
    return [
        {"role": role, "url": _role_url(scope, role)}
        for role in person.memberships.select_related("organization")
    ]


def _role_url(scope: Scope, role: Membership) -> str:
    days = {"date_from": role.start_earliest, "date_to": role.end_latest}
    known = {name: value.isoformat() for name, value in days.items() if value}
    return list_url(scope, **known) if known else ""


def _stance_row(scope: Scope, record: Record, target: Target) -> dict[str, Any]:
    times = np.bincount(record.value[record.target == target.pk], minlength=len(VALUES)).tolist()
    tally = Tally({VALUES[at]: n for at, n in enumerate(times) if n})
    return {
        "target": target,
        "label": visible(target.label),
        "cell": cell(tally, list_url(scope, target=target.slug, stance="")),
        "total_url": list_url(scope, target=target.slug),
    }


def _changes(by_target: dict[Target, list[Stand]], cards: Cards) -> list[dict[str, Any]]:
    found: list[tuple[Target, Change]] = [
        (target, change) for target, rows in by_target.items() for change in changes(rows)
    ]
    return [
        {
            "target": target,
            "label": visible(target.label),
            "change": change,
            "before": cards.want(change.before),
            "after": cards.want(change.after),
        }
        for target, change in found[:MOST_CHANGES]
    ]


def _timelines(scope: Scope, by_target: dict[Target, list[Stand]]) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "label": visible(target.label),
            "chart": _timeline(scope, target, rows),
            "svg": _file_url(scope, "svg", target=target.slug),
            "csv": _file_url(scope, "csv", target=target.slug),
        }
        for target, rows in list(by_target.items())[:MOST_TIMELINES]
    ]


def _timeline(scope: Scope, target: Target, rows: list[Stand]) -> Chart:
    def href(values: list[str], window: Window) -> str:
        dates = {"date_from": window.start.isoformat(), "date_to": window.end.isoformat()}
        return list_url(scope, target=target.slug, stance=values, **dates)

    title = target_title("Positions over time", target)
    return over_time(rows, target=target, id_=f"t-{target.slug}", title=title, href=href)


def _file_url(scope: Scope, ending: str, **filters: str) -> str:
    address = reverse("person_file", args=[scope.fixed["speaker"], ending])
    return scoped.address(address, scope.query(**filters))


def _repeats(scope: Scope, by_target: dict[Target, list[Stand]]) -> list[dict[str, Any]]:
    found: list[tuple[Target, Repeat]] = [
        (target, one) for target, rows in by_target.items() for one in repeats(rows)
    ]
    found.sort(key=lambda pair: -len(pair[1].stands))
    return [
        {
            "target": target,
            "label": visible(target.label),
            "value": one.value,
            "repeat": one,
            "first": dated(one.stands[0]),
            "last": dated(
                [stand for stand in one.stands if stand.is_dated][-1]
                if any(s.is_dated for s in one.stands)
                else one.stands[-1]
            ),
            "url": list_url(scope, target=target.slug, stance=one.value, sort="oldest"),
        }
        for target, one in found[:MOST_REPEATS]
    ]


def _utterances(scope: Scope) -> list[tuple[Utterance, int]]:
    """Return what was said once and reported several times, with how many of the quotes do."""
    told = scope.listing.filter.filtered().filter(utterance__isnull=False).order_by()
    rows = told.values_list("utterance").annotate(n=Count("pk")).filter(n__gt=1)
    often = dict(rows.order_by("-n", "utterance")[:SHOWN])
    found = Utterance.objects.in_bulk(list(often))
    return [(found[key], n) for key, n in often.items()]


def _attribution(scope: Scope) -> dict[str, Any]:
    """Return how the person is quoted: by kind, by the basis of the attribution, by outlet."""
    rows = (
        scope.listing.filter.filtered()
        .order_by()
        .values_list("article__outlet__slug", "article__outlet__name", "kind", "basis")
        .annotate(n=Count("pk"))
    )
    kinds: dict[str, int] = {}
    bases: dict[str, int] = {}
    outlets: dict[tuple[str, str], dict[str, int]] = {}
    for slug, name, kind, basis, n in rows:
        kinds[kind] = kinds.get(kind, 0) + n
        bases[basis] = bases.get(basis, 0) + n
        counts = outlets.setdefault((slug or "", visible(name or "Outlet not printed")), {})
        counts[kind] = counts.get(kind, 0) + n
    shown = [kind for kind in Kind.values if kind in kinds]
    return {
        "heads": [Kind(kind).label for kind in shown],
        "outlets": [
            {
                "label": label,
                "slug": slug,
                "cells": [
                    {
                        "n": counts.get(kind, 0),
                        "url": list_url(scope, outlet=slug, kind=kind) if slug else "",
                    }
                    for kind in shown
                ],
                "total": sum(counts.values()),
            }
            for (slug, label), counts in sorted(
                outlets.items(), key=lambda item: (-sum(item[1].values()), item[0])
            )
        ],
        "totals": [{"n": kinds[kind], "url": list_url(scope, kind=kind)} for kind in shown],
        "total": sum(kinds.values()),
        "bases": [
            (Basis(b).label if b else "not noted", n)
            for b, n in sorted(bases.items(), key=lambda item: -item[1])
        ],
    }


def _lines(record: Record, targets: list[Target]) -> Any:
    yield ["quote_id", "target", "target_label", "value", "earliest", "latest"]
    for target in targets:
        for stand in in_time(stands(record.rows(record.target == target.pk))):
            days = (
                stand.earliest.isoformat() if stand.earliest else "",
                stand.latest.isoformat() if stand.latest else "",
            )
            yield [stand.quote, target.slug, target.label, stand.value, *days]
