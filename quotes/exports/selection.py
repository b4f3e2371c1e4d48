"""What a download, a feed or the API was asked for: the parameters of the list, read strictly."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from django.http import QueryDict

from base.parameters import Fault
from quotes.exports.columns import Record
from quotes.exports.records import keys, records
from quotes.listing import Listing

# A file holds every row, so where a page of the list begins means nothing to it.
PAGING = ("page", "after", "before")


class Selection:
    """The published quotes that the parameters ask for, all of them.

    Nothing but `faults`, `moved` and `repaired` may be read while there are faults. `own` names
    the parameters that belong to the caller and not to the list.
    """

    def __init__(self, data: QueryDict, *, own: tuple[str, ...] = ()) -> None:
        asked = data.copy()
        self.paged = [name for name in PAGING if name in asked and name not in own]
        for name in (*own, *self.paged):
            asked.pop(name, None)
        self.listing = Listing(asked)

    @cached_property
    def faults(self) -> list[Fault]:
        paged = [
            Fault(name, "This holds every row; it has no pages.", code="paged")
            for name in self.paged
        ]
        return [*paged, *self.listing.faults]

    @property
    def moved(self) -> bool:
        return not self.paged and self.listing.moved

    @property
    def query(self) -> str:
        """The query in its shortest form; with faults that of the nearest search without."""
        return self.listing.repaired.query if self.listing.faults else self.listing.query

    @property
    def title(self) -> str:
        return self.listing.sentence

    @cached_property
    def keys(self) -> Sequence[int]:
        """The quotes' primary keys in the order asked for."""
        return keys(self.listing.quotes)

    def records(self, *, root: str) -> Iterator[Record]:
        return records(self.keys, root=root)
