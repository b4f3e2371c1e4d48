"""The canonical text of a document: the one form that every offset in the database refers to.

A quote is a pair of offsets into its article, so two readers of one file must always arrive at the
same characters. That is settled here once, before the first offset is taken.
"""

import unicodedata

BYTE_ORDER_MARK = "\ufeff"


class TextRefusedError(ValueError):
    """The document cannot be stored as text that both databases give back unchanged."""


def canonical_text(data: bytes) -> str:
    """Decode a document strictly as UTF-8 and bring it into canonical form.

    Other encodings are refused, not guessed: one wrong guess puts words into a record that nobody
    printed. A leading byte order mark belongs to the encoding, not to the text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextRefusedError(
            f"not UTF-8: byte {data[error.start]:#04x} at offset {error.start}; "
            "convert the document to UTF-8 first"
        ) from error
    return normalise(text.lstrip(BYTE_ORDER_MARK))


def normalise(text: str) -> str:
    """Return the text with composed characters (NFC) and LF line ends; refuse what no table holds.

    Applying it twice changes nothing. Everything else stays as printed: no-break spaces, curly and
    straight marks, invisible characters.
    """
    if (at := text.find("\x00")) >= 0:
        # SQLite's substr() stops at NUL and PostgreSQL cannot hold it, so offsets would not agree.
        raise TextRefusedError(f"contains a NUL character at offset {at}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TextRefusedError(f"contains half a character at offset {error.start}") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
