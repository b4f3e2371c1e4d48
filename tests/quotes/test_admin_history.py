"""The history of a record: who, when, why, before and after; nothing is restored from it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.history import save_as
from quotes import review
from tests import factories
from tests.forms import client

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def address(row: Any, name: str = "change") -> str:
    return reverse(f"admin:quotes_{row._meta.model_name}_{name}", args=[row.pk])


def test_history_tells_who_when_why_before_and_after(editor: Client) -> None:
    quote = factories.quote(note="We counted the boats twice", by=factories.user(username="bob"))
    review.correct(
        quote=quote,
        by=factories.user(username="eve"),
        why="Not twice",
        note="We counted the boats once",
    )

    response = editor.get(address(quote, "history"))

    entries = response.context["entries"]
    assert [(e.kind, e.row.actor_name, e.row.history_change_reason) for e in entries] == [
        ("Changed", "eve", "Not twice"),
        ("Changed", "bob", "Published"),
        ("Changed", "bob", "Checked against the article"),
        ("Added", "bob", "Added"),
    ]
    [difference] = entries[0].differences
    assert difference.label == "Note"
    assert [(p.text, p.changed) for p in difference.after] == [
        ("We counted the boats ", False),
        ("once", True),
    ]
    status = next(d for d in entries[1].differences if d.label == "Status")
    assert ([p.text for p in status.before], [p.text for p in status.after]) == (
        ["Accepted"],
        ["Published"],
    )
    content = response.content.decode()
    assert "We counted the boats <del>twice</del>" in content
    assert "We counted the boats <ins>once</ins>" in content
    assert "style=" not in content
    assert "<form method" not in content.split('id="content-main"')[1]


def test_history_names_related_rows_in_a_fixed_number_of_queries(
    editor: Client, django_assert_num_queries: Any
) -> None:
    person = factories.person("Jane Example")
    quote = factories.quote(speaker=factories.person("Jo Sample"))
    by = factories.user()
    review.correct(quote=quote, by=by, why="x", speaker=person)
    with django_assert_num_queries(12):
        few = editor.get(address(quote, "history"))
    for number in range(5):
        review.correct(quote=quote, by=by, why="x", note=str(number))
    with django_assert_num_queries(12):
        editor.get(address(quote, "history"))

    speaker = few.context["entries"][0].differences[0]
    assert [p.text for p in (*speaker.before, *speaker.after) if p.changed] == [
        "Jo",
        "Sample",
        "Jane",
        "Example",
    ]


def test_history_has_no_page_that_restores(editor: Client) -> None:
    quote = factories.quote()
    version, revision = quote.history.latest().pk, quote.revision

    response = editor.post(f"{address(quote, 'history')}{version}/", {"note": "Old"}, follow=True)

    assert response.status_code in (200, 404)
    quote.refresh_from_db()
    assert (quote.note, quote.revision) == ("", revision)


def test_history_of_a_deleted_record_stays(editor: Client) -> None:
    quote = factories.quote(status="candidate")
    where = address(quote, "history")
    editor.post(address(quote, "delete"), {"post": "yes", "reason": "A test"})

    response = editor.get(where)

    assert [e.kind for e in response.context["entries"]] == ["Deleted", "Added"]


def test_history_turns_pages_and_compares_across_them(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("base.admin.records.HISTORY_PAGE", 2)
    person = factories.person()
    for text in ("one", "two", "three"):
        person.summary = text
        save_as(person, by=None, why=text)

    def shown(page: str) -> list[tuple[str, list[str]]]:
        where = reverse("admin:people_person_history", args=[person.pk])
        found = editor.get(where, {"p": page}).context["entries"]
        return [
            (e.row.history_change_reason or "", [p.text for d in e.differences for p in d.before])
            for e in found
        ]

    assert shown("1") == [("three", ["two"]), ("two", ["one"])]
    assert shown("2")[0] == ("one", [])
    assert shown("junk") == shown("1")
    assert shown("99") == shown("2")
