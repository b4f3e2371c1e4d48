"""The people of the database as extraction takes them: only those a document can mean."""

import re
from dataclasses import dataclass
from typing import Self

from people.models import Membership, Person, PersonName
from quotes.extraction import KnownPerson, Role

_WORD = re.compile(r"[^\W\d_]+")


def _last_word(name: str) -> str:
    words = _WORD.findall(name.casefold())
    return words[-1] if words else ""


@dataclass(frozen=True)
class Directory:
    """Everyone the database knows, by the last word of each name and role; read once for a run."""

    by_word: dict[str, list[KnownPerson]]

    @classmethod
    def read(cls) -> Self:
        """Read people, their other names and their roles: three queries however many there are."""
        names: dict[int, list[str]] = {}
        for person, name in PersonName.objects.values_list("person_id", "name"):
            names.setdefault(person, []).append(name)
        roles: dict[int, list[Role]] = {}
        for person, label, start, end in Membership.objects.values_list(
            "person_id", "role", "start_earliest", "end_latest"
        ):
            roles.setdefault(person, []).append(Role(label, start, end))
        by_word: dict[str, list[KnownPerson]] = {}
        for key, name in Person.objects.order_by("pk").values_list("pk", "name"):
            held = roles.get(key, [])
            known = KnownPerson(str(key), name, tuple(sorted(names.get(key, []))), tuple(held))
            said = {name, *known.aliases, *(role.label for role in held)}
            for word in {_last_word(each) for each in said} - {""}:
                by_word.setdefault(word, []).append(known)
        return cls(by_word)

    def for_text(self, text: str) -> list[KnownPerson]:
        """Return the people of whom the last word of a name or a role stands in the text."""
        found: dict[str, KnownPerson] = {}
        for word in set(_WORD.findall(text.casefold())) & self.by_word.keys():
            found |= {known.key: known for known in self.by_word[word]}
        return [found[key] for key in sorted(found, key=int)]
