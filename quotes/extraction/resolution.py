"""Step 7: from the mention of a speaker to a person.

Names cluster by surname, given name and title; roles go to the person the document gives that role; pronouns go to
the nearest person that agrees and stands out. What stays ambiguous keeps its alternatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.extraction.features import Reader
from quotes.extraction.lexicon import ROLES
from quotes.extraction.mentions import Found
from quotes.extraction.names import Directory, Person, gender_of_role, index_known, match_known, name_words
from quotes.extraction.names import gender_of_given
from quotes.extraction.records import Alternative, KnownPerson

_PRONOUN_GENDER = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_BACK = 6


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a mention stands for: one name, or several alternatives."""

    name: str | None
    person_key: str | None = None
    alternatives: tuple[Alternative, ...] = ()


UNKNOWN = Resolved(None)


@dataclass(slots=True)
class Referent:
    """Someone mentioned before, for pronouns to go to."""

    name: str
    gender: str
    plural: bool
    organisation: bool


class Resolver:
    """Resolves the mentions of one document."""

    def __init__(self, reader: Reader, known_people: Sequence[KnownPerson], day: date | None) -> None:
        self.reader = reader
        self.directory = Directory(reader.text)
        self.known = index_known(tuple(known_people))
        self.known_people = tuple(known_people)
        self.day = day
        self._referents: dict[int, Referent | None] = {}
        self._chosen: dict[int, str] = {}
        self._appositions: dict[str, list[tuple[int, str]]] | None = None

    def resolve(self, mention: Found, speakers: Sequence[Found]) -> Resolved:
        """Return who the mention stands for; ``speakers`` are the earlier speakers, nearest last."""
        if mention.kind in ("pronoun", "possessive"):
            return self._pronoun(mention, speakers)
        if mention.named_from >= 0:
            return self._name(mention)
        return self._role(mention, speakers)

    def _printed_name(self, mention: Found) -> str:
        block = self.reader.block(mention.block)
        first = block.starts[max(mention.named_from, mention.first)]
        return self.reader.text[first : mention.end]

    def _name(self, mention: Found) -> Resolved:
        printed = self._printed_name(mention)
        people = self.directory.find(printed, mention.start)
        words, gender = name_words(printed)
        if len(people) == 1:
            return self._with_key(people[0].name)
        if people:
            return self._one_of(people)
        name = " ".join(words) or printed
        if len(words) == 1 and self.known:
            return self._with_key(name, by_surname=True)
        return self._with_key(name)

    def _one_of(self, people: list[Person]) -> Resolved:
        """Return the person that clearly stands out among namesakes, else all of them."""
        best, second = people[0], people[1]
        if best.count >= 3 * second.count:
            return self._with_key(best.name)
        options = tuple(self._alternative(person.name) for person in people[:5])
        return Resolved(None, None, options)

    def _alternative(self, name: str) -> Alternative:
        return Alternative(name, self._with_key(name).person_key)

    def _with_key(self, name: str, by_surname: bool = False) -> Resolved:
        """Return the name with the caller's key if exactly one of the caller's people bears it."""
        matches = match_known(name, self.known)
        if by_surname and not matches:
            last = name.lower()
            matches = [p for p in self.known_people if p.name.lower().split()[-1:] == [last]]
        if len(matches) == 1:
            return Resolved(matches[0].name if by_surname else name, matches[0].key)
        if len(matches) > 1:
            return Resolved(None, None, tuple(Alternative(p.name, p.key) for p in matches))
        return Resolved(name)

    def _role(self, mention: Found, speakers: Sequence[Found]) -> Resolved:
        """Return the person the document (or the caller at that date) gives this role."""
        printed = self.reader.text[mention.start : mention.end]
        lowered = printed.lower()
        if not lowered.startswith(("a ", "an ", "one ", "another ", "some ")):
            named = self._apposed(mention)
            if named is not None:
                return self._with_key(named)
            holders = [
                person
                for person in self.known_people
                for role in person.roles
                if _same_role(role.label, lowered) and role.held_on(self.day)
            ]
            if len({person.key for person in holders}) == 1:
                return Resolved(holders[0].name, holders[0].key)
            if holders:
                return Resolved(None, None, tuple(Alternative(p.name, p.key) for p in holders))
        return UNKNOWN

    def _apposed(self, mention: Found) -> str | None:
        """Return the latest person given the role of this mention before it, or nearby."""
        if self._appositions is None:
            self._appositions = self._collect_appositions()
        options = self._appositions.get(mention.head, [])
        before = [name for at, name in options if at < mention.start]
        return before[-1] if before else None

    def _collect_appositions(self) -> dict[str, list[tuple[int, str]]]:
        """Return (position, name) by role noun: "minister Jane Doe", "Jane Doe, the minister"."""
        found: dict[str, list[tuple[int, str]]] = {}
        for number in range(len(self.reader.bounds)):
            block = self.reader.block(number)
            mentions = self.reader.mentions(number)
            for index, mention in enumerate(mentions):
                if mention.named_from < 0:
                    continue
                resolved = self._name(mention).name
                if not resolved:
                    continue
                for word in block.words[mention.first : mention.last]:
                    if word.lower() in ROLES:
                        found.setdefault(word.lower(), []).append((mention.start, resolved))
                following = mentions[index + 1] if index + 1 < len(mentions) else None
                if (
                    following is not None
                    and following.kind == "role"
                    and block.classes[mention.last : following.first].strip("JNwnyD") == ","
                    and following.first - mention.last <= 4
                ):
                    found.setdefault(following.head, []).append((mention.start, resolved))
        return found

    def _pronoun(self, mention: Found, speakers: Sequence[Found]) -> Resolved:
        """Return the nearest agreeing person; several that stand out equally stay alternatives."""
        gender = _PRONOUN_GENDER.get(mention.head, "")
        if not gender and mention.head not in ("they", "it", "i", "we"):
            return UNKNOWN
        if mention.head in ("i", "we", "they", "it"):
            return UNKNOWN
        scores: dict[str, float] = {}
        unknown_gender: dict[str, bool] = {}
        for step, (other, referent) in enumerate(self._before(mention)):
            if referent.organisation or referent.plural or referent.gender not in ("", gender):
                continue
            weight = 1.0 / (1.0 + 0.35 * step)
            weight *= 1.6 if other.link in ("subj", "inv", "aside", "acc", "rel") else 1.0
            weight *= 1.3 if other.prior in "^" else 1.0
            weight *= 0.6 if referent.gender == "" else 1.0
            weight *= 1.5 if any(other is speaker for speaker in speakers[-3:]) else 1.0
            scores[referent.name] = scores.get(referent.name, 0.0) + weight
            unknown_gender[referent.name] = referent.gender == ""
        if not scores:
            return UNKNOWN
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        name, best = ranked[0]
        self._chosen[id(mention)] = name
        if len(ranked) > 1 and ranked[1][1] > 0.85 * best:
            options = tuple(self._alternative(other) for other, _ in ranked[:4])
            return Resolved(name, self._with_key(name).person_key, options)
        return self._with_key(name)

    def _before(self, mention: Found) -> list[tuple[Found, Referent]]:
        """Return the people mentioned before a pronoun, nearest first."""
        found: list[tuple[Found, Referent]] = []
        for number in range(mention.block, max(-1, mention.block - _BACK), -1):
            for other in reversed(self.reader.mentions(number)):
                if other.start >= mention.start:
                    continue
                referent = self._referent(other)
                if referent is not None:
                    found.append((other, referent))
            if len(found) >= 12:
                break
        return found[:16]

    def _referent(self, mention: Found) -> Referent | None:
        """Return who an earlier mention is, as far as a pronoun needs to know."""
        if id(mention) in self._chosen:
            return Referent(self._chosen[id(mention)], _PRONOUN_GENDER.get(mention.head, ""), False, False)
        if id(mention) not in self._referents:
            self._referents[id(mention)] = self._new_referent(mention)
        return self._referents[id(mention)]

    def _new_referent(self, mention: Found) -> Referent | None:
        if mention.named_from < 0:
            return None
        printed = self._printed_name(mention)
        people = self.directory.find(printed, mention.start)
        words, gender = name_words(self.reader.text[mention.start : mention.end])
        if people:
            person = people[0]
            return Referent(person.name, gender or person.gender, False, False)
        if len(words) == 1 and (gender or mention.link != "-") and mention.prior != "P":
            return Referent(words[0], gender or gender_of_given(words[0]), False, False)
        if len(words) > 1 and gender_of_given(words[0]):
            return Referent(" ".join(words), gender or gender_of_given(words[0]), False, False)
        return None


def _same_role(label: str, printed: str) -> bool:
    """Return whether a printed role ("the children’s secretary") names a held role."""
    wanted = set(label.lower().replace("’", "'").split())
    given = set(printed.replace("’", "'").split()) - {"the", "his", "her", "their"}
    return bool(given) and (given <= wanted or wanted <= given)


__all__ = ["Resolved", "Resolver", "gender_of_role"]
