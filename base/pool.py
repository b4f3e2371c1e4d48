"""A few processes that share tasks: each has a pipe, gets a task when it is free, ends with us.

The standard library's pools leave processes behind when their maker is killed, and stop altogether
when one of theirs is; an intake of days may do neither.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Self, cast

import django

# Not forked: a copy of this process would share its connections to the database.
_CONTEXT = multiprocessing.get_context("spawn")
PATIENCE = 60  # seconds; what a process still does when the pool is left is one document at most


class WorkerError(Exception):
    """What a process could not deal with; raised where its user sees it."""


class Pool:
    """Processes that call `make(*arguments)` once and the result of that with every task."""

    def __init__(self, size: int, make: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self._start_values = (make, arguments)
        self._members: dict[Connection, SpawnProcess] = {}
        self._size = size

    def __enter__(self) -> Self:
        for _ in range(self._size):
            self._add()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        # What a process is doing it finishes; one that does not is ended. Either way a document is
        # stored or not, never half.
        for pipe in self._members:
            pipe.close()
        end = time.monotonic() + PATIENCE
        for process in self._members.values():
            process.join(max(0, end - time.monotonic()))
            process.kill()
            process.join()
        self._members.clear()

    def map(self, tasks: Iterator[Any]) -> Iterator[tuple[Any, list[Any] | None]]:
        """Yield each task with its result, None when its process was ended from outside.

        A task is taken from `tasks` only when a process is free for it.
        """
        working: dict[Connection, Any] = {}
        free = list(self._members)
        while True:
            # Only as many as are free, and the rest of the tasks is left where it is.
            for pipe, task in zip(free.copy(), tasks, strict=False):
                free.remove(pipe)
                working[self._sent(pipe, task)] = task
            # All may have answered at once, and then there is nothing to wait for.
            if not working:
                return
            for ready in wait(list(working)):
                pipe = cast(Connection, ready)
                task = working.pop(pipe)
                result = self._result(pipe)
                free.append(pipe if pipe in self._members else self._add())
                yield task, result

    def _sent(self, pipe: Connection, task: Any) -> Connection:
        """Hand a task to a process, or to a new one if that was ended while it had nothing to do.

        Return its pipe.
        """
        try:
            pipe.send(task)
        except OSError:
            self._let_go(pipe)
            pipe = self._add()
            pipe.send(task)
        return pipe

    def _result(self, pipe: Connection) -> list[Any] | None:
        """Return what a process answers; one that ended without an answer is let go."""
        try:
            answer = pipe.recv()
        except (EOFError, OSError):
            self._let_go(pipe)
            return None
        if isinstance(answer, BaseException):
            raise answer
        return list(answer)

    def _let_go(self, pipe: Connection) -> None:
        process = self._members.pop(pipe)
        process.kill()  # it answers no more, whatever it may still hold
        process.join()
        pipe.close()

    def _add(self) -> Connection:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        ours.send(self._start_values)
        self._members[ours] = process
        return ours


def _serve(pipe: Connection) -> None:
    """Do tasks until the other end is closed, by its maker or by its maker's death."""
    # Ctrl-C is for the process that hands out the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before anything that stands on models is unpickled.
    django.setup()
    try:
        make, arguments = pipe.recv()
        work = make(*arguments)
        while True:
            pipe.send(_answer(work, pipe.recv()))
    except (EOFError, OSError):
        pass


def _answer(work: Callable[[Any], list[Any]], task: Any) -> list[Any] | BaseException:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001  # whatever it is, the maker is to know
        return WorkerError(f"{type(error).__name__}: {error}")
