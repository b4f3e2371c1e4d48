"""A file that was cut is told from a whole one: by HTTP, and by its own last row (F11).

Planted: answered with HTTP/1.0 the cut file looks whole to its reader.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served.server import HOST, PATIENCE, Server
from tests.sites import ROOT, Sites

QUOTES = 4_000
FILL = (
    f"import django; django.setup(); from benchmarks.scale.load import fill; fill({QUOTES}, say=id)"
)


@pytest.fixture
def large(sites: Sites, tmp_path: Path) -> Iterator[Server]:
    """A server with more to send than the buffers between it and its reader hold."""
    site = sites.new()
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=environment, check=True)
    server = Server(site, tmp_path / "log")
    try:
        server.start()
        yield server
    finally:
        server.kill()


def begun(port: int, path: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    """Ask for a file and take its headers only, with little room for what follows."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    connection.sock = socket.socket()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.sock.settimeout(PATIENCE)
    connection.sock.connect((HOST, port))
    connection.request("GET", path)
    return connection, connection.getresponse()


def test_cut_download_is_noticed_and_a_whole_one_says_so(large: Server) -> None:
    path = "/quotes.jsonl?end=1"
    _, headers, content = large.get(path)
    rows = int(headers["X-Total-Count"])
    whole = content.decode().splitlines()
    assert json.loads(whole[-1]) == {"end": True, "rows": rows}
    assert len(whole) == rows + 1 > QUOTES * 0.9

    connection, response = begun(large.port, path)
    start = response.read(100_000)
    for worker in large.workers():
        os.kill(worker, signal.SIGKILL)
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)) as cut:
        response.read()
    connection.close()

    rest = cut.value.partial if isinstance(cut.value, http.client.IncompleteRead) else b""
    assert (start + rest).decode(errors="ignore").splitlines() != whole[:-1]
    assert b'"end":true' not in start + rest
