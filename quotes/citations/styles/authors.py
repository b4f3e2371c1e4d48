"""Names in citations: turned round or not, with initials or not, joined as each style joins.

Rules are those of the styles' own manuals as CSL encodes them: which particle moves
(demote-non-dropping-particle), when a list is cut (et-al-min), where the last comma stands.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from quotes.citations.record import Name

# Scripts whose names are written given name first and can be cut to initials. In the others
# (Chinese, Japanese, Korean) the family name stands first and nothing is turned round or cut.
TURNED = re.compile("[a-zA-Z\u00c0-\u052f\u0590-\u06ff\u0e01-\u0e5b\u1e00-\u1fff]")
PIECE = re.compile(r"[^\s.\-‐]+")


def is_whole(name: Name) -> bool:
    """Say whether a name is printed as it stands, whatever the style does with names."""
    return bool(name.literal) or not name.given or not TURNED.search(name.family)


def several(names: Sequence[Name], shown: Sequence[str], word: str) -> str:
    """Return names of which the first is turned round: "Doe, Ann, and Bo Roe".

    Two bodies need no comma, since nothing was turned round: "Reuters and Agence Boats".
    """
    if len(shown) < 2:
        return "".join(shown)
    bodies = len(names) == 2 and all(name.literal for name in names)
    return f"{', '.join(shown[:-1])}{'' if bodies else ','} {word} {shown[-1]}"


def whole(name: Name) -> str:
    """Return a name that no style takes apart."""
    if name.literal or not name.given:
        return name.literal or name.surname
    return f"{name.family}{name.given}"


@lru_cache(maxsize=1024)
def initials(given: str, mark: str, hyphen: str = "-") -> str:
    """Return "J. P." of "Jean Paul", "J.-P." of "Jean-Paul"; small words stay: "A. ibn"."""
    out: list[str] = []
    before = "-"
    for word in re.split(r"(?<=\.)(?=\w)|\s+", given.strip()):
        found = [part[0] for part in map(PIECE.search, re.split("[-‐]", word)) if part]
        if not found:
            continue
        small = found[0].islower()
        gap = " " if small or before.islower() or mark.endswith(" ") else ""
        # "Jung-hee" is one name; only Citing Medicine takes a letter of each half.
        parts = [part for part in found if not part.islower() or not hyphen]
        text = hyphen.join(f"{part[0].upper()}{mark.strip()}" for part in parts)
        out += [gap if out else "", word if small else text]
        before = found[0]
    return "".join(out)


@lru_cache(maxsize=1024)
def spaced(given: str, mark: str) -> str:
    """Return a given name in full, its initials set one way: "J.R." is "J. R." or "JR"."""
    out: list[str] = []
    before = False
    for word in re.split(r"(?<=\.)(?=\w)|\s+", given.strip()):
        initial = len(word) == 2 and word.endswith(".")
        # Only between two initials does the style decide on the space: "J. R.", "JR Dan".
        gap = mark[1:] if before and initial else " "
        if not mark.strip() and "." in word and len(word) <= 5:
            word = word.replace(".", "")
        out += [gap if out else "", f"{word[0]}{mark.strip()}" if initial else word]
        before = initial
    return "".join(out)


def direct(name: Name, mark: str = ". ") -> str:
    """Return "Jan van der Berg Jr."."""
    suffix = name.suffix if mark else name.suffix.replace(".", "")
    if is_whole(name):
        return _suffixed(whole(name), suffix, " ")
    return _suffixed(f"{spaced(name.given, mark)} {name.surname}", suffix, " ")


def inverted(name: Name, given: str, *, comma: str = ",", demote: bool = False) -> str:
    """Return "van der Berg, Jan", or "Berg, Jan van der" where the particle moves."""
    suffix = name.suffix if comma else name.suffix.replace(".", "")
    if is_whole(name):
        if demote and name.particle:
            return f"{name.family}, {name.particle}"
        return _suffixed(whole(name), suffix, f"{comma} ")
    if demote and name.particle:
        text = f"{name.family}{comma} {given} {name.particle}"
    else:
        text = f"{name.surname}{comma} {given}"
    return _suffixed(text, suffix, f"{comma} ")


def _suffixed(text: str, suffix: str, join: str) -> str:
    return f"{text}{join}{suffix}" if suffix else text


def joined(names: Sequence[str], word: str, *, comma: bool) -> str:
    """Return "A, B, and C", with or without the last comma (never between two)."""
    if len(names) < 2:
        return "".join(names)
    last = f",{word}" if comma and len(names) > 2 else word
    return f"{', '.join(names[:-1])}{last}{names[-1]}"
