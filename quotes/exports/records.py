"""From the keys of quotes to their records, a batch at a time: constant memory at any length."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet

from quotes import notices
from quotes.choices import Status
from quotes.exports.columns import Record
from quotes.models import Notice, Quote, QuoteVersion
from quotes.permanence import protected_slugs

# Large enough that the database's part is small, small enough that the first row comes at once.
BATCH = 1_000
FIELDS = ("quote_id", "number", "snapshot", "created_at", "quote__published_at")


def keys(quotes: QuerySet[Quote]) -> Sequence[int]:
    """Return the primary keys of quotes in their order, eight bytes each.

    Taken once, so that what a download holds is settled before its first byte; no edit meanwhile
    makes a row come twice.
    """
    rows = quotes.prefetch_related(None).values_list("pk", flat=True)
    return array("q", rows.iterator(chunk_size=10_000))


def records(chosen: Sequence[int], *, root: str) -> Iterator[Record]:
    """Yield the latest version of each quote, in the order of the keys.

    `root` is the site's address without a slash at its end. A quote that is withdrawn while its
    download runs is left out.
    """
    for start in range(0, len(chosen), BATCH):
        batch = list(chosen[start : start + BATCH])
        versions = QuoteVersion.objects.filter(
            quote__in=batch, quote__status=Status.PUBLISHED
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
    found = {row[0]: row for row in versions.values_list(*FIELDS).iterator()}
    shown = {key: json.loads(row[2]) for key, row in found.items()}
    # A version can't be rewritten: one that names a person who is protected by now stays closed.
    slugs = {(one["speaker"] or {}).get("slug", "") for one in shown.values()} - {""}
    closed = protected_slugs(list(slugs)) if slugs else set()
    said_of = _notices(batch, as_of)
    for key in batch:
        if key not in found or (shown[key]["speaker"] or {}).get("slug") in closed:
            continue
        _, number, _, recorded, added = found[key]
        state = notices.as_record(said_of.get(key, ()))
        yield Record(
            shown=shown[key],
            number=number,
            recorded=recorded,
            added=added,
            address=f"{root}/q/{shown[key]['id']}/v{number}",
            dispute=state["dispute"],
            notices=state["notices"],
        )


def _notices(batch: Sequence[int], as_of: datetime | None) -> dict[int, list[Notice]]:
    """Return the replies and corrections of a batch; one that was taken back stays away."""
    rows = Notice.objects.filter(quote__in=batch, undone_at__isnull=True).order_by("dated", "pk")
    if as_of:
        rows = rows.filter(made_at__lte=as_of)
    found: dict[int, list[Notice]] = defaultdict(list)
    for row in rows:
        found[row.quote_id].append(row)
    return found
