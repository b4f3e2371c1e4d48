"""3: speakers merged, unmerged and renamed, with what that changes of their quotes.

`people` knows nothing of quotes, so this is where the quotes are carried over and get versions.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from base.history import save_as
from people import merging
from people.models import Person, PersonMerge
from quotes import versions
from quotes.models import Quote


def merge_people(*, one: Person, other: Person, by: User, why: str) -> PersonMerge:
    """Merge two speakers into the older one; every quote of both gets a version where it shows."""
    survivor, younger = merging.older_first(one, other)
    with transaction.atomic():
        keys = _give(Quote.objects.filter(speaker=younger), survivor, by, why)
        done = merging.merge(one=survivor, other=younger, by=by, why=why, carried={"quotes": keys})
        record_quotes(survivor, by=by, why=why)
    return done


def unmerge_people(*, merge: PersonMerge, by: User, why: str) -> Person:
    """Undo a merge of speakers and return the one who stands again, with their quotes."""
    with transaction.atomic():
        younger = merging.unmerge(merge=merge, by=by, why=why)
        carried = Quote.objects.filter(pk__in=merge.moved["quotes"], speaker=merge.survivor)
        _give(carried, younger, by, why)
        for person in (merge.survivor, younger):
            record_quotes(person, by=by, why=why)
    return younger


def rename_person(*, person: Person, by: User, why: str, name: str = "", slug: str = "") -> Person:
    """Change a speaker's name or address; published quotes that show it get a version."""
    with transaction.atomic():
        merging.rename(person=person, by=by, why=why, name=name, slug=slug)
        record_quotes(person, by=by, why=why)
    return person


def record_quotes(person: Person, *, by: User, why: str) -> int:
    """Record a version of each quote of a person that shows a difference; return how many."""
    return versions.record_each(quotes=Quote.objects.filter(speaker=person), by=by, why=why)


def _give(quotes: QuerySet[Quote], person: Person, by: User, why: str) -> list[int]:
    """Make a person the speaker of quotes and return the quotes' keys."""
    keys = []
    for quote in quotes.order_by("pk"):
        quote.speaker = person
        keys.append(save_as(quote, by=by, why=why).pk)
    return keys
