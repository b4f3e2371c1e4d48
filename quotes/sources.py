"""Does the source still say what the record says? Saved copies compared with published quotes.

A copy is a file that somebody saved: nothing is fetched here. Its words are compared after the
same normalisation that made the article's text, so that only words can differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from quotes.canonical import normalise
from quotes.models import Article, Quote

# Below this share of words in common, the copy holds nothing that the quote could have become.
ALIKE = 0.6
WORD = re.compile(r"\w+")
# The words that a changed passage is looked for by; the rest of the copy is not compared at all.
ANCHOR = 3


class Found(StrEnum):
    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """What became of one quote in a copy; `words` is what stands there now, when it changed."""

    quote: Quote
    found: Found
    words: str = ""


def articles_of(text: str, name: str = "") -> list[Article]:
    """Return the articles that a copy is of: by its exact text, its file name, or its headline."""
    body = normalise(text)
    candidates = Article.objects.filter(quotes__status="published").distinct()
    exact = [article for article in candidates if article.body == body]
    if exact:
        return exact
    named = [a for a in candidates if name and a.source_file.rpartition("/")[2] == name]
    folded = _folded(text)
    return named or [a for a in candidates if a.headline and _folded(a.headline) in folded]


def compare(article: Article, text: str) -> Iterator[Finding]:
    """Yield what became of each published quote of an article in a saved copy of its source."""
    body = normalise(text)
    quotes = Quote.objects.published().filter(article=article).order_by("start", "pk")
    for quote in quotes.prefetch_related("spans"):
        yield _compare_quote(quote, article.body, body)


def _compare_quote(quote: Quote, old: str, new: str) -> Finding:
    spans = list(quote.spans.all())
    if all(new[span.start : span.end] == span.words for span in spans):
        return Finding(quote, Found.UNCHANGED)
    at = 0
    for span in spans:
        at = new.find(span.words, at)
        if at < 0:
            break
        at += len(span.words)
    else:
        return Finding(quote, Found.MOVED)
    words = [_nearest(span.words, new) for span in spans]
    if all(words):
        return Finding(quote, Found.CHANGED, " […] ".join(words))
    return Finding(quote, Found.MISSING)


def _nearest(words: str, text: str) -> str:
    """Return the passage of a text most like some words, or nothing when none is like them."""
    if words in text:
        return words
    wanted = [word.casefold() for word in WORD.findall(words)]
    places = list(WORD.finditer(text))
    folded = [place.group().casefold() for place in places]
    best, best_range = ALIKE, (0, 0)
    for start in _starts(wanted, folded):
        window = folded[start : start + len(wanted)]
        ratio = SequenceMatcher(None, wanted, window, autojunk=False).ratio()
        if ratio > best:
            best, best_range = ratio, (start, start + len(window))
    if best_range == (0, 0):
        return ""
    return text[places[best_range[0]].start() : places[best_range[1] - 1].end()]


def _starts(wanted: list[str], text: list[str]) -> list[int]:
    """Return where a passage could begin: places that share one of its rarest words."""
    where: dict[str, list[int]] = {}
    for at, word in enumerate(text):
        where.setdefault(word, []).append(at)
    known = sorted(
        {word for word in wanted if word in where}, key=lambda word: (len(where[word]), word)
    )
    starts = {
        max(0, at - wanted.index(word)) for word in known[:ANCHOR] for at in where[word][:200]
    }
    return sorted(starts)


def _folded(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
