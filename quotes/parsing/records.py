"""What comes out of a parser: a document, or a refusal with its reason. Also every limit."""

from dataclasses import dataclass, field
from enum import StrEnum

# --- Limits: each is on docs/intake.md, and each has a reason below -----------------------------

FILE_BYTES = 20 * 1024 * 1024  # one document
COLLECTION_BYTES = 1024 * 1024 * 1024  # one CSV or JSONL file: it is read row by row
TEXT_BYTES = 5 * 1024 * 1024  # of canonical text, in UTF-8
PDF_PAGES = 500
DEPTH = 400  # elements within elements
MEMORY_BYTES = 1024 * 1024 * 1024  # address space of the process that parses
CPU_SECONDS = 10
# A collection file may take longer, by its size.
COLLECTION_BYTES_PER_SECOND = 2 * 1024 * 1024
WALL_SECONDS = 15  # without a word from the process that parses


class Reason(StrEnum):
    """Why a document is refused: the stored words of reports."""

    UNSUPPORTED = "unsupported_format"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_QUOTES = "too_many_quotes"
    TOO_DEEP = "too_deep"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    ENCODING = "encoding"
    NUL = "nul_character"
    BINARY = "binary"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    ARCHIVE = "unsafe_archive"
    ENTITIES = "unsafe_xml"
    NOT_A_FILE = "not_a_file"
    OUTSIDE = "outside_folder"
    UNREADABLE = "unreadable"
    ROW = "bad_row"
    COLUMN = "bad_column"
    METADATA = "bad_metadata"
    CRASHED = "crashed"


SENTENCES: dict[Reason, str] = {
    Reason.UNSUPPORTED: "This is none of the formats that can be read: "
    "txt, html, pdf, docx, csv, jsonl.",
    Reason.EMPTY: "There is nothing in it.",
    Reason.TOO_LARGE: "The file is larger than 20 MB (a collection: 1 GB).",
    Reason.TOO_LONG: "The text is longer than 5 MB.",
    Reason.TOO_MANY_PAGES: "It has more than 500 pages.",
    Reason.TOO_MANY_QUOTES: "More than 2,000 quotes were found: this is no single article.",
    Reason.TOO_DEEP: "Its elements are nested too deep.",
    Reason.TOO_SLOW: "Reading it took longer than the time allowed.",
    Reason.TOO_MUCH_MEMORY: "Reading it took more memory than the 1 GB allowed.",
    Reason.ENCODING: "Its encoding can't be told for sure; convert it to UTF-8.",
    Reason.NUL: "It contains a NUL character, which no text has.",
    Reason.BINARY: "It is not text.",
    Reason.ENCRYPTED: "It is protected with a password.",
    Reason.DAMAGED: "It is damaged or not what its name says.",
    Reason.NO_TEXT: "No article text was found in it.",
    Reason.ARCHIVE: "Unpacked it would be far larger than an article.",
    Reason.ENTITIES: "It declares XML entities, which no word processor writes.",
    Reason.NOT_A_FILE: "It is not a regular file.",
    Reason.OUTSIDE: "It lies outside the folder that was given.",
    Reason.UNREADABLE: "It can't be opened.",
    Reason.ROW: "The row is not a record with a text.",
    Reason.COLUMN: "A column that was asked for is not there.",
    Reason.METADATA: "What is said about the document can't be stored.",
    Reason.CRASHED: "The program that reads it broke down.",
}


class RefusedError(Exception):
    """The document can't be taken in; `reason` says why, `detail` where or what exactly."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The reason in words, with its detail."""
        return (
            f"{SENTENCES[self.reason]} ({self.detail})" if self.detail else SENTENCES[self.reason]
        )


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document: its canonical text, and what it prints about itself (empty: not printed)."""

    text: str
    headline: str = ""
    byline: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    """EDTF. Only ever a date that the document prints."""
    published_words: str = ""
    """The words that the date was read from."""
    language: str = ""
    boilerplate: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    format: str = ""
    source: str = ""
    """File name, with the row's number when the file is a collection."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row of a collection that can't be taken in; the others can."""

    source: str
    reason: Reason
    detail: str = ""

    @property
    def sentence(self) -> str:
        return RefusedError(self.reason, self.detail).sentence


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller knows about a file that the file does not say."""

    format: str = ""
    encoding: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """Which column of a collection holds what: {"text": "body", "published": "date"}."""
