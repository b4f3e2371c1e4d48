"""The editors' pages in a real browser: accessible in light and dark, under the policy, by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Membership, PersonName
from quotes import review
from quotes.models import Quote, Stance, Target
from tests import factories
from tests.browser.conftest import Faults

Axe = Callable[..., list[str]]
PASSWORD = "counting boats 2008"


@pytest.fixture
def editor() -> User:
    return factories.user("editor", username="ada", password=PASSWORD)


@pytest.fixture
def quote(transactional_db: None) -> Quote:
    made = factories.quote(speaker=factories.person("Jane Example"), note="One\n\nTwo")
    PersonName.objects.create(person=made.speaker, name="Dame Jane")  # type: ignore[misc]
    Membership.objects.create(person=made.speaker, role="chair")  # type: ignore[misc]
    factories.quote("Others said little.", article=made.article, status="candidate")
    return made


@pytest.fixture
def target(quote: Quote) -> Target:
    found = factories.target(label="The boats")
    factories.stance(quote, found, "supports")
    factories.target("claim", label="The count")
    return found


def log_in(page: Page, live_server: LiveServer, path: str) -> None:
    page.goto(f"{live_server.url}/admin/login/?next={path}")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}{path}")


def address(name: str, *arguments: Any) -> str:
    return reverse(f"admin:{name}", args=arguments)


def checked(page: Page, axe: Axe, faults: Faults) -> list[str]:
    """Return the breaches of the policy by the page, then what axe finds on it."""
    page.wait_for_load_state("load")
    found = [*faults.policy, *axe(page)]
    # To look at a form axe itself adds a style, which the policy refuses and reports.
    faults.clear()
    return found


def test_pages_are_accessible_in_light_and_dark(
    live_server: LiveServer,
    page: Page,
    axe: Axe,
    faults: Faults,
    editor: User,
    quote: Quote,
    target: Target,
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/admin/login/")
    found = {"login": axe(page)}
    log_in(page, live_server, "/admin/")
    pages = {
        "index": "/admin/",
        "quotes": address("quotes_quote_changelist"),
        "quote": address("quotes_quote_change", quote.pk),
        "candidate": address("quotes_quote_change", Quote.objects.get(status="candidate").pk),
        "new quote": f"{address('quotes_quote_add')}?article={quote.article_id}",
        "article": address("quotes_article_change", quote.article_id),
        "history": address("quotes_quote_history", quote.pk),
        "person": address("people_person_change", quote.speaker_id),
        "target": address("quotes_target_change", target.pk),
        "stance": address("quotes_quote_stance", quote.pk, target.pk),
        "untag": address("quotes_quote_untag", quote.pk, target.pk),
        "withdraw": address("quotes_quote_step", quote.pk, "withdraw"),
        "reply": address("quotes_quote_step", quote.pk, "reply"),
        "merge people": address("people_person_merge", quote.speaker_id),
        "version": address("quotes_quoteversion_change", quote.versions.first().pk),  # type: ignore[union-attr]
        "coding": address("quotes_stancecoding_change", quote.codings.get().pk),
    }
    for name, path in pages.items():
        page.goto(f"{live_server.url}{path}")
        found[name] = checked(page, axe, faults)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_conflict_and_bulk_pages_are_accessible(
    live_server: LiveServer, page: Page, axe: Axe, faults: Faults, editor: User, quote: Quote
) -> None:
    page.emulate_media(reduced_motion="reduce")
    log_in(page, live_server, address("quotes_quote_change", quote.pk))
    review.correct(
        quote=Quote.objects.get(pk=quote.pk), by=factories.user(), why="Theirs", note="Theirs"
    )
    page.get_by_label("Note:", exact=True).fill("Mine")
    page.get_by_label("Reason for the change:").fill("My reason")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="theirs and yours")).to_be_visible()
    expect(page.get_by_label("Note:", exact=True)).to_have_value("Mine")
    assert checked(page, axe, faults) == []

    page.goto(f"{live_server.url}{address('quotes_quote_changelist')}")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("reject_chosen")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", name="1 will be rejected")).to_be_visible()
    expect(page.get_by_role("heading", name="1 will stay as it is")).to_be_visible()
    assert checked(page, axe, faults) == []


def press_until(page: Page, condition: str) -> None:
    """Press Tab until the focus is where the condition (of `document.activeElement`) says."""
    for _ in range(150):
        if page.evaluate(f"(() => {{ const at = document.activeElement; return {condition}; }})()"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keys to {condition}")


def test_stance_is_tagged_by_keyboard_alone(
    live_server: LiveServer, page: Page, editor: User, quote: Quote, target: Target
) -> None:
    claim = Target.objects.get(label="The count")
    log_in(page, live_server, address("quotes_quote_change", quote.pk))

    press_until(page, f"at.name === 'value' && at.id.startsWith('id_{claim.pk}_')")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    press_until(page, f"at.id === 'id_{claim.pk}_rationale'")
    page.keyboard.type("Never twice, she says")
    press_until(page, "at.textContent.trim() === 'Save coding'")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/change/#target{claim.pk}")

    expect(page.get_by_text(f"Your coding for “{claim}” was saved.")).to_be_visible()
    coding = quote.codings.get(coder__user=editor)
    assert (coding.value, coding.memo) == ("denies", "Never twice, she says")
    assert Stance.objects.get(target=claim).basis == "single"
    page.goto(f"{live_server.url}/q/{quote.public_id}")
    expect(page.get_by_text("Never twice, she says")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_candidate_is_reviewed_without_javascript(
    live_server: LiveServer, page: Page, editor: User, quote: Quote
) -> None:
    candidate = Quote.objects.get(status="candidate")
    log_in(page, live_server, address("quotes_quote_change", candidate.pk))

    page.get_by_label("Note:", exact=True).fill("Line one\nline two")
    page.get_by_label("Reason for the change:").fill("Seen in the article")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The quote was published.")).to_be_visible()

    candidate.refresh_from_db()
    assert (candidate.status, candidate.note) == ("published", "Line one\nline two")
    assert candidate.reviewer == editor


def test_speaker_is_chosen_by_search(
    live_server: LiveServer, page: Page, editor: User, quote: Quote
) -> None:
    other = factories.person("Jo Sample")
    log_in(page, live_server, address("quotes_quote_change", quote.pk))

    page.locator(".field-speaker .select2-selection").click()
    page.locator(".select2-search__field").fill("Sample")
    page.get_by_role("option", name="Jo Sample").click()
    page.get_by_label("Reason for the change:").fill("Resolved anew")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{address('quotes_quote_changelist')}")

    quote.refresh_from_db()
    assert quote.speaker == other
