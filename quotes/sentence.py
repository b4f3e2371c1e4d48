"""A filtered view in plain words: heading, page title, name of a feed, a file, a citation."""

from collections.abc import Callable
from typing import Any

from base.dates import display
from base.visible import visible
from quotes.filters import NOT
from quotes.wording import CHANNELS, PLURAL_VERBS, SINGULAR_VERBS, counted, either

ORDER = {
    "newest": "newest first",
    "oldest": "oldest first",
    "added": "recently added first",
    "relevance": "best match first",
}
DATED = {"either": "dated", "said": "known to be said", "published": "published"}
DISPUTES = {"coders": "with a stance on which coders disagree", "notice": "in dispute or corrected"}
NO_DISPUTES = {
    "coders": "with no stance on which coders disagree",
    "notice": "neither in dispute nor corrected",
}


def sentence(
    count: int, chosen: dict[str, Any], *, sort: str, label: Callable[[str, str], str]
) -> str:
    """Return “12 direct quotes by Ed Balls that deny “…”, newest first”.

    `label` names a value of a parameter.
    """
    kinds = either([str(kind) for kind in chosen["kind"]])
    parts = [counted(count, f"{kinds} quote".strip())]
    if chosen["q"]:
        parts.append(f"matching “{visible(chosen['q'])}”")
    for name, link in (
        ("speaker", "by"),
        ("organization", "speaking for"),
        ("role", "in the role of"),
        ("outlet", "in"),
    ):
        parts += _either_way(chosen, name, link, label)
    parts += _stance(chosen, count, label)
    parts += _either_way(chosen, "channel", "from", lambda _, value: CHANNELS[value])
    parts += _either_way(chosen, "language", "in", label)
    parts += _either_way(chosen, "year", "of", label)
    parts += [DISPUTES[value] for value in chosen["disputed"][:1]]
    if len(chosen["disputed"]) > 1:
        parts[-1] = either([DISPUTES[value] for value in chosen["disputed"]])
    parts += [NO_DISPUTES[value] for value in chosen[f"{NOT}disputed"]]
    if left_out := chosen[f"{NOT}kind"]:
        parts.append(f"that are not {either([str(kind) for kind in left_out])}")
    if dates := _dates(chosen):
        parts.append(dates)
    words = " ".join(parts)
    return words if count == 1 else f"{words}, {ORDER[sort]}"


def _either_way(
    chosen: dict[str, Any], name: str, link: str, label: Callable[[str, str], str]
) -> list[str]:
    """Return “by A or B” and “not by C”."""
    return [
        f"{word}{link} {either([label(name, _value(row)) for row in chosen[parameter]])}"
        for parameter, word in ((name, ""), (f"{NOT}{name}", "not "))
        if chosen[parameter]
    ]


def _value(row: Any) -> str:
    return str(getattr(row, "slug", row))


def _stance(chosen: dict[str, Any], count: int, label: Callable[[str, str], str]) -> list[str]:
    targets = either([f"“{visible(row.label)}”" for row in chosen["target"]])
    verbs = SINGULAR_VERBS if count == 1 else PLURAL_VERBS
    found = []
    if chosen["stance"]:
        plain = either([verbs[value] for value in chosen["stance"] if ":" not in value])
        said = [f"{plain} {targets or 'any target'}"] if plain else []
        said += [_position(value, verbs, label) for value in chosen["stance"] if ":" in value]
        found.append(f"that {either(said)}")
        if targets and not plain:
            found.append(f"coded for {targets}")
    elif targets:
        found.append(f"coded for {targets}")
    if left_out := chosen[f"{NOT}target"]:
        found.append(f"not coded for {either([f'“{visible(row.label)}”' for row in left_out])}")
    if left_out := chosen[f"{NOT}stance"]:
        plain = either([PLURAL_VERBS[value] for value in left_out if ":" not in value])
        said = [f"{plain} any target"] if plain else []
        said += [_position(value, PLURAL_VERBS, label) for value in left_out if ":" in value]
        found.append(f"leaving out those that {either(said)}")
    return found


def _position(value: str, verbs: dict[str, str], label: Callable[[str, str], str]) -> str:
    slug, _, verb = value.partition(":")
    return f"{verbs[verb]} “{label('target', slug)}”"


def _dates(chosen: dict[str, Any]) -> str:
    start, end = (chosen[name] and display(chosen[name][0]) for name in ("date_from", "date_to"))
    if not start and not end:
        return ""
    word = DATED[chosen["date_of"] or "either"]
    if start and end:
        return f"{word} {start}" if start == end else f"{word} {start} to {end}"
    return f"{word} {start} or later" if start else f"{word} {end} or earlier"
