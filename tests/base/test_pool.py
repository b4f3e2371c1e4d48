"""Processes that share tasks: they answer, are lost, and end with the pool."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from base import pool
from base.pool import Pool, WorkerError

Work = Callable[[Any], list[Any]]


@pytest.fixture(autouse=True)
def a_minute_at_most() -> Iterator[None]:
    """What is tested here once stood still for ever."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def answering(task: str) -> list[Any]:
    if task == "lost":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "broken":
        raise ValueError(task)
    return [task, os.getpid()]


def make() -> Work:
    return answering


def make_lingering() -> Work:
    """What keeps a process from ending by itself."""
    threading.Thread(target=time.sleep, args=[600]).start()
    return answering


def test_lost_task_is_told_and_the_others_are_done() -> None:
    with Pool(2, make, ()) as some:
        found = dict(some.map(iter(["a", "lost", "b", "c"])))

    assert found.pop("lost") is None
    assert [answer[0] for answer in found.values() if answer] == list(found)


def test_process_that_was_ended_while_idle_is_replaced() -> None:
    with Pool(1, make, ()) as one:
        answers = one.map(iter("ab"))
        _, first = next(answers)
        assert first is not None
        os.kill(first[1], signal.SIGKILL)
        while multiprocessing.active_children():
            time.sleep(0.01)
        _, second = next(answers)

    assert second is not None
    assert second[1] != first[1]


def test_map_ends_when_the_last_answers_come_together() -> None:
    """With one process they always do."""
    with Pool(1, make, ()) as one:
        found = [task for task, _ in one.map(iter("abc"))]

    assert found == ["a", "b", "c"]


def test_task_is_taken_only_for_a_process_that_is_free() -> None:
    tasks = iter(range(100))
    with Pool(2, make, ()) as some:
        next(some.map(tasks))

    assert next(tasks) == 2


def test_fault_of_a_process_is_raised_here() -> None:
    with pytest.raises(WorkerError, match="ValueError: broken"), Pool(1, make, ()) as some:
        list(some.map(iter(["broken"])))


def test_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.2)

    with Pool(1, make_lingering, ()) as some:
        [(_, answer)] = some.map(iter(["a"]))

    assert answer is not None
    with pytest.raises(ProcessLookupError):
        os.kill(answer[1], 0)
