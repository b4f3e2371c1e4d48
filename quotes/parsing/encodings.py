"""From bytes to text: by what the document declares or strictly proves, never by replacing.

A wrong guess puts characters into the record that nobody printed, so what can't be told is refused.
"""

import codecs
import re

from quotes.parsing.records import Reason, RefusedError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters beyond ASCII, correctly written in UTF-8.
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# What pages say when they mean Windows-1252 (the WHATWG's table of labels).
_WESTERN = {"iso8859-1", "latin-1", "ascii", "cp1252", "us-ascii"}
# UTF-8 read as Windows-1252 and written again as UTF-8: “ becomes â€œ, é becomes Ã©.
_MOJIBAKE = re.compile("â€[œ\u009d™˜“”¦\u201c\u201d]|Ã[©¨¢ª¡³º±\xa0§¶¼]|Â[£\xa0]")
# Not in any text: control characters other than tab, line ends and form feed.
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f]")
_UNLIKELY = "ÐðÞþ×÷¤¦¨¯¸¹²³µ¶¬±¼½¾¡¿ªº"
_INSIDE_WORD = re.compile(f"(?<=[A-Za-z])[{_UNLIKELY}](?=[A-Za-z])")


def decode(data: bytes, declared: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Return the text, the encoding it was in, and warnings; raises RefusedError.

    In this order: a byte order mark, strict UTF-8, what the document declares, Windows-1252 if
    the result reads like it.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(_strict(data, name), name.removesuffix("-sig"))
    codec = _known(declared)
    if codec and codec not in _WESTERN and codec != "utf-8":
        return _checked(_strict(data, codec), codec)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, codec, error)
    warnings: tuple[str, ...] = ()
    if codec in _WESTERN and codec not in ("ascii", "us-ascii") and not text.isascii():
        # A page in UTF-8 under a server that says latin-1: valid UTF-8 does not happen by chance.
        warnings = (f"declared as {declared}, but it is UTF-8",)
    return _checked(text, "utf-8", warnings)


def _western(
    data: bytes, codec: str, error: UnicodeDecodeError
) -> tuple[str, str, tuple[str, ...]]:
    """Read as Windows-1252 when that is what it must be."""
    where = f"byte {data[error.start]:#04x} at {error.start}"
    if codec == "utf-8":
        raise RefusedError(Reason.ENCODING, f"declared as UTF-8, but it is not: {where}")
    if 0 in data:
        raise RefusedError(Reason.NUL if data.count(0) < 4 else Reason.BINARY)
    if _CONTROL.search(data.decode("latin-1")):
        raise RefusedError(Reason.BINARY)
    if _UTF8_CHARACTER.search(data):
        raise RefusedError(Reason.ENCODING, f"UTF-8 and another encoding mixed: {where}")
    text = _strict(data, "cp1252")
    if not codec and not _reads_western(text):
        raise RefusedError(Reason.ENCODING, f"neither UTF-8 nor Windows-1252: {where}")
    said = () if codec else ("no encoding declared; read as Windows-1252",)
    return _checked(text, "cp1252", said)


def _reads_western(text: str) -> bool:
    """Say whether the characters beyond ASCII stand where a western language has them."""
    letters = sum(char.isalpha() for char in text)
    high = sum(char > "\x7f" for char in text)
    if high * 4 > letters + 8:
        return False
    return len(_INSIDE_WORD.findall(text)) * 20 <= high


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise RefusedError(Reason.ENCODING, f"not {codec}: {error}"[:200]) from error


def _known(declared: str) -> str:
    """Return the codec for a declared name; an unknown name is as good as none."""
    try:
        info = codecs.lookup(declared.strip()) if declared.strip() else None
    except (LookupError, ValueError):
        return ""
    # Python also calls rot13 and base64 codecs; a document has none of these.
    return info.name if info is not None and getattr(info, "_is_text_encoding", True) else ""


def _checked(
    text: str, encoding: str, warnings: tuple[str, ...] = ()
) -> tuple[str, str, tuple[str, ...]]:
    if (at := text.find("\x00")) >= 0:
        raise RefusedError(
            Reason.NUL if text.count("\x00") < 4 else Reason.BINARY, f"at character {at}"
        )
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise RefusedError(Reason.BINARY)
    if found := _MOJIBAKE.search(text):
        warnings += (f"looks wrongly converted before it came here: “{found.group()}”",)
    if replaced := text.count("\ufffd"):
        warnings += (f"holds {replaced} replacement characters (U+FFFD), as it came",)
    return text, encoding, warnings
