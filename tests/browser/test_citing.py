"""A reader copies a citation; the pages of citing stand at two widths, in light and in dark."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes import notices, review
from quotes.models import Quote
from tests import factories
from tests.browser.conftest import Faults


class Blog(BaseHTTPRequestHandler):
    frames: tuple[str, ...] = ()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        title = "<!doctype html><html lang=en><title>A blog</title>"
        frames = "".join(f'<iframe src="{address}"></iframe>' for address in self.frames)
        self.wfile.write(f"{title}{frames}".encode())

    def log_message(self, *arguments: object) -> None:
        pass


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


@pytest.fixture
def blog() -> Iterator[str]:
    """A page of somebody else's, on an origin of its own."""
    with HTTPServer(("127.0.0.1", 0), Blog) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_embed_stands_in_a_frame_of_another_site_and_no_other_page_does(
    page: Page, live_server: LiveServer, quote: Quote, faults: Faults, blog: str
) -> None:
    address = f"{live_server.url}/embed/q/{quote.public_id}"
    Blog.frames = (address, address.replace("/embed", ""))
    page.goto(blog)

    embedded = page.frame_locator("iframe").first
    expect(embedded.locator("blockquote")).to_contain_text("We will count every boat.")
    assert [frame.url for frame in page.frames if frame.url.startswith(live_server.url)] == [
        address
    ]
    assert any("frame-ancestors" in said for said in faults.console)
    faults.clear()


def test_merge_is_decided_by_keys_alone(
    page: Page, live_server: LiveServer, quote: Quote, axe: Callable[..., list[str]], faults: Faults
) -> None:
    into = factories.quote()
    factories.user("editor", username="ada", password="counting boats 2008")
    step = f"/admin/quotes/quote/{quote.pk}/review/merge/"
    page.goto(f"{live_server.url}/admin/login/?next={step}")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type("counting boats 2008")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}{step}")

    page.get_by_label("The quote that stays").focus()
    page.keyboard.type(str(into.public_id))
    page.keyboard.press("Tab")
    page.keyboard.type("The same words")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What will come of it")).to_be_visible()
    assert axe(page) == []
    faults.clear()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Yes, merge").press("Enter")

    expect(page.get_by_text("The quote was merged.")).to_be_visible()
    page.goto(f"{live_server.url}/q/{quote.public_id}")
    assert page.url.endswith(f"/q/{into.public_id}")


def test_embed_needs_no_script_and_is_accessible(
    page: Page, live_server: LiveServer, quote: Quote, axe: Callable[..., list[str]]
) -> None:
    page.goto(f"{live_server.url}/embed/q/{quote.public_id}")

    expect(page.locator("blockquote")).to_contain_text("We will count every boat.")
    expect(page.get_by_text("I said this of small boats only.")).to_be_visible()
    # A frame's page has no landmarks or headings of its own: it is a part of another page.
    assert axe(page, without=["region", "page-has-heading-one", "landmark-one-main"]) == []
