"""What a coder does with one quote of a round: code, flag, finish, undo.

Each press is one `CodingAction`. Until the quote is released its codings are blind; afterwards
`quotes.stances` refuses to change what was compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from quotes import stances
from quotes.agreement.finish import NO_STANCE, to_write
from quotes.choices import Confidence
from quotes.coding.release import is_complete, release
from quotes.coding.tasks import CODABLE
from quotes.models import CodingAction, CodingAssignment, Quote, StanceCoding, Target

State = dict[str, Any]


@dataclass(frozen=True)
class Entered:
    """What the coder gives for one target, and on which state of things.

    `revision` is that of the coder's own coding as it was shown (0: there was none), `version`
    that of the codebook entry that was shown.
    """

    value: str
    revision: int
    version: int
    confidence: str = ""
    evidence: tuple[tuple[int, int], ...] = ()
    memo: str = ""

    def is_as(self, coding: StanceCoding | None) -> bool:
        if coding is None:
            return not (self.value or self.confidence or self.evidence or self.memo)
        given = [self.value, self.confidence, [list(s) for s in self.evidence], self.memo]
        return given == [coding.value, coding.confidence, coding.evidence, coding.memo]


@dataclass
class Saved:
    """What a press did: the targets coded, and why others were not, by the target's key."""

    changed: list[Target] = field(default_factory=list)
    refused: dict[int, ValidationError] = field(default_factory=dict)


def save(
    *,
    assignment: CodingAssignment,
    entered: Mapping[int, Entered],
    by: User,
    again: int | None = None,
) -> Saved:
    """Record what changed for each target; one that is refused keeps none of the others back.

    `again` names a target whose coding is confirmed though nothing in it changed: one from before
    the codebook entry changed gets the entry's version of today.
    """
    with transaction.atomic():
        locked(assignment)
        return _save(assignment, entered, by, again)


def finish(*, assignment: CodingAssignment, entered: Mapping[int, Entered], by: User) -> Saved:
    """Record what changed, then what an untouched target means: `no_stance`.

    The last coder who finishes a quote releases it, and its public stances follow the codings.
    Nothing is finished while a target is refused.
    """
    with transaction.atomic():
        locked(assignment)
        saved = _save(assignment, entered, by, None)
        if saved.refused or assignment.finished_at:
            return saved
        targets = _targets(assignment)
        own = _own(assignment)
        shown = {key: one.version for key, one in entered.items()}
        for key in to_write(own.keys(), targets=targets):
            if shown.get(key) != targets[key].version:
                saved.refused[key] = _stale_entry(targets[key])
        if saved.refused:
            return saved
        _write_rest(assignment, targets, own, by)
        if is_complete(task=assignment.task, quote=assignment.quote):
            release(task=assignment.task, quote=assignment.quote, by=by)
            assignment.refresh_from_db(fields=["released_at"])
        return saved


def flag(*, assignment: CodingAssignment) -> bool:
    """Flag the quote, or take the flag away; return whether it is flagged now."""
    with transaction.atomic():
        locked(assignment)
        before = _state(assignment, {})
        assignment.flagged = not assignment.flagged
        assignment.save(update_fields=["flagged"])
        _note(assignment, "Flagged" if assignment.flagged else "Flag taken away", before, {})
    return assignment.flagged


def last_action(assignment: CodingAssignment) -> CodingAction | None:
    """Return what the coder did last in this round and has not undone."""
    done = CodingAction.objects.filter(
        task=assignment.task_id, coder=assignment.coder_id, undone_at__isnull=True
    )
    return done.select_related("assignment").first()


def undo(*, assignment: CodingAssignment, by: User) -> CodingAction:
    """Take the coder's last press in this round back; return it, with the quote it was on.

    The codings' history keeps both. Raises ValidationError when there is none, when the quote is
    released, or when a coding changed elsewhere since.
    """
    with transaction.atomic():
        action = last_action(assignment)
        if action is None:
            raise ValidationError("There is nothing to undo in this round.", code="nothing")
        where = action.assignment
        where.task, where.coder = assignment.task, assignment.coder
        locked(where, codable=False)
        action.refresh_from_db(fields=["undone_at"])
        if action.undone_at:
            raise ValidationError("That was undone already, in another window.", code="stale")
        is_flag = (
            action.before["finished"] == action.after["finished"] and not action.after["codings"]
        )
        if where.released_at and not is_flag:
            raise ValidationError(
                "That quote is finished and compared with others’ codings: it can not be undone. "
                "Where you alone coded it, choose another value instead.",
                code="released",
            )
        own = _own(where)
        _expect(own, action.after["codings"])
        for key, state in action.before["codings"].items():
            _restore(where, own.get(int(key)), int(key), state, by)
        where.flagged = action.before["flagged"]
        if not action.before["finished"]:
            where.finished_at = None
        where.save(update_fields=["flagged", "finished_at"])
        action.undone_at = timezone.now()
        action.save(update_fields=["undone_at"])
    return action


def locked(assignment: CodingAssignment, *, codable: bool = True) -> None:
    """Let one press at a time through, and read the assignment as it is now.

    SQLite's transactions do the first by themselves. Raises ValidationError for a quote that was
    taken back since the round was dealt, unless that does not matter.
    """
    assignment.quote = (
        Quote.objects.select_for_update(of=("self",))
        .select_related("article")
        .get(pk=assignment.quote_id)
    )
    assignment.refresh_from_db(fields=["flagged", "finished_at", "released_at"])
    if codable and assignment.quote.status not in CODABLE:
        raise ValidationError(
            f"This quote is now {assignment.quote.get_status_display().lower()}: there is "
            "nothing to code. Go on to the next.",
            code="quote",
        )


def _save(
    assignment: CodingAssignment, entered: Mapping[int, Entered], by: User, again: int | None
) -> Saved:
    saved, targets, own = Saved(), _targets(assignment), _own(assignment)
    made: dict[int, StanceCoding] = {}
    was = {key: _values(coding) for key, coding in own.items()}
    for key, one in entered.items():
        target, coding = targets[key], own.get(key)
        renewed = key == again and coding and coding.codebook_version < target.version
        if one.is_as(coding) and not renewed:
            continue
        try:
            with transaction.atomic():
                made[key] = _code(assignment, target, coding, one, by)
        except ValidationError as refusal:
            saved.refused[key] = refusal
        else:
            saved.changed.append(target)
    if made:
        label = "; ".join(f"{targets[key]}: {one.get_value_display()}" for key, one in made.items())
        _note(assignment, label, _state(assignment, {key: was.get(key) for key in made}), made)
    return saved


def _code(
    assignment: CodingAssignment,
    target: Target,
    coding: StanceCoding | None,
    one: Entered,
    by: User,
) -> StanceCoding:
    if not one.value:
        raise ValidationError("Choose a value: without one nothing is saved.", code="value")
    if one.confidence not in Confidence.values:
        raise ValidationError("There is no such confidence.", code="confidence")
    if one.version != target.version:
        raise _stale_entry(target)
    if one.revision != (coding.revision if coding else 0):
        raise ValidationError(
            "You saved another coding of this quote meanwhile, in another window perhaps. "
            "Compare, then save again.",
            code="stale",
        )
    write = stances.code if assignment.released_at else stances.enter
    return write(
        quote=assignment.quote,
        target=target,
        coder=assignment.coder,
        value=one.value,
        confidence=one.confidence,
        evidence=one.evidence,
        memo=one.memo,
        by=by,
        why="Changed" if coding else "Coded",
    )


def _write_rest(
    assignment: CodingAssignment,
    targets: Mapping[int, Target],
    own: Mapping[int, StanceCoding],
    by: User,
) -> None:
    before = _state(assignment, dict.fromkeys(to_write(own.keys(), targets=targets)))
    made = {
        key: stances.enter(
            quote=assignment.quote,
            target=targets[key],
            coder=assignment.coder,
            value=NO_STANCE,
            by=by,
            why="Finished without a stance",
        )
        for key in to_write(own.keys(), targets=targets)
    }
    assignment.finished_at = timezone.now()
    assignment.save(update_fields=["finished_at"])
    _note(assignment, "Finished", before, made)


def _restore(
    assignment: CodingAssignment, coding: StanceCoding | None, key: int, state: Any, by: User
) -> None:
    if state is not None:
        target = _targets(assignment).get(key)
        if target is None:
            raise ValidationError("That target is no longer in the round.", code="target")
        values = {**state, "evidence": [tuple(span) for span in state["evidence"]]}
        stances.enter(
            quote=assignment.quote,
            target=target,
            coder=assignment.coder,
            by=by,
            why="Undone",
            **values,
        )
    elif coding:
        # Blind until now, so nobody saw it and nothing rests on it; its history stays.
        coding._history_user, coding._change_reason = by, "Undone"
        coding.delete()


def _expect(own: Mapping[int, StanceCoding], after: Mapping[str, Any]) -> None:
    for key, state in after.items():
        if _values(own.get(int(key))) != state:
            raise ValidationError(
                "That coding changed elsewhere since: nothing was undone.", code="stale"
            )


def _targets(assignment: CodingAssignment) -> dict[int, Target]:
    return {target.pk: target for target in assignment.task.targets.order_by("label", "pk")}


def _own(assignment: CodingAssignment) -> dict[int, StanceCoding]:
    found = StanceCoding.objects.filter(quote=assignment.quote_id, coder=assignment.coder_id)
    return {coding.target_id: coding for coding in found}


def _values(coding: StanceCoding | None) -> State | None:
    if coding is None:
        return None
    names = ("value", "confidence", "evidence", "memo")
    return {name: getattr(coding, name) for name in names}


def _state(assignment: CodingAssignment, codings: Mapping[int, Any]) -> State:
    return {
        "codings": {str(key): state for key, state in codings.items()},
        "finished": assignment.finished_at is not None,
        "flagged": assignment.flagged,
    }


def _note(
    assignment: CodingAssignment,
    label: str,
    before: State,
    made: Mapping[int, StanceCoding],
) -> None:
    after = _state(assignment, {key: _values(coding) for key, coding in made.items()})
    CodingAction.objects.create(
        task=assignment.task,
        coder=assignment.coder,
        assignment=assignment,
        label=label[:300],
        before=before,
        after=after,
    )


def _stale_entry(target: Target) -> ValidationError:
    return ValidationError(
        f"The codebook entry of “{target}” changed after you opened the page; it is version "
        f"{target.version} now. Read what changed, then choose again.",
        code="stale_entry",
    )
