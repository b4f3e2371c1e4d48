"""Who blames whom: what the database refuses, what the page counts, and merged addressees."""

import csv
import io
from typing import Any

import networkx
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from people.merging import MergeError
from people.models import Person
from quotes.models import Responsibility
from quotes.speakers import merge_people, unmerge_people
from tests import factories

pytestmark = pytest.mark.django_db


def held(quote: Any, act: str = "blames", issue: str = "boats", **addressee: Any) -> Responsibility:
    return Responsibility.objects.create(
        quote=quote, act=act, issue=issue, rationale="In her words.", **addressee
    )


def test_database_refuses_what_says_nothing_or_two_things() -> None:
    quote, person, body = factories.quote(), factories.person(), factories.organization()
    held(quote, addressee_person=person)
    wrong: list[dict[str, Any]] = [
        {},
        {"addressee_person": person, "addressee_text": "others"},
        {"addressee_person": person, "addressee_organization": body},
        {"addressee_person": person},
        {"addressee_text": "others", "act": "praises"},
        {"addressee_text": "others", "issue": ""},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            held(quote, **values)
    with pytest.raises(ValidationError, match="Name one addressee"):
        Responsibility(quote=quote, act="blames", issue="x", rationale="y").full_clean()
    assert Responsibility.objects.get().history.count() == 1


def test_page_counts_by_sender_act_addressee_and_issue(client: Client, tmp_path: Any) -> None:
    a, b = factories.person("Speaker A"), factories.person("Speaker <B>")
    victim = factories.person("Secret", protected=True, public_role="a relative")
    unknown = factories.person("Never Quoted")
    first, second = factories.quote(speaker=a), factories.quote(speaker=a, kind="indirect")
    answer = factories.quote(speaker=b)
    for quote in (first, second):
        held(quote, addressee_person=b)
    held(first, "demands", addressee_text="others")
    held(answer, "rejects", addressee_person=b)
    held(answer, "credits", addressee_person=victim)
    held(answer, "credits", addressee_person=unknown)
    held(factories.quote(status="candidate", speaker=b), addressee_person=a)

    response = client.get("/responsibility")

    rows = [
        (row.sender.label, row.act, row.addressee.label, row.issue, len(row.quotes))
        for row in response.context["rows"]
    ]
    assert rows == [
        ("Speaker A", "blames", "Speaker <B>", "boats", 2),
        ("Speaker <B>", "credits", "Never Quoted", "boats", 1),
        ("Speaker <B>", "rejects", "Speaker <B>", "boats", 1),
        ("Speaker <B>", "credits", "a relative", "boats", 1),
        ("Speaker A", "demands", "others", "boats", 1),
    ]
    text = response.content.decode()
    assert "Secret" not in text
    assert "/people/never-quoted" not in text
    assert "In her words." in text
    assert len(client.get("/responsibility?kind=indirect").context["rows"]) == 1
    assert len(client.get("/responsibility?act=blames&act=rejects").context["rows"]) == 2
    assert client.get("/responsibility?act=praises").status_code == 400
    assert "meets all of this" in client.get("/responsibility?q=submarine").content.decode()

    path = tmp_path / "responsibility.graphml"
    path.write_bytes(client.get("/responsibility.graphml").content)
    graph = networkx.read_graphml(path, force_multigraph=True)
    assert graph.is_directed()
    edges = {
        (graph.nodes[one]["label"], data["act"], graph.nodes[other]["label"]): data["weight"]
        for one, other, data in graph.edges(data=True)
    }
    assert edges[("Speaker A", "blames", "Speaker <B>")] == 2
    assert len(edges) == 5
    lines = list(csv.DictReader(io.StringIO(client.get("/responsibility.csv").content.decode())))
    assert [int(line["n"]) for line in lines] == [2, 1, 1, 1, 1]
    assert client.get("/responsibility.svg").content.startswith(b"<svg ")


def test_nothing_coded_is_said(client: Client) -> None:
    assert "has not been coded" in client.get("/responsibility").content.decode()


def test_merged_person_is_held_responsible_under_the_name_that_stays() -> None:
    by, quote = factories.user(), factories.quote()
    old, new = factories.person(), factories.person()
    row = held(quote, addressee_person=new)

    merge = merge_people(one=old, other=new, by=by, why="The same")

    row.refresh_from_db()
    assert row.addressee_person == old
    younger = unmerge_people(merge=merge, by=by, why="Not the same")
    row.refresh_from_db()
    assert row.addressee_person == younger
    held(quote, addressee_person=old)
    with pytest.raises(MergeError, match="holds both responsible for “boats”"):
        merge_people(one=old, other=Person.objects.get(pk=younger.pk), by=by, why="The same")
