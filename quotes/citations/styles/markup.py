"""Marked text on its way to a reader: italics and quotation marks as single characters.

The marks are Unicode noncharacters, which no text may hold, so nothing that a document says can be
taken for one. Quotation marks get their form only at the end, when the depth of each is known.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

ITALIC, UPRIGHT = "\ufdd0", "\ufdd1"
# A pair that the style sets, and pairs that the source printed.
OPEN, OPEN_SINGLE, OPEN_DOUBLE, CLOSE = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
OPENING = OPEN + OPEN_SINGLE + OPEN_DOUBLE
MARKS = re.compile("[\ufdd0-\ufdd5]")
QUOTES = re.compile(f"[{OPENING}{CLOSE}]")
# Controls, noncharacters and characters that turn the direction of what follows.
UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufdd0-\ufdef\ufeff]"
)
SURROGATES = re.compile("[\ud800-\udfff]")
ENDS = ".?!"


@dataclass(frozen=True)
class Rendered:
    """A citation as plain text and as HTML in which nothing but `<i>` is markup."""

    plain: str
    html: str


@dataclass(frozen=True)
class Punctuation:
    """How a language sets quotation marks: which come first, and where a full stop goes."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    inside: bool


AMERICAN = Punctuation(("“", "”"), ("‘", "’"), inside=True)
BRITISH = Punctuation(("‘", "’"), ("“", "”"), inside=False)


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """Return a text on one line, without what can't be seen or would break a format."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(SURROGATES.sub("\ufffd", UNWANTED.sub(" ", text)).split())


def italic(text: str) -> str:
    return f"{ITALIC}{text}{UPRIGHT}" if text else ""


def quoted(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}" if text else ""


def end(text: str, mark: str, style: Punctuation) -> str:
    """Return the text with a mark after it; not a second full stop, and American style inside.

    "Who counts?" keeps its question mark for a full stop and takes a comma (CMOS 18, 6.134).
    """
    if not text:
        return text
    body = text.rstrip(CLOSE + UPRIGHT)
    if mark == "." and body.endswith(tuple(ENDS)):
        return text
    tail = text[len(body) :]
    if style.inside and CLOSE in tail:
        return f"{body}{mark}{tail}"
    return f"{text}{mark}"


def sentences(parts: list[str], style: Punctuation) -> str:
    """Return the parts that say something, each ended by a full stop."""
    return " ".join(end(part, ".", style) for part in parts if part)


def listed(parts: list[str], style: Punctuation) -> str:
    """Return the parts that say something with commas between them."""
    found = [part for part in parts if part]
    return " ".join([*(end(part, ",", style) for part in found[:-1]), *found[-1:]])


def finish(text: str, style: Punctuation) -> Rendered:
    """Return marked text as a reader gets it."""
    if CLOSE in text:
        text = _quotation_marks(text, style)
    plain = text.replace(ITALIC, "").replace(UPRIGHT, "")
    marked = html.escape(text).replace(ITALIC, "<i>").replace(UPRIGHT, "</i>")
    return Rendered(plain, marked)


def _quotation_marks(text: str, style: Punctuation) -> str:
    """Alternate the quotation marks by depth; an outermost pair stays as it was printed."""
    printed = {OPEN: style.outer, OPEN_SINGLE: ("‘", "’"), OPEN_DOUBLE: ("“", "”")}
    stack: list[tuple[str, str]] = []

    def form(match: re.Match[str]) -> str:
        mark = match[0]
        if mark == CLOSE:
            return stack.pop()[1] if stack else "”"
        if not stack:
            stack.append(printed[mark])
        else:
            stack.append(("‘", "’") if stack[-1][0] == "“" else ("“", "”"))
        return stack[-1][0]

    return QUOTES.sub(form, text)
