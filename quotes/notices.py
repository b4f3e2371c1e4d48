"""3: what the speaker replies and the outlet corrects, shown wherever the quote is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from base.undoing import undo
from quotes.choices import DISPUTING, NoticeKind, Status
from quotes.models import Notice, Quote
from quotes.review import NotAllowedError


def give_notice(
    *, quote: Quote, kind: str, text: str, dated: date, by: User, why: str, url: str = ""
) -> Notice:
    """Put a dated reply or correction beside a published quote and return it.

    It makes no version: what the article says the speaker said is still what it says. Raises
    NotAllowedError for a quote that is not public or a day to come, ValidationError for bad words.
    """
    if quote.status != Status.PUBLISHED:
        raise NotAllowedError("Only a published quote carries a reply or a correction.")
    if dated > timezone.localdate():
        raise NotAllowedError("A reply can't be dated in the future.")
    row = Notice(
        quote=quote,
        kind=kind,
        text=text.strip(),
        dated=dated,
        url=url,
        why=why.strip(),
        made_at=timezone.now(),
        made_by=by,
    )
    row.full_clean(exclude=["quote", "made_by", "undone_by"])
    row.save()
    return row


def take_back(*, notice: Notice, by: User, why: str) -> Notice:
    """Stop showing a reply or correction; the row stays, with the reason."""
    undo(notice, by=by, why=why)
    return notice


def shown(quote: Quote) -> list[Notice]:
    """Return the notices of a quote that readers see, oldest first."""
    return list(quote.notices.filter(undone_at__isnull=True).order_by("dated", "pk"))


def dispute(notices: Iterable[Notice]) -> str:
    """Return what the notices amount to: the kind of the newest that disputes, or nothing."""
    kinds = [notice.kind for notice in notices if notice.kind in DISPUTING]
    return kinds[-1] if kinds else ""


def as_record(notices: Iterable[Notice]) -> dict[str, Any]:
    """Return dispute status and notices as API, export and embed show them."""
    rows = list(notices)
    return {
        "dispute": dispute(rows),
        "notices": [
            {
                "kind": row.kind,
                "label": NoticeKind(row.kind).label,
                "text": row.text,
                "dated": row.dated.isoformat(),
                "url": row.url,
            }
            for row in rows
        ],
    }
