"""Codebook, agreement, coding and adjudication in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes import codebook
from quotes.models import Stance, Target
from tests import factories
from tests.browser.conftest import Faults

Axe = Callable[..., list[str]]
PASSWORD = "counting boats 2008"
QUEUE = "/admin/quotes/stance/adjudication/"


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


def open_queue(page: Page, live_server: LiveServer) -> None:
    factories.user("editor", username="ada", password=PASSWORD)
    page.goto(f"{live_server.url}/admin/login/?next={QUEUE}")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}{QUEUE}")


def test_adjudication_pages_are_accessible_and_fit_a_phone(
    live_server: LiveServer, page: Page, axe: Axe, faults: Faults, target: Target
) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_queue(page, live_server)
    found = {"queue": axe(page)}
    page.locator("#content-main th a").first.click()
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
    found["stance"] = [*faults.policy, *axe(page)]
    # What axe does to look at a form breaks the policy by itself.
    faults.clear()
    page.set_viewport_size({"width": 390, "height": 740})
    assert found == {"queue": [], "stance": []}
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_stance_is_settled_by_keyboard_without_scripts_and_readers_see_it(
    live_server: LiveServer, page: Page, target: Target
) -> None:
    open_queue(page, live_server)
    page.locator("#content-main th a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/adjudicate/")
    stance = Stance.objects.get(pk=int(page.url.split("/")[-3]))
    page.get_by_role("radio", name="Mixed").focus()
    page.keyboard.press("Space")
    page.get_by_label("Why the coders differed").select_option("ambiguous")
    page.get_by_label("Reason").fill("The words praise the boats.")
    page.get_by_role("button", name="Settle").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Settled: “The boats”")).to_be_visible()

    page.goto(f"{live_server.url}{stance.quote.get_absolute_url()}")
    expect(page.get_by_text("settled by an adjudicator")).to_be_visible()
    expect(page.get_by_text("The words praise the boats.")).to_be_visible()
