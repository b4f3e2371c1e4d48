"""Reviewing in a real browser: by keys alone, without a script, under the policy, accessible."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Person
from quotes import review
from quotes.choices import Status
from quotes.collection import load_collection
from quotes.intake import from_upload
from quotes.models import Article, Quote
from tests import factories
from tests.browser.pages import FIRST, MISSED, SAVED_PAGE, SECOND

Axe = Callable[..., list[str]]
SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
PASSWORD = "counting boats 2008"
IS_FOCUSED = "element => element === document.activeElement"


@pytest.fixture
def editor(transactional_db: None) -> User:
    return factories.user("editor", username="ada", password=PASSWORD)


@pytest.fixture
def article(editor: User) -> Article:
    """An article with two candidates as the machine finds them."""
    taken = from_upload("boats.html", SAVED_PAGE.encode(), by=editor)
    return taken.article


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser with JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def log_in(page: Page, live_server: LiveServer, path: str) -> None:
    page.goto(f"{live_server.url}/admin/login/?next={path}")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}{path}")


def review_of(article: Article) -> str:
    return reverse("admin:quotes_article_review", args=[article.pk])


def press(page: Page, key: str, said: str) -> None:
    """Press a key and wait for what the page says then."""
    page.evaluate("document.getElementById('rv-said').textContent = ''")
    page.keyboard.press(key)
    expect(page.locator("#rv-said")).to_contain_text(said)


def open_review(page: Page, live_server: LiveServer, article: Article) -> None:
    log_in(page, live_server, review_of(article))
    expect(page.locator("#rv-card")).to_be_focused()


def test_saved_page_goes_from_upload_to_published_and_cited_by_keys_alone(
    live_server: LiveServer, page: Page, editor: User, tmp_path: Path
) -> None:
    saved = tmp_path / "Boats to be counted.html"
    saved.write_text(SAVED_PAGE, encoding="utf-8")
    # Listened for from the start: the browser is told so some time after, and the key is quick.
    page.on("filechooser", lambda chooser: None)
    log_in(page, live_server, reverse("admin:quotes_article_intake"))
    began = time.monotonic()

    expect(page.get_by_label("File")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(saved)
    while not page.get_by_role("button", name="Take it in").evaluate(IS_FOCUSED):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    expect(page.get_by_text("candidates found.")).to_be_visible()

    while page.locator(".rv-chip.rv-is-candidate").count():
        words = page.locator(".rv-words").inner_text()
        if page.locator(".rv-card .rv-tag", has_text="suggestion").count():
            page.keyboard.press("x")
            press(page, "3", "Rejected")
        else:
            press(page, "a", f"Accepted “{words[:20]}")
    press(page, "p", "Press p again")
    press(page, "p", "published.")
    elapsed = time.monotonic() - began

    published = Quote.objects.filter(status=Status.PUBLISHED)
    said = {quote.text: str(quote.speaker) for quote in published}
    assert said[FIRST] == "Anna Example"
    assert said[SECOND] == "Bert Sample"
    assert all(quote.article.outlet.name == "The Harbour Post" for quote in published)  # type: ignore[union-attr]
    assert elapsed < 120
    page.keyboard.press("v")
    page.wait_for_url("**/q/*")
    expect(page.get_by_role("heading", name="Cite this")).to_be_visible()
    expect(page.get_by_text("Version 1, of")).to_be_visible()
    print(f"\n{published.count()} quotes from upload to published in {elapsed:.1f} s")


def test_missed_quote_is_added_by_selecting_with_the_keyboard(
    live_server: LiveServer, page: Page, article: Article
) -> None:
    open_review(page, live_server, article)
    page.evaluate(SELECT, "letter")

    page.keyboard.press("ArrowRight")
    for _ in range(20):
        page.keyboard.press("Shift+ArrowRight")
        if MISSED in page.evaluate("getSelection().toString().replace(/\\s+/g, ' ')"):
            break
    for _ in range(30):
        if page.evaluate("getSelection().toString().trim()").startswith("a census"):
            break
        page.keyboard.press("Alt+ArrowRight")
    press(page, "n", "Added “a census of nothing at all")
    expect(page.locator("#card_speaker_name")).to_be_focused()

    page.keyboard.type("Anna Example")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rv-said")).to_contain_text("Accepted “a census")

    quote = Quote.objects.get(text=MISSED)
    assert (quote.status, str(quote.speaker), quote.method) == (
        "accepted",
        "Anna Example",
        "editor",
    )


def test_span_is_corrected_split_and_undone_by_keys(
    live_server: LiveServer, page: Page, editor: User
) -> None:
    body = "Speaker A said: “First we count 𝔹oats. Then we rest, he said.” Others left early."
    first = factories.quote(
        "First we count 𝔹oats. Then we rest, he said.",
        article=factories.article(body),
        status="candidate",
    )
    open_review(page, live_server, first.article)

    page.keyboard.press("t")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    press(page, "s", "The words are now “First we count 𝔹oats. Then we rest")
    first.refresh_from_db()
    assert first.text in (
        "First we count 𝔹oats. Then we rest",
        "First we count 𝔹oats. Then we rest,",
    )

    page.evaluate(SELECT, "Then")
    press(page, "d", "Split: ")
    assert [q.text[:21] for q in Quote.objects.order_by("start")] == [
        "First we count 𝔹oats.",
        "Then we rest" + first.text[34:],
    ]
    press(page, "m", "Joined: “First we count 𝔹oats. Then we rest")
    press(page, "z", "Undone: Joined")
    press(page, "z", "Undone: Split")
    press(page, "z", "Undone: Changed")
    first.refresh_from_db()
    assert first.text == "First we count 𝔹oats. Then we rest, he said."
    assert Quote.objects.count() == 1
    reasons = [row.history_change_reason for row in first.history.all()]
    assert len([why for why in reasons if why.startswith("Undone: ")]) == 3


TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map((element) => `${element.tagName}.${element.className}#${element.id}`)"""
SELECT = """(words) => {
  const text = document.getElementById("rv-text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) {
      text.focus();
      getSelection().collapse(walker.currentNode, at);
      return;
    }
  }
}"""


def test_card_saves_by_itself_and_keeps_the_focus(
    live_server: LiveServer, page: Page, article: Article
) -> None:
    open_review(page, live_server, article)

    page.keyboard.press("e")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("As printed")).to_be_focused()
    page.keyboard.type("the chair")
    page.keyboard.press("Tab")

    expect(page.locator("#rv-saved")).to_have_text("Saved")
    expect(page.get_by_label("Cue")).to_be_focused()
    assert Quote.objects.filter(speaker_text="the chair").count() == 1
    page.keyboard.press("Escape")
    press(page, "z", "Undone: Changed")
    assert Quote.objects.filter(speaker_text="the chair").count() == 0


def test_conflict_is_told_and_nothing_typed_is_lost(
    live_server: LiveServer, page: Page, article: Article
) -> None:
    open_review(page, live_server, article)
    quote = Quote.objects.get(pk=page.locator("#workspace").get_attribute("data-quote"))
    review.correct(
        quote=quote, by=factories.user(username="bob"), why="Looked", note="Bob was here"
    )

    page.get_by_label("Cue").fill("declared")
    press(page, "Enter", "bob saved")

    expect(page.get_by_label("Cue")).to_have_value("declared")
    expect(page.get_by_role("heading", name="theirs and yours")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "a", "Accepted")
    quote.refresh_from_db()
    assert (quote.cue, quote.note, quote.status) == ("declared", "Bob was here", "accepted")


def test_correct_candidates_of_the_seed_documents_take_one_key(
    live_server: LiveServer, page: Page, editor: User
) -> None:
    """Ingest the five documents without their annotations; settle each candidate as they say."""
    collection = load_collection(SEEDS)
    names = {p.key: {p.name, *p.other_names} for p in collection.people}
    keys: list[int] = []
    log_in(page, live_server, reverse("admin:quotes_article_queue"))
    for annotated in collection.articles:
        taken = from_upload(
            f"{annotated.key}.txt", (SEEDS / "documents" / f"{annotated.key}.txt").read_bytes()
        )
        gold = {
            tuple((span.start, span.end) for span in quote.spans): names.get(
                quote.speaker or "", set()
            )
            for quote in annotated.quotes
        }
        page.goto(f"{live_server.url}{review_of(taken.article)}")
        for _ in taken.quotes:
            keys += settle_one(page, gold)
        assert not taken.article.quotes.filter(status=Status.CANDIDATE).exists()

    print(f"\n{len(keys)} correct candidates, keys each: median {statistics.median(keys)}")
    assert len(keys) >= 30
    assert statistics.median(keys) == 1
    assert max(keys) == 1
    page.goto(f"{live_server.url}{reverse('admin:quotes_article_machine')}")
    expect(page.get_by_text(f"{Quote.objects.count()} candidates decided")).to_be_visible()
    expect(page.get_by_role("heading", name="Machine against editor, newest first")).to_be_visible()


def settle_one(page: Page, gold: dict[Any, set[str]]) -> list[int]:
    """Settle the current candidate; return how many keys it took if it was correct."""
    quote = Quote.objects.get(pk=page.locator("#workspace").get_attribute("data-quote"))
    spans = tuple((span.start, span.end) for span in quote.spans.all())
    name = page.locator("#card_speaker_name").input_value()
    if spans in gold and (name in gold[spans] or (not name and not gold[spans])):
        press(page, "a", "Accepted")
        quote.refresh_from_db()
        assert quote.status == Status.ACCEPTED
        assert str(quote.speaker or "") == name
        return [1]
    page.keyboard.press("x")
    press(page, "1", "Rejected")
    return []


def test_everything_can_be_done_without_a_script(
    live_server: LiveServer, plain_page: Page, article: Article
) -> None:
    page = plain_page
    log_in(page, live_server, review_of(article))
    words = page.locator(".rv-words").inner_text()

    page.get_by_text("Words: correct by pasting").click()
    page.get_by_label("Words", exact=True).fill("We will count every boat")
    page.get_by_role("button", name="Save only").click()
    expect(page.locator(".rv-words")).to_have_text("We will count every boat")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".rv-words")).to_have_text(words)

    page.get_by_text("Split or join").click()
    page.get_by_label("Split after these words").fill("every boat in the harbour")
    page.get_by_role("button", name="Split d").click()
    expect(page.get_by_text("Split: “We will count every boat in the harbour”")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    page.get_by_text("Add a missed quote").click()
    page.get_by_label("Its exact words").fill(MISSED)
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".rv-words")).to_have_text(MISSED)
    page.get_by_text("Reject x").click()
    page.get_by_label("Outside what the collection holds").check()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_text("Rejected “a census")).to_be_visible()

    page.locator(".rv-chip").first.click()
    page.get_by_role("button", name="Accept a").click()
    expect(page.get_by_text("Accepted “")).to_be_visible()
    page.get_by_role("button", name="Publish 1 accepted").click()
    expect(page.get_by_text("1 quote published.")).to_be_visible()
    assert Quote.objects.filter(status=Status.PUBLISHED).count() == 1
    assert Person.objects.get().name == "Anna Example"


@pytest.mark.parametrize("width", [1280, 390])
def test_screens_are_accessible_in_light_and_dark(
    live_server: LiveServer, page: Page, article: Article, axe: Axe, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_review(page, live_server, article)
    assert axe(page) == []
    page.keyboard.press("?")
    page.keyboard.press("x")
    assert axe(page) == []
    page.keyboard.press("Escape")
    press(page, "a", "Accepted")
    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) == []

    for name in ("queue", "intake", "machine"):
        page.goto(f"{live_server.url}{reverse(f'admin:quotes_article_{name}')}")
        assert axe(page) == [], name
        assert page.evaluate(TOO_WIDE) == [], name
