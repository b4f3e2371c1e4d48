"""How reliable the coding is: over all targets, of one, and the same as data."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from base.parameters import faults
from people.lists import PageForm
from quotes import reliability
from quotes.agreement import report
from quotes.choices import StanceValue
from quotes.models import Quote
from quotes.views.addresses import public_target

PER_PAGE = 20


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    found = reliability.reliability()
    measured = [row for row in found.targets if row.is_measured]
    context = {
        "rows": [_row(row) for row in found.targets],
        "overall": found.overall if measured else None,
        "figures": report.rows(found.overall) if found.overall and measured else [],
        "paragraphs": [
            report.paragraph(
                row.found, codebook=f"entry version {row.target.version}", blind=row.blind
            )
            for row in measured
        ],
        "table": reliability.table(found) if measured else "",
        "units": reliability.units(),
        "prevalence": report.PREVALENCE,
        "sources": report.SOURCES,
    }
    return render(request, "quotes/agreement.html", context)


@require_safe
def agreement_json(request: HttpRequest) -> HttpResponse:
    found = reliability.as_dict(reliability.reliability())
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def target_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    target = public_target(request, slug)
    if isinstance(target, HttpResponse):
        return target
    form = PageForm(request.GET)
    if wrong := faults(request.GET, form):
        return render(request, "people/list_refused.html", {"faults": wrong}, status=400)
    rows = reliability.reliability().targets
    row = next((row for row in rows if row.target == target), None)
    if row is None:
        raise Http404
    pages = Paginator(reliability.disagreeing(target), PER_PAGE)
    number = form.cleaned_data["page"]
    if number > pages.num_pages or (number == 1 and "page" in request.GET):
        return redirect(request.path)
    page = pages.page(number)
    ids = [one.public_id for one in page]
    quotes = {
        q.public_id: q for q in Quote.objects.published().filter(public_id__in=ids).for_cards()
    }
    context = {
        "row": row,
        "target": target,
        "figures": report.rows(row.found),
        "paragraph": report.paragraph(
            row.found, codebook=f"entry version {target.version}", blind=row.blind
        ),
        "counts": list(zip(_labels(row.found.values), row.found.counts, strict=True)),
        "confusion": _confusion(row.found.values, row.found.confusion),
        "pairs": [
            _pair(pair) | {"confusion": _confusion(row.found.values, pair.confusion)}
            for pair in row.found.pairs
            if pair.n_units
        ],
        "machines": [_pair(pair) for pair in reliability.against_machines(target)],
        "months": [
            (month, one.n_pairable, [_cell(figure) for figure in (one.percent, one.alpha, one.ac1)])
            for month, one in reliability.by_month(target).items()
        ],
        "machine": reliability.machine_figures(target),
        "rows": page,
        "disagreeing": [
            (quotes[one.public_id], one.values) for one in page if one.public_id in quotes
        ],
    }
    return render(request, "quotes/target_agreement.html", context)


def _row(row: reliability.TargetAgreement) -> dict[str, Any]:
    """Return a target's line of the overview: figures where there are any, else why not."""
    found = row.found
    return {
        "target": row.target,
        "found": found,
        "measured": row.is_measured,
        "figures": [_cell(one) for one in (found.percent, found.alpha, row.ordinal, found.ac1)],
        "band": found.alpha.band,
    }


def _cell(one: Any) -> dict[str, str]:
    if one.value is None:
        return {"why": one.why}
    return {"figure": report.figure(one), "interval": report.interval(one)}


def _pair(pair: Any) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "n_units": pair.n_units,
        "figures": [_cell(one) for one in (pair.percent, pair.alpha, pair.kappa)],
    }


def _confusion(values: tuple[str, ...], cells: Any) -> dict[str, Any]:
    """Return the matrix without the values that no compared coding has."""
    columns = [any(column) for column in zip(*cells, strict=True)]
    used = [at for at, row in enumerate(cells) if any(row) or columns[at]]
    labels = _labels(values)
    return {
        "labels": [labels[at] for at in used],
        "rows": [
            (labels[at], [{"count": cells[at][to], "agree": at == to} for to in used])
            for at in used
        ],
    }


def _labels(values: tuple[str, ...]) -> list[str]:
    return [str(StanceValue(value).label) for value in values]
