"""Codebook, agreement, coding and adjudication in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from quotes import codebook
from quotes.models import Target
from tests import factories

Axe = Callable[..., list[str]]


@pytest.fixture
def target(transactional_db: None) -> Target:
    """A target that two coders coded, with an entry of three versions."""
    found = factories.target(
        label="The boats",
        slug="boats",
        brief_definition="Boats of the harbour.",
        when_to_use="The quote says something of the boats themselves.",
    )
    for value, other in (("supports", "supports"), ("criticises", "mixed"), ("supports", "mixed")):
        quote = factories.quote()
        factories.stance(quote, found, value)
        factories.stance(quote, found, other)
    by = factories.user()
    for kind, text in (("wording", "of the boats"), ("meaning", "of the boats or their crews")):
        codebook.change_entry(
            target=found,
            by=by,
            why="Coders asked.",
            change=kind,
            when_to_use=f"Says something {text}.",
        )
    return found


PUBLIC = ("/codebook", "/codebook/boats", "/agreement", "/agreement/boats")


def test_public_pages_are_accessible_in_light_and_dark(
    live_server: LiveServer, page: Page, axe: Axe, target: Target
) -> None:
    found = {}
    for path in PUBLIC:
        page.goto(live_server.url + path)
        found[path] = axe(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_public_pages_are_no_wider_than_a_phone(
    live_server: LiveServer, page: Page, target: Target
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    widths = {}
    for path in PUBLIC:
        page.goto(live_server.url + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {360}, widths
