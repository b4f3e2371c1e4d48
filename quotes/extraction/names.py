"""Who is named in a document: full names, their variants by surname, title and initials, and their
gender.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import combining, normalize

from quotes.extraction.lexicon import (
    MEN,
    ORGANISATIONS,
    ROLE_MEN,
    ROLE_WOMEN,
    ROLES,
    STARTERS,
    TIME_WORDS,
    TITLES,
    WOMEN,
    WORD_CLASS,
    words,
)
from quotes.extraction.lines import SOFT_HYPHEN
from quotes.extraction.records import KnownPerson

_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{0,40}(?:(?:[-'’](?!s\b)|\u00ad{1,2})[^\W\d_]{1,40}){0,3}"
_INITIAL = r"(?:[A-Z]\.){1,4}"
_PARTICLE = r"(?:de|van|von|der|den|del|di|da|al|el|bin|ibn|la|le|du|dos)"
_LINK = rf"(?:{_INITIAL}|{_PARTICLE}(?: {_PARTICLE})? )?"
_FULL_NAME = re.compile(rf"(?<!\w){_WORD}\.?(?: {_LINK}(?:{_WORD}|{_INITIAL})){{1,5}}")
_NAME_WORD = re.compile(rf"(?<!\w)(?:{_INITIAL}|{_WORD}\.?|{_PARTICLE}(?= ))")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_PEOPLE = frozenset(words("not_people"))

# More people than this in one text are a list, not news.
PEOPLE_LIMIT = 20_000


@dataclass(slots=True)
class Person:
    """Someone a document names in full at least once, or a person of the caller's."""

    name: str
    given: str
    surname: str
    gender: str
    first_at: int
    count: int = 0
    roles: list[str] = field(default_factory=list)
    key: str | None = None


def name_words(printed: str) -> tuple[list[str], str]:
    """Return the words of a name without titles and roles, and the gender its title shows."""
    gender = ""
    kept: list[str] = []
    for found in _NAME_WORD.findall(_POSSESSIVE.sub("", printed)):
        word = found.replace(SOFT_HYPHEN, "")
        bare = word.rstrip(".").lower()
        if not kept and (bare in TITLES or bare in ROLES or bare in ORGANISATIONS):
            gender = gender_of_role(bare) or gender
        elif bare not in ("jr", "sr", "ii", "iii", "iv"):
            kept.append(word)
    return kept, gender


def gender_of_role(word: str) -> str:
    """Return "f", "m" or "" for a title or role noun."""
    return "f" if word in ROLE_WOMEN else "m" if word in ROLE_MEN else ""


def gender_of_given(word: str) -> str:
    """Return "f", "m" or "" for a given name; one used by both is ""."""
    word = "".join(letter for letter in normalize("NFD", word.lower()) if not combining(letter))
    woman, man = word in WOMEN, word in MEN
    return "" if woman == man else "f" if woman else "m"


class Directory:
    """The people of one document, found by surname or given name."""

    def __init__(self, text: str) -> None:
        self.people: list[Person] = []
        self.by_surname: dict[str, list[Person]] = {}
        self.by_given: dict[str, list[Person]] = {}
        self._by_name: dict[tuple[str, str], Person] = {}
        for match in _FULL_NAME.finditer(text, _headline_end(text)):
            self._enter(match.group(), match.start())
            if len(self.people) >= PEOPLE_LIMIT:
                break

    def _enter(self, printed: str, at: int) -> None:
        parts, gender = name_words(printed)
        while parts and (
            parts[0].lower() in STARTERS or WORD_CLASS.get(parts[0].lower(), "w") in _NOT_FIRST
        ):
            parts = parts[1:]
        while parts and parts[-1].lower() in TIME_WORDS:
            parts = parts[:-1]
        if not 2 <= len(parts) <= 5 or any(
            word.lower().rstrip(".") in _NOT_PEOPLE for word in parts
        ):
            return
        if parts[0].lower().endswith(("ed", "ing", "ly")) and not gender_of_given(parts[0]):
            return
        if any(word.endswith(".") and len(word) > 3 for word in parts) or all(
            word.isupper() for word in parts
        ):
            return
        given, surname = parts[0].lower(), parts[-1].lower().rstrip(".")
        person = self._by_name.get((given, surname))
        if person is None:
            person = Person(" ".join(parts), given, surname, gender or gender_of_given(given), at)
            self._by_name[given, surname] = person
            self.people.append(person)
            self.by_surname.setdefault(surname, []).append(person)
            self.by_given.setdefault(given, []).append(person)
        elif len(parts) > len(person.name.split()):
            person.name = " ".join(parts)
        person.count += 1
        person.gender = person.gender or gender

    def find(self, printed: str, at: int) -> list[Person]:
        """Return the people a printed name may stand for, most likely first."""
        parts, gender = name_words(printed)
        if not parts:
            return []
        surname, given = parts[-1].lower().rstrip("."), parts[0].lower()
        if len(parts) > 1:
            exact = self._by_name.get((given, surname))
            if exact is not None:
                return [exact]
            return [
                p
                for p in self.by_surname.get(surname, ())
                if p.given[0] == given[0] and "." in parts[0]
            ]
        found = self.by_surname.get(surname) or self.by_given.get(surname) or []
        if gender:
            found = [p for p in found if p.gender in ("", gender)] or found
        introduced = [p for p in found if p.first_at <= at]
        return sorted(
            introduced or found, key=lambda p: (-bool(gender_of_given(p.given)), -p.count)
        )


def _headline_end(text: str) -> int:
    """Return where a first line in title case ends: there every word looks like part of a name."""
    end = text.find("\n", 0, 300)
    line = text[: max(end, 0)].rstrip()
    some = [] if line.endswith(".") else [word for word in line.split() if len(word) > 3]
    titled = len(some) > 3 and sum(word[0].isupper() for word in some) >= 0.75 * len(some)
    return end if titled else 0


_NOT_FIRST = frozenset("ADhbsqPoTtCSyYVG")


def match_known(name: str, known: dict[str, list[KnownPerson]]) -> list[KnownPerson]:
    """Return the caller's people that bear this name or alias."""
    return known.get(normal_form(name), [])


def normal_form(name: str) -> str:
    """Return a name for comparison: no titles, no initials, lower case."""
    parts, _ = name_words(name)
    return " ".join(word.lower() for word in parts if "." not in word)


def index_known(known_people: tuple[KnownPerson, ...]) -> dict[str, list[KnownPerson]]:
    """Return the caller's people by every normal form they are known under."""
    index: dict[str, list[KnownPerson]] = {}
    for person in known_people:
        for form in {normal_form(alias) for alias in (person.name, *person.aliases)}:
            if form:
                index.setdefault(form, []).append(person)
    return index
