"""The codebook in the admin: what a change does is asked for, and leaves a worklist."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from quotes.models import Target
from tests import factories
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor"))


def address(target: Target) -> str:
    return reverse("admin:quotes_target_change", args=[target.pk])


def opened(browser: Client, target: Target) -> dict[str, Any]:
    return form_with(browser.get(address(target)), "base_revision", "entry_change")


@pytest.mark.parametrize(("change", "meaning_version"), [("wording", 1), ("meaning", 2)])
def test_codebook_entry_counts_its_versions(
    editor: Client, change: str, meaning_version: int
) -> None:
    target = factories.target()

    editor.post(address(target), {**opened(editor, target), "label": "Label", "reason": "x"})
    assert Target.objects.get().version == 1

    said = {"when_to_use": "Now", "reason": "x", "entry_change": change}
    editor.post(address(target), {**opened(editor, target), **said})
    found = Target.objects.get()
    assert (found.version, found.meaning_version) == (2, meaning_version)


def test_codebook_entry_is_not_changed_without_saying_what_the_change_does(editor: Client) -> None:
    target = factories.target()

    response = editor.post(
        address(target), {**opened(editor, target), "when_to_use": "Now", "reason": "x"}
    )

    assert response.context["adminform"].form.errors == {
        "entry_change": ["Say what changed: the wording or the meaning."]
    }
    assert Target.objects.get().when_to_use == ""


def test_codings_from_before_a_change_of_meaning_are_a_worklist(editor: Client) -> None:
    old, new = factories.target(), factories.target()
    for target in (old, new):
        factories.stance(factories.quote(), target, "supports")
    said = {"when_to_use": "Now", "reason": "x", "entry_change": "meaning"}
    editor.post(address(old), {**opened(editor, old), **said})

    response = editor.get("/admin/quotes/stancecoding/?stale=1")

    assert [row.target for row in response.context["cl"].result_list] == [old]
    assert (
        "1</strong> codings from before a codebook entry" in editor.get("/admin/").content.decode()
    )
