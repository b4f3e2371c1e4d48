"""Step 9: from the mention of a speaker to a person.

Names cluster by surname, given name and title; roles go to the person the document (or the caller)
gives that role; pronouns go to the agreeing person that stands out. What stays ambiguous keeps its
alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.extraction.lexicon import OFFICES, ROLES
from quotes.extraction.mentions import Found
from quotes.extraction.names import (
    Directory,
    Person,
    gender_of_given,
    gender_of_role,
    index_known,
    match_known,
    name_words,
)
from quotes.extraction.reader import Reader
from quotes.extraction.records import Alternative, KnownPerson
from quotes.extraction.salience import PRONOUN_GENDER, Referent, Salience

# A second person that stands out this much, compared with the first, makes a pronoun ambiguous.
_TIE = 0.8
# A second person that stands out this much leaves an office without a holder.
_CLEAR = 0.5
_NOT_ONE_PERSON = ("a ", "an ", "one ", "another ", "some ", "any ")
_STEPS_TO_WHOM = 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a mention stands for. With ``alternatives`` the name is only the likeliest of them."""

    name: str | None
    person_key: str | None = None
    alternatives: tuple[Alternative, ...] = ()


UNKNOWN = Resolved(None)


class Resolver:
    """Resolves the mentions of one document."""

    def __init__(
        self,
        reader: Reader,
        known_people: Sequence[KnownPerson],
        day: date | None,
        speakers: Sequence[Found],
    ) -> None:
        self._reader = reader
        self._directory = Directory(reader.text)
        self._known_people = tuple(known_people)
        self._known = index_known(self._known_people)
        self._day = day
        self._salience = Salience(reader)
        self._salience.note_speakers({id(speaker) for speaker in speakers})
        self._roles: dict[str, list[tuple[int, str]]] = {}
        self._roles_read = 0

    def resolve(self, mention: Found) -> Resolved:
        """Return who the mention stands for."""
        if mention.kind in ("pronoun", "possessive"):
            return self._pronoun(mention)
        if mention.named_from >= 0:
            return self._name(mention)
        return self._role(mention)

    def _printed_name(self, mention: Found) -> str:
        block = self._reader.block(mention.block)
        return self._reader.text[block.starts[mention.named_from] : mention.end]

    def _name(self, mention: Found) -> Resolved:
        printed = self._printed_name(mention)
        people = self._directory.find(printed, mention.start)
        if len(people) > 1 and people[0].count < 3 * people[1].count:
            options = tuple(self._alternative(person.name) for person in people[:5])
            return Resolved(people[0].name, None, options)
        if people:
            return self._with_key(people[0].name)
        words, _ = name_words(printed)
        return self._with_key(" ".join(words) or printed, by_surname=len(words) == 1)

    def _alternative(self, name: str) -> Alternative:
        return Alternative(name, self._with_key(name).person_key)

    def _with_key(self, name: str, by_surname: bool = False) -> Resolved:
        """Return the name with the caller's key if exactly one of the caller's people bears it."""
        matches = match_known(name, self._known)
        if by_surname and not matches:
            last = name.lower()
            matches = [p for p in self._known_people if p.name.lower().split()[-1:] == [last]]
        if len(matches) == 1:
            return Resolved(matches[0].name if by_surname else name, matches[0].key)
        if matches:
            return Resolved(name, None, tuple(Alternative(p.name, p.key) for p in matches))
        return Resolved(name)

    def _role(self, mention: Found) -> Resolved:
        """Return the person the document, or the caller at that date, gives this role."""
        printed = self._reader.text[mention.start : mention.end].lower()
        if printed.startswith(_NOT_ONE_PERSON):
            return UNKNOWN
        named = self._holder(mention)
        if named is not None:
            return self._with_key(named)
        holders = {
            person.key: person
            for person in self._known_people
            for role in person.roles
            if _same_role(role.label, printed) and role.held_on(self._day)
        }
        if len(holders) == 1:
            person = next(iter(holders.values()))
            return Resolved(person.name, person.key)
        if holders:
            return Resolved(None, None, tuple(Alternative(p.name, p.key) for p in holders.values()))
        return self._office(mention)

    def _office(self, mention: Found) -> Resolved:
        """Return the person that stands out before an office ("The senator said") that nobody was
        given.
        """
        choice = self._salience.choice(mention, self._referent) if mention.head in OFFICES else None
        if choice is None:
            return UNKNOWN
        ranked = [(name, score) for name, score in choice.ranked if self._is_person(name)]
        if not ranked or (len(ranked) > 1 and ranked[1][1] > _CLEAR * ranked[0][1]):
            return UNKNOWN
        return self._with_key(ranked[0][0])

    def _is_person(self, name: str) -> bool:
        """Return whether anything shows that a name is a person's: a title or a given name."""
        return any(person.gender for person in self._directory.find(name, 0))

    def _holder(self, mention: Found) -> str | None:
        """Return the person last given the role of this mention before it: "minister Jane Doe"."""
        while self._roles_read <= mention.block:
            self._read_roles(self._roles_read)
            self._roles_read += 1
        before = [name for at, name in self._roles.get(mention.head, ()) if at < mention.start]
        return before[-1] if before else None

    def _read_roles(self, number: int) -> None:
        """Take note of the people that a block gives a role, before their name or after it."""
        block = self._reader.block(number)
        mentions = self._reader.mentions(number)
        for index, mention in enumerate(mentions):
            if mention.named_from < 0 or not (name := self._name(mention).name):
                continue
            for word in block.words[mention.first : mention.named_from + 2]:
                if word.lower().rstrip(".") in ROLES:
                    self._roles.setdefault(word.lower(), []).append((mention.start, name))
            if index + 1 < len(mentions):
                following = mentions[index + 1]
                between = block.classes[mention.last : following.first]
                if (
                    following.kind == "role"
                    and self._is_person(name)
                    and len(between) <= 4
                    and between.strip("JNwnyD") == ","
                ):
                    self._roles.setdefault(following.head, []).append((mention.start, name))

    def _pronoun(self, mention: Found) -> Resolved:
        """Return who a pronoun stands for: what "who" follows, or the agreeing person that stands
        out.
        """
        if mention.head in ("who", "which"):
            return self._antecedent(mention)
        if mention.head not in PRONOUN_GENDER:
            return UNKNOWN
        choice = self._salience.choice(mention, self._referent)
        if choice is None:
            return UNKNOWN
        name, best = choice.ranked[0]
        if len(choice.ranked) > 1 and choice.ranked[1][1] > _TIE * best:
            return Resolved(
                name, None, tuple(self._alternative(other) for other, _ in choice.ranked)
            )
        return self._with_key(name)

    def _antecedent(self, mention: Found) -> Resolved:
        for other in self._reader.mentions(mention.block):
            if 0 <= mention.first - other.last < _STEPS_TO_WHOM and other is not mention:
                return self.resolve(other)
        return UNKNOWN

    def _referent(self, mention: Found) -> Referent | None:
        """Return who a mention other than a pronoun is, as far as a pronoun needs to know."""
        printed = self._reader.text[mention.start : mention.end]
        if mention.named_from >= 0:
            return self._named_referent(mention, printed)
        if (
            mention.kind != "role"
            or self._reader.block(mention.block).classes[mention.last - 1] != "R"
        ):
            return None
        holder = None if printed.lower().startswith(_NOT_ONE_PERSON) else self._holder(mention)
        if holder is not None:
            return Referent(holder, "")
        if mention.link == "-" or not printed.lower().startswith(
            (*_NOT_ONE_PERSON, "his ", "her ", "their ")
        ):
            return (
                None  # "the senator" is most often someone already named, by another of their roles
            )
        return Referent(printed, gender_of_role(mention.head), described=True)

    def _named_referent(self, mention: Found, printed: str) -> Referent | None:
        people = self._directory.find(self._printed_name(mention), mention.start)
        words, gender = name_words(printed)
        if people:
            return Referent(people[0].name, gender or people[0].gender or _role_gender(printed))
        gender = (
            gender or _role_gender(printed) or (gender_of_given(words[0]) if len(words) > 1 else "")
        )
        if len(words) == 1 and words[0].isupper():
            return None
        if words and (gender or (len(words) == 1 and mention.link != "-" and mention.prior != "P")):
            return Referent(" ".join(words), gender)
        return None


def _role_gender(printed: str) -> str:
    """Return the gender that role nouns before a name show: "spokeswoman Jane Doe"."""
    return next(
        (gender for word in printed.split() if (gender := gender_of_role(word.lower()))), ""
    )


def _same_role(label: str, printed: str) -> bool:
    """Return whether a printed role ("the children’s secretary") names a held role."""
    wanted = set(label.lower().replace("’", "'").split())
    given = set(printed.replace("’", "'").split()) - {"the", "his", "her", "their"}
    return bool(given) and (given <= wanted or wanted <= given)


__all__ = ["UNKNOWN", "Person", "Resolved", "Resolver"]
