"""Titles: their quotation marks found, and words capitalised as English styles ask.

Title case follows CSL 1.0.2 ("title" text case): a word with a capital stays as it is, small words
stay small unless first, last or after a colon, and titles in other languages are left alone
(https://docs.citationstyles.org/en/stable/specification.html#text-case).
"""

import re
from functools import lru_cache

from quotes.citations.styles.markup import (
    CLOSE,
    MARKS,
    OPEN,
    OPEN_DOUBLE,
    OPEN_SINGLE,
    OPENING,
    clean,
)

# Articles, conjunctions and prepositions that stay small inside a title.
SMALL = frozenset(
    """a about above across after against al along alongside amid amidst among amongst an and
    around as aside at barring before behind below beneath beside besides between beyond but by c
    ca circa de despite down during et except for from given in inside into lest like near next nor
    notwithstanding of off on onto or out over per plus pro since so than the through throughout
    till to toward towards under underneath until unto up upon v v. van versus via von vs vs. with
    within without yet""".split()
)
WORD = re.compile(r"[^\s\-–—/:]+:?")
# What a word may stand behind; "#boats" and "@mayor" are written as they are.
LEADING = re.compile(rf"[(\[{OPENING}‘“’'\"]*")
TRAILING = re.compile(r"[^\w]+$")
OPENERS = frozenset(" \t([{—–-/")
ABBREVIATIONS = {"inc", "ltd", "etc", "bros", "corp", "dept", "govt", "assn", "esq", "intl"}


@lru_cache(maxsize=512)
def marked_title(title: str, *, capitals: bool) -> str:
    """Return a headline with its quotation marks marked, capitalised when asked."""
    text = mark_quotes(headline(title))
    return title_case(text) if capitals else text


@lru_cache(maxsize=512)
def headline(title: str) -> str:
    """Return a headline without the full stop that some papers print after it."""
    text = clean(title)
    if not text.endswith(".") or text.endswith(".."):
        return text
    last = re.split(r"\W+", text.rstrip("."))[-1]
    keep = len(last) < 3 or not last.islower() or last in ABBREVIATIONS
    return text if keep else text[:-1]


def is_english(language: str) -> bool:
    """Say whether title case applies; a language that is not stated is taken for English."""
    return not language or language.lower().split("-")[0].split("_")[0] in {"en", "eng"}


@lru_cache(maxsize=512)
def mark_quotes(text: str) -> str:
    """Return a text with its pairs of quotation marks marked and straight apostrophes curved."""
    if not any(mark in text for mark in "“”‘’\"'"):
        return text
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        starts = (not before or before in OPENERS or before in "“‘\"'") and bool(after.strip())
        out.append(char)
        if char in "“‘" or (char in "\"'" and starts):
            opened.append((char, at))
        elif char in "”’\"'" and not (char in "’'" and after.isalnum()):
            _close(char, at, out, opened)
    # A lone mark is an apostrophe or stays as it was printed.
    return "".join("’" if char == "'" else char for char in out)


def _close(char: str, at: int, out: list[str], opened: list[tuple[str, int]]) -> None:
    """Mark a closing quotation mark and the opening one that it answers, if there is one."""
    answers = "‘'" if char in "’'" else '“"'
    for depth in range(len(opened) - 1, -1, -1):
        kind, start = opened[depth]
        if kind in answers:
            out[start] = {"‘": OPEN_SINGLE, "“": OPEN_DOUBLE}.get(kind, OPEN)
            out[at] = CLOSE
            del opened[depth:]
            return


@lru_cache(maxsize=512)
def title_case(text: str) -> str:
    """Return a marked title in English title case."""
    words = list(WORD.finditer(text))
    out: list[str] = []
    done = 0
    for number, match in enumerate(words):
        first = number == 0 or _starts_anew(text[: match.start()])
        last = number == len(words) - 1
        keep = not (first or last or text[match.end() : match.end() + 1] == "-")
        out += [text[done : match.start()], _capitalised(match[0], first or last, keep)]
        done = match.end()
    return "".join([*out, text[done:]])


def _starts_anew(before: str) -> bool:
    """Say whether what stands before a word makes it the first of a part."""
    return MARKS.sub("", before).rstrip(" ”’").endswith((":", "?", "!"))


def _capitalised(word: str, at_edge: bool, letter_stays: bool) -> str:
    """Return one word in title case: a letter on its own stays small, that of "e-mail" does not."""
    if word.isalpha():
        start, core, bare = 0, word, word
    else:
        lead = LEADING.match(word)
        start = lead.end() if lead else 0
        core = word[start:]
        bare = TRAILING.sub("", MARKS.sub("", core))
    if not bare or bare != bare.lower() or not core[0].isalpha() or "." in bare:
        return word
    if not at_edge and (bare in SMALL or (len(bare) == 1 and letter_stays)):
        return word
    return word[:start] + core[0].upper() + core[1:]
