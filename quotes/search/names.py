"""Words of a name -> the rows that bear it: what `speaker:`, `org:`, `outlet:` and `target:` mean.

People are kept folded (`known.py`); of the others, who are few, all names are read at each such
search. A name kept back from the public is not compared.
"""

from collections.abc import Callable, Iterator

from people.models import Organization
from quotes.models import Outlet, Target
from quotes.search import known
from quotes.search.words import folded_name

Names = Iterator[tuple[int, str]]


def matching(field: str, asked: tuple[str, ...], *, prefix: bool = False) -> list[int]:
    """Return the keys of the rows with a name that holds all of the folded words.

    With `prefix` the last of them may be the beginning of one. Of people those alone whom a
    published quote names as its speaker.
    """
    parts = [f" {word} " for word in asked]
    if prefix:
        parts[-1] = parts[-1].rstrip()
    if field == SPEAKER:
        return known.speakers().having(parts)
    return sorted({key for key, name in NAMES[field]() if has(name, parts)})


def has(name: str, parts: list[str]) -> bool:
    """Say whether a name holds all of some words, each between spaces; in whatever order."""
    name = folded_name(name)
    return all(part in name for part in parts)


def public(field: str) -> known.Known:
    """Return the folded names of a field that published quotes show."""
    if field == SPEAKER:
        return known.speakers()
    return known.Known.of((key, folded_name(name)) for key, name in NAMES[field](True))


def _organizations(public: bool = False) -> Names:
    bodies = Organization.objects.published() if public else Organization.objects.all()
    rows = bodies.order_by().values_list("pk", "name", "other_names")
    for key, name, others in rows.iterator(5_000):
        yield key, name
        yield from ((key, other) for other in others if isinstance(other, str))


def _outlets(public: bool = False) -> Names:
    outlets = Outlet.objects.published() if public else Outlet.objects.all()
    yield from outlets.order_by().values_list("pk", "name")


def _targets(public: bool = False) -> Names:
    targets = Target.objects.published() if public else Target.objects.all()
    for key, label, slug in targets.order_by().values_list("pk", "label", "slug"):
        yield key, label
        yield key, slug


SPEAKER = "speaker"
NAMES: dict[str, Callable[..., Names]] = {
    "org": _organizations,
    "outlet": _outlets,
    "target": _targets,
}
FIELDS = (SPEAKER, *NAMES)
