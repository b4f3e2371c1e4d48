"""One person: roles, which side on what, since when, how reported, and where a position changed."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from base.visible import visible
from people.models import Membership, Person, PersonRedirect
from people.views import public_people
from quotes.analysis.charts.svg import Chart
from quotes.analysis.positions import RULE, changes, in_time, repeats
from quotes.analysis.tally import MEAN, Tally
from quotes.choices import AddressKind, Basis, Kind
from quotes.models import Responsibility, Target, Utterance
from quotes.permanence import was_public
from quotes.positions import columns, dated, over_time, stand, target_title
from quotes.record import VALUES, Record, crossed, of_listing
from quotes.responsibilities import lines
from quotes.scope import OptionsForm, Scope
from quotes.statements import IS_VALUE, Named, PublicIds, named, targets_of
from quotes.views import scoped
from quotes.views.addresses import gone_page, same_page
from quotes.views.cards_of import Cards
from quotes.views.compare import cell, list_url, stretch_urls
from quotes.views.keeping import kept
from quotes.views.site import page_citation

SHOWN = 10
# Pictures on one page; the others are a filter away.
MOST_TIMELINES = 4
MOST_CHANGES = 20
MOST_REPEATS = 20
MOST_OUTLETS = 20


@require_safe
@kept
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who someone is, what they said and where they stand.

    A protected person has no page: the address is made of the name, so even to answer would tell.
    """
    found = public_people().filter(slug=slug).first()
    if found is None:
        return _elsewhere(request, slug)
    scope = Scope(request.GET, OptionsForm, fixed={"speaker": slug})
    if answer := scoped.elsewhere(request, scope):
        return answer
    record = of_listing(scope.listing)
    targets = targets_of(record)
    by_key = {target.pk: target for target in targets}
    cards = Cards()
    moved, n_changes = _changes(record, by_key, cards)
    context = {
        "person": found,
        "roles": _roles(scope, found),
        "other_names": found.other_names.all(),
        "count": scope.listing.count,
        "newest": scope.listing.first(SHOWN),
        "stances": [_stance_row(scope, record, target) for target in targets],
        "legend": [
            VALUES[place]
            for place, n in enumerate(np.bincount(record.value, minlength=1).tolist())
            if n
        ],
        "changes": moved,
        "n_changes": n_changes,
        "timelines": _timelines(scope, record, targets),
        "timelines_left": max(0, len(targets) - MOST_TIMELINES),
        "repeats": _repeats(scope, record, by_key),
        "utterances": _utterances(scope),
        "responsible": _responsible(scope, found),
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
        return _elsewhere(request, slug)
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
        _timeline(scope, targets[0], record), "svg", f"{slug}-{targets[0].slug}"
    )


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer for nobody's slug: 301 to the person into whom another was merged, 410, or 404.

    A file of the one leads to the same file of the other.
    """
    row = PersonRedirect.objects.filter(slug=slug, person__in=public_people()).first()
    if row is not None:
        return same_page(request, row.person.slug)
    if was_public(AddressKind.PERSON, slug):
        return gone_page(request)
    raise Http404


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


def _changes(
    record: Record, targets: dict[int, Target], cards: Cards
) -> tuple[list[dict[str, Any]], int]:
    """Return the changes to show, the targets most spoken of first, and how many there are."""
    stands = columns(record)
    often = {key: place for place, key in enumerate(targets)}
    order = np.array([often[key] for key in stands.over.tolist()], dtype=np.int64)
    found, n = changes(replace(stands, over=order), most=MOST_CHANGES)
    shown = []
    for change in found:
        target = targets[int(stands.over[change.after])]
        shown.append(
            {
                "target": target,
                "label": visible(target.label),
                "change": change,
                "before": cards.want(stand(record, change.before)),
                "after": cards.want(stand(record, change.after)),
            }
        )
    return shown, n


def _timelines(scope: Scope, record: Record, targets: list[Target]) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "label": visible(target.label),
            "chart": _timeline(scope, target, record.rows(record.target == target.pk)),
            "svg": _file_url(scope, "svg", target=target.slug),
            "csv": _file_url(scope, "csv", target=target.slug),
        }
        for target in targets[:MOST_TIMELINES]
    ]


def _timeline(scope: Scope, target: Target, rows: Record) -> Chart:
    href = stretch_urls(scope, target=target.slug)
    title = target_title("Positions over time", target)
    return over_time(rows, target=target, id_=f"t-{target.slug}", title=title, href=href)


def _file_url(scope: Scope, ending: str, **filters: str) -> str:
    address = reverse("person_file", args=[scope.fixed["speaker"], ending])
    return scoped.address(address, scope.query(**filters))


def _repeats(scope: Scope, record: Record, targets: dict[int, Target]) -> list[dict[str, Any]]:
    said = record.rows(IS_VALUE[record.value])
    shown = []
    for one in repeats(columns(said), most=MOST_REPEATS):
        target, value = targets[one.over], VALUES[one.value]
        outlets = np.unique(said.outlet[one.places])
        dates = np.flatnonzero(columns(said).dated[one.places])
        shown.append(
            {
                "label": visible(target.label),
                "value": value,
                "n": len(one.places),
                "articles": len(np.unique(said.article[one.places])),
                "outlets": int((outlets != 0).sum()),
                "first": dated(stand(said, one.places[0])),
                # The undated come last and are no date.
                "last": dated(stand(said, one.places[dates[-1] if len(dates) else -1])),
                "url": list_url(scope, target=target.slug, stance=value, sort="oldest"),
            }
        )
    return shown


def _utterances(scope: Scope) -> list[tuple[Utterance, int]]:
    """Return what was said once and reported several times, with how many of the quotes do."""
    told = scope.listing.filter.filtered().filter(utterance__isnull=False).order_by()
    rows = told.values_list("utterance").annotate(n=Count("pk")).filter(n__gt=1)
    often = dict(rows.order_by("-n", "utterance")[:SHOWN])
    found = Utterance.objects.in_bulk(list(often))
    return [(found[key], n) for key, n in often.items()]


def _responsible(scope: Scope, person: Person) -> dict[str, Any] | None:
    """Return whom the person blames, credits or calls upon; None where nothing was coded."""
    if not Responsibility.objects.published().filter(quote__speaker=person).exists():
        return None
    rows = lines(scope.listing)
    url = scoped.address(reverse("responsibility"), scope.list_query())
    return {"rows": rows[:SHOWN], "n": len(rows), "url": url}


def _attribution(scope: Scope) -> dict[str, Any]:
    """Return how the person is quoted: by kind, by the basis of the attribution, by outlet."""
    pairs = crossed(scope.listing.found, "outlet", "kind")
    by_outlet: dict[int, dict[str, int]] = {}
    kinds: Counter[str] = Counter()
    for (key, kind), n in pairs.items():
        by_outlet.setdefault(key, {})[kind] = n
        kinds[kind] += n
    bases: Counter[str] = Counter()
    for (_kind, basis), n in crossed(scope.listing.found, "kind", "basis").items():
        bases[basis] += n
    shown = [kind for kind in Kind.values if kind in kinds]
    names = named("outlet", by_outlet)
    rows = [_outlet_row(scope, names.get(key), counts, shown) for key, counts in by_outlet.items()]
    rows.sort(key=lambda row: (-row["total"], row["label"]))
    return {
        "heads": [Kind(kind).label for kind in shown],
        "outlets": rows[:MOST_OUTLETS],
        "outlets_left": max(0, len(rows) - MOST_OUTLETS),
        "totals": [{"n": kinds[kind], "url": list_url(scope, kind=kind)} for kind in shown],
        "total": kinds.total(),
        "bases": [(Basis(b).label if b else "not noted", n) for b, n in bases.most_common()],
    }


def _outlet_row(
    scope: Scope, outlet: Named | None, counts: dict[str, int], kinds: list[str]
) -> dict[str, Any]:
    slug = outlet.slug if outlet else ""
    base = list_url(scope, outlet=slug) if slug else ""
    return {
        "label": outlet.label if outlet else "Outlet not printed",
        "slug": slug,
        "cells": [
            {"n": counts.get(kind, 0), "url": base and f"{base}&kind={kind}"} for kind in kinds
        ],
        "total": sum(counts.values()),
    }


def _lines(record: Record, targets: list[Target]) -> Any:
    yield ["quote_id", "target", "target_label", "value", "earliest", "latest"]
    ids = PublicIds(record.quote)(range(len(record)))
    for target in targets:
        rows = np.flatnonzero(record.target == target.pk)
        for place in rows[in_time(columns(record), rows)].tolist():
            one = stand(record, place)
            days = [day.isoformat() if day else "" for day in (one.earliest, one.latest)]
            yield [ids[place], target.slug, target.label, one.value, *days]
