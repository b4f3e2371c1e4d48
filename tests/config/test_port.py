"""`make run` says why it cannot use a port."""

import socket

import pytest

from config.port import refusal


@pytest.mark.parametrize("word", ["", "abc", "0", "65536", "-1", "٨٠٠٠"])
def test_what_is_no_port_is_refused(word: str) -> None:
    assert refusal(word).startswith(f"PORT is {word!r}")


def test_a_taken_port_is_refused_and_then_free_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

        assert refusal(port) == (
            f"Port {port} is in use by another program. Try another: make run PORT=8001"
        )
    assert refusal(port) == ""
