"""Rounds of coding: dealt, coded blind, finished, released; nothing lost and nothing told."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quotes import codebook, coding, review, stances
from quotes.coding import Entered
from quotes.models import (
    CodingAssignment,
    CodingTask,
    Quote,
    Stance,
    StanceCoding,
    Target,
    TrainingAnswer,
)
from tests import factories
from tests.coding import dealt, first, user_of

pytestmark = pytest.mark.django_db


def entered(assignment: CodingAssignment, *values: str, **more: Any) -> dict[int, Entered]:
    """What a form sends for each of the round's targets, with the states as they are."""
    found = {}
    for target, value in zip(assignment.task.targets.order_by("label"), values, strict=False):
        own = assignment.coder.codings.filter(quote=assignment.quote, target=target).first()
        given: dict[str, Any] = {"value": value, "revision": 0, "version": target.version}
        if own:
            # A form shows what is saved, and sends it again.
            shown = {"confidence": own.confidence, "memo": own.memo, "revision": own.revision}
            given |= {**shown, "value": value or own.value}
        found[target.pk] = Entered(**{**given, **more})
    return found


def save(assignment: CodingAssignment, *values: str, **more: Any) -> coding.Saved:
    by = user_of(assignment)
    return coding.save(assignment=assignment, entered=entered(assignment, *values, **more), by=by)


def finish(assignment: CodingAssignment, *values: str) -> coding.Saved:
    given = entered(assignment, *(values or ("", "")))
    return coding.finish(assignment=assignment, entered=given, by=assignment.coder.user)


def test_deal_is_the_same_for_a_seed_and_shares_the_sample_among_all_pairs() -> None:
    units, who = list(range(1, 101)), [1, 2, 3]
    drawn = coding.deal(units, who, overlap=30, coders_each=2, seed=7)

    assert drawn == coding.deal(units[::-1], who, overlap=30, coders_each=2, seed=7)
    assert drawn != coding.deal(units, who, overlap=30, coders_each=2, seed=8)
    together = [
        sum(unit in drawn[one] and unit in drawn[other] for unit in units)
        for one, other in ((1, 2), (1, 3), (2, 3))
    ]
    assert together == [10, 10, 10]
    assert set().union(*drawn.values()) == set(units)
    assert max(map(len, drawn.values())) - min(map(len, drawn.values())) <= 1
    assert all(own != sorted(own) for own in drawn.values())


def test_round_takes_only_what_can_be_coded_blind() -> None:
    target, who = factories.target(), [factories.user("coder") for _ in range(2)]
    known, fresh = factories.quote(), factories.quote()
    factories.quote(status="candidate")
    factories.stance(known, target, "supports", by=who[0])

    task = dealt(0, quotes=Quote.objects.all(), targets=[target], coders=who)

    assert set(task.assignments.values_list("quote", flat=True)) == {fresh.pk}
    with pytest.raises(ValidationError, match="No quote of this list"):
        # It is being coded now, if for another target.
        dealt(0, quotes=Quote.objects.filter(pk=fresh.pk), coders=who[:1], overlap=0)
    with pytest.raises(ValidationError, match="choose a second"):
        dealt(coders=who[:1])
    with pytest.raises(ValidationError, match="one to 9"):
        dealt(targets=[factories.target() for _ in range(10)])


def test_coding_of_a_round_decides_nothing_until_all_finished() -> None:
    task = dealt()
    one, other = first(task), first(task, 1)
    quote = one.quote

    assert save(one, "supports").refused == {}
    finish(one)
    finish(other, "criticises", "asserts")

    one.refresh_from_db()
    assert one.released_at is not None
    subject, claim = task.targets.order_by("label")
    found = {stance.target: (stance.value, stance.basis) for stance in Stance.objects.all()}
    assert found == {subject: ("unclear", "disputed"), claim: ("unclear", "disputed")}
    # One version for the two stances together.
    assert quote.versions.count() == 2
    assert one.coder.codings.get(target=claim).value == "no_stance"


def test_blind_coding_reaches_no_stance_no_agreement_and_no_count() -> None:
    task = dealt()
    one = first(task)
    finish(one, "supports", "denies")

    assert StanceCoding.objects.count() == 2
    assert not StanceCoding.objects.published().exists()
    assert not Stance.objects.exists()
    assert one.quote.versions.count() == 1

    # Somebody outside the round codes the same quote: the public stance is theirs alone.
    subject = task.targets.order_by("label")[0]
    stance = factories.stance(one.quote, subject, "criticises")
    assert (stance.value, stance.basis) == ("criticises", "single")


def test_finish_writes_no_stance_for_what_is_untouched_and_unfinished_is_missing() -> None:
    targets = [factories.target() for _ in range(3)]
    task = dealt(targets=targets)
    one, other = first(task), first(task, 1)
    save(one, "supports", "", "")
    save(other, "supports", "", "")

    coding.finish(assignment=one, entered=entered(one, "supports", "", ""), by=user_of(one))

    assert sorted(one.coder.codings.values_list("value", flat=True)) == [
        "no_stance",
        "no_stance",
        "supports",
    ]
    assert other.coder.codings.count() == 1


@pytest.mark.parametrize(
    ("value", "more", "message"),
    [
        ("asserts", {}, "is not a value for"),
        ("", {"memo": "Why not"}, "Choose a value"),
        ("supports", {"evidence": ((0, 5),)}, "must stand in the quote"),
        ("supports", {"evidence": ((10**6, 10**6 + 1),)}, "must stand in the quote"),
        ("supports", {"confidence": "total"}, "no such confidence"),
        ("supports", {"version": 7}, "codebook entry .* changed"),
        ("supports", {"revision": 3}, "another coding of this quote meanwhile"),
    ],
)
def test_coding_that_does_not_fit_is_refused_alone(
    value: str, more: dict[str, Any], message: str
) -> None:
    quote = factories.quote(article=factories.article(f"{'Long before. ' * 40}{factories.BODY}"))
    task = dealt(quotes=Quote.objects.filter(pk=quote.pk))
    one = first(task)
    good = dict([list(entered(one, "", "denies").items())[1]])
    bad = dict([next(iter(entered(one, value, **more).items()))])

    saved = coding.save(assignment=one, entered=bad | good, by=user_of(one))

    assert [target.pk for target in saved.changed] == list(good)
    with pytest.raises(ValidationError, match=message):
        raise saved.refused[next(iter(bad))]
    finished = coding.finish(assignment=one, entered=bad, by=user_of(one))
    assert finished.refused
    assert not first(task).finished_at


def test_changed_entry_keeps_a_quote_from_being_finished_unread() -> None:
    task = dealt()
    one = first(task)
    given = entered(one, "supports", "")
    claim = task.targets.order_by("label")[1]
    codebook.change_entry(
        target=claim, by=task.created_by, why="Asked", change="meaning", when_to_use="Now more."
    )

    saved = coding.finish(assignment=one, entered=given, by=user_of(one))

    assert [one.code for one in saved.refused.values()] == ["stale_entry"]
    assert not first(task).finished_at


def test_coding_twice_is_an_edit_and_both_are_in_the_history() -> None:
    one = first(dealt())
    save(one, "supports")
    save(one, "mixed", memo="On second reading")

    coded = StanceCoding.objects.get()
    assert [row.value for row in coded.history.all()] == ["mixed", "supports"]
    assert coded.revision == 2


def test_undo_takes_back_press_by_press_and_stops_at_what_is_compared() -> None:
    task = dealt()
    one, other = first(task), first(task, 1)
    by = user_of(one)
    save(one, "supports", confidence="high")
    save(one, "mixed", memo="Both")
    coding.flag(assignment=one)
    finish(one, "mixed", "")

    assert coding.undo(assignment=one, by=by).label == "Finished"
    assert one.coder.codings.get().value == "mixed"
    assert not first(task).finished_at
    coding.undo(assignment=one, by=by)
    assert not first(task).flagged
    coding.undo(assignment=one, by=by)
    coded = one.coder.codings.get()
    assert (coded.value, coded.confidence, coded.memo) == ("supports", "high", "")
    coding.undo(assignment=one, by=by)
    assert not StanceCoding.objects.exists()
    with pytest.raises(ValidationError, match="nothing to undo"):
        coding.undo(assignment=one, by=by)

    finish(one)
    finish(other)
    with pytest.raises(ValidationError, match="compared with others"):
        coding.undo(assignment=one, by=by)
    assert coding.last_action(other) != coding.last_action(one)


def test_compared_coding_stays_until_its_entry_changes_meaning() -> None:
    task = dealt()
    one, other = first(task), first(task, 1)
    finish(one, "supports", "")
    finish(other, "criticises", "")
    one.refresh_from_db()

    [refusal] = save(one, "criticises").refused.values()
    assert "compared with others" in refusal.messages[0]
    subject = task.targets.order_by("label")[0]
    with pytest.raises(ValidationError, match="stays as it is"):
        stances.tag(quote=one.quote, target=subject, value="mixed", by=user_of(one))

    codebook.change_entry(
        target=subject, by=task.created_by, why="Asked", change="meaning", when_to_use="More."
    )
    assert save(one, "criticises").refused == {}
    assert Stance.objects.get(target=subject).basis == "unanimous"


def test_withdrawn_quote_is_not_coded() -> None:
    one = first(dealt())
    review.withdraw(quote=one.quote, by=factories.user(), reason="error")

    with pytest.raises(ValidationError, match="now withdrawn"):
        save(one, "supports")


def test_closed_round_compares_what_is_finished() -> None:
    task = dealt(2)
    one = first(task)
    finish(one, "supports", "")
    with pytest.raises(ValidationError, match="Say why"):
        coding.close(task=task, by=task.created_by, why=" ")

    coding.close(task=task, by=task.created_by, why="The second coder left")

    assert Stance.objects.get(value="supports").basis == "single"
    assert not task.assignments.filter(released_at__isnull=True).exists()
    with pytest.raises(ValidationError, match="closed already"):
        coding.close(task=task, by=task.created_by, why="Again")


def test_training_answers_are_scored_and_never_counted() -> None:
    task = dealt(2, is_training=True)
    one = first(task)
    subject, claim = task.targets.order_by("label")
    gold = {"task": task, "quote": one.quote, "by": factories.user()}
    coding.set_gold(**gold, target=subject, value="supports", why="Praise, in so many words.")
    with pytest.raises(ValidationError, match="Say why"):
        coding.set_gold(**gold, target=claim, value="denies", why="")

    coding.answer(assignment=one, values={subject.pk: "criticises", claim.pk: "denies"})

    rows = [
        (score.target, score.right, score.answered)
        for score in coding.scores(task=task, coder=one.coder_id, targets=[subject, claim])
    ]
    assert rows == [(subject, 0, 1), (claim, 0, 0)]
    assert first(task).finished_at
    assert TrainingAnswer.objects.count() == 2
    assert not StanceCoding.objects.exists()
    assert not Stance.objects.exists()
    with pytest.raises(ValidationError, match="seen the right answer"):
        coding.answer(assignment=one, values={subject.pk: "supports"})
    # The same quotes can still be coded for real.
    assert dealt(quotes=Quote.objects.all(), targets=list(Target.objects.all())).assignments.count()


def test_adjudicators_own_coding_is_never_overwritten() -> None:
    quote, target, editor = factories.quote(), factories.target(), factories.user()
    factories.stance(quote, target, "supports", by=editor)
    factories.stance(quote, target, "criticises")
    before = list(StanceCoding.objects.order_by("pk").values())

    stance = stances.tag(
        quote=quote, target=target, value="mixed", by=editor, rationale="Both.", adjudicated=True
    )

    assert (stance.value, stance.basis) == ("mixed", "adjudicated")
    assert list(StanceCoding.objects.order_by("pk").values()) == before
    assert StanceCoding.objects.published().count() == 2


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (CodingTask, {"name": ""}),
        (CodingTask, {"overlap": 101}),
        (CodingTask, {"coders_each": 1}),
        (CodingAssignment, {"position": 0}),
        (CodingAssignment, {"position": 2}),
        (CodingAssignment, {"quote": 1}),
        (TrainingAnswer, {"codebook_version": 0}),
    ],
)
def test_database_refuses_what_no_round_can_be(model: Any, values: dict[str, Any]) -> None:
    task = dealt(2, is_training=True)
    one = first(task)
    coding.answer(assignment=one, values={task.targets.order_by("label")[0].pk: "supports"})
    row: Any = {CodingTask: task, CodingAssignment: one, TrainingAnswer: one.answers.get}[model]
    key = (row() if callable(row) else row).pk
    if "quote" in values:
        values = {"quote": one.coder.assignments.get(position=2).quote_id}

    with pytest.raises(IntegrityError), transaction.atomic():
        model._base_manager.filter(pk=key).update(**values)
