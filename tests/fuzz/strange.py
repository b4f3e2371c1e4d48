"""Requests that nobody should send: every public route with every parameter, and strange values.

Made from a seed, so that a failure comes again.
"""

import random
import re
from collections.abc import Iterator
from urllib.parse import quote as encoded
from urllib.parse import urlencode

from quotes.filters import QuoteForm
from tests.addresses import addresses
from tests.planted import Planted

PARAMETERS = (
    *QuoteForm.base_fields,
    *(
        "as_of",
        "raw",
        "end",
        "limit",
        "find",
        "id",
        "format",
        "url",
        "page",
        "q",
        "csrf",
        "__class__",
    ),
)
VALUES = (
    *("", " ", "0", "-1", "1", "2", "x", "null", "None", "true", "NaN", "1e9", "1_0", " 1 "),
    *("9" * 5_000, "1" * 30, "٣", "²", "0x10", "1;2", "2008-13-45", "0000-00-00", "9999-12-31"),
    *("2008", "2008-02-30", "-2008", "2008/2009", "2008-..", "..", "2026-11-22T07:30:00Z"),
    *("2026-11-22T25:61:61Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
    *("\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\u202e", "\ufeff", "\ud800", "😀" * 50, "é" * 300),
    *("<script>alert(1)</script>", "' OR 1=1 --", '";DROP TABLE x', "../../etc/passwd", "%s%n"),
    *("{{7*7}}", "${7*7}", "`id`", "=cmd|' /C calc'!A1", "\\", "%", "_", "*", "(" * 100, '"' * 99),
    *('"', "a OR", "OR OR", "NOT", "-", "-a", "a*", "*a", "a:b", "speaker:", "speaker:x", "NEAR("),
    *('"a b"~5', '"a b"~99999', '"a b"~', "date:2008..", "date:..", "date:x", "stance:denies"),
    *("kind:direct OR -kind:direct", "((a OR b) -c) d*", "a " * 90, "boat", "newest", "oldest"),
    *("relevance", "added", "either", "direct", "supports", "visible-target:supports", "undated"),
    *("2008-12-01_ABCDEFGH", "undated_00000000", "visible-person", "visible-outlet", "csv", "50"),
)
METHODS = ("get",) * 12 + ("head", "head", "options", "put", "trace")


def bases(planted: Planted) -> list[str]:
    """Return the path of each public route, once."""
    return sorted({urls[0].partition("?")[0] for urls in addresses(planted).values()})


def requests(planted: Planted, *, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield (method, address): first each route with each value, then any mixture."""
    rng = random.Random(seed)
    paths = bases(planted)
    ids = re.compile(r"[0-9A-Z]{8}|visible-\w+")
    for number in range(count):
        path = paths[number % len(paths)]
        if rng.random() < 0.1:
            strange = encoded(text(rng)[:300].encode("utf-8", "surrogatepass"), safe="")
            path = ids.sub(lambda _, word=strange: word, path)
        query = rng.choice((single, pairs, pairs, many, large))(rng)
        yield rng.choice(METHODS), f"{path}?{query}" if query else path


def text(rng: random.Random) -> str:
    if rng.random() < 0.8:
        return rng.choice(VALUES)
    points = [rng.choice((rng.randrange(32, 127), rng.randrange(0x110000))) for _ in range(20)]
    return "".join(map(chr, points[: rng.randrange(20)]))


def single(rng: random.Random) -> str:
    return _query([(rng.choice(PARAMETERS), text(rng))])


def pairs(rng: random.Random) -> str:
    names = rng.sample(PARAMETERS, rng.randrange(2, 5))
    return _query([(name, text(rng)) for name in names])


def many(rng: random.Random) -> str:
    """Two hundred filters, of one name or of several."""
    names = rng.sample(PARAMETERS, rng.choice((1, 3, 12)))
    return _query([(rng.choice(names), text(rng)[:60]) for _ in range(200)])


def large(rng: random.Random) -> str:
    """Rarely a query of a million bytes; else raw bytes that are no text."""
    if rng.random() < 0.05:
        return f"{rng.choice(PARAMETERS)}={'a' * 1_000_000}"
    return rng.choice(("%", "%ff%fe", "=&=&=", "&" * 500, "q=%C0%80", "a[]=1&a[b]=2", "q", ";"))


def _query(values: list[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in values])
