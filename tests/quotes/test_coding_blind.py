"""Blind until compared: no door of the site shows one coder's codings to another before that."""

import json
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from quotes.models import CodingAssignment, CodingTask, Stance, StanceCoding
from tests import factories
from tests.coding import address, dealt, first, press, user_of
from tests.forms import client

pytestmark = pytest.mark.django_db
# Words that stand nowhere else, so that a page that has them shows the coding.
MEMO = "zebra-memo"
GROUPS = ("viewer", "coder", "editor", "admin")


def coded_blind() -> tuple[CodingTask, CodingAssignment, StanceCoding]:
    """A quote that one coder of two has finished, after changing and undoing on the way."""
    task = dealt()
    one = first(task)
    browser = client(user_of(one))
    press(browser, task, "save", claim_value="denies", claim_memo=MEMO)
    press(browser, task, "undo")
    press(browser, task, "save", subject_value="mixed", subject_memo=MEMO)
    press(browser, task, "finish", subject_value="criticises", subject_memo=MEMO)
    return task, one, StanceCoding.objects.get(value="criticises")


def doors(task: CodingTask, coding: StanceCoding) -> Iterator[str]:
    """Every page that shows codings, or anything that is made of them."""
    quote, target = coding.quote, coding.target
    gone = StanceCoding.history.filter(value="denies").first()
    assert gone
    for key in (coding.pk, gone.id):
        yield reverse("admin:quotes_stancecoding_change", args=[key])
        yield reverse("admin:quotes_stancecoding_history", args=[key])
    codings = reverse("admin:quotes_stancecoding_changelist")
    yield codings
    yield f"{codings}?q={MEMO}"
    yield f"{codings}?value__exact=criticises"
    yield f"{codings}?all="
    yield reverse("admin:quotes_stance_changelist")
    yield reverse("admin:quotes_stance_queue")
    yield reverse("admin:quotes_quote_change", args=[quote.pk])
    yield reverse("admin:quotes_quote_history", args=[quote.pk])
    yield reverse("admin:quotes_quote_stance", args=[quote.pk, target.pk])
    yield reverse("admin:quotes_codingtask_change", args=[task.pk])
    yield reverse("admin:quotes_codingtask_history", args=[task.pk])
    yield reverse("admin:index")
    yield address(task)
    yield from PUBLIC
    for suffix in ("", ".json", ".jsonld", ".txt", ".bib", "/history", "/v1"):
        yield f"{quote.get_absolute_url()}{suffix}"


PUBLIC = ("/agreement", "/agreement.json", "/targets", "/codebook", "/quotes")


def found_by(person: User | None, task: CodingTask, coding: StanceCoding) -> list[str]:
    """Return the doors behind which the coding or its memo stands."""
    browser = client(person) if person else Client()
    told = []
    for door in doors(task, coding):
        response = browser.get(door, follow=True)
        content = b"".join(response) if response.streaming else response.content
        shown = content.decode()
        # What was searched for is repeated in the search box and in addresses.
        for said in (f'value="{MEMO}"', f"q={MEMO}", f"q%3D{MEMO}"):
            shown = shown.replace(said, "")
        listed = response.context and response.context.get("cl")
        if MEMO in shown or (listed and coding in listed.result_list):
            told.append(door)
    return told


def test_blind_coding_stands_behind_no_door_but_its_coders_own() -> None:
    task, one, coding = coded_blind()
    other = user_of(first(task, 1))
    everybody = [None, other, *(factories.user(group) for group in GROUPS)]
    everybody.append(User.objects.create_superuser("root"))

    told = {str(person): found_by(person, task, coding) for person in everybody}

    assert {person: pages for person, pages in told.items() if pages} == {}
    # The doors do open: to the coder.
    assert len(found_by(user_of(one), task, coding)) >= 5
    assert not Stance.objects.exists()


def test_another_coders_round_screen_and_post_are_not_found() -> None:
    task = dealt()
    stranger = client(factories.user("coder"))

    assert stranger.get(address(task)).status_code == 404
    assert stranger.post(address(task), {"action": "finish", "n": "1"}).status_code == 404
    assert client(factories.user("admin")).get(address(task)).status_code == 404


def test_coder_posts_to_no_coding_but_the_own() -> None:
    task = dealt()
    one, other = first(task), first(task, 1)
    press(client(user_of(one)), task, "save", subject_value="supports")

    press(
        client(user_of(other)),
        task,
        "save",
        subject_value="criticises",
        coder=one.coder_id,
        assignment=one.pk,
    )

    assert {c.coder_id: c.value for c in StanceCoding.objects.all()} == {
        one.coder_id: "supports",
        other.coder_id: "criticises",
    }


def test_once_all_finished_readers_see_the_stance_and_coders_the_dispute_is_settled() -> None:
    task, one, coding = coded_blind()
    other = user_of(first(task, 1))
    press(client(other), task, "finish", subject_value="supports")
    coding.refresh_from_db()
    stance = Stance.objects.get(target=coding.target)
    change = reverse("admin:quotes_stancecoding_change", args=[coding.pk])

    assert "who disagree" in Client().get(coding.quote.get_absolute_url()).content.decode()
    # Disputed: to the editor who settles it, not to the other coder.
    assert client(other).get(change).status_code == 302
    assert found_by(other, task, coding) == []
    editor = client(factories.user("editor"))
    assert MEMO in editor.get(change).content.decode()
    settle = reverse("admin:quotes_stance_adjudicate", args=[stance.pk])
    page = editor.get(settle).content.decode()
    assert MEMO in page
    assert str(one.coder) not in page

    seen = editor.get(settle).context["form"].initial["seen"]
    editor.post(
        settle,
        {"seen": seen, "value": "mixed", "error_type": "edge-case", "rationale": "R", "note": "N"},
    )
    assert MEMO in client(other).get(change).content.decode()


def test_who_still_codes_a_quote_settles_nothing_on_it() -> None:
    target, editor = factories.target(), factories.user("editor")
    quote = factories.quote()
    factories.stance(quote, target, "supports")
    factories.stance(quote, target, "criticises")
    stance = Stance.objects.get()
    settle = reverse("admin:quotes_stance_adjudicate", args=[stance.pk])
    browser = client(editor)
    assert browser.get(settle).status_code == 200

    task = dealt(
        0,
        quotes=type(quote).objects.filter(pk=quote.pk),
        targets=[target],
        coders=[editor, factories.user("coder")],
    )

    assert browser.get(settle).status_code == 404
    assert browser.post(settle, {"value": "supports"}).status_code == 404
    queue = browser.get(reverse("admin:quotes_stance_queue")).content.decode()
    assert "Coders differ on nothing" in queue
    page = browser.get(reverse("admin:quotes_quote_change", args=[quote.pk]))
    assert page.context["panels"] == []
    assert "You code this quote in a round" in page.content.decode()
    at_form = reverse("admin:quotes_quote_stance", args=[quote.pk, target.pk])
    assert browser.post(at_form, {"value": "supports"})["Location"] == address(task, 1)


@pytest.mark.parametrize("shown", [True, False])
def test_values_of_coders_are_public_where_the_policy_says_so(shown: bool, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SHOW_CODER_VALUES = shown
    task, one, coding = coded_blind()
    quote = coding.quote
    outsider = factories.coder(slug="outsider")
    factories.stance(quote, coding.target, "supports")
    line = f"<bdi>{one.coder.slug}</bdi>: criticises"

    assert line not in Client().get(quote.get_absolute_url()).content.decode()
    press(client(user_of(first(task, 1))), task, "finish", subject_value="supports")

    page = Client().get(quote.get_absolute_url()).content.decode()
    assert (line in page) is shown
    assert outsider.slug not in page
    record = Client().get(f"{quote.get_absolute_url()}.json").content.decode()
    assert one.coder.slug not in json.dumps(json.loads(record))
