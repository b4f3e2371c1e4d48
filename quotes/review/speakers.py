"""Whom a candidate's card proposes as its speaker, and which other candidates mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Organization, Person, PersonName
from people.names import TITLES
from quotes.choices import Basis, Status
from quotes.extraction.lexicon import ORGANISATIONS
from quotes.models import Quote, Suggestion

# Words that mean someone else each time, whatever was settled for the one before.
PRONOUNS = frozenset("he she they it i we you who him her them his hers their its".split())


@dataclass(frozen=True)
class Proposal:
    """Who speaks, as far as it is known: what one key accepts."""

    person: Person | None = None
    body: Organization | None = None
    new_person: str = ""
    """The name of someone the record does not have yet; accepting adds them."""
    alternatives: tuple[str, ...] = ()
    """Names that the printed words could all mean: the editor chooses."""


def suggestion_of(quote: Quote) -> Suggestion | None:
    """Return what the machine said of a quote, if a machine found it."""
    return getattr(quote, "suggestion", None)


def proposals(quotes: Iterable[Quote]) -> dict[int, Proposal]:
    """Return a proposal for each quote by its key, in three queries however many there are."""
    quotes = list(quotes)
    names = {plain(said.name) for quote in quotes if (said := suggestion_of(quote))} - {""}
    people, bodies = named(names), _bodies(names)
    return {quote.pk: _proposal(quote, people, bodies) for quote in quotes}


def _proposal(
    quote: Quote, people: dict[str, list[Person]], bodies: dict[str, Organization]
) -> Proposal:
    said = suggestion_of(quote)
    if quote.speaker or quote.on_behalf_of or quote.status != Status.CANDIDATE or said is None:
        return Proposal(person=quote.speaker, body=quote.on_behalf_of)
    name = plain(said.name)
    if said.alternatives:
        return Proposal(alternatives=tuple(other["name"] for other in said.alternatives))
    if body := bodies.get(name.casefold()):
        return Proposal(body=body)
    found = people.get(name.casefold(), [])
    if len(found) > 1:
        return Proposal(alternatives=tuple(f"{person.name} #{person.pk}" for person in found))
    if found:
        return Proposal(person=found[0])
    return Proposal(new_person=name if is_full_name(name) else "")


def named(names: Iterable[str]) -> dict[str, list[Person]]:
    """Return the people who have each of the names, by the name in small letters."""
    wanted = list(names)
    found: dict[str, dict[int, Person]] = {}
    for person in Person.objects.filter(name__in=wanted):
        found.setdefault(person.name.casefold(), {})[person.pk] = person
    aliases = PersonName.objects.filter(name__in=wanted).select_related("person")
    for alias in aliases:
        found.setdefault(alias.name.casefold(), {})[alias.person_id] = alias.person
    return {name: list(people.values()) for name, people in found.items()}


def _bodies(names: Iterable[str]) -> dict[str, Organization]:
    found = Organization.objects.filter(name__in=list(names))
    return {body.name.casefold(): body for body in found}


def plain(name: str) -> str:
    """Return a name with plain single spaces: documents print no-break ones."""
    return " ".join(name.split())


def is_full_name(name: str) -> bool:
    """Say whether a name can be a new person's: two words at least, and not a body's."""
    words = name.split()
    return len(words) > 1 and not any(word.lower() in ORGANISATIONS for word in words)


def same_mention(quote: Quote, other: Quote, *, agrees: bool) -> bool:
    """Say whether a speaker settled for one quote holds for another of the same article.

    `agrees` says that the editor settled for whom the machine had named; then its name for the
    other counts. Else only the same printed words do, and never a pronoun: it was the machine's
    reading of one pronoun that was wrong.
    """
    mine, theirs = suggestion_of(quote), suggestion_of(other)
    if agrees and mine and theirs and mine.name and theirs.name:
        return plain(mine.name).casefold() == plain(theirs.name).casefold()
    said, also = _printed(quote), _printed(other)
    if not said or said != also or said in PRONOUNS:
        return False
    return Basis.PRONOUN not in (quote.basis, other.basis)


def _printed(quote: Quote) -> str:
    return plain(quote.speaker_text).casefold().removeprefix("the ")


def alias_offered(quote: Quote, person: Person | None, known: Iterable[str]) -> str:
    """Return the printed name if it is another name of the person than those on record.

    A surname, an initial or a title beside it is no other name.
    """
    printed = plain(quote.speaker_text)
    if person is None or quote.basis != Basis.NAMED:
        return ""
    words = [word for word in printed.split() if word.casefold().rstrip(".") not in TITLES]
    have = {word.casefold().rstrip(".") for name in (person.name, *known) for word in name.split()}
    new = [word for word in words if word.casefold().rstrip(".") not in have]
    capital = all(word[:1].isupper() for word in words)
    return " ".join(words) if len(words) > 1 and new and capital else ""
