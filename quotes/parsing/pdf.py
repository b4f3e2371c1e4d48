"""A PDF: lines on pages, put together into paragraphs.

A PDF holds no paragraphs, only places of letters; pdfminer groups them into lines and boxes. What
is added here: words divided at line ends, paragraphs that go on over a page, running heads.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from quotes.parsing.assemble import assemble
from quotes.parsing.records import PDF_PAGES, ParsedDocument, ReadOptions, Reason, RefusedError
from quotes.spans import QUOTATION_MARKS

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_DIVIDED = re.compile(r"(?<=[a-z])[-\u2010\u00ad]$")
_ENDS = tuple(".!?:" + QUOTATION_MARKS + ")")
# A line that stands on so many pages is a running head or foot, page numbers aside.
REPEATED = 3
LONGEST_WORD = 60


def parse(data: bytes, options: ReadOptions) -> ParsedDocument:
    """Return the document of a PDF; one without text, such as a scan, is refused."""
    logging.disable(logging.CRITICAL)
    if b"%PDF-" not in data[:1024]:
        raise RefusedError(Reason.DAMAGED, "not a PDF")
    _check_pages(data)
    pages = [_boxes(page) for page in extract_pages(BytesIO(data), laparams=LAParams())]
    paragraphs, sizes = _paragraphs(pages)
    text = "\n\n".join(paragraphs)
    if not text.strip():
        raise RefusedError(Reason.NO_TEXT, "a scan?" if pages else "no pages")
    if len(_UNMAPPED.findall(text)) * 50 > len(text) or "\ufffd" in text:
        raise RefusedError(Reason.ENCODING, "its fonts do not say which letters they draw")
    return assemble(text, format="pdf", encoding="pdf", headline=_headline(paragraphs, sizes))


def _check_pages(data: bytes) -> None:
    """Refuse what has too many pages or a password, before any page is laid out."""
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
    except PDFEncryptionError as error:
        raise RefusedError(Reason.ENCRYPTED) from error
    for number, _ in enumerate(PDFPage.create_pages(document), start=1):
        if number > PDF_PAGES:
            raise RefusedError(Reason.TOO_MANY_PAGES)


def _boxes(page: LTPage) -> list[tuple[list[str], float]]:
    """Return the lines of each text box of a page, with the size of its first letters."""
    found = []
    for box in page:
        if isinstance(box, LTTextBox):
            lines = [line for line in box if isinstance(line, LTTextLine)]
            words = [" ".join(line.get_text().split()) for line in lines]
            if any(words):
                found.append(([line for line in words if line], _size(lines)))
    return found


def _size(lines: Sequence[LTTextLine]) -> float:
    return max(
        (char.size for line in lines for char in line if isinstance(char, LTChar)), default=0
    )


def _paragraphs(
    pages: Sequence[Sequence[tuple[list[str], float]]],
) -> tuple[list[str], list[float]]:
    """Join the boxes of all pages into paragraphs, and give each the size of its letters."""
    heads = Counter(head for page in pages for head in {_head(lines) for lines, _ in page})
    words = _whole_words(line for page in pages for lines, _ in page for line in lines)
    paragraphs: list[str] = []
    sizes: list[float] = []
    for page in pages:
        goes_on = True
        for lines, size in page:
            if heads[_head(lines)] >= REPEATED and len(lines) <= 2:
                continue
            text = _join(lines, words)
            if goes_on and paragraphs and _continues(paragraphs[-1], text):
                paragraphs[-1] = _join([paragraphs[-1], text], words)
            else:
                paragraphs.append(text)
                sizes.append(size)
            goes_on = False
    return paragraphs, sizes


def _head(lines: Sequence[str]) -> str:
    """Return what a running head has in common on all pages."""
    return re.sub(r"\d+", "#", " ".join(lines[:2]))[:200]


def _continues(before: str, text: str) -> bool:
    """Does the first paragraph of a page go on with the last one of the page before?"""
    return not before.endswith(_ENDS) and text[:1].islower()


def _whole_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of the document, which tell how a divided one is written."""
    return frozenset(word for line in lines for word in re.findall(r"[\w-]+", line.lower()))


def _join(lines: Sequence[str], words: frozenset[str]) -> str:
    """Join lines; a hyphen at the end goes if the document writes the word without elsewhere."""
    joined = lines[0]
    for line in lines[1:]:
        divided = _DIVIDED.search(joined)
        if not divided or not line[:1].islower():
            joined = f"{joined} {line}"
            continue
        first = re.split(r"[^\w-]", joined[: divided.start()][-LONGEST_WORD:])[-1]
        second = re.split(r"[^\w-]", line, maxsplit=1)[0]
        with_hyphen = f"{first}-{second}".lower() in words
        without = f"{first}{second}".lower() in words or divided.group() == "\u00ad"
        keep = with_hyphen or not without
        joined = f"{joined[: divided.start()]}{'-' if keep else ''}{line}"
    return joined


def _headline(paragraphs: Sequence[str], sizes: Sequence[float]) -> str:
    """Return the paragraph in the largest letters near the top, if it is larger than the rest."""
    top = list(_near_top(paragraphs, sizes))
    if len(top) < 2:
        return ""
    largest = max(size for size, _ in top)
    usual = sorted(sizes)[len(sizes) // 2]
    return next(words for size, words in top if size == largest) if largest > usual * 1.15 else ""


def _near_top(paragraphs: Sequence[str], sizes: Sequence[float]) -> Iterator[tuple[float, str]]:
    for words, size in list(zip(paragraphs, sizes, strict=True))[:8]:
        if len(words) <= 300:
            yield size, words
