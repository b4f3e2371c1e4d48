"""Networks of who agrees with whom, and on what: a page, its ties, and files for other programs."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from quotes.analysis.charts.network import draw
from quotes.analysis.charts.svg import Chart
from quotes.analysis.duplicates import RULES
from quotes.analysis.formats import dl, edgelist, graphml
from quotes.analysis.layout import MOST_NODES, TooManyNodesError
from quotes.analysis.network import MOST_QUOTES, Edge, Network, Node, event_list, network
from quotes.analysis.options import AGGREGATIONS, ISOLATES, NORMALISATIONS
from quotes.analysis.statements import StatementsRefusedError
from quotes.models import Quote
from quotes.scope import Scope
from quotes.statements import Discourse, article_ids, discourse
from quotes.views import scoped
from quotes.views.compare import KINDS, PAGES
from quotes.views.network_forms import (
    ORDERS,
    TYPES,
    USUAL,
    LeftOut,
    NetworkForm,
    TieForm,
    options_of,
)
from quotes.views.scoped import scoped_view
from quotes.views.site import page_citation

SHOWN_TIES = 200
SHOWN_EVENTS = 200
# Above so many ties a file names fewer quotes for each, or it would pass a hundred megabytes.
MANY_TIES, FEW_QUOTES = 10_000, 50
MOST_TIES = 500_000
WORDS = {
    "no": "none",
    "dna_cosine": "“cosine” of DNA",
    "true_cosine": "cosine",
    "across_range": "once in the period",
    "include": "every statement",
    "document": "once per article",
    "week": "once per week",
    "month": "once per month",
    "year": "once per year",
    "current": "left out",
    "all": "shown",
    "actor": "actors",
    "concept": "targets",
}


@scoped_view(NetworkForm)
def network_page(request: HttpRequest, scope: Scope) -> HttpResponse:
    said = discourse(scope.listing, scope.options["actors"])
    context = {
        "tabs": scoped.tabs(scope.listing.query, "network"),
        "choices": _choices(scope),
        "left_out": left_out(scope, said),
        "unnamed": said.unnamed,
        "panel": page_citation(
            request, "A discourse network", "This network, as it was seen today"
        ),
    }
    if scope.options["type"] == "event_list":
        return _events_page(request, scope, said, context)
    found = network(said.statements, options_of(scope.options))
    return scoped.page(
        request, "analysis/network.html", scope, context | _shown(scope, said, found)
    )


def _shown(scope: Scope, said: Discourse, found: Network) -> dict[str, Any]:
    chart, crowd = _picture(scope, said, found)
    ties = _ordered(found, said, scope.options["order"])
    return {
        "found": found,
        "n_ties": len(found.tie_places[0]),
        "ties": [_tie(scope, said, found.edge(*tie, quotes=0)) for tie in ties],
        "nodes": _nodes(scope, said, found),
        "matrix": _matrix(scope, said, found) if len(found.nodes) <= MOST_NODES else None,
        "words": found.words(),
        "chart": chart,
        "crowd": crowd,
        "svg": file_url(scope, "svg"),
        "files": [
            (label, file_url(scope, ending))
            for label, ending in (
                ("GraphML", "graphml"),
                ("UCINET DL", "dl"),
                ("Edge list (CSV)", "csv"),
                ("Matrix (CSV)", "matrix.csv"),
            )
        ],
    }


def _events_page(
    request: HttpRequest, scope: Scope, said: Discourse, context: dict[str, Any]
) -> HttpResponse:
    events, selection = event_list(said.statements, options_of(scope.options))
    shown = [
        {
            "event": event,
            "actor": said.labels[f"actor:{event.actor}"],
            "actor_url": reverse(PAGES[scope.options["actors"]], args=[event.actor]),
            "concept": said.labels[f"concept:{event.concept}"],
            "concept_url": reverse("target", args=[event.concept]),
            "side": {1: "for", 0: "neither", -1: "against"}[event.value],
        }
        for event in events[:SHOWN_EVENTS]
    ]
    context |= {
        "events": shown,
        "n_events": len(events),
        "words": (*options_of(scope.options).words()[2:3], ("Statements", selection.words())),
        "files": [("Event list (CSV)", file_url(scope, "csv"))],
    }
    return scoped.page(request, "analysis/events.html", scope, context)


@scoped_view(NetworkForm)
def network_file(request: HttpRequest, scope: Scope, ending: str) -> HttpResponse:
    """Return the network as other programs read it; with a refusal that says what to narrow."""
    said = discourse(scope.listing, scope.options["actors"])
    if scope.options["type"] == "event_list":
        if ending != "csv":
            raise Http404
        return _events_file(scope, said)
    return _file(scope, said, network(said.statements, options_of(scope.options)), ending)


def _file(scope: Scope, said: Discourse, found: Network, ending: str) -> HttpResponse:
    if ending == "svg":
        return scoped.chart_file(_drawn(scope, said, found), "svg", "network")
    n_ties = len(found.tie_places[0])
    if n_ties > MOST_TIES:
        raise StatementsRefusedError(
            f"{n_ties} ties: a file has at most {MOST_TIES}. Narrow the dates, the targets or the "
            "actors, or take the two-mode network."
        )
    quotes = MOST_QUOTES if n_ties <= MANY_TIES else FEW_QUOTES
    writers: dict[str, tuple[Callable[[], str], str]] = {
        "graphml": (
            lambda: graphml.graphml(found, labels=said.labels, quotes=quotes),
            graphml.MEDIA_TYPE,
        ),
        "dl": (lambda: dl.dl(found, labels=said.labels), dl.MEDIA_TYPE),
        "csv": (
            lambda: "".join(edgelist.edge_list(found, labels=said.labels, quotes=quotes)),
            edgelist.MEDIA_TYPE,
        ),
        "matrix.csv": (
            lambda: "".join(edgelist.matrix(found, labels=said.labels)),
            edgelist.MEDIA_TYPE,
        ),
    }
    write, media_type = writers[ending]
    return scoped.file(write(), media_type, f"network.{ending}")


def _events_file(scope: Scope, said: Discourse) -> HttpResponse:
    events, _selection = event_list(said.statements, options_of(scope.options))
    ids = article_ids({event.article for event in events})
    named = (event._replace(article=ids[event.article]) for event in events)
    return scoped.file("".join(edgelist.events(named)), edgelist.MEDIA_TYPE, "events.csv")


@scoped_view(TieForm)
def tie(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the quotes behind one tie, and how its weight comes about."""
    said = discourse(scope.listing, scope.options["actors"])
    found = network(said.statements, options_of(scope.options))
    places = [
        next((at for at, node in enumerate(nodes) if node.id == scope.options[name]), None)
        for name, nodes in (("one", found.rows), ("other", found.columns))
    ]
    if places[0] is None or places[1] is None:
        raise Http404
    edge = found.edge(places[0], places[1])
    rows = Quote.objects.published().filter(public_id__in=edge.quotes[:SHOWN_TIES]).for_cards()
    by_id = {quote.public_id: quote for quote in rows}
    context = {
        "edge": edge,
        "one": said.labels[edge.source.id],
        "other": said.labels[edge.target.id],
        "two_mode": found.options.kind == "two_mode",
        "parts": _parts(said, found, places[0], places[1]),
        "quotes": [by_id[one] for one in edge.quotes if one in by_id],
        "more": len(edge.quotes) - len(by_id),
        "words": found.words(),
        "back": scoped.address(reverse("network"), scope.query(one="", other="")),
        "tabs": scoped.tabs(scope.listing.query, "network"),
    }
    return scoped.page(request, "analysis/tie.html", scope, context)


def _parts(said: Discourse, found: Network, row: int, column: int) -> list[dict[str, Any]]:
    """Return for each target (or actor) that both share how often each end took which side."""
    if found.options.kind == "two_mode":
        counts = found.counts[row, column].tolist()
        return [{"label": said.labels[found.columns[column].id], "one": counts}]
    return [
        {
            "label": said.labels[over.id],
            "one": found.counts[row, at].tolist(),
            "other": found.counts[column, at].tolist(),
        }
        for at, over in enumerate(found.overs)
        if found.counts[row, at].any() and found.counts[column, at].any()
    ]


def left_out(scope: Scope, said: Discourse) -> list[LeftOut]:
    ids = scope.options["leave_out"] or ()
    return [
        LeftOut(
            said.labels.get(one, one.partition(":")[2]),
            scope.query(leave_out=[other for other in ids if other != one]),
        )
        for one in ids
    ]


def file_url(scope: Scope, ending: str) -> str:
    return scoped.address(reverse("network_file", args=[ending]), scope.query(order=""))


def tie_url(scope: Scope, edge: Edge) -> str:
    query = scope.query(order="")
    ends = f"one={edge.source.id}&other={edge.target.id}"
    return f"{reverse('network_tie')}?{query}{'&' if query else ''}{ends}"


def node_url(scope: Scope, node: Node) -> str:
    if node.mode == "concept":
        return reverse("target", args=[node.key])
    return reverse(PAGES[scope.options["actors"]], args=[node.key])


def _drawn(scope: Scope, said: Discourse, found: Network) -> Chart:
    return draw(
        found,
        id_="network",
        title="Network",
        labels=said.labels,
        node_href=lambda node: node_url(scope, node),
        edge_href=lambda edge: tie_url(scope, edge),
    )


def _picture(scope: Scope, said: Discourse, found: Network) -> tuple[Chart | None, str]:
    """Return the picture, or why there is none."""
    try:
        return _drawn(scope, said, found), ""
    except TooManyNodesError as refusal:
        return None, str(refusal)


def _ordered(found: Network, said: Discourse, order: str) -> list[tuple[int, int]]:
    """Return the ties to show."""
    if order != "name":
        return found.strongest(SHOWN_TIES, weakest=order == "weakest")
    # The places of names in their order, so that a million ties are no million names.
    ranks = [
        np.argsort(np.argsort([said.labels[node.id].casefold() for node in nodes], kind="stable"))
        for nodes in (found.rows, found.columns)
    ]
    rows, columns = found.tie_places
    by_name = np.lexsort((ranks[1][columns], ranks[0][rows]))[:SHOWN_TIES]
    return list(zip(rows[by_name].tolist(), columns[by_name].tolist(), strict=True))


def _tie(scope: Scope, said: Discourse, edge: Edge) -> dict[str, Any]:
    return {
        "edge": edge,
        "one": said.labels[edge.source.id],
        "other": said.labels[edge.target.id],
        "url": tie_url(scope, edge),
        "weight": f"{edge.weight:.4g}".replace("-", "−"),
    }


def _nodes(scope: Scope, said: Discourse, found: Network) -> list[dict[str, Any]]:
    ties = found.degrees()
    ids = list(scope.options["leave_out"] or ())
    ordered = sorted(found.nodes, key=lambda node: (node.mode, -node.frequency, node.key))
    return [
        {
            "label": said.labels[node.id],
            "mode": "Target" if node.mode == "concept" else "Actor",
            "url": node_url(scope, node),
            "frequency": node.frequency,
            "ties": ties.get(node.id, 0),
            "leave_out": scope.query(leave_out=[*ids, node.id]),
        }
        for node in ordered[:SHOWN_TIES]
    ]


def _matrix(scope: Scope, said: Discourse, found: Network) -> dict[str, Any]:
    one_mode = found.options.kind == "one_mode"
    return {
        "columns": [said.labels[node.id] for node in found.columns],
        "rows": [
            (
                said.labels[node.id],
                [
                    {
                        "own": one_mode and row == column,
                        "weight": f"{weight:.3g}".replace("-", "−"),
                        "zero": not weight,
                    }
                    for column, weight in enumerate(found.weights[row].tolist())
                ],
            )
            for row, node in enumerate(found.rows)
        ],
    }


def _choices(scope: Scope) -> dict[str, list[dict[str, Any]]]:
    """Return the options that fit the type of network: the main ones, and those seldom changed."""
    kind = scope.options["type"]
    plain = [("type", "Network", TYPES.items()), ("actors", "Actors", KINDS)]
    reset = {"aggregation": "", "normalisation": "", "nodes": "", "isolates": "", "order": ""}
    found = [
        {
            "label": label,
            "choices": scoped.choices(scope, name, words, **(reset if name == "type" else {})),
        }
        for name, label, words in plain
    ]
    if kind == "one_mode":
        found.append(_choice(scope, "nodes", "Between", ("actor", "concept")))
    if kind != "event_list":
        now = scope.options["aggregation"] or USUAL[kind]
        found.append(
            {
                "label": "Ties by",
                "choices": [
                    {
                        "label": WORDS.get(name, name),
                        "query": scope.query(aggregation="" if name == USUAL[kind] else name),
                        "here": name == now,
                    }
                    for name in AGGREGATIONS[kind]
                ],
            }
        )
        found.append(_choice(scope, "normalisation", "Normalised", NORMALISATIONS[kind]))
    less = [_choice(scope, "duplicates", "Repeats", RULES)]
    neutral = scope.options["neutral"]
    less.append(
        {
            "label": "Neutral",
            "choices": [
                {"label": "left out", "query": scope.query(neutral=""), "here": not neutral},
                {"label": "counted", "query": scope.query(neutral="1"), "here": bool(neutral)},
            ],
        }
    )
    if kind != "event_list":
        less.append(_choice(scope, "isolates", "Isolates", ISOLATES))
        less.append({"label": "Order", "choices": scoped.choices(scope, "order", ORDERS.items())})
    return {"main": found, "less": less}


def _choice(scope: Scope, name: str, label: str, values: Any) -> dict[str, Any]:
    pairs = [(value, WORDS.get(value, value)) for value in values]
    return {"label": label, "choices": scoped.choices(scope, name, pairs)}
