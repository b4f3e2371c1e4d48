"""People in the admin: a reason for every change, no lost save, names that reach the quotes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from base.history import save_as
from people.models import Membership, Person, PersonName
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return factories.user("editor", username="ada")


@pytest.fixture
def editor(ada: User) -> Client:
    return client(ada)


def change(row: Any) -> str:
    return reverse(f"admin:people_{row._meta.model_name}_change", args=[row.pk])


def opened(browser: Client, row: Any) -> dict[str, Any]:
    return form_with(browser.get(change(row)), "reason", "base_revision")


def test_change_is_saved_with_actor_and_reason(editor: Client) -> None:
    person = factories.person("Jane Example")

    editor.post(
        change(person), {**opened(editor, person), "summary": "A chair.", "reason": "As printed"}
    )

    latest = Person.objects.get(pk=person.pk).history.latest()
    assert (latest.summary, latest.actor_name, latest.history_change_reason) == (
        "A chair.",
        "ada",
        "As printed",
    )


def test_add_needs_a_reason_and_fills_name_and_address(editor: Client) -> None:
    address = reverse("admin:people_person_add")
    data = {**form_with(editor.get(address), "reason", "name"), "name": "Jane Example"}

    refused = editor.post(address, data)
    assert refused.context["adminform"].form.errors == {"reason": ["This field is required."]}

    editor.post(address, {**data, "reason": "Named in an article"})
    person = Person.objects.get()
    assert (person.sort_name, person.slug) == ("Example, Jane", "jane-example")
    assert person.history.get().history_change_reason == "Named in an article"


def test_saving_what_the_page_shows_changes_nothing(editor: Client) -> None:
    person = factories.person(summary=" One\n\nTwo \n", identifiers={"wikidata": "Q1", "b": "ü"})
    PersonName.objects.create(person=person, name="Alias", valid_from="2008-11")
    Membership.objects.create(person=person, role="chair", organization=factories.organization())
    rows: list[Any] = [person, person.other_names.get(), person.memberships.get()]
    before = [type(row).objects.values().get(pk=row.pk) for row in rows]

    response = editor.post(change(person), {**opened(editor, person), "reason": "Looked at it"})

    assert response.status_code == 302
    assert [type(row).objects.values().get(pk=row.pk) for row in rows] == before


def test_new_name_reaches_the_published_quotes(editor: Client) -> None:
    person = factories.person("Jane Example")
    published = factories.quote(speaker=person)
    candidate = factories.quote(speaker=person, status="candidate")

    editor.post(
        change(person), {**opened(editor, person), "name": "Jane Sample", "reason": "Married"}
    )

    second = published.versions.get(number=2)
    assert '"name":"Jane Sample"' in second.snapshot
    assert (second.why, second.by_name) == ("Married", "ada")
    assert "jane sample" in published.search_row.around_words
    assert candidate.versions.count() == 0


def test_change_that_readers_do_not_see_makes_no_version(editor: Client) -> None:
    quote = factories.quote()

    editor.post(
        change(quote.speaker),
        {**opened(editor, quote.speaker), "summary": "New", "reason": "Known since"},
    )

    assert quote.versions.count() == 1


def test_new_name_of_an_organisation_reaches_the_published_quotes(editor: Client) -> None:
    body = factories.organization("The Council")
    quote = factories.quote(on_behalf_of=body)

    editor.post(change(body), {**opened(editor, body), "name": "Council", "reason": "Its own"})

    assert '"name":"Council"' in quote.versions.get(number=2).snapshot


def test_other_names_of_an_organisation_stand_on_lines(editor: Client) -> None:
    body = factories.organization("The Association", other_names=["BASW", "Basw Ltd"])
    data = opened(editor, body)
    assert data["other_names"] == "BASW\r\nBasw Ltd"

    editor.post(change(body), {**data, "reason": "Looked at it"})
    assert body.history.count() == 1
    refused = editor.post(change(body), {**data, "other_names": "A\u202eB", "reason": "x"})
    assert "direction-turning" in refused.content.decode()

    editor.post(change(body), {**data, "other_names": " BASW \r\n\r\nBASW\r\nB", "reason": "x"})
    body.refresh_from_db()
    assert body.other_names == ["BASW", "B"]


def test_stale_save_shows_both_and_loses_neither(editor: Client) -> None:
    person = factories.person("Jane Example")
    mine = opened(editor, person)
    other = Person.objects.get(pk=person.pk)
    other.summary, other.sort_name = "Theirs", "Example, J."
    save_as(other, by=factories.user(username="bob"), why="Bob’s reason")

    response = editor.post(change(person), {**mine, "summary": "Mine", "reason": "My reason"})

    [conflict] = response.context["conflicts"]
    assert (conflict.who, conflict.why) == ("bob", "Bob’s reason")
    assert [(r.label, r.before, r.theirs, r.yours, r.taken_over) for r in conflict.rows] == [
        ("Sort name", "Example, Jane", "Example, J.", "Example, Jane", True),
        ("Summary", "", "Theirs", "Mine", False),
    ]
    assert Person.objects.get(pk=person.pk).summary == "Theirs"

    again = form_with(response, "reason", "base_revision")
    editor.post(change(person), again)
    person.refresh_from_db()
    assert (person.summary, person.sort_name) == ("Mine", "Example, J.")
    assert [h.summary for h in person.history.all()] == ["Mine", "Theirs", ""]


def test_stale_box_and_ids_are_merged(editor: Client) -> None:
    person = factories.person("Jane Example")
    mine = opened(editor, person)
    other = Person.objects.get(pk=person.pk)
    other.protected, other.public_role, other.identifiers = True, "a relative", {"viaf": "1"}
    save_as(other, by=factories.user(), why="A child")

    response = editor.post(change(person), {**mine, "summary": "Mine", "reason": "x"})

    again = form_with(response, "reason", "base_revision")
    assert (again["protected"], again["public_role"]) == ("on", "a relative")
    assert again["identifiers"] == '{"viaf": "1"}'
    editor.post(change(person), again)
    person.refresh_from_db()
    assert (person.protected, person.summary) == (True, "Mine")


def test_stale_row_within_the_page_is_a_conflict(editor: Client) -> None:
    person = factories.person()
    role = Membership.objects.create(person=person, role="chair")
    mine = opened(editor, person)
    other = Membership.objects.get(pk=role.pk)
    other.start = "2008"
    save_as(other, by=factories.user(username="bob"), why="As printed")

    response = editor.post(
        change(person), {**mine, "memberships-0-role": "minister", "reason": "x"}
    )

    [conflict] = response.context["conflicts"]
    assert [(r.label, r.theirs, r.yours, r.taken_over) for r in conflict.rows] == [
        ("Role", "chair", "minister", False),
        ("Start", "2008", "", True),
    ]
    editor.post(change(person), form_with(response, "reason", "base_revision"))
    role.refresh_from_db()
    assert (role.role, role.start) == ("minister", "2008")


def test_row_changed_meanwhile_is_not_deleted_unseen(editor: Client) -> None:
    person = factories.person()
    alias = PersonName.objects.create(person=person, name="Alias")
    mine = opened(editor, person)
    alias.name = "Other alias"
    save_as(alias, by=None, why="x")

    response = editor.post(change(person), {**mine, "other_names-0-DELETE": "on", "reason": "x"})

    assert "changed by someone else meanwhile" in response.content.decode()
    assert PersonName.objects.filter(pk=alias.pk).exists()


def test_rows_within_the_page_are_added_and_deleted_with_the_reason(editor: Client) -> None:
    person = factories.person()
    alias = PersonName.objects.create(person=person, name="Alias")

    editor.post(
        change(person),
        {
            **opened(editor, person),
            "other_names-0-DELETE": "on",
            "other_names-1-name": "New alias",
            "reason": "The first was wrong",
        },
    )

    assert [row.name for row in person.other_names.all()] == ["New alias"]
    rows = [
        PersonName.history.filter(id=alias.pk).latest(),
        person.other_names.get().history.get(),
    ]
    assert [(h.history_type, h.history_change_reason, h.actor_name) for h in rows] == [
        ("-", "The first was wrong", "ada"),
        ("+", "The first was wrong", "ada"),
    ]


@pytest.mark.parametrize("foreign", ["pk", "abc", "999999999999999999999999", ""])
def test_rows_of_another_person_are_refused(editor: Client, foreign: str) -> None:
    person, other = factories.person(), factories.person()
    PersonName.objects.create(person=person, name="Alias")
    theirs = PersonName.objects.create(person=other, name="Theirs")
    key = str(theirs.pk) if foreign == "pk" else foreign

    response = editor.post(
        change(person),
        {
            **opened(editor, person),
            "other_names-0-id": key,
            "other_names-0-name": "Taken",
            "reason": "x",
        },
    )

    assert response.status_code == 200
    theirs.refresh_from_db()
    assert (theirs.name, theirs.person_id) == ("Theirs", other.pk)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "Jane\u202eelpmaxE", "control, zero-width or direction-turning"),
        ("identifiers", "[" * 1_900, "Enter a valid JSON."),
        ("identifiers", '{"a": {"b": "c"}}', "Write names and words only"),
        ("identifiers", '{"a": ' + "1" * 6_000 + "}", "At most 5000 characters."),
        ("identifiers", "{", "Enter a valid JSON."),
        ("memberships-0-start", "soon", "is not a date this record can hold"),
        ("memberships-0-organization", "abc", "Select a valid choice"),
        ("reason", "x" * 501, "at most 500 characters"),
        ("protected", "on", "A protected person needs the role that the public sees."),
    ],
)
def test_bad_values_are_named(editor: Client, field: str, value: str, message: str) -> None:
    person = factories.person()

    response = editor.post(
        change(person),
        {**opened(editor, person), "memberships-0-role": "chair", "reason": "x", field: value},
    )

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Person.objects.get(pk=person.pk).revision == 1


def test_address_of_a_person_is_chosen_once(editor: Client) -> None:
    person = factories.person("Jane Example")

    editor.post(
        change(person), {**opened(editor, person), "slug": "other", "summary": "x", "reason": "x"}
    )

    person.refresh_from_db()
    assert (person.slug, person.summary) == ("jane-example", "x")


def test_address_that_leads_elsewhere_is_left_alone(editor: Client) -> None:
    factories.person("Jane Example").redirects.create(slug="jane-sample", reason="Merged")
    address = reverse("admin:people_person_add")
    data = {**form_with(editor.get(address), "reason", "name"), "name": "Jane Sample"}

    refused = editor.post(address, {**data, "slug": "jane-sample", "reason": "x"})
    assert refused.context["adminform"].form.errors == {
        "slug": ["That address already leads to another person."]
    }

    editor.post(address, {**data, "reason": "x"})
    assert Person.objects.get(name="Jane Sample").slug == "jane-sample-2"


def test_person_who_is_used_can_not_be_deleted() -> None:
    superuser = client(factories.user("admin", is_superuser=True))
    speaker, unused = factories.quote().speaker, factories.person()

    def delete(person: Any) -> str:
        return reverse("admin:people_person_delete", args=[person.pk])

    assert superuser.post(delete(speaker), {"post": "yes", "reason": "x"}).status_code == 403
    assert superuser.post(delete(unused), {"post": "yes", "reason": "x"}).status_code == 302
    assert list(Person.objects.all()) == [speaker]


def test_redirects_are_read_only(editor: Client) -> None:
    redirect = factories.person().redirects.create(slug="old", reason="Merged")

    assert editor.get(change(redirect)).status_code == 200
    assert editor.post(change(redirect), {"slug": "new"}).status_code == 403
    assert editor.get(reverse("admin:people_personredirect_add")).status_code == 403


def test_person_is_found_by_another_name(editor: Client) -> None:
    person = factories.person("Jane Example")
    PersonName.objects.create(person=person, name="Dame Jane")
    factories.person("Someone Else")

    response = editor.get(reverse("admin:people_person_changelist"), {"q": "dame"})

    assert list(response.context["cl"].queryset) == [person]
