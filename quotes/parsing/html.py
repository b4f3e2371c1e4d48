"""A saved web page: trafilatura tells the article from its furniture; nothing is fetched.

The words are the page's own, character for character, white space aside: trafilatura's cleaning
would turn no-break spaces into plain ones, so these travel through it as placeholders.
"""

import re
import sys

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from quotes.parsing.assemble import assemble
from quotes.parsing.encodings import decode
from quotes.parsing.page_data import read_page_data
from quotes.parsing.records import DEPTH, ParsedDocument, ReadOptions, Reason, RefusedError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_XML_LINE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# Numbers that mean Windows-1252 wherever they stand, by the HTML standard.
_C1_REFERENCE = re.compile(r"&#(?:x0*([89][0-9a-f])|0*(1[2-5]\d));?", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)
_TWO_BREAKS = re.compile(r"<br\s*/?>(?:\s{0,200}<br\s*/?>){1,50}", re.IGNORECASE)
_BLOCKS = {"p", "head", "quote", "item", "list", "row", "table", "code", "main", "body", "div"}


def parse(data: bytes, options: ReadOptions) -> ParsedDocument:
    """Return the article of a page; raises RefusedError when none is found."""
    declared = options.encoding or declared_charset(data)
    source, encoding, warnings = decode(data, declared)
    source = _XML_LINE.sub("", _C1_REFERENCE.sub(_western_character, source), count=1)
    if any(map(_names_nothing, _REFERENCE.finditer(source))):
        raise RefusedError(Reason.ENCODING, "a character reference that names no character")
    space, gap = _placeholders(source)
    kept = source.replace("\xa0", space).replace("&nbsp;", space).replace("&#160;", space)
    tree = _tree(_TWO_BREAKS.sub(f"<br>{gap}<br>", kept))
    page = read_page_data(tree, space)
    text = "\n\n".join(_paragraphs(_article(tree), gap)).replace(space, "\xa0")
    if text.count("\ufffd") > source.count("\ufffd") + source.lower().count("&#xfffd;"):
        raise RefusedError(Reason.ENCODING, "characters were lost in reading")
    return assemble(
        _with_headline(text, page.headline),
        format="html",
        encoding=encoding,
        warnings=warnings,
        **page._asdict(),
    )


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page names in its first kilobytes, or nothing."""
    match = _XML_CHARSET.search(data[:300]) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def _western_character(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    if not 128 <= number <= 159:
        return match.group()
    try:
        return bytes([number]).decode("cp1252")
    except UnicodeDecodeError:
        return match.group()


def _names_nothing(match: re.Match[str]) -> bool:
    """Is this a reference that the standard has replaced? We do not replace."""
    digits = (match[1] or match[2]).lstrip("0")
    number = int(digits or "0", 16 if match[1] else 10) if len(digits) <= 8 else sys.maxunicode + 1
    return number == 0 or 0xD800 <= number <= 0xDFFF or number > sys.maxunicode


def _placeholders(source: str) -> tuple[str, str]:
    """Return two characters for private use that the page does not use."""
    used = set(source)
    first, second = [chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used][:2]
    return first, second


def _tree(source: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(
        huge_tree=True, remove_comments=False, remove_pis=True, no_network=True
    )
    try:
        tree = lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Reason.NO_TEXT) from error
    _check_depth(tree)
    return tree


def _check_depth(tree: lxml_html.HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH:
            raise RefusedError(Reason.TOO_DEEP, f"more than {DEPTH} elements")


def _article(tree: lxml_html.HtmlElement) -> etree._Element:
    """Return the article's part of the page, as trafilatura sees it."""
    found = bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True
    )
    body = getattr(found, "body", None)
    if body is None or not "".join(body.itertext()).strip():
        raise RefusedError(Reason.NO_TEXT)
    return body


def _paragraphs(body: etree._Element, gap: str) -> list[str]:
    """Read the simplified tree; a double line break within an element ends a paragraph."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            parts += ["\n\n" if is_block else "\n" if element.tag == "lb" else ""]
            parts += [" ".join(re.split(r"\s", element.text or ""))]
        else:
            parts += ["\n\n" if is_block else "\t" if element.tag == "cell" else ""]
            parts += [" ".join(re.split(r"\s", element.tail or ""))]
    lines = "".join(parts).replace(gap, "\n\n").split("\n")
    clean = "\n".join(" ".join(line.split()) for line in lines)
    return [part.strip("\n") for part in re.split(r"\n{2,}", clean) if part.strip("\n")]


def _with_headline(text: str, headline: str) -> str:
    """Put the headline first: quotes stand in headlines too, and it is printed above the rest."""
    first = text.split("\n\n", 1)[0]
    if not headline or " ".join(first.split()).casefold() == headline.casefold():
        return text
    paragraphs = text.split("\n\n")
    if headline in paragraphs[:6]:
        return text
    return f"{headline}\n\n{text}"
