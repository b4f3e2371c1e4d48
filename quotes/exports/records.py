"""From the keys of quotes to their records, a batch at a time: constant memory at any length."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import QuerySet

from base.among import among
from quotes import notices
from quotes.choices import Status
from quotes.column_found import FoundInColumns
from quotes.exports.columns import Record
from quotes.found import Found
from quotes.models import Notice, QuoteVersion
from quotes.permanence import protected_slugs
from quotes.search.columns import ORDERS
from quotes.search.columns.selection import past

# Large enough that the database's part is small, small enough that the first row comes at once.
BATCH = 2_000
FIELDS = ("quote_id", "number", "snapshot", "created_at", "quote__published_at")


def keys(found: Found) -> Sequence[int]:
    """Return the primary keys of the quotes found in their order, eight bytes each.

    Taken once, so that what a download holds is settled before its first byte; no edit meanwhile
    makes a row come twice.
    """
    if isinstance(found, FoundInColumns) and found.order.has_places:
        return _keys_in_columns(found)
    rows = found.sorted().values_list("pk", flat=True)
    return array("q", rows.iterator(chunk_size=10_000))


def _keys_in_columns(found: FoundInColumns) -> Sequence[int]:
    """Return the same from the columns: the large part as it stands, the few others put in."""
    order = ORDERS[found.asked.sorted_by]
    large, *others = found.counted.selections
    rows = large.in_order(order)
    keys = large.part.id[: len(rows)] if isinstance(rows, range) else large.part.id[rows]
    few = sorted(
        (order.key(other.part, int(row)), int(other.part.id[row]))
        for other in others
        for row in other.in_order(order)
    )
    places = [past(rows, key, large.part, order) for key, _ in few]
    keys = np.insert(keys, places, [key for _, key in few]) if few else keys
    return array("q", keys.astype(np.int64).tobytes())


def records(chosen: Sequence[int], *, root: str) -> Iterator[Record]:
    """Yield the latest version of each quote, in the order of the keys.

    `root` is the site's address without a slash at its end. A quote that is withdrawn while its
    download runs is left out.
    """
    for start in range(0, len(chosen), BATCH):
        batch = list(chosen[start : start + BATCH])
        versions = QuoteVersion.objects.filter(
            quote__in=among(batch), quote__status=Status.PUBLISHED
        ).order_by("quote_id", "number")
        yield from batch_of(batch, versions, root=root)


def batch_of(
    batch: Sequence[int],
    versions: QuerySet[QuoteVersion],
    *,
    root: str,
    as_of: datetime | None = None,
) -> Iterator[Record]:
    """Yield the last of the versions of each quote, in the order of the keys."""
    # The last of a quote's rows stays.
    found = {row[0]: row for row in versions.values_list(*FIELDS)}
    # A version can't be rewritten: one that names a person who is protected by now stays closed.
    # Read twice: thousands of records held at once cost more than reading them again.
    closed = protected_slugs({_speaker(json.loads(row[2])) for row in found.values()} - {""})
    said_of = _notices(batch, as_of)
    for key in batch:
        if key not in found:
            continue
        _, number, text, recorded, added = found[key]
        shown = json.loads(text)
        if _speaker(shown) not in closed:
            said = notices.as_record(said_of[key]) if key in said_of else {}
            yield Record(
                shown, number, recorded, added, f"{root}/q/{shown['id']}/v{number}", **said
            )


def _speaker(shown: Mapping[str, Any]) -> str:
    return shown["speaker"]["slug"] if shown["speaker"] else ""


def _notices(batch: Sequence[int], as_of: datetime | None) -> dict[int, list[Notice]]:
    """Return the replies and corrections of a batch; one that was taken back stays away."""
    rows = Notice.objects.filter(quote__in=among(batch), undone_at__isnull=True).order_by(
        "dated", "pk"
    )
    if as_of:
        rows = rows.filter(made_at__lte=as_of)
    found: dict[int, list[Notice]] = defaultdict(list)
    for row in rows:
        found[row.quote_id].append(row)
    return found
