"""The list by each of its parameters, and words that only planted quotes hold (test_leaks.py)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.choices import StanceValue

if TYPE_CHECKING:
    from tests.test_leaks import Planted


def list_addresses(planted: "Planted") -> Iterator[str]:
    """The list by each of its parameters, fit and unfit."""
    yield from ("/quotes", "/quotes?sort=oldest", "/quotes?sort=best", "/quotes?page=7")
    yield from ("/quotes?date_from=2008&date_to=2009", "/quotes?date_of=said&date_from=2008-12")
    yield from ("/quotes?date_of=published&date_to=2008-12-31", "/quotes?date_from=x")
    yield from (f"/quotes?stance={value}" for value in StanceValue.values)
    yield from (f"/quotes?kind={kind}" for kind in ("direct", "mixed", "indirect"))
    yield from ("/quotes?channel=blog", "/quotes?channel=x", "/quotes?unknown=1")
    yield f"/quotes?speaker={planted.person.slug}"
    yield f"/quotes?speaker={planted.canary}-former"
    yield f"/quotes?organization={planted.organization.slug}"
    yield f"/quotes?outlet={planted.outlet.slug}"
    yield f"/quotes?target={planted.target.slug}"
    yield f"/quotes?target={planted.target.slug}&stance=supports"
    yield "/quotes?q=quoted&sort=relevance"
    yield "/quotes?q=boat"
    yield f"/quotes?not_speaker={planted.person.slug}"
    yield f"/quotes?stance={planted.target.slug}:supports"
    yield f"/quotes?after=2008-12-01_{planted.quote.public_id or 'ABCDEFGH'}"
    yield f"/quotes?before=undated_{planted.quote.public_id or 'ABCDEFGH'}"
    yield from ("/quotes?sort=added", "/quotes?year=2008", "/quotes?not_year=2008")
    yield from ("/quotes?language=en", "/quotes?disputed=coders", "/quotes?disputed=notice")
    # What is misspelt is held against the record's words and names.
    letters = planted.canary[:-1]
    for field in ("", "speaker:", "org:", "outlet:", "target:"):
        yield f"/quotes?q={field}{letters}"
        yield f"/quotes?q={field}{planted.canary[1:]}"


# Words that only the planted hold; asked for, they come back in the page as the reader's own.
def searches(planted: "Planted") -> list[str]:
    endings = ("", "quoted", "before", "after", "far")
    return [f"/quotes?q={planted.canary}{ending}" for ending in endings]
