import threading
from collections import Counter

import pytest
from django.db import connection

from base.revisions import StaleRevisionError
from people.models import Person
from tests import factories
from tests.hard import times


@pytest.mark.django_db
def test_save_counts_revisions() -> None:
    person = factories.person()

    person.summary = "Chair"
    person.save()

    assert Person.objects.get().revision == 2


@pytest.mark.django_db
def test_stale_save_is_refused_and_carries_the_current_row() -> None:
    factories.person(name="Speaker A")
    mine, theirs = Person.objects.get(), Person.objects.get()
    theirs.summary = "Theirs"
    theirs.save()

    mine.summary = "Mine"
    with pytest.raises(StaleRevisionError) as refusal:
        mine.save()

    assert refusal.value.current.summary == "Theirs"  # type: ignore[attr-defined]
    assert Person.objects.get().summary == "Theirs"


@pytest.mark.django_db
def test_save_of_some_fields_counts_too() -> None:
    person = factories.person()

    person.summary = "Chair"
    person.save(update_fields=["summary"])

    assert Person.objects.get().revision == 2


@pytest.mark.hard
@pytest.mark.django_db(transaction=True)
def test_no_update_is_lost_between_four_writers() -> None:
    """Each acknowledged save is in the row, on both databases, whatever the interleaving."""
    person = factories.person()
    saved: Counter[str] = Counter()

    def write(name: str) -> None:
        for _ in range(times(25, 1_000)):
            row = Person.objects.get(pk=person.pk)
            row.identifiers = {**row.identifiers, name: row.identifiers.get(name, 0) + 1}
            try:
                row.save()
            except StaleRevisionError:
                continue
            saved[name] += 1
        connection.close()

    writers = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sum(saved.values()) > 0
    assert Person.objects.get(pk=person.pk).identifiers == dict(saved)
