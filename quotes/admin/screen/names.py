"""A name as typed on a card, and the person or body that it means."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from people.models import Organization, Person
from quotes.models import Article
from quotes.review.speakers import plain

MOST_OFFERED = 20
_WITH_KEY = re.compile(r"(?P<name>.*\S)\s+#(?P<key>[0-9]{1,18})")


def find_person(typed: str) -> Person | None:
    """Return the one person that a name or another name means; None when nobody has it.

    Where several share a name, `Name #12` says which. Raises ValidationError when it does not.
    """
    name = plain(typed)
    with_key = _WITH_KEY.fullmatch(name)
    if with_key:
        found = Person.objects.filter(pk=int(with_key["key"])).first()
        if found is None:
            raise ValidationError("There is nobody with that number.", code="unknown")
        return found
    same = Q(name__iexact=name) | Q(other_names__name__iexact=name)
    people = list(Person.objects.filter(same).distinct().order_by("pk")[:5])
    if len(people) > 1:
        which = ", ".join(f"{person.name} #{person.pk}" for person in people)
        raise ValidationError(f"Several people have that name: {which}.", code="ambiguous")
    return people[0] if people else None


def find_body(typed: str) -> Organization | None:
    """Return the body of that name; None when there is none."""
    return Organization.objects.filter(name__iexact=plain(typed)).first()


def label(person: Person | None) -> str:
    """Return what a card shows and understands for a person: the name, with a number if shared."""
    if person is None:
        return ""
    shared = Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk).exists()
    return f"{person.name} #{person.pk}" if shared else person.name


def offered_people(query: str) -> list[dict[str, str]]:
    """Return people for a list of suggestions, with what tells them apart."""
    words = plain(query)[:100]
    if not words or "\x00" in words:
        return []
    same = (
        Q(name__icontains=words) | Q(sort_name__icontains=words)
        | Q(other_names__name__icontains=words)
    )  # fmt: skip
    return _described(Person.objects.filter(same).distinct().order_by("sort_name", "pk"))


def people_of(article: Article) -> list[dict[str, str]]:
    """Return who speaks in an article already."""
    return _described(Person.objects.filter(quotes__article=article).distinct().order_by("name"))


def offered_bodies(query: str) -> list[dict[str, str]]:
    words = plain(query)[:100]
    if not words or "\x00" in words:
        return []
    found = Organization.objects.filter(name__icontains=words).order_by("name")[:MOST_OFFERED]
    return [{"value": body.name, "label": body.classification} for body in found]


def _described(people: QuerySet[Person]) -> list[dict[str, str]]:
    found = list(people.prefetch_related("other_names", "memberships")[:MOST_OFFERED])
    names = [person.name.casefold() for person in found]
    return [
        {
            "value": person.name
            if names.count(person.name.casefold()) == 1
            else f"{person.name} #{person.pk}",
            "label": "; ".join(
                [
                    *(other.name for other in person.other_names.all()),
                    *(membership.role for membership in list(person.memberships.all())[:2]),
                ]
            )[:120],
        }
        for person in found
    ]
