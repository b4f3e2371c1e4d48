"""Camps: who agrees with whom so often that they make a group, and how far apart groups are."""

from time import monotonic
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from quotes.analysis import windows
from quotes.analysis.charts.lines import Period, Series, lines
from quotes.analysis.charts.svg import Chart
from quotes.analysis.duplicates import RULES
from quotes.analysis.polarisation import Polarisation, over_time, polarisation
from quotes.analysis.statements import StatementsRefusedError
from quotes.analysis.windows import UNITS, Window
from quotes.scope import Scope
from quotes.statements import Discourse, discourse
from quotes.views import scoped
from quotes.views.compare import KINDS, PAGES
from quotes.views.network import WORDS, left_out
from quotes.views.network_forms import CAMP_NORMALISATIONS, CampsForm, options_of
from quotes.views.scoped import scoped_view
from quotes.views.site import page_citation

# Each window has its own network and its own search for camps.
MOST_WINDOWS = 120
# Nor does a reader, or the process that serves others, wait for more than so many seconds.
LONGEST = 15
SIZES = (1, 2, 3, 6, 12)
FIGURES = (
    ("modularity", "Modularity"),
    ("ei_index", "E-I index"),
    ("conflict_between", "Conflict between"),
)


@scoped_view(CampsForm)
def camps_page(request: HttpRequest, scope: Scope) -> HttpResponse:
    said = discourse(scope.listing, scope.options["actors"])
    whole, over, why = _measured(scope, said)
    chart = _chart(scope, over)
    context = {
        "tabs": scoped.tabs(scope.listing.query, "camps"),
        "choices": _choices(scope),
        "left_out": left_out(scope, said),
        "unnamed": said.unnamed,
        "whole": whole,
        "figures": _figures(whole),
        "camps": _camps(scope, said, whole),
        "over": over,
        "why": why,
        "chart": chart if any(one.modularity is not None for one in over) else None,
        "svg": scoped.address(reverse("camps_file", args=["svg"]), scope.query()),
        "csv": scoped.address(reverse("camps_file", args=["csv"]), scope.query()),
        "words": whole.words(),
        "panel": page_citation(
            request, "Camps and polarisation", "These figures, as they were seen today"
        ),
    }
    return scoped.page(request, "analysis/camps.html", scope, context)


@scoped_view(CampsForm)
def camps_file(request: HttpRequest, scope: Scope, ending: str) -> HttpResponse:
    _whole, over, _why = _measured(scope, discourse(scope.listing, scope.options["actors"]))
    return scoped.chart_file(_chart(scope, over), ending, "polarisation")


def _measured(scope: Scope, said: Discourse) -> tuple[Polarisation, list[Polarisation], str]:
    """Return the figures of the whole time and of each window, or why there is no window."""
    begun = monotonic()
    whole = polarisation(said.statements, options_of(scope.options))
    stretches, why = _windows(scope, whole)
    over = []
    for one in over_time(said.statements, stretches, whole.network.options):
        over.append(one)
        if monotonic() - begun > LONGEST and len(over) < len(stretches):
            raise StatementsRefusedError(
                f"After {LONGEST} seconds {len(over)} of {len(stretches)} windows were measured. "
                "Take longer windows, longer steps, a shorter period or fewer actors."
            )
    return whole, over, why


def _windows(scope: Scope, whole: Polarisation) -> tuple[list[Window], str]:
    """Return the windows over the statements counted, or why there are none."""
    stretch = windows.span(whole.network.selection.counted)
    if stretch is None:
        return [], "No statement that is counted has a date, so nothing can be shown over time."
    size = int(scope.options["size"])
    step = int(scope.options["step"] or size)
    found = windows.moving(*stretch, unit=scope.options["unit"], size=size, step=step)
    if len(found) > MOST_WINDOWS:
        raise StatementsRefusedError(
            f"{len(found)} windows: at most {MOST_WINDOWS} are computed. Take longer units, longer "
            "steps or a shorter period."
        )
    return found, ""


def _chart(scope: Scope, over: list[Polarisation]) -> Chart:
    periods = [
        Period(
            label(one.window, scope.options["unit"]),
            len(one.network.selection.counted),
            _network_url(scope, one.window),
        )
        for one in over
        if one.window
    ]
    series = [Series(name, tuple(getattr(one, key) for one in over)) for key, name in FIGURES]
    return lines(
        periods, series, id_="polarisation", title="Polarisation over time", low=-1, high=1
    )


def label(window: Window, unit: str) -> str:
    """Return a window's name: the month or year that it is, else its first day."""
    start, end = window.start, window.end
    if unit == "years":
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if unit == "months":
        first = f"{start.year}-{start.month:02}"
        same = (start.year, start.month) == (end.year, end.month)
        return first if same else f"{first}+"
    return start.isoformat()


def _network_url(scope: Scope, window: Window) -> str:
    """Return the address of the network that a window's figures were measured on."""
    query = scope.query(
        unit="", size="", step="", start=window.start.isoformat(), end=window.end.isoformat()
    )
    normalised = scope.options["normalisation"]
    extra = "" if normalised == "no" else f"&normalisation={normalised}"
    plain = "&".join(part for part in query.split("&") if not part.startswith("normalisation="))
    return f"{reverse('network')}?{plain}{extra}"


def _figures(found: Polarisation) -> list[dict[str, Any]]:
    return [
        {
            "label": name,
            "value": None if (v := getattr(found, key)) is None else f"{v:.3f}".replace("-", "−"),
        }
        for key, name in FIGURES
    ]


def _camps(scope: Scope, said: Discourse, found: Polarisation) -> list[list[tuple[str, str]]]:
    page = PAGES[scope.options["actors"]]
    return [
        [(said.labels[f"actor:{slug}"], reverse(page, args=[slug])) for slug in group]
        for group in found.camp_names
    ]


def _choices(scope: Scope) -> dict[str, list[dict[str, Any]]]:
    def worded(values: Any) -> list[tuple[str, str]]:
        return [(value, WORDS.get(value, value)) for value in values]

    sizes = [(str(number), str(number)) for number in SIZES]
    main = [
        ("actors", "Actors", KINDS),
        ("size", "Windows of", sizes),
        ("unit", "Unit", worded(UNITS)),
    ]
    less = [
        ("normalisation", "Normalised", worded(CAMP_NORMALISATIONS)),
        ("duplicates", "Repeats", worded(RULES)),
    ]
    return {
        name: [
            {"label": label, "choices": scoped.choices(scope, option, values)}
            for option, label, values in group
        ]
        for name, group in (("main", main), ("less", less))
    }
