"""What an editor did on the review screen, action by action, and its undoing.

An action is kept as the revisions it led from and to. To undo it is to take the quotes back to what
their history says they were, as a change like any other: the history shows both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from base.history import save_as
from quotes import versions
from quotes.choices import Status
from quotes.models import Article, Quote, ReviewAction
from quotes.review.steps import CORRECTABLE, NotAllowedError, trim_evidence, write_spans

# What undoing brings back, by column.
RESTORED = tuple(
    sorted(
        Quote._meta.get_field(name).attname  # type: ignore[union-attr]
        for name in (*CORRECTABLE, "status", "rejected_as", "reviewer", "reviewed_at")
    )
)
PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN)


@dataclass
class Recording:
    """The action that is being done: what it touched and what it added."""

    before: dict[int, tuple[Quote, int, list[list[int]] | None]] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    label: str = ""

    def touch(self, quote: Quote) -> Quote:
        """Note how a quote stands before its first change; return it."""
        if quote.pk not in self.before:
            self.before[quote.pk] = (quote, quote.revision, _spans(quote))
        return quote

    def made(self, row: Any) -> Any:
        """Note a new quote, or a new row beside the quotes; return it."""
        if isinstance(row, Quote):
            self.before.setdefault(row.pk, (row, 0, None))
        else:
            self.rows.append(row)
        return row

    def changes(self) -> list[dict[str, Any]]:
        return [
            {
                "quote": quote.pk,
                "from": revision,
                "to": quote.revision,
                "spans": spans,
                "spans_after": _spans(quote),
            }
            for quote, revision, spans in self.before.values()
            if quote.revision != revision
        ]


@contextmanager
def recorded(*, article: Article, by: User, label: str) -> Iterator[Recording]:
    """Do something in one transaction and keep what it did, if it did anything."""
    with transaction.atomic():
        recording = Recording(label=label)
        yield recording
        changes = recording.changes()
        if changes or recording.rows:
            ReviewAction.objects.create(
                article=article,
                by=by,
                label=recording.label[:200],
                changes=changes,
                made=[[row._meta.label_lower, row.pk] for row in recording.rows],
            )


def last_action(*, article: Article, by: User) -> ReviewAction | None:
    """Return what `undo` would take back: this editor's last action here that still stands."""
    return ReviewAction.objects.filter(article=article, by=by, undone_at__isnull=True).first()


def undo(*, article: Article, by: User) -> ReviewAction:
    """Take back this editor's last action in an article, and return it.

    Raises NotAllowedError when there is none, when someone changed a quote since, or when it was
    published since: a published quote is withdrawn, with a reason, never undone.
    """
    with transaction.atomic():
        action = last_action(article=article, by=by)
        if action is None:
            raise NotAllowedError("There is nothing of yours left to undo in this article.")
        why = f"Undone: {action.label}"
        for change in reversed(action.changes):
            _take_back(change, by=by, why=why)
        for label, key in reversed(action.made):
            _unmake(label, key, by=by, why=why)
        action.undone_at = timezone.now()
        action.save(update_fields=["undone_at"])
    return action


def _take_back(change: dict[str, Any], *, by: User, why: str) -> None:
    quote = Quote.objects.select_related("article").filter(pk=change["quote"]).first()
    if quote is None:
        raise NotAllowedError("A quote of that action is no longer there; it can't be undone.")
    if not _is_as_left(quote, change):
        latest = quote.history.latest()
        raise NotAllowedError(
            f"{latest.actor_name} changed {quote} since: “{latest.history_change_reason}”. "
            "It can't be undone from here; its history has every step."
        )
    if change["from"] == 0:
        quote._history_user, quote._change_reason = by, why
        quote.delete()
        return
    row = quote.history.filter(revision=change["from"]).latest()
    for name in RESTORED:
        setattr(quote, name, _still_there(name, getattr(row, name)))
    if change["spans"] != change["spans_after"]:
        write_spans(quote, [(start, end) for start, end in change["spans"]])
        trim_evidence(quote, by=by, why=why)
    save_as(quote, by=by, why=why)
    versions.record(quote=quote, by=by, why=why)


def _is_as_left(quote: Quote, change: dict[str, Any]) -> bool:
    """Say whether a quote says what the action made it say, whatever went to and fro since."""
    left = quote.history.filter(revision=change["to"]).latest()
    if quote.status in PUBLIC and left.status not in PUBLIC:
        raise NotAllowedError(
            f"{quote} was published since. A published quote is withdrawn, never undone."
        )
    same = all(getattr(quote, name) == getattr(left, name) for name in RESTORED)
    return same and _spans(quote) == change["spans_after"]


def _still_there(name: str, value: Any) -> Any:
    """Return the key of a row if the row is there; a person may have been deleted since."""
    found = Quote._meta.get_field(name.removesuffix("_id"))
    if value is None or not isinstance(found, models.ForeignKey):
        return value
    related: Any = found.related_model
    return value if related._base_manager.filter(pk=value).exists() else None


def _unmake(label: str, key: int, *, by: User, why: str) -> None:
    """Delete a row that the action added, unless it was changed or is used by now."""
    row: Any = apps.get_model(label)._base_manager.filter(pk=key).first()
    if row is None or row.revision > 1 or _has_rows_of_its_own(row):
        return
    row._history_user, row._change_reason = by, why
    row.delete()


def _has_rows_of_its_own(row: Any) -> bool:
    """Say whether deleting the row would take others with it."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


def _spans(quote: Quote) -> list[list[int]]:
    return [list(pair) for pair in quote.spans.values_list("start", "end")]
