"""The process in which files are parsed: python -m quotes.parsing.child DESCRIPTOR [FORMAT...].

It takes requests on a socket, each with an open file and a pipe, and forks for every one. The
fork sets its own limits, parses, writes what it found to the pipe and ends; so one document can
neither reach another nor the process that asked. Nothing of the site is imported here: no
settings, no database, no secrets in the environment (see `sandbox`).
"""

import contextlib
import json
import os
import resource
import signal
import socket
import sys
import warnings
from importlib import import_module

from quotes.parsing.formats import read
from quotes.parsing.records import (
    COLLECTION_BYTES_PER_SECOND,
    CPU_SECONDS,
    MEMORY_BYTES,
    ReadOptions,
    Reason,
    RefusedError,
)
from quotes.parsing.wire import encode

REQUEST_BYTES = 64 * 1024


def limit(size: int) -> None:
    """Give the process its limits; no file may be written at all."""
    seconds = CPU_SECONDS + size // COLLECTION_BYTES_PER_SECOND
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def parse(file: int, pipe: int, request: dict[str, str]) -> None:
    """Read one file and write a message for each thing found in it."""
    columns = json.loads(request["columns"])
    options = ReadOptions(request["format"], request["encoding"], columns)
    try:
        with os.fdopen(file, "rb") as opened:
            for message in read(opened, request["format"], options):
                send(pipe, encode(message))
    except RefusedError as refused:
        send(pipe, encode(refused))
    except MemoryError:
        send(pipe, encode(RefusedError(Reason.TOO_MUCH_MEMORY)))
    except RecursionError:
        send(pipe, encode(RefusedError(Reason.TOO_DEEP)))
    except Exception as error:  # noqa: BLE001  # the libraries raise what they like
        # On a damaged file, that is; a bug of ours shows by its name.
        send(pipe, encode(RefusedError(Reason.DAMAGED, type(error).__name__)))


def send(pipe: int, line: bytes) -> None:
    """Write a whole line; a reader that has gone away ends the process."""
    view = memoryview(line)
    while view:
        view = view[os.write(pipe, view) :]


def serve(requests: socket.socket) -> None:
    """Fork for each request until the asking process closes the socket."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(requests, REQUEST_BYTES, 2)
        if not data:
            return
        file, pipe = descriptors
        process = os.fork()
        if process == 0:
            requests.close()
            limit(os.fstat(file).st_size)
            parse(file, pipe, json.loads(data))
            os._exit(0)
        os.close(file)
        os.close(pipe)
        _, status = os.waitpid(process, 0)
        requests.sendall(f"{status}\n".encode())


def main(arguments: list[str]) -> None:
    # Ctrl-C reaches the whole group; the asking process decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    for format in arguments[1:]:
        import_module(f"quotes.parsing.{format}")
    with socket.socket(fileno=int(arguments[0])) as requests, contextlib.suppress(OSError):
        serve(requests)


if __name__ == "__main__":
    main(sys.argv[1:])
