"""How the process that parses speaks: one line of JSON for each document, row or refusal."""

import json
from dataclasses import asdict
from typing import Any

from quotes.parsing.records import ParsedDocument, Reason, RefusedError, RefusedRow

Message = ParsedDocument | RefusedRow | RefusedError


def encode(message: Message) -> bytes:
    """Return a message as one line."""
    if isinstance(message, RefusedError):
        row: dict[str, Any] = {"refused": message.reason, "detail": message.detail}
    elif isinstance(message, RefusedRow):
        row = {"row": asdict(message)}
    else:
        row = {"document": asdict(message)}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def decode(line: bytes | bytearray) -> Message:
    """Return the message of a line; raises ValueError for anything that is none."""
    row = json.loads(line)
    try:
        if "document" in row:
            values = row["document"]
            values["boilerplate"] = tuple((int(a), int(b)) for a, b in values["boilerplate"])
            values["warnings"] = tuple(map(str, values["warnings"]))
            return ParsedDocument(**values)
        if "row" in row:
            return RefusedRow(**{**row["row"], "reason": Reason(row["row"]["reason"])})
        return RefusedError(Reason(row["refused"]), str(row["detail"]))
    except (KeyError, TypeError) as error:
        raise ValueError("not a message of the parsing process") from error
