"""Targets that were one, and targets that were two: codings move with who made them and by what.

A coding keeps the number of the entry that it was made by, and says of which target that entry was.
Public stances follow the codings; each public record that changes gets a version.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from base.history import save_as
from base.undoing import undo
from quotes import stances, versions
from quotes.choices import StanceBasis, TargetMoveKind
from quotes.models import Quote, Stance, StanceCoding, Target, TargetMove

KEPT = ("value", "basis", "rationale", "error_type", "codebook_version")
Snapshots = list[dict[str, Any]]


@dataclass(frozen=True)
class Effect:
    """What a merge would do, counted before it is done."""

    codings: int
    stay: int
    """Of coders who coded the quote for both: the survivor's coding stands, theirs stays behind."""
    differ: int
    """Of those, the ones with another value."""
    quotes: int
    published: int


def survivor(target: Target) -> Target:
    """Return the target that stands for this one now: itself, or where merges led."""
    while target.merged_into is not None:
        target = target.merged_into
    return target


def effect(target: Target, into: Target, quotes: Collection[int] | None = None) -> Effect:
    """Count what moving the codings of a target, or of some quotes only, would do."""
    codings = _codings(target, quotes)
    twice = codings.filter(Exists(_rivals(into)))
    same = codings.filter(Exists(_rivals(into).filter(value=OuterRef("value"))))
    touched = Quote.objects.filter(stances__target=target)
    if quotes is not None:
        touched = touched.filter(pk__in=quotes)
    stay = twice.count()
    return Effect(
        codings=codings.count() - stay,
        stay=stay,
        differ=stay - same.count(),
        quotes=codings.order_by().values("quote").distinct().count(),
        published=touched.published().count(),
    )


def merge(*, target: Target, into: Target, by: User, why: str) -> TargetMove:
    """Merge a target into another of its kind, and return the move, which can be undone.

    Codings go over with their history and the number of the entry that they were made by; where a
    coder coded a quote for both, the survivor's coding stands and the other stays behind. Public
    stances are computed anew (what was adjudicated stays), and the address leads to the survivor.
    Raises ValidationError for another kind, no reason, or a target that is merged already.
    """
    _check(target, into, why)
    with transaction.atomic():
        move = _move(target, into, TargetMoveKind.MERGE, None, by=by, why=why)
        target.merged_into = into
        save_as(target, by=by, why=why)
    return move


def split(
    *, target: Target, into: Target, quotes: Collection[Quote], by: User, why: str
) -> TargetMove:
    """Move the codings of some quotes to another target of the kind, and return the move.

    `into` is a new target with an entry of its own, or one that exists. Raises ValidationError as
    `merge` does, and where none of the quotes is coded for the target.
    """
    _check(target, into, why)
    keys = [quote.pk for quote in quotes]
    if not _codings(target, keys).exists():
        raise ValidationError("None of these quotes is coded for the target.", code="quotes")
    with transaction.atomic():
        return _move(target, into, TargetMoveKind.SPLIT, keys, by=by, why=why)


def undo_move(*, move: TargetMove, by: User, why: str) -> TargetMove:
    """Take a merge or split back and return it.

    Codings go back to where they were; one that its coder gave anew meanwhile stays with the target
    that it was given for. A public stance that nobody touched since is as it stood before; the
    others follow the codings. After a split nothing else is left at the other target, if it was
    made for it: its address leads to the first. Raises ValidationError for a move undone already,
    or where one of the two was merged on since.
    """
    with transaction.atomic():
        undo_allowed(move)
        undo(move, by=by, why=why)
        target, into = move.target, move.into
        if move.kind == TargetMoveKind.MERGE:
            target.merged_into = None
            save_as(target, by=by, why=why)
        back = StanceCoding.objects.filter(pk__in=move.moved, target=into, entry__isnull=False)
        back = back.exclude(Exists(_rivals(target))).order_by("pk")
        for coding in back:
            _place(coding, target, by=by, why=why)
        _restore(move, by=by, why=why)
        empty = not into.codings.exists() and not into.stances.exists()
        if move.kind == TargetMoveKind.SPLIT and empty:
            merge(target=into, into=target, by=by, why=why)
    return move


def undo_allowed(move: TargetMove) -> None:
    """Raise ValidationError where a move can't be undone now, with what to do first."""
    if not move.in_force:
        raise ValidationError("This was undone already.", code="undone")
    merged_on = move.into.merged_into
    if move.kind == TargetMoveKind.SPLIT:
        merged_on = merged_on or move.target.merged_into
    if merged_on is not None:
        raise ValidationError(
            f"It was merged into “{merged_on}” since: undo that first.", code="merged"
        )


def _check(target: Target, into: Target, why: str) -> None:
    if not why.strip():
        raise ValidationError("Say why: readers see it.", code="reason")
    if target.pk == into.pk:
        raise ValidationError("A target can't be merged into itself.", code="itself")
    if target.kind != into.kind:
        raise ValidationError(
            "A subject and a claim have different values: only targets of one kind share codings.",
            code="kind",
        )
    for one in (target, into):
        if one.merged_into_id:
            raise ValidationError(f"“{one}” is merged into another already.", code="merged")
        # Its coders see the target's entry and keys: it can't change kind under their hands.
        if task := one.coding_tasks.filter(closed_at__isnull=True).first():
            raise ValidationError(
                f"“{one}” is being coded in “{task.name}”: close that round first.", code="round"
            )


def _move(
    target: Target,
    into: Target,
    kind: TargetMoveKind,
    quotes: Collection[int] | None,
    *,
    by: User,
    why: str,
) -> TargetMove:
    before = _stances_of(target, quotes)
    touched = {stance.quote_id for stance in before}
    before += list(Stance.objects.filter(target=into, quote__in=touched))
    moved = []
    for coding in _codings(target, quotes).exclude(Exists(_rivals(into))):
        _place(coding, into, by=by, why=why)
        moved.append(coding.pk)
    # Quotes whose public stance is of the survivor alone follow the codings that came too.
    ours = StanceCoding.objects.filter(pk__in=moved).values("quote")
    joined = list(Stance.objects.filter(target=into, quote__in=ours).exclude(quote__in=touched))
    before_rows = _snapshots([*before, *joined])
    for stance in [one for one in before if one.target_id == target.pk]:
        _carry(stance, into, by=by, why=why)
    found = touched | {stance.quote_id for stance in joined}
    _follow(found, (into,), by=by, why=why)
    return TargetMove.objects.create(
        kind=kind,
        target=target,
        into=into,
        moved=moved,
        stances_before=before_rows,
        stances_after=_snapshots(Stance.objects.filter(target=into, quote__in=found)),
        why=why,
        made_at=timezone.now(),
        made_by=by,
    )


def _codings(target: Target, quotes: Collection[int] | None) -> QuerySet[StanceCoding]:
    codings = StanceCoding.objects.filter(target=target).order_by("pk")
    return codings if quotes is None else codings.filter(quote__in=quotes)


def _rivals(target: Target) -> QuerySet[StanceCoding]:
    """Return, within a query of codings, those of the same coder and quote for a target."""
    return StanceCoding.objects.filter(
        target=target, quote=OuterRef("quote"), coder=OuterRef("coder")
    )


def _stances_of(target: Target, quotes: Collection[int] | None) -> list[Stance]:
    rows = Stance.objects.filter(target=target).order_by("pk")
    return list(rows if quotes is None else rows.filter(quote__in=quotes))


def _place(coding: StanceCoding, into: Target, *, by: User, why: str) -> None:
    """Give a coding its target; it goes on to name the entry that it was made by."""
    own = coding.entry_id or coding.target_id
    coding.target = into
    coding.entry_id = None if own == into.pk else own
    coding.moved_at_version = None if own == into.pk else into.version
    save_as(coding, by=by, why=why)


def _carry(stance: Stance, into: Target, *, by: User, why: str) -> None:
    """Move a public stance, or let it go where the other target has one that holds."""
    other = Stance.objects.filter(quote=stance.quote_id, target=into).first()
    stronger = stance.basis == StanceBasis.ADJUDICATED and not (
        other and other.basis == StanceBasis.ADJUDICATED
    )
    gone = other if other and stronger else stance if other else None
    if gone is not None:
        gone._history_user, gone._change_reason = by, why
        gone.delete()
    if gone is not stance:
        stance.target, stance.codebook_version = into, into.version
        save_as(stance, by=by, why=why)


def _follow(quotes: Iterable[int], targets: Iterable[Target], *, by: User, why: str) -> None:
    """Compute the stances of these quotes anew, where there are any, and record what changed."""
    for quote in Quote.objects.filter(pk__in=list(quotes)).order_by("pk"):
        for target in targets:
            if Stance.objects.filter(quote=quote, target=target).exists():
                stances.decide(quote=quote, target=target, by=by, why=why)
        versions.record(quote=quote, by=by, why=why)


def _snapshots(rows: Iterable[Stance]) -> Snapshots:
    return [
        {
            "quote": row.quote_id,
            "target": row.target_id,
            "decided_by": row.decided_by_id,
            "decided_at": row.decided_at.isoformat(),
            **{name: str(getattr(row, name)) for name in KEPT[:-1]},
            "codebook_version": row.codebook_version,
        }
        for row in rows
    ]


def _restore(move: TargetMove, *, by: User, why: str) -> None:
    """Bring the stances of both targets back, where nobody touched them since."""
    keys = {row["quote"] for row in move.stances_after} | {
        row["quote"] for row in move.stances_before
    }
    now = {
        row["quote"]: row
        for row in _snapshots(Stance.objects.filter(target=move.into, quote__in=keys))
    }
    then = {row["quote"]: row for row in move.stances_after}
    before: dict[int, Snapshots] = {}
    for row in move.stances_before:
        before.setdefault(row["quote"], []).append(row)
    for key in sorted(keys):
        untouched = now.get(key) == then.get(key)
        current = Stance.objects.filter(quote=key, target=move.into).first()
        rows = before.get(key, [])
        if current and untouched and not any(row["target"] == move.into_id for row in rows):
            current._history_user, current._change_reason = by, why
            current.delete()
        for row in rows:
            if untouched or row["target"] == move.target_id:
                _put_back(row, by=by, why=why)
    _follow(keys, (move.target, move.into), by=by, why=why)


def _put_back(row: dict[str, Any], *, by: User, why: str) -> None:
    stance = Stance.objects.filter(quote=row["quote"], target=row["target"]).first()
    stance = stance or Stance(quote_id=row["quote"], target_id=row["target"])
    for name in KEPT:
        setattr(stance, name, row[name])
    stance.decided_by_id, stance.decided_at = row["decided_by"], row["decided_at"]
    save_as(stance, by=by, why=why)
