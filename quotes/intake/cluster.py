"""Extraction on a Dask cluster: reading and storing stay here, texts go out, findings come back.

Documents are stored in the order in which they were read, so that what is stored is what one
machine would have stored. A worker needs this program's code and no database.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any, Self, TypeVar

from base.pool import WorkerError
from quotes.extraction import Extraction, extract
from quotes.parsing import Reason, RefusedError

# Documents out at once for each thread of the cluster: none is idle, and few wait here.
AHEAD = 4
PATIENCE = 30  # seconds until a first worker is there
T = TypeVar("T")


class Cluster:
    """A connection to the scheduler at an address; WorkerError when there is none."""

    def __init__(self, address: str) -> None:
        try:
            import distributed  # an optional extra
        except ImportError as error:
            raise WorkerError("Dask is not installed: pip install '.[cluster]'") from error
        self._library: Any = distributed
        self._address = address
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        try:
            client = self._library.Client(self._address, timeout=PATIENCE)
            self._client = self._stack.enter_context(client)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError) as error:
            self._stack.close()
            raise WorkerError(f"no Dask scheduler with a worker at {self._address}") from error
        self.ahead = AHEAD * sum(self._client.nthreads().values())
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def each(
        self, items: Iterable[T], ask: Callable[[T], dict[str, Any] | None]
    ) -> Iterator[tuple[T, Callable[[], Extraction] | None]]:
        """Yield each item, in order, with what hands over or raises what was found in its text.

        `ask` returns the arguments of `extract`, or None for an item that has no text.
        """
        out: deque[tuple[T, Callable[[], Extraction] | None]] = deque()
        for item in items:
            arguments = ask(item)
            out.append((item, None if arguments is None else self._sent(arguments)))
            if len(out) > self.ahead:
                yield out.popleft()
        yield from out

    def _sent(self, arguments: dict[str, Any]) -> Callable[[], Extraction]:
        future = self._client.submit(extract, pure=False, **arguments)

        def found() -> Extraction:
            try:
                result: Extraction = future.result()
            except self._library.KilledWorker as error:
                raise RefusedError(Reason.CRASHED, "its Dask workers were ended") from error
            except Exception as error:
                raise WorkerError(f"{type(error).__name__}: {error}") from error
            return result

        return found
