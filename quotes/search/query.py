"""What a reader typed -> terms -> the quotes that hold them all."""

from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet

from quotes.models import Quote
from quotes.search import postgresql, sqlite
from quotes.search.words import fold, stem, words

LONGEST = 200
MOST_TERMS = 20


class SearchError(ValueError):
    """The words can't be searched; `repaired` is the nearest that can."""

    def __init__(self, message: str, repaired: str = "") -> None:
        super().__init__(message)
        self.repaired = repaired


@dataclass(frozen=True)
class Term:
    """One condition: a word to be found by its stem, or a phrase to be found as it is."""

    words: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all words asked for: what a reader expects to see marked."""
        return frozenset(stem(word) for term in self.terms for word in term.words)


def parse(text: str) -> Query:
    """Return the terms of a search: words, and "exact phrases" in double quotation marks.

    Raises SearchError for an unbalanced mark, for more than LONGEST characters or MOST_TERMS
    terms, and for a text without any word.
    """
    text = text.replace("“", '"').replace("”", '"').strip()
    if len(text) > LONGEST:
        raise SearchError(f"A search can be {LONGEST} characters long.", text[:LONGEST])
    if text.count('"') % 2:
        raise SearchError("A quotation mark is not closed.", text.replace('"', "").strip())
    terms: list[Term] = []
    for number, part in enumerate(text.split('"')):
        found = tuple(word.folded for word in words(part) if word.folded)
        if number % 2 and found:
            terms.append(Term(found, exact=True))
        elif not number % 2:
            terms += [Term((word,)) for word in found]
    if not terms:
        raise SearchError("There is no word to search for.")
    if len(terms) > MOST_TERMS:
        kept = " ".join(text.split()[:MOST_TERMS]).replace('"', "")
        raise SearchError(f"A search can have {MOST_TERMS} words.", kept)
    return Query(tuple(terms))


def search_quotes(queryset: QuerySet[Quote], text: str) -> QuerySet[Quote]:
    """Return the quotes of a queryset that match every term, with `relevance` (more is better).

    A word matches by its stem in the quote, its speaker and role, its headline or its shown
    context; a phrase matches as it is written within one of them. Only published quotes have a
    search row, so nothing else can match. Raises SearchError.
    """
    query = parse(text)
    backend = sqlite if connections[queryset.db].vendor == "sqlite" else postgresql
    return backend.matching(queryset, query)


__all__ = ["Query", "SearchError", "Term", "fold", "parse", "search_quotes"]
