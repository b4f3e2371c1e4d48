"""Addresses of the analysis by the name of their route, for the test of leaks."""

from collections.abc import Iterator


def analysis_addresses(person: str, target: str) -> dict[str, list[str]]:
    """Every page and file that counts, of a person and a target by their slugs, fit and unfit."""
    ends = f"one=actor:{person}&other=concept:{target}"
    return {
        "compare": list(_pages("/compare", "rows", person, target)),
        "compare_file": [
            "/compare.csv",
            "/compare.csv?rows=organization",
            f"/compare.svg?target={target}",
        ],
        "network": [
            *_pages("/network", "actors", person, target),
            "/network?type=two_mode",
            "/network?type=event_list&actors=outlet",
            f"/network?leave_out=actor:{person}",
        ],
        "network_tie": [f"/network/tie?type=two_mode&{ends}"],
        "network_file": [
            f"/network.{ending}?type=two_mode"
            for ending in ("graphml", "dl", "csv", "matrix.csv", "svg")
        ],
        "camps": list(_pages("/camps", "actors", person, target)),
        "camps_file": ["/camps.csv", "/camps.svg"],
        "responsibility": list(_pages("/responsibility", "order", person, target)),
        "responsibility_file": [
            f"/responsibility.{ending}" for ending in ("graphml", "csv", "svg")
        ],
        "person_file": [f"/people/{person}/positions.{ending}" for ending in ("csv", "svg")],
        "target_file": [
            f"/targets/{target}/{name}.{ending}"
            for name in ("sides", "timeline", "shares")
            for ending in ("csv", "svg")
        ],
    }


def _pages(path: str, option: str, person: str, target: str) -> Iterator[str]:
    """A page by who and what it counts."""
    yield from (path, f"{path}?unknown=1", f"{path}?q=boat")
    yield from (f"{path}?{option}={kind}" for kind in ("organization", "outlet"))
    yield f"{path}?speaker={person}"
    yield f"{path}?target={target}"
