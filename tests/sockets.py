"""Tests reach this machine only: any other address is an error, not a slow test."""

import socket
from typing import Any

import pytest

LOCAL = ("127.0.0.1", "localhost", "::1", "")


class SocketBlockedError(RuntimeError):
    """A test tried to reach another machine."""


def check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in LOCAL:
        raise SocketBlockedError(f"A test tried to reach {name!r}. Tests use 127.0.0.1 only.")


def block(patch: pytest.MonkeyPatch) -> None:
    """Refuse connections and look-ups of names that are not this machine's.

    PostgreSQL's client and the browser do not come through here; they are given local addresses.
    """
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            check(address[0])
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            check(address[0])
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host)
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
