"""What on a page is not the article: ranges to mark, and the lines that say who printed it when.

Every rule is a plain one about a line, learned from what news pages print; a line that none
recognises is the article's. Linear in the length of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.parsing.dates import printed_date
from quotes.spans import QUOTATION_MARKS

# From one of these lines on, a page has nothing but links, unless prose follows.
_SECTION = re.compile(
    r"(?:related (?:articles|stories|links|content|topics|internet links)|see also|"
    r"more (?:from|on|about) .{1,60}|most (?:read|popular|viewed|emailed)|print sponsor|"
    r"recommended(?: for you)?|read (?:more|next)|you may also like|from the archives?|"
    r"share this(?: (?:article|page|story))?|e-?mail this to a friend|printable version|"
    r"sign in|log in|newsletters?|follow us|elsewhere on the (?:web|bbc)|top stories|tags|"
    r"comments are closed\.?|leave a (?:reply|comment)|around the web|popular articles):?",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:comments are closed\.?|advertisements?|print sponsor|sponsored(?: content)?|"
    r"skip to (?:main )?content|share (?:on|via|this) .{1,40}|\w{2,20} navigation|sign in|"
    r"(?:copyright|©|\(c\)).{0,200}|.{0,60}all rights reserved\.?.{0,60}|"
    r".{2,60} is not responsible for the content of external .{4,20}sites?\.?|"
    r"this page is best viewed in .{1,400}|"
    r"we use cookies .{1,300}|follow .{1,60} on (?:twitter|facebook|x|instagram)\.?|"
    r"sign up (?:to|for) .{1,120}(?:newsletter|e-?mail|alerts?)\.?|"
    r"\(?(?:pics?|photo(?:graph)?s?|pictures?|images?|credit|illustration)"
    r"(?:\.|:| by | credit:?) ?.{1,80}\)?)",
    re.IGNORECASE,
)
# What a line may say beside its date and still be nothing but a dateline.
_DATE_WORDS = re.compile(
    r"\b(?:page|first|originally|last|published|posted|updated|modified|dated?|on|at|"
    r"(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|"
    r"a\.?m\.?|p\.?m\.?|gmt|bst|utc|cet|es?t|ed?t|ps?t|pd?t)\b",
    re.IGNORECASE,
)
# Room for a place: "London, 11 March 2009".
_PLACE = 12
_CAPTION = re.compile(
    r"\b(?:being|seen|pictured|poses?|posing|speaking|arriving|leaving|outside|addressing)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:By|BY|by|Written by|Reported by)\s+(?P<name>(?:[A-Z][\w'’.-]+|and|de|van|von|&|,)"
    r"(?:[ ,]+(?:[A-Z][\w'’.-]+|and|de|van|von|&)){0,9})(?P<rest>,? .{0,60})?"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©]*(?:copyright )?(?:\(c\) )?"
    r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?"
    r",?\s+(?P<name>[A-Z][\w&'’ -]{1,60}?)(?=[.,]|\s+all rights|\s*$)",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){1,3}")
_ENDS = tuple(".!?:…" + QUOTATION_MARKS + ")")
PROSE = 120
TOP_LINES = 8
# Each is looked for in the whole text; a page has one or two.
MOST_PULL_QUOTES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text that is not blank, without the space around it."""

    start: int
    words: str
    block: int
    """Which paragraph: lines of one block have no blank line between."""

    @property
    def end(self) -> int:
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the lines of a text say about themselves."""

    boilerplate: tuple[tuple[int, int], ...] = ()
    headline: str = ""
    byline: str = ""
    outlet: str = ""
    published: str = ""
    published_words: str = ""


def lines_of(text: str) -> list[Line]:
    """Return the lines that have words."""
    lines, at, block, blank = [], 0, 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            block += blank
            lines.append(Line(at + raw.index(words[0]), words, block))
        blank = not words
        at += len(raw) + 1
    return lines


def read_furniture(text: str) -> Furniture:
    """Return what is furniture in a text, and headline, byline, outlet, date if printed."""
    lines = lines_of(text)
    marked = [False] * len(lines)
    published, published_words = _mark_dateline(lines, marked)
    byline = _mark_byline(lines, marked)
    _mark_lines(lines, marked)
    _mark_sections(lines, marked)
    headline = _headline(lines, marked)
    _mark_captions(lines, marked, headline)
    _mark_pull_quotes(text, lines, marked)
    outlet = next((m["name"] for line in lines if (m := _copyright(line))), "")
    return Furniture(
        boilerplate=tuple(_ranges(lines, marked)),
        headline=headline.words if headline else "",
        byline=byline,
        outlet=outlet.strip(),
        published=published,
        published_words=published_words,
    )


def _copyright(line: Line) -> re.Match[str] | None:
    return _COPYRIGHT.search(line.words) if len(line.words) < 400 else None


def _is_prose(line: Line) -> bool:
    """A line long enough to be a paragraph and ended like one."""
    return len(line.words) >= PROSE and line.words.endswith(_ENDS)


def _mark_dateline(lines: Sequence[Line], marked: list[bool]) -> tuple[str, str]:
    """Mark a line near the top that is nothing but a date, and return the date."""
    for number, line in enumerate(lines[:TOP_LINES]):
        if len(line.words) > 100 or line.words.endswith(_ENDS):
            continue
        published, words = printed_date(line.words)
        rest = _DATE_WORDS.sub("", line.words.replace(words, " ", 1))
        if published and sum(char.isalpha() for char in rest) <= _PLACE:
            marked[number] = True
            return published, line.words
    return "", ""


def _mark_byline(lines: Sequence[Line], marked: list[bool]) -> str:
    """Mark a line near the top that is nothing but a byline, and return the names."""
    for number, line in enumerate(lines[:TOP_LINES]):
        match = _BYLINE.fullmatch(line.words) if len(line.words) <= 120 else None
        if match and not marked[number] and not line.words.endswith((".", "”", '"')):
            marked[number] = True
            return match["name"].strip(" ,")
    return ""


def _mark_lines(lines: Sequence[Line], marked: list[bool]) -> None:
    for number, line in enumerate(lines):
        if len(line.words) <= 420 and _LINE.fullmatch(line.words):
            marked[number] = True


def _mark_sections(lines: Sequence[Line], marked: list[bool]) -> None:
    """Mark from a heading such as "Related articles" to the end, or to where prose goes on."""
    prose_ahead = False
    # Where the marking of a heading found now can stop: each line is marked at most once.
    stop = block_end = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if number + 1 < len(lines) and lines[number + 1].block != line.block:
            block_end = number + 1
        if len(line.words) <= 80 and _SECTION.fullmatch(line.words):
            # Before more prose it is a box within the article: only its own block is furniture.
            last = min(stop, block_end) if prose_ahead else stop
            marked[number:last] = [True] * (last - number)
            stop = number
        elif _is_prose(line) and not marked[number]:
            prose_ahead, stop = True, number


def _block_end(lines: Sequence[Line], number: int) -> int:
    end = number
    while end < len(lines) and lines[end].block == lines[number].block:
        end += 1
    return end


def _headline(lines: Sequence[Line], marked: Sequence[bool]) -> Line | None:
    """Return the first line that is not furniture, if it stands alone and is no sentence."""
    number = next((n for n, done in enumerate(marked) if not done), None)
    if number is None:
        return None
    line = lines[number]
    alone = number + 1 == len(lines) or lines[number + 1].block != line.block
    is_title = len(line.words) <= 200 and not line.words.endswith((".", ":", ","))
    return line if alone and is_title and number < TOP_LINES and len(lines) > 1 else None


def _mark_captions(lines: Sequence[Line], marked: list[bool], headline: Line | None) -> None:
    """Mark the caption under the headline, and a picture's description with its caption."""
    for number, line in enumerate(lines):
        if marked[number] or line is headline or line.words.endswith(_ENDS):
            continue
        before = lines[number - 1] if number else None
        if before is headline and before and len(line.words) <= 120 and _CAPTION.search(line.words):
            marked[number] = True
        if (
            before is not None
            and before.block == line.block
            and _NAME_LINE.fullmatch(before.words)
            and line.words.startswith(before.words)
        ):
            marked[number - 1] = marked[number] = True


def _mark_pull_quotes(text: str, lines: Sequence[Line], marked: list[bool]) -> None:
    """Mark a block of short lines whose first repeats words that the article prints elsewhere."""
    folded = ""
    number = tried = 0
    while number < len(lines) and tried < MOST_PULL_QUOTES:
        end = _block_end(lines, number)
        block = lines[number:end]
        if 2 <= len(block) <= 4 and not marked[number] and _looks_pulled(block):
            tried += 1
            folded = folded or " ".join(text.casefold().split())
            words = " ".join(block[0].words.casefold().split())
            if folded.count(words) > 1:
                marked[number:end] = [True] * len(block)
        number = end


def _looks_pulled(block: Sequence[Line]) -> bool:
    first = block[0].words
    return (
        20 <= len(first) <= 300
        and not first.endswith(".")
        and all(len(line.words) <= 60 for line in block[1:])
        and not any(line.words.endswith(_ENDS) for line in block[1:])
        and _NAME_LINE.fullmatch(block[1].words) is not None
    )


def _ranges(lines: Sequence[Line], marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the marked lines, neighbours together."""
    start = end = -1
    for line, is_marked in zip(lines, marked, strict=True):
        if is_marked and start < 0:
            start = line.start
        if not is_marked and start >= 0:
            yield start, end
            start = -1
        if is_marked:
            end = line.end
    if start >= 0:
        yield start, end
