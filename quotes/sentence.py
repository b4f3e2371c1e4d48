"""A filtered view in plain words: heading, page title, and later the name of a feed or a file."""

from typing import Any

from base.dates import display
from base.visible import visible
from quotes.wording import CHANNELS, PLURAL_VERBS, SINGULAR_VERBS, counted, either

ORDER = {"newest": "newest first", "oldest": "oldest first", "relevance": "best match first"}
DATED = {"either": "dated", "said": "known to be said", "published": "published"}


def sentence(count: int, chosen: dict[str, Any], *, sort: str) -> str:
    """Return “12 direct quotes by Ed Balls that deny “…”, newest first”."""
    kinds = either([str(kind) for kind in chosen["kind"]])
    parts = [counted(count, f"{kinds} quote".strip())]
    if chosen["q"]:
        parts.append(f"matching “{visible(chosen['q'])}”")
    parts += [
        f"{link} {either([visible(str(row)) for row in chosen[name]])}"
        for name, link in (("speaker", "by"), ("organization", "speaking for"), ("outlet", "in"))
        if chosen[name]
    ]
    parts += [part for part in (_stance(chosen, count), _channel(chosen), _dates(chosen)) if part]
    words = " ".join(parts)
    return words if count == 1 else f"{words}, {ORDER[sort]}"


def _stance(chosen: dict[str, Any], count: int) -> str:
    target = f"“{visible(chosen['target'][0].label)}”" if chosen["target"] else "any target"
    if chosen["stance"]:
        verbs = SINGULAR_VERBS if count == 1 else PLURAL_VERBS
        return f"that {either([verbs[value] for value in chosen['stance']])} {target}"
    return f"coded for {target}" if chosen["target"] else ""


def _channel(chosen: dict[str, Any]) -> str:
    channels = either([CHANNELS[channel] for channel in chosen["channel"]])
    return f"from {channels}" if channels else ""


def _dates(chosen: dict[str, Any]) -> str:
    start, end = (chosen[name] and display(chosen[name][0]) for name in ("date_from", "date_to"))
    if not start and not end:
        return ""
    word = DATED[chosen["date_of"] or "either"]
    if start and end:
        return f"{word} {start}" if start == end else f"{word} {start} to {end}"
    return f"{word} {start} or later" if start else f"{word} {end} or earlier"
