"""Reports of the same words: found by what they share, decided by an editor, aligned."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from quotes import utterances
from quotes.analysis.utterances import MOST_SHARING, Report, find, longest_run
from quotes.choices import UtteranceState
from quotes.collection import load_collection
from quotes.collection.load import load
from quotes.models import Article, Quote, Utterance, UtteranceSuggestion
from tests import factories
from tests.forms import client as signed_in

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).parents[2] / "seeds"
LONG = "We will count every wooden boat in the harbour before the autumn storms arrive."
SHORT = "count every wooden boat in the harbour"


def report(key: int, words: str, **values: Any) -> Report:
    return Report(key, tuple(words.split()), **{"speaker": 1, "article": key, **values})


def suggested(**values: Any) -> UtteranceSuggestion:
    """Two reports of the same words in two papers, and the suggestion that they are one."""
    speaker = factories.person()
    for words, published in ((LONG, "2008-12-07"), (SHORT, "2008-12-09")):
        factories.quote(
            words,
            article=factories.article(f"Speaker A said: “{words}”", published=published),
            speaker=speaker,
            **values,
        )
    utterances.suggest()
    return UtteranceSuggestion.objects.get()


def test_the_speech_of_two_papers_is_found_in_the_founding_collection() -> None:
    load(load_collection(SEEDS))
    truth = dict(Quote.objects.values_list("pk", "utterance_id"))
    Quote.objects.update(utterance=None)

    utterances.suggest()

    rows = UtteranceSuggestion.objects.order_by("-score", "pk")[:5]
    pairs = [(truth[row.earlier_id], truth[row.later_id]) for row in rows]
    assert len(pairs) >= 3
    assert all(one is not None and one == other for one, other in pairs), pairs


def test_pairs_need_two_articles_one_speaker_and_close_dates() -> None:
    words = "count every wooden boat"
    noise = [report(100 + at, f"noise{at} filler{at}", speaker=9) for at in range(20)]
    one = report(1, words, first=100, last=101)

    def pairs(other: Report) -> list[tuple[int, int]]:
        return [(pair.one, pair.other) for pair in find([one, other, *noise])]

    assert pairs(report(2, words, first=120, last=120)) == [(1, 2)]
    assert pairs(report(2, words, first=None, last=None)) == [(1, 2)]
    assert pairs(report(2, words, speaker=None)) == [(1, 2)]
    assert pairs(report(2, words, speaker=2)) == []
    assert pairs(report(2, words, article=1)) == []
    assert pairs(report(2, words, first=140, last=140)) == []
    assert pairs(report(2, "count other things there")) == []
    assert find([]) == find([one]) == []


def test_common_words_are_never_followed() -> None:
    rng = random.Random(7)
    common = [f"common{number}" for number in range(5)]
    reports = [
        report(at, " ".join([*common, *(f"rare{rng.randrange(10**6)}" for _ in range(9))]))
        for at in range(MOST_SHARING * 10)
    ]

    assert find(reports) == []
    assert [longest_run("abcde", "xbcdy"), longest_run("", "a")] == [3, 0]


def test_confirmed_quotes_are_one_utterance_and_are_not_suggested_again() -> None:
    row, editor = suggested(), factories.user()

    with pytest.raises(ValidationError, match="Say why"):
        utterances.confirm(suggestion=row, by=editor, why=" ")
    made = utterances.confirm(suggestion=row, by=editor, why="One speech")

    assert set(Quote.objects.values_list("utterance", flat=True)) == {made.pk}
    assert made.title.endswith(
        "“We will count every wooden boat in the harbour before the autumn…”"
    )
    row.refresh_from_db()
    assert (row.state, row.why, row.decided_by) == ("confirmed", "One speech", editor)
    assert row.history.first().actor_name == editor.username
    assert Quote.objects.earliest("pk").history.first().history_change_reason == "One speech"
    with pytest.raises(ValidationError, match="meanwhile"):
        utterances.reject(suggestion=row, by=editor, why="Too late")
    assert utterances.suggest().suggested == 0


def test_rejected_pairs_stay_rejected_and_two_utterances_are_never_joined() -> None:
    row, editor = suggested(), factories.user()
    for quote in Quote.objects.all():
        Quote.objects.filter(pk=quote.pk).update(
            utterance=Utterance.objects.create(title=f"Of {quote.pk}")
        )

    with pytest.raises(ValidationError, match="another utterance"):
        utterances.confirm(suggestion=row, by=editor, why="One speech")
    utterances.reject(suggestion=row, by=editor, why="Two speeches")

    assert utterances.suggest().suggested == 0
    assert UtteranceSuggestion.objects.get().state == UtteranceState.REJECTED


def test_the_database_refuses_impossible_suggestions() -> None:
    one, other = factories.quote(), factories.quote()
    good: dict[str, Any] = {"earlier": one, "later": other, "score": 0.5}
    for bad in (
        {"earlier": other, "later": one},
        {"later": one},
        {"score": 1.5},
        {"state": "lost"},
        {"state": "confirmed"},
        {"state": "rejected", "decided_at": timezone.now(), "decided_by": factories.user()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            UtteranceSuggestion.objects.create(**{**good, **bad})
    UtteranceSuggestion.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        UtteranceSuggestion.objects.create(**good)


def test_an_editor_decides_on_one_page_and_a_viewer_may_not() -> None:
    row = suggested()
    address = f"/admin/quotes/utterancesuggestion/{row.pk}/decide/"
    editor = signed_in(factories.user())

    page = editor.get(address).content.decode()
    refused = editor.post(address, {"same": "1"}).content.decode()
    done = editor.post(address, {"same": "1", "reason": "One speech", "title": "On boats"})

    assert "<ins>" in page
    assert "This field is required" in refused
    assert done.status_code == 302
    assert Utterance.objects.get().title == "On boats"
    assert signed_in(factories.user("viewer")).get(address).status_code == 403


def test_readers_see_who_was_first_and_what_was_cut(client: Client) -> None:
    made = utterances.confirm(suggestion=suggested(), by=factories.user(), why="One speech")

    page = client.get(f"/utterances/{made.public_id}")

    (row,) = page.context["aligned"]
    assert page.context["first"].text == LONG
    assert (row.left_out, row.only_here) == (7, 0)
    assert "Leaves out 7 words" in page.content.decode()
    Article.objects.update(published="2008-12")
    again = client.get(f"/utterances/{made.public_id}")
    assert again.context["first"] is None
    assert "don’t tell" in again.content.decode()


def test_the_command_says_what_waits(capsys: Any) -> None:
    suggested()

    call_command("find_utterances")

    assert capsys.readouterr().out == "2 quotes compared, 1 pairs wait, 0 of them new\n"
