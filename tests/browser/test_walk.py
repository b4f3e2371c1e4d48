"""The product's main job from end to end, on the founding collection, in one sitting."""

import re

from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes.collection import load_collection
from quotes.collection.load import load
from quotes.models import Quote, Target
from tests import factories

PASSWORD = "counting boats 2008"


def test_researcher_finds_who_denies_and_an_editor_tags_what_the_public_then_sees(
    live_server: LiveServer, page: Page
) -> None:
    load(load_collection(settings.BASE_DIR / "seeds"))
    factories.user("editor", username="ada", password=PASSWORD)
    target = Target.objects.get(slug="social-workers")

    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("media pressure")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name=re.compile("^Denies")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 quote")

    page.get_by_role("link", name=re.compile("^Quote [0-9A-Z]{8}$")).click()
    words = "I wasn’t bowing to media or political pressure."
    expect(page.locator(".words-large")).to_contain_text(words)
    address = page.url
    page.get_by_role("link", name="Ed Balls", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ed Balls")

    page.goto(address)
    quote = Quote.objects.get(public_id=address.rsplit("/", 1)[1])
    page.goto(f"{live_server.url}/admin/login/?next=/admin/quotes/quote/{quote.pk}/change/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(f"#target{target.pk}").get_by_label("Neutral").check()
    page.locator(f"#id_{target.pk}_rationale").fill("Speaks of the inspectors, not of the workers")
    page.locator(f"#target{target.pk}").get_by_role("button", name="Save coding").click()
    page.wait_for_url(f"**/change/#target{target.pk}")

    page.goto(address)
    expect(page.get_by_text("Speaks of the inspectors, not of the workers")).to_be_visible()
    expect(page.get_by_role("link", name="Social workers").first).to_be_visible()
    assert quote.versions.count() == 2
