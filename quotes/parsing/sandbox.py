"""The asking side: hand a file to the process that parses, and take what it says with care."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from quotes.parsing.formats import Item
from quotes.parsing.records import (
    TEXT_BYTES,
    WALL_SECONDS,
    ReadOptions,
    Reason,
    RefusedError,
)
from quotes.parsing.wire import Message, decode

PROJECT = Path(__file__).resolve().parents[2]
# The longest text with each character escaped, and room for what is said about it.
LONGEST_LINE = 3 * TEXT_BYTES
CHUNK = 256 * 1024


class Sandbox:
    """A process that parses, started when first needed and anew after it had to be ended.

    Use it in a `with` statement, one for a run over many files. It is not shared by threads.
    """

    def __init__(self, *, preload: Sequence[str] = (), wall_seconds: float = WALL_SECONDS) -> None:
        self.preload, self.wall_seconds = tuple(preload), wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, file: int, format: str, options: ReadOptions) -> Iterator[Item]:
        """Yield what an open file holds; raises RefusedError with the reason when it is refused.

        The time limit counts only while this waits, so a caller may take its time between items.
        """
        requests = self._start()
        request = {"format": format, "encoding": options.encoding}
        request["columns"] = json.dumps(options.columns)
        pipe, other_end = os.pipe()
        refused: RefusedError | None = None
        try:
            try:
                socket.send_fds(requests, [json.dumps(request).encode()], [file, other_end])
            finally:
                os.close(other_end)
            for message in self._messages(pipe):
                if isinstance(message, RefusedError):
                    refused = message
                else:
                    yield message
            self._check_end(requests)
        except BaseException:
            # Whatever is still parsing must not outlive the question.
            self.close()
            raise
        finally:
            os.close(pipe)
        if refused is not None:
            raise refused

    def close(self) -> None:
        """End the process and everything it started."""
        if self._requests is not None:
            self._requests.close()
        if self._process is not None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._process.wait()
        self._process = self._requests = None

    def _start(self) -> socket.socket:
        if self._requests is not None and self._process and self._process.poll() is None:
            return self._requests
        self.close()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "quotes.parsing.child", str(theirs.fileno()), *self.preload],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT,
                # Nothing of ours: neither secrets nor a database's address.
                env={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
            )
        self._requests = ours
        return ours

    def _messages(self, pipe: int) -> Iterator[Message]:
        """Yield each message as it arrives, until the parser closes its end."""
        waiting = bytearray()
        while chunk := self._read(pipe):
            *ends, rest = chunk.split(b"\n")
            for end in ends:
                waiting += end
                yield self._decoded(waiting)
                waiting.clear()
            waiting += rest
            if len(waiting) > LONGEST_LINE:
                raise RefusedError(Reason.TOO_LONG)

    @staticmethod
    def _decoded(line: bytearray) -> Message:
        try:
            return decode(line)
        except ValueError as error:
            raise RefusedError(Reason.CRASHED, "its answer can't be read") from error

    def _read(self, pipe: int) -> bytes:
        ready, _, _ = select.select([pipe], [], [], self.wall_seconds)
        if not ready:
            raise RefusedError(Reason.TOO_SLOW, f"{self.wall_seconds:g} seconds")
        return os.read(pipe, CHUNK)

    def _check_end(self, requests: socket.socket) -> None:
        """Raise the reason when the parser did not end by itself."""
        ready, _, _ = select.select([requests], [], [], self.wall_seconds)
        said = requests.recv(64) if ready else b""
        if not said.strip().isdigit():
            raise RefusedError(Reason.CRASHED)
        status = int(said)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            raise RefusedError(Reason.TOO_SLOW, "processor time")
        if status:
            raise RefusedError(Reason.CRASHED, f"status {status}")
