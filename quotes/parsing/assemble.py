"""The last step of every parser: canonical text, marked furniture, metadata that is clean."""

import re
from collections.abc import Iterable

from quotes.canonical import BYTE_ORDER_MARK, TextRefusedError, normalise
from quotes.parsing.furniture import read_furniture
from quotes.parsing.language import language_of
from quotes.parsing.records import TEXT_BYTES, ParsedDocument, Reason, RefusedError

Ranges = Iterable[tuple[int, int]]
_WEB = re.compile(r"https?://[^\s\x00-\x20\"'<>\\]{3,990}", re.IGNORECASE)
# Controls that turn text around or are not seen: never in a name or a headline.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


def assemble(
    text: str,
    *,
    format: str,
    encoding: str = "",
    warnings: tuple[str, ...] = (),
    ranges: Ranges = (),
    headline: str = "",
    byline: str = "",
    outlet: str = "",
    url: str = "",
    published: str = "",
    published_words: str = "",
    language: str = "",
) -> ParsedDocument:
    """Return the document; what the caller does not know is looked for in the lines of the text.

    `ranges` are furniture that the caller knows of, in offsets of the text as given, which then
    must be canonical already.
    """
    text = canonical(text)
    seen = read_furniture(text)
    return ParsedDocument(
        text=text,
        headline=one_line(headline, 500) or one_line(seen.headline, 500),
        byline=one_line(byline, 300) or one_line(seen.byline, 300),
        outlet=one_line(outlet, 200) or one_line(seen.outlet, 200),
        url=web_address(url),
        published=published or seen.published,
        published_words=one_line(published_words if published else seen.published_words, 200),
        language=language_tag(language) or language_of(text),
        boilerplate=merged([*seen.boilerplate, *ranges]),
        warnings=warnings,
        encoding=encoding,
        format=format,
    )


def canonical(text: str) -> str:
    """Return the text in canonical form; raises RefusedError when it can't be stored."""
    try:
        text = normalise(text.lstrip(BYTE_ORDER_MARK))
    except TextRefusedError as error:
        reason = Reason.NUL if "NUL" in str(error) else Reason.ENCODING
        raise RefusedError(reason, str(error)) from error
    if not text.strip():
        raise RefusedError(Reason.EMPTY)
    if len(text) > TEXT_BYTES or len(text.encode()) > TEXT_BYTES:
        raise RefusedError(Reason.TOO_LONG)
    return text


def one_line(words: str, longest: int) -> str:
    """Return words as one clean line, or nothing when they are too long to be what they claim."""
    line = " ".join(_HIDDEN.sub("", words).split())
    return line if len(line) <= longest else ""


def web_address(url: str) -> str:
    """Return an http(s) address as it is, and nothing for anything else."""
    return url.strip() if _WEB.fullmatch(url.strip()) else ""


def language_tag(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) and len(tag) <= 20 else ""


def merged(ranges: Ranges) -> tuple[tuple[int, int], ...]:
    """Return ranges in order, those that overlap as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
