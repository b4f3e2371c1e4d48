"""The coding screen without a script: a plain form that saves, refuses beside the field, keeps."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quotes import codebook, coding
from quotes.models import CodingTask, Quote, Stance, StanceCoding
from tests import factories
from tests.coding import address, dealt, first, names, press, user_of
from tests.forms import client, form_with

pytestmark = pytest.mark.django_db


def coder(task: CodingTask, at: int = 0) -> Client:
    return client(user_of(first(task, at)))


def errors(response: Any) -> dict[str, list[str]]:
    return {
        f"{part.form.number}-{name}": faults
        for part in response.context["parts"]
        for name, faults in part.form.errors.items()
    }


def test_form_saves_flags_finishes_and_leads_to_the_next_quote() -> None:
    task = dealt(2)
    browser = coder(task)
    words = "count every boat"

    saved = press(
        browser,
        task,
        "save",
        subject_value="supports",
        subject_confidence="high",
        subject_memo="First line\r\nsecond",
        subject_evidence=words,
    )
    assert saved.redirect_chain == [(address(task, 1), 302)]
    own = StanceCoding.objects.get()
    body = own.quote.article.body
    assert [body[start:end] for start, end in own.evidence] == [words]
    assert (own.value, own.confidence, own.memo) == ("supports", "high", "First line\nsecond")
    assert own.history.latest().history_change_reason == "Coded"

    press(browser, task, "flag")
    finished = press(browser, task, "finish", claim_value="denies")
    assert finished.redirect_chain == [(address(task, 2), 302)]
    assert (finished.context["finished"], finished.context["total"]) == (1, 2)
    assert first(task).flagged
    assert set(StanceCoding.objects.values_list("value", flat=True)) == {"supports", "denies"}

    undone = press(browser, task, "undo", place=2)
    assert undone.redirect_chain == [(address(task, 1), 302)]
    assert not first(task).finished_at


def test_screen_tells_what_its_coder_made_of_the_same_words_before_and_nobody_elses() -> None:
    task = dealt(2)
    Quote.objects.update(speaker=factories.person())
    browser = coder(task)
    told = "You coded these words before"

    assert told not in browser.get(address(task, 1)).text
    press(browser, task, "finish", subject_value="supports")

    assert told in browser.get(address(task, 2)).text
    assert told not in coder(task, 1).get(address(task, 2)).text


def test_what_is_refused_stands_beside_its_field_and_the_rest_is_saved() -> None:
    task = dealt()
    browser = coder(task)

    response = press(
        browser,
        task,
        "finish",
        subject_value="supports",
        subject_evidence="words that stand nowhere",
        subject_memo="Kept",
        claim_value="asserts",
    )

    assert list(errors(response)) == ["1-evidence"]
    again = form_with(response, "n", f"{names(task)[0]}-revision")
    assert again[f"{names(task)[0]}-evidence"] == "words that stand nowhere"
    assert again[f"{names(task)[0]}-memo"] == "Kept"
    assert StanceCoding.objects.get().value == "asserts"
    assert not first(task).finished_at

    # Sent once more with the evidence mended, it is finished: every state is as it is now.
    again |= {f"{names(task)[0]}-evidence": "every boat", "action": "finish"}
    browser.post(address(task), again)
    assert first(task).finished_at


def test_stale_entry_is_refused_with_what_changed_in_it() -> None:
    task = dealt()
    browser = coder(task)
    opened = form_with(browser.get(address(task)), "n", f"{names(task)[0]}-revision")
    subject = task.targets.order_by("label")[0]
    codebook.change_entry(
        target=subject,
        by=factories.user(),
        why="Asked",
        change="meaning",
        when_to_use="Only of boats with a mast.",
    )

    response = browser.post(
        address(task), {**opened, f"{names(task)[0]}-value": "supports", "action": "save"}
    )

    assert "is version 2 now" in errors(response)["1-value"][0]
    content = response.content.decode()
    assert "<ins>Only of boats with a mast.</ins>" in content
    assert not StanceCoding.objects.exists()
    again = form_with(response, "n", f"{names(task)[0]}-revision") | {"action": "save"}
    assert again[f"{names(task)[0]}-value"] == "supports"
    browser.post(address(task), again)
    assert StanceCoding.objects.get().codebook_version == 2


def test_second_window_does_not_write_over_the_first() -> None:
    task = dealt()
    browser = coder(task)
    opened = form_with(browser.get(address(task)), "n", f"{names(task)[0]}-revision")
    press(browser, task, "save", subject_value="mixed")

    response = browser.post(
        address(task), {**opened, f"{names(task)[0]}-value": "supports", "action": "save"}
    )

    assert "another window" in errors(response)["1-value"][0]
    assert "Saved is: Mixed." in response.content.decode()
    assert StanceCoding.objects.get().value == "mixed"


def test_words_selected_in_the_text_are_evidence_and_nothing_outside_is() -> None:
    long_before = "Nobody knows how many there are. " * 20
    quote = factories.quote(article=factories.article(f"{long_before}{factories.BODY}"))
    task = dealt(0, quotes=Quote.objects.filter(pk=quote.pk))
    browser, key = coder(task), task.targets.order_by("label")[0].pk
    body = quote.article.body
    start = body.index("every boat")
    mark = {"target": key, "sel_start": start, "sel_end": start + 10}

    press(browser, task, "mark", **mark)
    assert not StanceCoding.objects.exists()
    press(browser, task, "mark", subject_value="supports", **mark)
    press(browser, task, "mark", **mark | {"sel_start": start - 6, "sel_end": start})
    assert StanceCoding.objects.get().evidence == [[start - 6, start + 10]]

    for bad in ((0, 6), (start, start), (5, 2), ("x", 9), (start, 10**17)):
        response = press(browser, task, "mark", **mark | {"sel_start": bad[0], "sel_end": bad[1]})
        assert response.context["done"].refused
    assert StanceCoding.objects.get().evidence == [[start - 6, start + 10]]
    press(browser, task, "unmark", target=key)
    assert StanceCoding.objects.get().evidence == []


def test_stale_coding_of_a_finished_round_is_confirmed_by_the_same_value() -> None:
    task = dealt()
    browser = coder(task)
    press(browser, task, "save", subject_value="supports")
    subject = task.targets.order_by("label")[0]
    codebook.change_entry(
        target=subject, by=factories.user(), why="Asked", change="meaning", when_to_use="More."
    )
    assert "before the meaning of the entry changed" in browser.get(address(task)).content.decode()

    press(browser, task, "save")
    assert StanceCoding.objects.stale().count() == 1
    press(browser, task, "save", target=subject.pk)
    assert StanceCoding.objects.stale().count() == 0


@pytest.mark.parametrize("place", ["99", "0", "x", "-1", "9" * 40, "\x00"])
def test_place_that_is_not_in_the_round_is_not_found(place: str) -> None:
    task = dealt()

    assert coder(task).get(address(task), {"n": place}).status_code == 404


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"action": "save"},
        {"action": "finish", "n": "1"},
        {"action": "mark", "target": "9" * 30, "sel_start": "1", "sel_end": "2"},
        {"action": "undo"},
        {"action": "nonsense"},
        {"action": "save", "t1-value": ["\x00"], "t1-revision": "x"},
    ],
)
def test_broken_posts_are_answered_and_write_nothing(posted: dict[str, Any]) -> None:
    task = dealt()

    response = coder(task).post(address(task), posted)

    assert response.status_code == 200
    assert response.context["done"].refused
    assert not StanceCoding.objects.exists()


def test_training_shows_the_right_answer_after_the_answer_and_the_score() -> None:
    task = dealt(is_training=True)
    subject = task.targets.order_by("label")[0]
    editor = client(factories.user("editor"))
    gold = reverse("admin:quotes_codingtask_gold", args=[task.pk])
    refused = editor.post(f"{gold}?n=1", {f"t{subject.pk}-value": "supports"})
    assert "learn from the reason" in refused.content.decode()
    editor.post(
        f"{gold}?n=1", {f"t{subject.pk}-value": "supports", f"t{subject.pk}-why": "It praises."}
    )
    browser = coder(task)
    assert "It praises." not in browser.get(address(task)).content.decode()

    answered = press(browser, task, "save", subject_value="criticises").content.decode()

    assert "The right answer is <strong>Supports</strong>. It praises." in answered
    assert "<strong>0</strong> of 1 right (0%)" in answered
    assert not StanceCoding.objects.exists()
    assert (
        "0 of 1 right"
        in editor.get(reverse("admin:quotes_codingtask_change", args=[task.pk])).content.decode()
    )


def test_round_is_made_from_the_filtered_list_and_closed() -> None:
    quote, other = factories.quote(), factories.quote("And then,")
    target, who = factories.target(), [factories.user("coder") for _ in range(2)]
    editor = client(factories.user("editor"))
    listed = editor.get(reverse("admin:quotes_quote_changelist"), {"q": "every boat"})
    assert "make/?q=every+boat" in listed.content.decode()
    make = f"{reverse('admin:quotes_codingtask_make')}?q=every+boat"
    form = {"name": "Boats", "overlap": 100, "coders_each": 2, "seed": 3, "targets": [target.pk]}

    alone = editor.post(make, {**form, "coders": [who[0].pk]})
    assert "choose a second" in alone.content.decode()
    made = editor.post(make, {**form, "coders": [user.pk for user in who]}, follow=True)

    task = CodingTask.objects.get()
    assert set(task.assignments.values_list("quote", flat=True)) == {quote.pk}
    assert other.pk != quote.pk
    assert "1 still blind" in made.content.decode()
    browser = coder(task)
    assert "0 of 1" in browser.get(reverse("admin:quotes_codingtask_mine")).content.decode()
    close = reverse("admin:quotes_codingtask_close", args=[task.pk])
    assert editor.post(close, {"reason": ""}).status_code == 200
    editor.post(close, {"reason": "One coder left"})
    task.refresh_from_db()
    assert task.closed_at
    assert "This round is closed" in browser.get(address(task)).content.decode()
    refused = browser.post(address(task), {"action": "flag", "n": "1"})
    assert refused.context["done"].refused
    assert editor.get(f"{make}&date_earliest__year=abc").status_code == 302


def test_screen_takes_the_same_queries_at_one_quote_and_at_many_and_reads_by_key() -> None:
    few, many = dealt(2), dealt(6)
    counts = []
    for task in (few, many):
        browser = coder(task)
        press(browser, task, "save", subject_value="supports")
        with CaptureQueriesContext(
            connection,
        ) as looked:
            browser.get(address(task))
        with CaptureQueriesContext(connection) as saved:
            browser.post(
                address(task),
                {
                    "n": "1",
                    "action": "save",
                    **dict.fromkeys((f"{name}-version" for name in names(task)), "1"),
                    f"{names(task)[0]}-revision": "1",
                    f"{names(task)[1]}-revision": "0",
                    f"{names(task)[0]}-value": "mixed",
                    f"{names(task)[1]}-value": "",
                },
            )
        counts.append((len(looked), len(saved)))
        assert scans(looked.captured_queries + saved.captured_queries) == []
    assert counts[0] == counts[1]
    assert counts[0][0] <= 18
    assert Stance.objects.count() == 0
    assert coding.last_action(first(many)) is not None


def scans(queries: list[dict[str, str]]) -> list[str]:
    """Return the queries that SQLite would answer by reading a whole table of the collection.

    PostgreSQL reads a table of three rows whole whatever its indexes, so it is not asked.
    """
    if connection.vendor != "sqlite":
        return []
    found = []
    for query in queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        if any(line.startswith("SCAN quotes_") for line in plan):
            found.append(f"{plan}: {query['sql'][:200]}")
    return found
