"""Filters by keyboard alone and without scripts: asked for, left out, found, lifted again."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Ten speakers over five years."""
    by = factories.user()
    for number in range(10):
        factories.quote(
            by=by,
            speaker=factories.person(f"Captain {'ABCDEFGHIJ'[number]}"),
            channel="blog" if number % 2 else "speech",
            article=factories.article(published=str(2004 + number // 2)),
        )
    return live_server.url


def reach(page: Page, name: str, role: str = "checkbox") -> None:
    """Press Tab until a control has the focus, and see that a reader can see so."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    handle = wanted.element_handle()
    for _ in range(200):
        page.keyboard.press("Tab")
        if handle.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not reach {name}.")


def walk(page: Page, site: str) -> None:
    """Add a filter, leave a value out, find one on the facet's page, lift both: by keys."""
    page.goto(f"{site}/quotes")
    reach(page, "Blog 5 quotes")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("5 quotes from blogs, newest first")

    reach(page, "Leave out Captain B")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("4 quotes not by Captain B from blogs, newest first")
    expect(page).to_have_url(f"{site}/quotes?not_speaker=captain-b&channel=blog")
    expect(page.get_by_label("Leave out Captain B")).to_be_checked()

    reach(page, "Remove Said in Blog", "link")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("9 quotes not by Captain B, newest first")

    reach(page, "Find among all 10 speakers", "link")
    page.keyboard.press("Enter")
    reach(page, "Find among 10 speakers", "searchbox")
    page.keyboard.type("j")
    page.keyboard.press("Enter")
    reach(page, "Captain J 1 quote")
    page.keyboard.press("Space")
    reach(page, "Show the quotes", "button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/quotes?not_speaker=captain-b&speaker=captain-j")

    reach(page, "Remove Speaker Captain J", "link")
    page.keyboard.press("Enter")
    reach(page, "Remove Speaker not Captain B", "link")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/quotes")
    expect(heading).to_have_text("10 quotes, newest first")


def test_filters_by_keys_alone(page: Page, site: str) -> None:
    walk(page, site)

    page.locator(".histogram a").last.click()
    expect(page).to_have_url(f"{site}/quotes?year=2008")


def test_filters_by_keys_without_scripts(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        walk(context.new_page(), site)
