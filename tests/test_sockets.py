"""The tests' own guard: nothing reaches another machine."""

import socket

import pytest

from tests.sockets import SocketBlockedError


def test_another_machine_is_refused() -> None:
    with socket.socket() as probe, pytest.raises(SocketBlockedError, match=r"192\.0\.2\.1"):
        probe.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(SocketBlockedError, match="quotes"):
        socket.create_connection(("quotes.example.org", 80))


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
