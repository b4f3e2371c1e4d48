"""People who were one: everything is carried over, every address leads on, all can be undone."""

import pytest

from people import merging
from people.models import Membership, Person, PersonMerge, PersonName, PersonRedirect
from quotes import speakers
from quotes.models import PublishedAddress
from tests import factories

pytestmark = pytest.mark.django_db


def names(person: Person) -> list[str]:
    return sorted(person.other_names.values_list("name", flat=True))


def test_every_column_and_relation_of_a_person_has_its_rule() -> None:
    columns = {field.name for field in Person._meta.concrete_fields}
    relations = {
        str(relation.get_accessor_name())
        for relation in Person._meta.related_objects
        if not str(relation.related_model._meta.model_name).startswith("historical")
    }

    assert set(merging.COLUMNS) == columns
    assert set(merging.RELATIONS) == relations


def test_merge_keeps_the_older_and_carries_everything_over() -> None:
    older = factories.person("Ann Older", summary="A minister.", identifiers={"wikidata": "Q1"})
    younger = factories.person("Anne Younger", summary="From Leeds.", identifiers={"viaf": "7"})
    quote = factories.quote(speaker=younger)
    body = factories.organization()
    PersonName.objects.create(person=younger, name="A. Y.")
    Membership.objects.create(person=older, role="chair")
    Membership.objects.create(person=younger, role="chair")
    Membership.objects.create(person=younger, role="member", organization=body)

    done = speakers.merge_people(one=younger, other=older, by=factories.user(), why="One person")

    survivor = Person.objects.get(pk=older.pk)
    quote.refresh_from_db()
    assert done.survivor == survivor == quote.speaker
    assert not Person.objects.filter(pk=younger.pk).exists()
    assert names(survivor) == ["A. Y.", "Anne Younger"]
    assert survivor.summary == "A minister.\nFrom Leeds."
    assert survivor.identifiers == {"wikidata": "Q1", "viaf": "7"}
    assert sorted(survivor.memberships.values_list("role", flat=True)) == ["chair", "member"]
    assert PersonRedirect.objects.get(slug="anne-younger").person == survivor
    assert quote.versions.count() == 2
    assert quote.versions.get(number=2).why == "One person"


def test_merge_collapses_chains() -> None:
    first, second, third = (factories.person() for _ in range(3))
    by = factories.user()

    speakers.merge_people(one=second, other=third, by=by, why="Same")
    speakers.merge_people(one=first, other=second, by=by, why="Same again")

    leads = dict(PersonRedirect.objects.values_list("slug", "person__slug"))
    assert leads == {second.slug: first.slug, third.slug: first.slug}


def test_unmerge_gives_everything_back() -> None:
    older, younger = factories.person("Ann Older"), factories.person("Anne Younger")
    own, other = factories.quote(speaker=older), factories.quote(speaker=younger)
    PersonName.objects.create(person=older, name="A.")
    PersonName.objects.create(person=younger, name="A.")
    PersonName.objects.create(person=younger, name="A. Y.")
    Membership.objects.create(person=younger, role="member", start="2008")
    by = factories.user()
    before = Person.objects.values("pk", "name", "slug", "public_id", "summary", "created_at")
    rows = list(before.order_by("pk"))

    done = speakers.merge_people(one=older, other=younger, by=by, why="One person")
    younger = speakers.unmerge_people(merge=done, by=by, why="They are two")

    own.refresh_from_db()
    other.refresh_from_db()
    assert list(before.order_by("pk")) == rows
    assert (own.speaker, other.speaker) == (older, younger)
    assert (names(older), names(younger)) == (["A."], ["A.", "A. Y."])
    assert younger.memberships.get().start == "2008"
    assert not PersonRedirect.objects.exists()
    assert PersonMerge.objects.get().undone_why == "They are two"
    assert other.versions.count() == 3


def test_undone_in_the_order_in_which_they_were_made() -> None:
    people = [factories.person() for _ in range(3)]
    by = factories.user()
    first = speakers.merge_people(one=people[0], other=people[1], by=by, why="Same")
    second = speakers.merge_people(one=people[0], other=people[2], by=by, why="Same")

    with pytest.raises(merging.MergeError, match="newest"):
        speakers.unmerge_people(merge=first, by=by, why="Two")
    speakers.unmerge_people(merge=second, by=by, why="Two")
    speakers.unmerge_people(merge=first, by=by, why="Two")

    assert Person.objects.count() == 3
    assert not PersonRedirect.objects.exists()


def test_merge_of_protected_person_protects_both() -> None:
    older = factories.person()
    younger = factories.person(protected=True, public_role="a relative")

    speakers.merge_people(one=older, other=younger, by=factories.user(), why="Same")

    older.refresh_from_db()
    assert (older.protected, older.public_role) == (True, "a relative")


@pytest.mark.parametrize("why", ["", "  "])
def test_merge_needs_a_reason(why: str) -> None:
    with pytest.raises(merging.MergeError, match="Say why"):
        speakers.merge_people(
            one=factories.person(), other=factories.person(), by=factories.user(), why=why
        )


def test_merge_refuses_one_person_and_contradicting_ids() -> None:
    one = factories.person(identifiers={"wikidata": "Q1"})
    other = factories.person(identifiers={"wikidata": "Q2"})

    with pytest.raises(merging.MergeError, match="themselves"):
        speakers.merge_people(one=one, other=one, by=factories.user(), why="Same")
    with pytest.raises(merging.MergeError, match="wikidata"):
        speakers.merge_people(one=one, other=other, by=factories.user(), why="Same")
    assert Person.objects.count() == 2


def test_rename_keeps_the_old_address_and_back_again() -> None:
    person = factories.person("Ann Old")
    quote = factories.quote(speaker=person)
    by = factories.user()

    speakers.rename_person(person=person, by=by, why="Married", name="Ann New", slug="ann-new")

    redirect = PersonRedirect.objects.get()
    assert (redirect.slug, redirect.person, redirect.reason) == ("ann-old", person, "Married")
    assert quote.versions.count() == 2

    speakers.rename_person(person=person, by=by, why="Divorced", slug="ann-old")

    assert list(PersonRedirect.objects.values_list("slug", flat=True)) == ["ann-new"]
    addresses = PublishedAddress.objects.filter(kind="person").values_list("key", flat=True)
    assert sorted(addresses) == ["ann-new", "ann-old"]


def test_address_changed_past_the_step_still_leads_on() -> None:
    person = factories.person("Ann Old")

    Person.objects.filter(pk=person.pk).update(slug="ann-new")

    assert PersonRedirect.objects.get().slug == "ann-old"
