"""A link to the exact words on the page that printed them (WICG text fragments). Plain Python.

A browser that knows text fragments scrolls to the words and marks them; any other ignores the
fragment, and so does a page whose words have changed.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote as percent_encoded

LONGEST = 120
EDGE_WORDS = 5
# Few words may stand in an article twice; their neighbours say which are meant.
NEEDS_CONTEXT = 60
CONTEXT_WORDS = 4
_WORD_CHARACTER = re.compile(r"\w")


def source_link(url: str, spans: Sequence[str], *, prefix: str = "", suffix: str = "") -> str:
    """Return the article's address with a text directive for each span of the quote.

    `prefix` and `suffix` are the printed characters that touch the first and the last span. A
    span that begins or ends inside a word is left out, since no browser would find it.
    """
    if not url:
        return ""
    last = len(spans) - 1
    directives = []
    for number, words in enumerate(spans):
        before, after = prefix if number == 0 else "", suffix if number == last else ""
        if words.strip() and not _cuts_a_word(before, words, after):
            directives.append(_directive(words.strip(), before, after))
    if not directives:
        return url
    joint = ":~:" if "#" in url else "#:~:"
    return f"{url}{joint}{'&'.join(directives)}"


def _directive(words: str, before: str, after: str) -> str:
    if len(words) > LONGEST or "\n" in words:
        parts = words.split()
        edge = min(EDGE_WORDS, len(parts) // 2)
        # A directive's part can't run across two paragraphs, but a range from one to another can.
        start = words.split("\n")[0].split()[:edge]
        end = words.split("\n")[-1].split()[-edge:] if edge else []
        if start and end:
            return f"text={_encoded(' '.join(start))},{_encoded(' '.join(end))}"
    text = f"text={_encoded(words)}"
    if len(words) >= NEEDS_CONTEXT:
        return text
    before, after = _last_words(before), _first_words(after)
    lead = f"{_encoded(before)}-," if before else ""
    tail = f",-{_encoded(after)}" if after else ""
    return f"text={lead}{text.removeprefix('text=')}{tail}"


def _last_words(before: str) -> str:
    """Return the last whole words on the line that the quote stands on."""
    line = before.rpartition("\n")[2]
    found = list(re.finditer(r"\S+", line))
    return line[found[max(0, len(found) - CONTEXT_WORDS)].start() :].strip() if found else ""


def _first_words(after: str) -> str:
    line = after.partition("\n")[0]
    found = list(re.finditer(r"\S+", line))
    return line[: found[min(len(found), CONTEXT_WORDS) - 1].end()].strip() if found else ""


def _cuts_a_word(before: str, words: str, after: str) -> bool:
    return _joined(before[-1:], words[:1]) or _joined(words[-1:], after[:1])


def _joined(left: str, right: str) -> bool:
    return bool(_WORD_CHARACTER.match(left) and _WORD_CHARACTER.match(right))


def _encoded(text: str) -> str:
    """Percent-encode all but letters and digits of ASCII; a hyphen is syntax here."""
    return percent_encoded(text, safe="").replace("-", "%2D")
