"""Two coders and an adjudicator take the five seed documents through a round, by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes import coding
from quotes.admin.coding.keys import VALUE_KEYS
from quotes.collection import load_collection
from quotes.collection.load import load
from quotes.models import Article, CodingTask, Quote, Stance, StanceCoding, Target
from tests import factories, hard
from tests.browser.conftest import Faults
from tests.coding import address, dealt

Axe = Callable[..., list[str]]
SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
PASSWORD = "counting boats 2008"
QUEUE = "/admin/quotes/stance/adjudication/"
# Quotes of each document: all of them with HARD=1.
EACH = hard.times(3, 1_000)


def log_in(page: Page, live_server: LiveServer, name: str, path: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/login/?next={path}")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}{path}")


@pytest.fixture
def people(transactional_db: None) -> None:
    for name, group in (("bob", "coder"), ("eve", "coder"), ("ada", "editor")):
        factories.user(group, username=name, password=PASSWORD)


def team() -> list[object]:
    from django.contrib.auth.models import User  # models are loaded by now

    return [User.objects.get(username=name) for name in ("bob", "eve")]


@pytest.fixture
def seeds(people: None) -> CodingTask:
    """A round over the seeds' quotes for their two targets."""
    load(load_collection(SEEDS))
    keys = [
        key
        for article in Article.objects.order_by("pk")
        for key in article.quotes.order_by("-stances__pk", "pk").values_list("pk", flat=True)[:EACH]
    ]
    return coding.make(
        name="The seeds",
        quotes=Quote.objects.filter(pk__in=keys),
        targets=list(Target.objects.all()),
        coders=team(),  # type: ignore[arg-type]
        by=factories.user(),
    )


def known(task: CodingTask) -> dict[tuple[int, int], str]:
    """What the seeds' own coder made of each quote and target."""
    rows = StanceCoding.objects.exclude(coder__assignments__task=task)
    return {(row.quote_id, row.target_id): row.value for row in rows}


def code_all(page: Page, task: CodingTask, name: str, values: dict[tuple[int, int], str]) -> None:
    """Code every quote of a coder's round with the keys: two for each stance, Enter to finish."""
    targets = list(task.targets.order_by("label"))
    mine = task.assignments.filter(coder__user__username=name).order_by("position")
    for assignment in mine:
        expect(page.locator("#workspace")).to_have_attribute(
            "data-place", str(assignment.position), timeout=20_000
        )
        for number, target in enumerate(targets, 1):
            if value := values.get((assignment.quote_id, target.pk)):
                page.keyboard.press(str(number))
                page.keyboard.press(VALUE_KEYS[value])
        page.keyboard.press("Enter")
    expect(page.locator("#rv-said")).to_contain_text("last quote of this round", timeout=20_000)


@pytest.mark.hard
def test_two_coders_and_an_adjudicator_take_the_seeds_from_coding_to_the_public_page(
    live_server: LiveServer, page: Page, seeds: CodingTask
) -> None:
    values = known(seeds)
    dealt_keys = set(seeds.assignments.values_list("quote", flat=True))
    disputed = [key for key, value in sorted(values.items()) if key[0] in dealt_keys][:4]
    differing = values | dict.fromkeys(disputed, "unclear")
    assert Article.objects.filter(quotes__in=dealt_keys).distinct().count() == 5

    log_in(page, live_server, "bob", address(seeds))
    code_all(page, seeds, "bob", values)
    # Blind until the second coder has finished too.
    assert not seeds.assignments.filter(released_at__isnull=False).exists()
    log_in(page, live_server, "eve", address(seeds))
    code_all(page, seeds, "eve", differing)
    assert not seeds.assignments.filter(released_at__isnull=True).exists()
    coded = StanceCoding.objects.filter(coder__assignments__task=seeds).distinct()
    assert coded.count() == 2 * 2 * len(dealt_keys)

    page.goto(f"{live_server.url}/agreement")
    expect(page.get_by_text("before adjudication").first).to_be_visible()
    waiting = Stance.objects.filter(basis="disputed").values_list("quote", "target")
    assert sorted(waiting) == disputed

    log_in(page, live_server, "ada", QUEUE)
    page.locator("#content-main th a").first.focus()
    page.keyboard.press("Enter")
    for left in range(len(disputed), 0, -1):
        expect(page.get_by_text(f"{left} to settle")).to_be_visible()
        # The keys are there once the script has run.
        page.wait_for_load_state()
        page.keyboard.press("Shift+A")
        page.keyboard.press("2")
        page.keyboard.press("w")
        page.keyboard.type("The definition decides it.")
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")
    expect(page.get_by_text("Coders differ on nothing")).to_be_visible()

    settled = Stance.objects.filter(basis="adjudicated")
    assert settled.count() == len(disputed)
    page.goto(f"{live_server.url}{settled[0].quote.get_absolute_url()}")
    expect(page.get_by_text("settled by an adjudicator").first).to_be_visible()
    expect(page.get_by_text("The definition decides it.").first).to_be_visible()
    # What the coders gave is as they gave it.
    assert coded.filter(value="unclear", coder__user__username="eve").count() >= len(disputed)


def test_screen_by_keys_undo_flag_evidence_memo_and_what_was_given_last(
    live_server: LiveServer, page: Page, people: None, axe: Axe, faults: Faults
) -> None:
    task = dealt(2, coders=team())
    log_in(page, live_server, "bob", address(task))
    said, saved = page.locator("#rv-said"), page.locator("#rv-saved")
    # A correct stance in two keys: the first target has the keys already, Enter finishes.
    page.keyboard.press("s")
    expect(page.locator("#target-2")).to_be_focused()
    page.keyboard.press("z")
    expect(said).to_contain_text("Undone")
    assert not StanceCoding.objects.exists()

    # Keys pressed faster than the server answers lose nothing.
    for key in ("1", "c", "v", "2", "d", "f"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    given = {one.target.kind: (one.value, one.confidence) for one in StanceCoding.objects.all()}
    assert given == {"subject": ("criticises", "high"), "claim": ("denies", "")}

    page.keyboard.press("1")
    page.keyboard.press("e")
    expect(said).to_contain_text("The quote is selected")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("e")
    expect(page.locator(".cd-evidence")).to_have_count(1)
    own = StanceCoding.objects.get(target__kind="subject")
    body = own.quote.article.body
    assert [body[start:end].strip() for start, end in own.evidence] == ["will count every boat."]

    page.keyboard.press("w")
    page.keyboard.type("Because of the boats")
    expect(saved).to_have_text("Saved")
    page.keyboard.press("Escape")
    assert StanceCoding.objects.get(pk=own.pk).memo == "Because of the boats"
    page.keyboard.press("Shift+?")
    expect(page.locator("#rv-keys")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    found = axe(page)
    faults.clear()

    page.keyboard.press("Enter")
    expect(page.locator("#workspace")).to_have_attribute("data-place", "2")
    page.keyboard.press(".")
    expect(said).to_contain_text("none of this target")
    page.keyboard.press("2")
    page.keyboard.press(".")
    expect(page.locator("#target-2").get_by_role("radio", name="Denies")).to_be_checked()
    page.keyboard.press("k")
    expect(page.locator("#workspace")).to_have_attribute("data-place", "1")
    page.keyboard.press("j")
    expect(page.locator("#workspace")).to_have_attribute("data-place", "2")
    page.set_viewport_size({"width": 390, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Enter")
    expect(said).to_contain_text("last quote of this round")
    assert found == []

    for path in ("/admin/quotes/codingtask/mine/",):
        page.goto(live_server.url + path)
        assert axe(page) == []
        faults.clear()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser with JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_round_is_made_and_coded_without_scripts(
    live_server: LiveServer, plain_page: Page, people: None
) -> None:
    page = plain_page
    factories.quote()
    target = factories.target(label="The boats", slug="boats")
    log_in(page, live_server, "ada", "/admin/quotes/quote/")
    page.get_by_role("link", name="Have these coded…").click()
    page.get_by_label("Name").fill("Boats")
    for name in (target.label, "bob", "eve"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Deal the quotes").click()
    expect(page.get_by_text("1 still blind")).to_be_visible()

    log_in(page, live_server, "bob", "/admin/quotes/codingtask/mine/")
    page.get_by_role("link", name="Boats").click()
    page.get_by_label("Evidence").fill("no such words")
    page.get_by_label("Memo").fill("What I typed")
    page.get_by_role("radio", name="Supports").check()
    page.get_by_role("button", name="Finish, to the next").click()
    expect(page.locator("#target-1 .rv-error")).to_be_visible()
    expect(page.get_by_label("Memo")).to_have_value("What I typed")
    page.get_by_label("Evidence").fill("every boat")
    page.get_by_role("button", name="Finish, to the next").click()
    expect(page.get_by_text("finished", exact=True)).to_be_visible()
    coded = StanceCoding.objects.get()
    assert (coded.value, coded.memo) == ("supports", "What I typed")
