"""Statements written once give what the ORM gives, for any values and on any thread."""

from threading import Thread

import pytest
from django.db import connection
from django.db.models import CharField

from base.prepared import Prepared
from people.models import Organization, Person
from quotes.models import Quote
from tests import factories


def named(number: int) -> list[Person]:
    return [factories.person(f"Speaker {'ABCDEFGH'[place]}") for place in range(number)]


people = Prepared(Person, lambda keys: Person.objects.filter(pk__in=keys).order_by("-pk"))


@pytest.mark.django_db
def test_rows_are_those_of_the_queryset_whatever_the_values():
    made = named(4)
    for wanted in (made, made[1:2], made[2:], made[:2]):
        expected = list(Person.objects.filter(pk__in=[p.pk for p in wanted]).order_by("-pk"))
        found = people([p.pk for p in wanted])
        assert [vars(p) | {"_state": None} for p in found] == [
            vars(p) | {"_state": None} for p in expected
        ]
    assert people([]) == []


@pytest.mark.django_db
def test_statement_is_written_once_for_a_number_of_values():
    written = []

    def write(keys):
        written.append(len(keys))
        return Person.objects.filter(pk__in=keys)

    prepared, made = Prepared(Person, write), named(3)
    for wanted in (made[:2], made[1:], made[:2], made):
        prepared([p.pk for p in wanted])
    assert written == [2, 3]


@pytest.mark.django_db
def test_related_rows_annotations_and_deferred_columns_hold(django_assert_num_queries):
    quote = factories.quote(speaker=factories.person("Speaker A"))
    prepared = Prepared(
        Quote, lambda keys: Quote.objects.select_related("speaker").defer("text").filter(pk=keys[0])
    )
    with django_assert_num_queries(1):
        (found,) = prepared([quote.pk])
        assert found.speaker.name == "Speaker A"
    assert found.get_deferred_fields() == {"text"}
    with django_assert_num_queries(1):
        assert found.text == factories.WORDS


@pytest.mark.django_db
def test_value_is_a_parameter_never_part_of_the_statement():
    body = factories.organization("Agency A")
    bodies = Prepared(
        Organization, lambda names: Organization.objects.filter(name=names[0]), CharField()
    )
    assert bodies(["Agency A"]) == [body]
    assert bodies(["' OR '1'='1"]) == []


@pytest.mark.django_db(transaction=True)
def test_threads_use_their_own_connections():
    key, found = named(1)[0].pk, []

    def ask():
        found.append((people([key]), connection.connection))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [rows[0].pk for rows, _ in found] == [key] * 4
    assert len({id(used) for _, used in found}) == 4
