"""The codebook: entries change with a reason and a number, and readers see each version."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from quotes import codebook, review
from quotes.models import Quote, StanceCoding, Target
from tests import factories

pytestmark = pytest.mark.django_db


def coded(**values: Any) -> tuple[Quote, Target]:
    quote, target = factories.quote(), factories.target(**values)
    factories.stance(quote, target, "supports")
    return quote, target


def change(target: Target, change: str = "wording", **entry: Any) -> Target:
    return codebook.change_entry(
        target=target, by=factories.user(), why="Coders asked", change=change, **entry
    )


def test_change_of_wording_is_a_version_and_leaves_codings_standing() -> None:
    _, target = coded()

    change(target, when_to_use="Boats only")

    found = Target.objects.get()
    assert (found.version, found.meaning_version) == (2, 1)
    assert not StanceCoding.objects.stale().exists()
    assert found.history.latest().history_change_reason == "Coders asked"


def test_change_of_meaning_makes_earlier_codings_stale_until_coded_again() -> None:
    quote, target = coded()
    other, _ = coded()
    change(target, "meaning", when_to_use="Boats only")

    assert [coding.quote for coding in StanceCoding.objects.stale()] == [quote]
    coder_user = StanceCoding.objects.get(quote=quote).coder.user
    assert coder_user is not None
    factories.stance(quote, Target.objects.get(pk=target.pk), "supports", by=coder_user)
    assert not StanceCoding.objects.stale().exists()
    assert other.codings.get().codebook_version == 1


@pytest.mark.parametrize(
    ("entry", "kind", "why", "message"),
    [
        ({"when_to_use": "x"}, "", "Because", "the wording or the meaning"),
        ({"when_to_use": "x"}, "wording", " ", "Say why"),
        ({"label": "x"}, "wording", "Because", "Not part of an entry: label"),
        ({"brief_definition": "x" * 301}, "wording", "Because", "at most 300"),
    ],
)
def test_unfit_change_is_refused_and_changes_nothing(
    entry: dict[str, str], kind: str, why: str, message: str
) -> None:
    target = factories.target()

    with pytest.raises(ValidationError, match=message):
        codebook.change_entry(target=target, by=factories.user(), why=why, change=kind, **entry)

    assert Target.objects.get().version == 1


def test_same_entry_is_no_version() -> None:
    target = factories.target(when_to_use="Always")

    change(target, when_to_use="Always")

    assert Target.objects.get().version == 1
    assert target.history.count() == 1


def test_database_refuses_a_meaning_from_a_version_to_come() -> None:
    target = factories.target()

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(meaning_version=2)


def test_codebook_shows_every_entry_in_force_under_an_anchor(client: Client) -> None:
    coded(label="Boats", slug="boats", brief_definition="Any boat.")
    coded(label="Crews", slug="crews", value_definitions={"supports": "thanks a crew"})
    factories.target(label="Hidden")

    response = client.get("/codebook")

    text = response.content.decode()
    assert [entry.target.slug for entry in response.context["entries"]] == ["boats", "crews"]
    assert 'id="entry-boats"' in text
    assert "Any boat." in text
    assert "thanks a crew" in text
    assert "speaks against it" in text
    assert "Hidden" not in text


def test_entry_page_shows_versions_newest_first_with_what_changed(client: Client) -> None:
    _, target = coded(slug="boats", when_to_use="Always")
    change(target, "wording", when_to_use="Always, anywhere")
    target.label = "Boats renamed"
    target.save()
    change(target, "meaning", when_to_use="Always, at sea", value_definitions={"mixed": "both"})

    response = client.get("/codebook/boats")

    found = response.context["versions"]
    assert [(v.number, v.change, v.why, v.is_latest) for v in found] == [
        (3, "meaning", "Coders asked", True),
        (2, "wording", "Coders asked", False),
        (1, "", "", False),
    ]
    assert [change.label for change in found[0].differences] == ["When to use", "Value: Mixed"]
    assert "<ins>at sea</ins>" in response.content.decode()
    assert 'id="v2"' in response.content.decode()


def test_entry_of_a_target_without_a_published_quote_is_not_there(client: Client) -> None:
    factories.target(slug="boats")

    assert client.get("/codebook/boats").status_code == 404


def test_example_is_shown_only_while_its_quote_is_published(client: Client) -> None:
    quote, target = coded(slug="boats", example="“We will count.” Praise.")
    coded_elsewhere = factories.quote()
    factories.stance(coded_elsewhere, target, "supports")
    target.example_quote = quote
    target.save()
    change(target, example="“We will count every boat.” Praise.")
    pages = ("/codebook", "/codebook/boats", "/targets/boats")
    for page in pages:
        assert "We will count every boat." in client.get(page).content.decode()

    review.withdraw(quote=quote, by=factories.user(), reason="court-order")

    text = client.get("/codebook").content.decode() + client.get("/targets/boats").content.decode()
    assert "Example" not in text
    history = client.get("/codebook/boats").content.decode()
    assert "Example" not in history
    assert "We will count" not in history


@pytest.mark.parametrize(("url", "queries"), [("/codebook", 2), ("/codebook/boats", 5)])
def test_pages_cost_the_same_at_one_entry_and_at_three(
    client: Client, django_assert_num_queries: Callable[..., Any], url: str, queries: int
) -> None:
    quote, target = coded(slug="boats")
    target.example_quote = quote
    target.save()
    change(target, when_to_use="x")
    with django_assert_num_queries(queries):
        client.get(url)

    change(target, when_to_use="y")
    for _ in range(2):
        other, another = coded()
        another.example_quote = other
        another.save()
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
