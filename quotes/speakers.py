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
from quotes.models import Quote, Responsibility


def merge_people(*, one: Person, other: Person, by: User, why: str) -> PersonMerge:
    """Merge two speakers into the older one; every quote of both gets a version where it shows."""
    survivor, younger = merging.older_first(one, other)
    with transaction.atomic():
        keys = _give(Quote.objects.filter(speaker=younger), survivor, by, why)
        carried = {"quotes": keys, "held_responsible": _hold(younger, survivor, by, why)}
        done = merging.merge(one=survivor, other=younger, by=by, why=why, carried=carried)
        record_quotes(survivor, by=by, why=why)
    return done


def unmerge_people(*, merge: PersonMerge, by: User, why: str) -> Person:
    """Undo a merge of speakers and return the one who stands again, with their quotes."""
    with transaction.atomic():
        younger = merging.unmerge(merge=merge, by=by, why=why)
        carried = Quote.objects.filter(pk__in=merge.moved["quotes"], speaker=merge.survivor)
        _give(carried, younger, by, why)
        # A merge made before there were responsibilities names none.
        _hold(merge.survivor, younger, by, why, only=merge.moved.get("held_responsible", []))
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


def _hold(
    old: Person, new: Person, by: User, why: str, *, only: list[int] | None = None
) -> list[int]:
    """Make another person the addressee of responsibilities and return their keys."""
    rows = Responsibility.objects.filter(addressee_person=old).order_by("pk")
    keys = []
    for row in rows if only is None else rows.filter(pk__in=only):
        same = Responsibility.objects.filter(quote=row.quote_id, act=row.act, issue=row.issue)
        if same.filter(addressee_person=new).exists():
            raise merging.MergeError(
                f"Quote {row.quote.public_id or row.quote_id} holds both responsible for "
                f"“{row.issue}”: take one of the two away first."
            )
        row.addressee_person = new
        keys.append(save_as(row, by=by, why=why).pk)
    return keys


def _give(quotes: QuerySet[Quote], person: Person, by: User, why: str) -> list[int]:
    """Make a person the speaker of quotes and return the quotes' keys."""
    keys = []
    for quote in quotes.order_by("pk"):
        quote.speaker = person
        keys.append(save_as(quote, by=by, why=why).pk)
    return keys
