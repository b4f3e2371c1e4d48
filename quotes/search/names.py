"""Words of a name -> the rows that bear it: what `speaker:`, `org:`, `outlet:` and `target:` mean.

Names are read and folded at each such search: 50,000 people take some hundredths of a second, and
nothing can be out of date. A name kept back from the public is not compared.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from people.models import Organization, Person, PersonName
from quotes.models import Outlet, Target
from quotes.search.words import words

APOSTROPHE = "'"
_ASCII_WORD = re.compile("[a-z0-9]+(?:'[a-z0-9]+)*")
Names = Iterator[tuple[int, str]]


def matching(field: str, asked: tuple[str, ...], *, prefix: bool = False) -> list[int]:
    """Return the keys of the rows with a name that holds all of the folded words.

    With `prefix` the last of them may be the beginning of one.
    """
    parts = [f" {word} " for word in asked]
    if prefix:
        parts[-1] = parts[-1].rstrip()
    return sorted({key for key, name in NAMES[field]() if has(name, parts)})


def has(name: str, parts: list[str]) -> bool:
    """Say whether a name holds all of some words, each between spaces; in whatever order."""
    name = folded_name(name)
    return all(part in name for part in parts)


@lru_cache(maxsize=200_000)
def folded_name(name: str) -> str:
    """Return the folded words of a name between spaces: " ed balls "."""
    if name.isascii():  # nothing to decompose, and thirty times as fast
        found = " ".join(_ASCII_WORD.findall(name.lower()))
        return f" {found.replace(APOSTROPHE, '')} "
    return f" {' '.join(word.folded for word in words(name))} "


def public(field: str) -> set[str]:
    """Return the folded words of all names of a field that published quotes show."""
    return {part for _, name in NAMES[field](True) for part in folded_name(name).split()}


def _people(public: bool = False) -> Names:
    people = Person.objects.unprotected()
    people = people.published() if public else people
    yield from people.order_by().values_list("pk", "name").iterator(5_000)
    others = PersonName.objects.filter(person__in=people)
    yield from others.order_by().values_list("person", "name").iterator(5_000)


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


NAMES: dict[str, Callable[..., Names]] = {
    "speaker": _people,
    "org": _organizations,
    "outlet": _outlets,
    "target": _targets,
}
