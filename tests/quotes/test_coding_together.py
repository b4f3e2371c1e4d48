"""Four coders saving at once: nothing lost, nothing failed, on either database."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from quotes import coding
from quotes.coding import Entered
from quotes.models import CodingAssignment, Quote, Stance, StanceCoding
from tests import factories, hard
from tests.coding import dealt, user_of

CODERS = 4
SECONDS = hard.times(2, 60)
QUOTES = 25


@pytest.mark.hard
@pytest.mark.django_db(transaction=True)
def test_four_coders_saving_at_once_lose_nothing() -> None:
    quotes = [factories.quote() for _ in range(QUOTES)]
    task = dealt(
        0,
        quotes=Quote.objects.filter(pk__in=[quote.pk for quote in quotes]),
        coders=[factories.user("coder") for _ in range(CODERS)],
        coders_each=CODERS,
    )
    targets = list(task.targets.order_by("label"))
    until = time.monotonic() + SECONDS
    acknowledged: dict[tuple[int, int], int] = {}

    def work(coder: int) -> None:
        try:
            while time.monotonic() < until:
                for place in range(1, QUOTES + 1):
                    _once(task.pk, coder, place, targets, acknowledged)
                    if time.monotonic() >= until:
                        break
            for place in range(1, QUOTES + 1):
                _finish(task.pk, coder, place, targets)
        finally:
            connections.close_all()

    keys = sorted(set(task.assignments.values_list("coder", flat=True)))
    with ThreadPoolExecutor(CODERS) as pool:
        # A failure in one of them fails the test here.
        list(pool.map(work, keys))

    found = {
        (row.coder_id, row.quote_id): row.revision
        for row in StanceCoding.objects.filter(target=targets[0])
    }
    # Each save that was answered is there: a coding's revision counts them.
    assert {key: found[key] for key in acknowledged} == acknowledged
    assert sum(acknowledged.values()) >= CODERS
    assert StanceCoding.objects.count() == CODERS * QUOTES * 2
    # The last of four to finish a quote released it, once.
    assert not task.assignments.filter(released_at__isnull=True).exists()
    assert Stance.objects.count() == QUOTES * 2
    if hard.HARD:
        print(f"{connection.vendor}: {sum(acknowledged.values())} saves in {SECONDS} s")


def _assignment(task: int, coder: int, place: int) -> CodingAssignment:
    rows = CodingAssignment.objects.select_related("task", "coder__user", "quote")
    return rows.get(task=task, coder=coder, position=place)


def _entered(assignment: CodingAssignment, targets: list[Any], value: str) -> dict[int, Entered]:
    own = {row.target_id: row for row in assignment.coder.codings.filter(quote=assignment.quote)}
    found = {}
    for target, wanted in ((targets[0], value), (targets[1], "")):
        row = own.get(target.pk)
        found[target.pk] = Entered(
            wanted or (row.value if row else ""), row.revision if row else 0, target.version
        )
    return found


def _once(
    task: int, coder: int, place: int, targets: list[Any], acknowledged: dict[tuple[int, int], int]
) -> None:
    assignment = _assignment(task, coder, place)
    key = (coder, assignment.quote_id)
    value = ("supports", "criticises", "mixed")[acknowledged.get(key, 0) % 3]
    entered = _entered(assignment, targets, value)
    saved = coding.save(assignment=assignment, entered=entered, by=user_of(assignment))
    assert not saved.refused
    assert saved.changed
    acknowledged[key] = acknowledged.get(key, 0) + 1


def _finish(task: int, coder: int, place: int, targets: list[Any]) -> None:
    assignment = _assignment(task, coder, place)
    entered = _entered(assignment, targets, "")
    saved = coding.finish(assignment=assignment, entered=entered, by=user_of(assignment))
    assert not saved.refused
