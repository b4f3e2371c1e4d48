"""A request that is torn off is not a shorter one.

Servers hand on what arrived of a body, and Django takes what it is given: half of a pasted article
would be stored as the whole. A proxy that buffers never passes such a request on; this holds
without one.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBody:
    """A body (PEP 3333, "Input and Error Streams") of a length in bytes that was promised.

    Reading raises ConnectionResetError, which Django knows as a broken upload, where it ends early.
    """

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._missing = body, length

    def read(self, size: int | None = -1) -> bytes:
        return self._counted(self._body.read, size, b"")

    def readline(self, size: int | None = -1) -> bytes:
        return self._counted(self._body.readline, size, b"\n")

    def _counted(self, read: Callable[[int], bytes], size: int | None, end: bytes) -> bytes:
        wanted = self._missing if size is None or size < 0 else min(size, self._missing)
        data = read(wanted)
        if len(data) < wanted and not (end and data.endswith(end)):
            raise ConnectionResetError(f"{self._missing - len(data)} bytes of the body are missing")
        self._missing -= len(data)
        return data


def whole_bodies(application: Application) -> Application:
    """Return the application with bodies that can't be torn off unnoticed."""

    def checked(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length):
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return checked
