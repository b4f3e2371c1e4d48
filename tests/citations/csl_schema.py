"""The fields of CSL-JSON that we write, as a JSON schema; unknown fields and empty ones fail."""

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "pattern": r"^[^\n\r\t]*$"}
PART = {"type": "integer", "minimum": 1, "maximum": 9999}
DATE: dict[str, Any] = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": PART},
        },
        "season": {"enum": [1, 2, 3, 4]},
        "circa": {"const": True},
    },
}
NAMES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": dict.fromkeys(
            ("family", "given", "non-dropping-particle", "suffix", "literal"), TEXT
        ),
    },
}
TYPES = [
    *("article-newspaper", "article-magazine", "webpage", "post-weblog", "interview"),
    *("broadcast", "speech"),
]
SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(
                ("id", "title", "container-title", "genre", "language", "page", "URL"), TEXT
            ),
            **dict.fromkeys(("call-number", "abstract", "note"), TEXT),
            "type": {"enum": TYPES},
            "author": NAMES,
            "interviewer": NAMES,
            "issued": DATE,
            "accessed": DATE,
        },
    },
}
