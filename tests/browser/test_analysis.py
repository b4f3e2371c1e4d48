"""The pages that count, in a real browser: from a number or a picture to the quotes behind it."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Person
from quotes.collection import load_collection
from quotes.collection.load import load
from quotes.models import Quote, Responsibility

# axe takes seconds a page: it sees each kind of table and picture once.
LOOKED_AT = (
    "/compare?target=social-workers",
    "/network",
    "/camps",
    "/responsibility",
    "/people/ed-balls",
    "/targets/social-workers",
    "/network?type=event_list",
    "/network/tie?one=actor:david-clark&other=actor:ed-balls",
    "/data",
)
MEASURED = (
    "/compare",
    "/network?type=two_mode",
    "/camps?actors=organization&size=12",
    "/network?normalisation=activity",
)


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The founding collection, with one quote coded for responsibility."""
    load(load_collection(settings.BASE_DIR / "seeds"))
    Responsibility.objects.create(
        quote=Quote.objects.published().filter(speaker__slug="david-clark").order_by("pk")[0],
        act="blames",
        addressee_person=Person.objects.get(slug="ed-balls"),
        issue="child protection",
        rationale="The paper's summary says so.",
    )
    return live_server.url


def test_every_number_and_picture_leads_to_its_quotes(page: Page, site: str) -> None:
    # By keys alone from the list to the network: the tab, the tie, the quote.
    page.goto(f"{site}/quotes?target=social-workers")
    page.get_by_role("navigation", name="Views of these quotes").get_by_role(
        "link", name="Network"
    ).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/network?target=social-workers")
    tie = page.get_by_role("link", name=re.compile("^David Clark and Ed Balls: weight"))
    tie.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("David Clark and Ed Balls")
    cards = page.locator("article.card")
    assert cards.count() >= 2
    assert {"David Clark", "Ed Balls"} == {
        name.strip() for name in cards.locator(".card-by h3").all_inner_texts()
    }
    cards.first.get_by_role("link", name=re.compile("^Quote ")).click()
    expect(page).to_have_url(re.compile("/q/[0-9A-Z]{8}$"))

    # From a changed position to both quotes.
    page.goto(f"{site}/people/ed-balls")
    change = page.locator(".change").first
    expect(change.locator(".stance-supports")).to_have_count(1)
    expect(change.locator(".stance-criticises")).to_have_count(1)
    ids = change.get_by_role("link", name=re.compile("^Quote ")).all_inner_texts()
    for public_id in ids:
        page.goto(f"{site}/people/ed-balls")
        page.locator(".change").first.get_by_role("link", name=f"Quote {public_id}").click()
        expect(page).to_have_url(f"{site}/q/{public_id}")
    assert len(set(ids)) == 2

    # From a mark of the timeline to its quote; from a cell of the table to its list.
    page.goto(f"{site}/people/ed-balls")
    page.get_by_role("link", name=re.compile("^Criticises, .*, quote ")).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/q/"))
    page.goto(f"{site}/compare")
    page.get_by_role("link", name="Supports 22").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("22 quotes by Ed Balls")


def test_dataset_is_found_from_every_page_and_read_without_scripts(
    browser: Browser, site: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/people/david-clark")
        expect(page.locator("#responsible + .table-frame")).to_contain_text("child protection")
        page.get_by_role("link", name="the whole record as a dataset").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("The dataset")
        expect(page.get_by_text("None has been made yet")).to_be_visible()
        page.get_by_text("Columns of stances").click()
        columns = page.get_by_role("region", name="Columns of stances")
        expect(columns.get_by_role("rowheader", name="value")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="people.csv").click()
        people = download.value.path().read_text(encoding="utf-8")
        assert people.startswith("id,name,")
        assert "ed-balls,Ed Balls," in people


def test_filters_and_options_work_without_scripts(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/compare?rows=outlet")
        page.get_by_role("checkbox", name=re.compile("^Social workers")).check()
        page.get_by_role("button", name="Apply filters").click()
        expect(page).to_have_url(f"{site}/compare?rows=outlet&target=social-workers")
        page.get_by_role("link", name="Remove About Social workers").click()
        expect(page).to_have_url(f"{site}/compare?rows=outlet")

        page.goto(f"{site}/network?target=social-workers")
        page.get_by_text("What is counted:").click()
        page.get_by_label("Only from").fill("2009")
        page.get_by_role("button", name="Apply", exact=True).click()
        expect(page).to_have_url(f"{site}/network?start=2009&target=social-workers")
        page.get_by_role("link", name="Two-mode").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Two-mode network")
        page.get_by_text("Nodes, and leaving them out").click()
        page.get_by_role("link", name="leave out Ed Balls").click()
        expect(page.get_by_role("link", name="Take in again: Ed Balls")).to_be_visible()

        page.goto(f"{site}/people/ed-balls")
        page.get_by_text("Narrow these figures").click()
        page.get_by_role("checkbox", name=re.compile("^BBC")).check()
        page.get_by_role("button", name="Apply filters").click()
        expect(page).to_have_url(f"{site}/people/ed-balls?outlet=bbc")


def test_pages_are_accessible_and_fit_a_phone_and_paper(
    page: Page, site: str, axe: Callable[..., list[str]]
) -> None:
    found = {}
    for path in LOOKED_AT:
        page.goto(site + path)
        if violations := axe(page):
            found[path] = violations
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (*LOOKED_AT, *MEASURED):
        page.goto(site + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width != 360:
            found[f"{path} on a phone"] = [str(width)]
    assert found == {}

    page.goto(f"{site}/targets/social-workers")
    page.emulate_media(media="print")
    expect(page.locator(".figure .files").first).to_be_hidden()
    expect(page.locator("svg.chart").first).to_be_visible()
