"""Merging, splitting and relating targets in the admin: seen first, done with a reason, undone."""

import pytest
from django.test import Client
from django.urls import reverse

from quotes.models import StanceCoding, Target, TargetMove, TargetRelation
from tests import factories
from tests.forms import client

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor"))


@pytest.fixture
def boats() -> Target:
    target = factories.target(slug="boats", label="Boats")
    for value in ("supports", "criticises"):
        factories.stance(factories.quote(), target, value)
    return target


def step(target: Target, name: str) -> str:
    return reverse("admin:quotes_target_step", args=[target.pk, name])


def test_merge_is_shown_with_its_counts_then_done_then_undone(
    editor: Client, boats: Target
) -> None:
    ships = factories.target(slug="ships", label="Ships")
    said = {"into": ships.pk, "reason": "The same"}

    seen = editor.post(step(boats, "merge"), said)
    assert "would move 2 codings of 2 quotes to “Ships”" in seen.content.decode()
    assert not TargetMove.objects.exists()

    done = editor.post(step(boats, "merge"), {**said, "confirmed": "1"})
    assert done["Location"] == reverse("admin:quotes_target_change", args=[ships.pk])
    assert set(StanceCoding.objects.values_list("target", flat=True)) == {ships.pk}
    page = editor.get(reverse("admin:quotes_target_change", args=[boats.pk]))
    assert "It was merged into" in page.content.decode()
    assert editor.get(step(boats, "split")).status_code == 200

    move = TargetMove.objects.get()
    undo = reverse("admin:quotes_targetmove_undo", args=[move.pk])
    assert editor.post(undo, {"reason": "x"}).status_code == 403
    admin = client(factories.user("admin"))
    assert "Undo this" in admin.get(move_page(move)).content.decode()
    assert admin.post(undo, {"reason": ""}).status_code == 200
    assert admin.post(undo, {"reason": "They differ"})["Location"] == move_page(move)
    assert set(StanceCoding.objects.values_list("target", flat=True)) == {boats.pk}
    again = admin.post(undo, {"reason": "Again"})
    assert "undone already" in again.content.decode()


def move_page(move: TargetMove) -> str:
    return reverse("admin:quotes_targetmove_change", args=[move.pk])


def test_split_makes_a_target_with_the_chosen_codings(editor: Client, boats: Target) -> None:
    first, _ = StanceCoding.objects.order_by("pk")
    refused = editor.post(step(boats, "split"), {"quotes": [first.quote_id], "reason": "x"})
    assert "name a new one" in refused.content.decode()

    editor.post(
        step(boats, "split"), {"label": "Rafts", "quotes": [first.quote_id], "reason": "Rafts"}
    )

    rafts = Target.objects.get(slug="rafts")
    assert list(rafts.codings.values_list("pk", flat=True)) == [first.pk]
    assert rafts.history.get().history_change_reason == "Rafts"
    assert boats.codings.count() == 1


def test_claims_are_related_and_subjects_are_not(editor: Client, boats: Target) -> None:
    claim, other = factories.target("claim"), factories.target("claim")
    said = {"kind": "negation", "other": other.pk, "reason": "By its words"}

    editor.post(step(claim, "relate"), said)
    relation = TargetRelation.objects.get()
    assert (relation.claim, relation.other, relation.kind) == (claim, other, "negation")

    refused = editor.post(step(other, "relate"), {**said, "other": claim.pk})
    assert "related already" in refused.content.decode()
    page = editor.get(reverse("admin:quotes_target_change", args=[boats.pk]))
    assert [name for name, _ in page.context["target_steps"]] == ["merge", "split"]
