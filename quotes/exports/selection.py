"""What a download, a feed or the API was asked for: the parameters of the list, read strictly."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from django.http import QueryDict

from base.parameters import Fault
from quotes.exports import past
from quotes.exports.columns import Record
from quotes.exports.records import keys, records
from quotes.exports.state import BEGINNING
from quotes.listing import Listing

# A file holds every row, so where a page of the list begins means nothing to it.
PAGING = ("page", "after", "before")


class Selection:
    """The published quotes that the parameters ask for, all of them; now, or as of a moment.

    Nothing but `faults`, `moved` and `query` may be read while there are faults. `own` names
    the parameters that belong to the caller and not to the list; `in_pages` says that the caller
    shows a page at a time.
    """

    def __init__(
        self, data: QueryDict, *, own: tuple[str, ...] = (), in_pages: bool = False
    ) -> None:
        asked = data.copy()
        # A moment in the past has pages by number alone.
        places = PAGING if not in_pages else PAGING[1:] if "as_of" in data else ()
        self.paged = [name for name in places if name in asked and name not in own]
        for name in (*own, *self.paged):
            asked.pop(name, None)
        self.past: past.Past | None = None
        self._moment_fault: Fault | None = None
        given = asked.pop("as_of", None)
        if given is not None:
            found = past.read_moment([str(value) for value in given])
            if isinstance(found, Fault):
                self._moment_fault = found
                found = BEGINNING
            self.past = past.Past(asked, found)
        self.listing = self.past.listing if self.past else Listing(asked)
        self.asked = asked

    @cached_property
    def faults(self) -> list[Fault]:
        paged = [Fault(name, "There are no such pages here.", code="paged") for name in self.paged]
        moment = [self._moment_fault] if self._moment_fault else []
        return [*paged, *moment, *(self.past or self.listing).faults]

    @property
    def moved(self) -> bool:
        return not self.paged and not self._moment_fault and self.listing.moved

    @property
    def at(self) -> datetime | None:
        """The moment that was asked for, None for now."""
        return self.past.at if self.past else None

    @property
    def query(self) -> str:
        """The query in its shortest form; with faults that of the nearest search without."""
        if self.past and not self.faults:
            tidy = self.asked.copy()
            tidy["as_of"] = past.written(self.past.at)
            return tidy.urlencode(safe=":")
        return self.listing.repaired.query if self.listing.faults else self.listing.query

    @cached_property
    def title(self) -> str:
        """What is there, in words."""
        if not self.past:
            return self.listing.sentence
        moment = self.past.at.strftime("%-d %B %Y, %H:%M:%S UTC")
        return f"{self.listing.sentence_of(len(self.keys))}, as of {moment}"

    @cached_property
    def keys(self) -> Sequence[int]:
        """The quotes' primary keys in the order asked for."""
        return self.past.keys if self.past else keys(self.listing.found)

    def records(self, chosen: Sequence[int] | None = None, *, root: str) -> Iterator[Record]:
        """Yield the records of all quotes, or of those with the keys given, in their order."""
        wanted = self.keys if chosen is None else chosen
        if self.past:
            return self.past.records(wanted, root=root)
        return records(wanted, root=root)
