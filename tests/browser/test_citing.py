"""A reader copies a citation; the pages of citing stand at two widths, in light and in dark."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes import notices, review
from quotes.models import Quote
from tests import factories


@pytest.fixture
def quote(live_server: LiveServer) -> Quote:
    article = factories.article(
        headline="Ministers split over boats",
        byline="By Amara Okafor",
        url="https://courier.example/boats",
        outlet=factories.outlet(name="The Northern Courier"),
    )
    made = factories.quote(
        article=article, speaker=factories.person("Helena Marsh"), speaker_role="chair"
    )
    by = factories.user()
    factories.stance(made, factories.target(label="boat counting"), "supports", by)
    review.correct(
        quote=made,
        by=by,
        why="The article goes on",
        spans=factories.spans(article.body, "We will count every boat.", "And then,"),
    )
    notices.give_notice(
        quote=made,
        kind="reply",
        text="I said this of small boats only.",
        dated=timezone.localdate() - timedelta(days=1),
        by=by,
        why="She wrote to us",
    )
    return made


def test_citation_is_copied_with_its_italics(
    page: Page, live_server: LiveServer, quote: Quote
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/q/{quote.public_id}")

    page.get_by_role("button", name="Copy the APA 7 reference").first.click()

    expect(page.get_by_role("status")).to_have_text("The citation was copied.")
    plain = page.evaluate("navigator.clipboard.readText()")
    assert plain.startswith("Okafor, A. (2008, December 7). Ministers split over boats.")
    rich = page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html'))"
        ".then(blob => blob.text())"
    )
    assert "<i>The Northern Courier</i>" in rich


@pytest.mark.parametrize("path", ["", "/v1", "/history"])
def test_pages_of_citing_are_accessible(
    page: Page, live_server: LiveServer, quote: Quote, path: str, axe: Callable[..., list[str]]
) -> None:
    page.goto(f"{live_server.url}/q/{quote.public_id}{path}")

    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/policies", "/corrections", "/report"])
def test_policies_log_and_form_are_accessible(
    page: Page, live_server: LiveServer, quote: Quote, path: str, axe: Callable[..., list[str]]
) -> None:
    review.withdraw(quote=quote, by=factories.user(), reason="misquoted")
    page.goto(live_server.url + path)

    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_embed_needs_no_script_and_is_accessible(
    page: Page, live_server: LiveServer, quote: Quote, axe: Callable[..., list[str]]
) -> None:
    page.goto(f"{live_server.url}/embed/q/{quote.public_id}")

    expect(page.locator("blockquote")).to_contain_text("We will count every boat.")
    expect(page.get_by_text("I said this of small boats only.")).to_be_visible()
    # A frame's page has no landmarks or headings of its own: it is a part of another page.
    assert axe(page, without=["region", "page-has-heading-one", "landmark-one-main"]) == []
