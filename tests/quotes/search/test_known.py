"""The names that `speaker:` is held against are those of this moment, and read once."""

from collections.abc import Collection
from difflib import get_close_matches

import pytest
from django.db import transaction

from people.models import Person, PersonName
from quotes import review
from quotes.search import known, names
from quotes.search.known import Known
from quotes.search.suggestions import CUTOFF
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_a_changed_name_is_found_at_once_and_the_others_are_not_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by = factories.user()
    ash, birch = factories.person("Speaker Ash"), factories.person("Speaker Birch")
    factories.quote(speaker=ash, by=by)
    factories.quote(speaker=birch, by=by)
    read, whole = known._read, list[bool]()

    def noted(keys: Collection[int] | None = None) -> Known:
        whole.append(keys is None)
        return read(keys)

    monkeypatch.setattr(known, "_read", noted)

    def having(*words: str) -> list[int]:
        return names.matching("speaker", words)

    assert having("speaker") == [ash.pk, birch.pk]
    assert whole == [True]
    Person.objects.filter(pk=ash.pk).update(name="Speaker Cedar")
    assert (having("ash"), having("cedar"), having("birch")) == ([], [ash.pk], [birch.pk])
    PersonName.objects.create(person=birch, name="Baron Dogwood")
    assert having("baron", "dogwood") == [birch.pk]
    assert having("birch", "dogwood") == []  # of two names
    PersonName.objects.update(person=ash)
    assert having("dogwood") == [ash.pk]
    PersonName.objects.all().delete()
    assert having("dogwood") == []
    Person.objects.filter(pk=ash.pk).update(protected=True, public_role="a relative")
    assert having("speaker") == [birch.pk]
    Person.objects.filter(pk=ash.pk).update(protected=False)
    assert having("speaker") == [ash.pk, birch.pk]
    # A name that changed while nobody quoted was public under it.
    elm = factories.person("Speaker Elm")
    assert having("elm") == []
    Person.objects.filter(pk=elm.pk).update(name="Speaker Fir")
    accepted = factories.quote(speaker=elm, status="accepted", by=by)
    assert having("fir") == []
    review.publish(quote=accepted, by=by)
    assert having("fir") == [elm.pk]
    review.withdraw(quote=accepted, by=by, reason="error")
    assert having("fir") == []
    with transaction.atomic():
        Person.objects.filter(pk=birch.pk).update(name="Speaker Gorse")
        assert having("gorse") == [birch.pk]
        transaction.set_rollback(True)
    assert (having("gorse"), having("birch")) == ([], [birch.pk])
    # The second is the transaction's: others may not see what it saw.
    assert whole.count(True) == 2


def test_names_are_found_by_all_their_words_whatever_stands_before_them() -> None:
    held = Known.of([(1, " ann alder "), (2, " anna alder beech "), (1, " beech ")])

    assert held.having([" alder "]) == [1, 2]
    assert held.having([" beech ", " alder "]) == [2]
    assert held.having([" ann"]) == [1, 2]
    assert held.having([" nobody ", " alder "]) == []
    assert held.words == ["alder", "ann", "anna", "beech"]
    later = held.with_others({1, 3}, Known.of([(3, " cedar "), (1, " ann beech ")]))
    assert (later.having([" beech "]), later.having([" cedar "])) == ([1, 2], [3])
    assert later.text == " anna alder beech \n cedar \n ann beech \n"
    assert Known.of([]).having([" ann "]) == []
    assert Known.of([]).alike("ann", CUTOFF, 10) == []


def test_no_word_is_left_out_that_difflib_would_find_near() -> None:
    held = Known.of([(1, " aldler "), (2, " aldre "), (3, " dalre "), (4, " björk naïve øre ")])

    for word in ("alder", "aldrer", "bjork", "øra", "x"):
        near = get_close_matches(word, held.words, n=9, cutoff=CUTOFF)
        assert get_close_matches(word, held.alike(word, CUTOFF, 9), n=9, cutoff=CUTOFF) == near
    assert held.alike("xyz", CUTOFF, 9) == []
    assert held.alike("alder", CUTOFF, 1) != []
