"""Say in plain words that a port cannot be used, before anything else is started.

Used by `make run`: python -m config.port 8000
"""

import socket
import sys


def refusal(word: str) -> str:
    """Return why the server cannot listen on this port of 127.0.0.1, or an empty text if it can."""
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word) <= 65535:
        return f"PORT is {word!r}: it must be from 1 to 65535, for example: make run PORT=8001"
    with socket.socket() as probe:
        # As the server itself does: a port that a stopped server has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(word)))
        except PermissionError:
            return f"Port {word} needs the administrator. Try another: make run PORT=8001"
        except OSError:
            return f"Port {word} is in use by another program. Try another: make run PORT=8001"
    return ""


if __name__ == "__main__":
    sys.exit(refusal(sys.argv[1] if len(sys.argv) > 1 else "") or 0)
