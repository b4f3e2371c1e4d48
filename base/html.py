"""Pieces of HTML made in Python, for what stands on a page by the dozen."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def piece(pattern: str, *values: object, **named: object) -> SafeString:
    """Return the pattern, one of our own, with the values escaped; what is safe stays as it is.

    What Django's `format_html` does, in a fifth of its time: that asks of each value whether it is
    lazy, and whether it knows its own HTML.
    """
    return SafeString(
        pattern.format(*map(_safe, values), **{key: _safe(named[key]) for key in named})
    )


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Return pieces one after the other."""
    return SafeString("".join(pieces))


def _safe(value: object) -> str:
    return value if type(value) is SafeString else escape(str(value))
