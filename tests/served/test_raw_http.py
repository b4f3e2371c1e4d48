"""Bytes that no browser sends: refused, quickly, and never with a fault of ours."""

import errno
import socket
from typing import Any

import pytest

from tests.served.server import HOST, TOKEN, Server
from tests.sites import Site

HEAD = b"Host: 127.0.0.1\r\nConnection: close\r\n"
LONG = b"a" * 1_000_000
WIDE = b"X-A: " + LONG[:65536] + b"\r\n"


def request(line: bytes, headers: bytes = HEAD, body: bytes = b"") -> bytes:
    return line + b" HTTP/1.1\r\n" + headers + b"\r\n" + body


# What is sent, and the statuses that may come back; 0: the connection is closed without one.
SENT = {
    "address of a megabyte": (request(b"GET /quotes?q=" + LONG), {0, 400, 414}),
    "address of 5,000 bytes": (request(b"GET /quotes?q=" + LONG[:5000]), {400, 414}),
    "NUL in the address": (request(b"GET /quotes?q=a%00b"), {200, 400}),
    "raw NUL in the address": (request(b"GET /quo\x00tes"), {0, 400, 404}),
    "bytes that are no UTF-8": (request(b"GET /people/%ff%fe%c0%af"), {400, 404}),
    "raw bytes that are no UTF-8": (request(b"GET /people/\xff\xfe"), {0, 400, 404}),
    "a way out of the folder": (request(b"GET /static/../../etc/passwd"), {400, 404}),
    "an encoded way out": (request(b"GET /static/%2e%2e/%2e%2e/config/settings.py"), {400, 404}),
    "a thousand headers": (request(b"GET /", HEAD + b"X-A: b\r\n" * 1000), {0, 400, 431}),
    "a header of 64 KB": (request(b"GET /", HEAD + WIDE), {0, 400, 431}),
    "two lengths that differ": (
        request(
            b"POST /report",
            HEAD + b"Content-Length: 4\r\nContent-Length: 30\r\n",
            b"0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n",
        ),
        {0, 400},
    ),
    "a length and chunks": (
        request(
            b"POST /report",
            HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            b"0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n",
        ),
        {0, 400},
    ),
    "another host": (request(b"GET /", b"Host: evil.example\r\nConnection: close\r\n"), {400}),
    "a host that is none": (request(b"GET /", b"Host: a b\r\nConnection: close\r\n"), {400}),
    "TRACE": (request(b"TRACE /quotes"), {405}),
    "TRACE of the admin": (request(b"TRACE /admin/login/"), {405}),
    "a method of its own": (request(b"BREW /quotes"), {400, 403, 405}),
    "a line that is none": (b"hello\r\n\r\n", {0, 400}),
    "TLS where none is spoken": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {0, 400}),
    "a header that splits": (request(b"GET /", HEAD + b"X-A: a\x0bb\r\nX B: c\r\n"), {0, 400}),
}


HUNG_UP = (errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN)


def answer(port: int, sent: bytes) -> int:
    """Return the status that comes back, 0 for none; a silence of ten seconds is an error."""
    with socket.create_connection((HOST, port), timeout=10) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            first = connection.recv(64)
        except OSError as error:
            # The server may hang up before everything is sent; it may not be silent.
            if error.errno not in HUNG_UP:
                raise
            return 0
    return int(first.split()[1]) if first.startswith(b"HTTP/") else 0


def test_no_bytes_make_the_server_fail_or_wait(server: Server) -> None:
    wrong = {}
    for name, (sent, allowed) in SENT.items():
        if (status := answer(server.port, sent)) not in allowed:
            wrong[name] = status

    assert wrong == {}
    assert '"status": 5' not in server.said()
    assert server.get("/healthz")[0] == 200


def form(session: str, text: bytes, *, file: bool) -> bytes:
    """Return what a browser sends for a document of an editor who is signed in."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    fields = {b"csrfmiddlewaretoken": TOKEN.encode(), b"headline": b"Torn"}
    body = b"".join(part % (name, b"", value) for name, value in fields.items())
    if file:
        body += part % (b"file", b'; filename="a.txt"\r\nContent-Type: text/plain', text)
    else:
        body += part % (b"text", b"", text)
    body += b"--x--\r\n"
    headers = (
        f"Cookie: session={session}; csrf={TOKEN}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
    )
    return request(b"POST /admin/quotes/article/intake/", HEAD + headers.encode(), body)


@pytest.mark.parametrize("file", [True, False], ids=["file", "pasted"])
def test_upload_that_is_torn_off_leaves_nothing(
    server: Server, collection: Site, people: dict[str, Any], file: bool
) -> None:
    """At every tenth of it; whole, it is taken in."""
    count = "SELECT COUNT(*) FROM quotes_article"
    text = "“The boats were counted,” said Speaker A.\n\n".encode() + b"It rained. " * 20_000
    whole = form(people["sessions"][0], text + str(file).encode(), file=file)
    before, told = collection.values(count), len(server.said())

    answers = {answer(server.port, whole[: len(whole) * tenth // 10]) for tenth in range(1, 10)}

    assert answers <= {0, 400, 403}
    assert collection.values(count) == before
    assert server.get("/healthz")[0] == 200
    assert answer(server.port, whole) == 302
    assert collection.values(count) == [before[0] + 1]
    said = server.said()[told:]
    assert '"status": 5' not in said
    assert "Traceback" not in said
