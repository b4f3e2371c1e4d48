"""The public pages in a real browser: a researcher's walk, access, policy, no scripts, narrow."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Membership
from quotes import review, stances
from quotes.exports.past import written
from quotes.exports.state import as_of_now
from quotes.models import Quote, Utterance
from tests import factories

BODY = (
    "A captain spoke on Monday. “I was not bowing to media pressure. I sent divers,” she told "
    "the harbour board. Her deputy saw media pressure in all of it. “The media pressure was all "
    "there was,” he said. Others said that boats are hard to count."
)


@dataclass
class Site:
    url: str
    denial: Quote
    withdrawn: Quote
    paths: dict[str, str]


@pytest.fixture
def site(live_server: LiveServer) -> Site:
    """Two people on either side of one claim, and one of every page."""
    editor = factories.user()
    captain, deputy = factories.person("Captain A"), factories.person("Deputy B")
    board = factories.organization("Harbour Board")
    Membership.objects.create(person=captain, organization=board, role="captain", start="2008")
    outlet = factories.outlet(name="The Buoy")
    article = factories.article(
        BODY, outlet=outlet, headline="Captain on the divers", url="https://example.org/divers"
    )
    claim = factories.target(
        "claim",
        label="Media pressure sent the divers",
        slug="media-pressure",
        proposition="The divers were sent because of media pressure.",
        full_definition="The divers are those of December.",
    )
    occasion = Utterance.objects.create(title="On the divers")
    said = {"article": article, "by": editor}
    denial = factories.quote(
        "I was not bowing to media pressure. I sent divers,",
        speaker=captain,
        speaker_text="she",
        basis="pronoun",
        on_behalf_of=board,
        utterance=occasion,
        **said,
    )
    claimed = factories.quote(
        "The media pressure was all there was,", speaker=deputy, utterance=occasion, **said
    )
    factories.quote("boats are hard to count", kind="indirect", speaker=deputy, **said)
    for quote, value in ((denial, "denies"), (claimed, "asserts")):
        stances.tag(quote=quote, target=claim, value=value, by=editor, rationale="In her words.")
    withdrawn = factories.quote("saw media pressure in all of it", speaker=deputy, **said)
    review.withdraw(quote=withdrawn, by=editor, reason="misattributed", public_note="Not his.")
    paths = {
        "home": "/",
        "list": "/quotes",
        "search": "/quotes?q=media+pressure&target=media-pressure&stance=denies",
        "empty": "/quotes?q=diverz&kind=direct",
        "left out": "/quotes?not_speaker=deputy-b&stance=media-pressure:denies&year=2008",
        "facet": "/quotes/facets/speaker?find=cap",
        "how to search": "/how-to-search",
        "refused": "/quotes?sort=best",
        "quote": denial.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "missing": "/q/00000000",
        "people": "/people",
        "person": "/people/captain-a",
        "organizations": "/organizations",
        "organization": "/organizations/harbour-board",
        "outlets": "/outlets",
        "outlet": "/outlets/the-buoy",
        "articles": "/articles",
        "article": article.get_absolute_url(),
        "targets": "/targets",
        "target": "/targets/media-pressure",
        "utterance": f"/utterances/{occasion.public_id}",
        "about": "/about",
        "columns": "/data/columns",
        "api": "/api/docs",
        "then": f"/quotes?stance=denies&as_of={written(as_of_now())}",
    }
    return Site(live_server.url, denial, withdrawn, paths)


def walk(page: Page, site: Site) -> None:
    """Search, filter, open a quote, open its speaker."""
    page.goto(site.url)
    page.get_by_label("Words in the quote").fill("media pressure")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "2 quotes matching “media pressure”, newest first"
    )
    expect(page.locator("mark").first).to_have_text("media pressure")

    page.get_by_label("Denies 1 quote").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(f"{site.url}/quotes?q=media+pressure&stance=denies")
    expect(page.locator("article.card")).to_have_count(1)
    assert "1 quote matching “media pressure” that denies any target" in page.title()

    page.get_by_role("link", name=f"Quote {site.denial.public_id}").click()
    expect(page).to_have_url(f"{site.url}/q/{site.denial.public_id}")
    expect(page.locator(".words-large")).to_contain_text("I was not bowing to media pressure")
    expect(page.get_by_text("by a pronoun: “she”")).to_be_visible()

    page.get_by_role("heading", level=1).get_by_role("link", name="Captain A").click()
    expect(page).to_have_url(f"{site.url}/people/captain-a")
    expect(page.get_by_role("link", name="1 quote", exact=True)).to_be_visible()


def test_walk_from_a_search_to_a_speaker(page: Page, site: Site) -> None:
    walk(page, site)


def test_walk_without_scripts(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        walk(page, site)
        page.goto(f"{site.url}/quotes")
        assert page.get_by_role("button", name="Copy the link").count() == 0


def test_filter_is_lifted_by_its_link(page: Page, site: Site) -> None:
    page.goto(site.url + site.paths["search"])

    page.get_by_role("link", name="Remove Stance Denies").click()

    expect(page).to_have_url(f"{site.url}/quotes?q=media+pressure&target=media-pressure")
    expect(page.locator("article.card")).to_have_count(2)


def test_repaired_link_leads_on(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/quotes?q=media&speaker=nobody")

    page.get_by_role("link", name="2 quotes matching “media”, newest first").click()

    expect(page).to_have_url(f"{site.url}/quotes?q=media")


def test_every_page_is_accessible_in_light_and_dark(
    page: Page, site: Site, axe: Callable[..., list[str]]
) -> None:
    found = {}
    for name, path in site.paths.items():
        page.goto(site.url + path)
        if violations := axe(page):
            found[name] = violations
    assert found == {}


def test_no_page_is_wider_than_a_phone(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    widths = {}
    for name, path in site.paths.items():
        page.goto(site.url + path)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {360}, widths


def test_filters_fold_on_a_phone_and_stand_open_beside_the_results(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/quotes")
    expect(page.get_by_label("Denies 1 quote")).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 740})
    expect(page.get_by_label("Denies 1 quote")).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    expect(page.get_by_label("Denies 1 quote")).to_be_visible()


def test_link_is_copied(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site.url}/quotes?stance=denies")

    page.get_by_role("button", name=f"Copy the link to quote {site.denial.public_id}").click()

    expect(page.get_by_role("status")).to_have_text("The link was copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site.url}/q/{site.denial.public_id}"


def test_keyboard_reaches_the_content_first(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/quotes")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words in the quote")).to_be_focused()
    page.keyboard.type("divers")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/quotes?q=divers")


def test_paper_shows_no_machinery(page: Page, site: Site) -> None:
    page.goto(site.url + site.paths["search"])
    page.emulate_media(media="print")

    expect(page.locator(".finder-panel")).to_be_hidden()
    expect(page.locator("article.card")).to_be_visible()
