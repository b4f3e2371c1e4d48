"""How good the machine is: counts of what editors did with what it said."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from quotes import review
from quotes.machine import performance
from quotes.models import Article, Quote
from tests import factories
from tests.candidates import BODY, candidate
from tests.forms import client

pytestmark = pytest.mark.django_db
PAGE = "admin:quotes_article_machine"


@pytest.fixture
def by() -> User:
    return factories.user(username="ada")


@pytest.fixture
def article() -> Article:
    return factories.article(BODY, outlet=factories.outlet(name="The Harbour Post"))


@pytest.fixture
def decided(article: Article, by: User) -> Article:
    """One right, one with another speaker, one with other words, one rejected, one waiting."""
    right = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")
    speaker = candidate(article, "All of them,", "he", "Anna Example", basis="pronoun")
    words = candidate(article, "Nobody will", "Bert Sample", "Bert Sample")
    wrong = candidate(article, "Twice.", "She", "Anna Example")
    candidate(article, "I doubt it,", "he", "Bert Sample")
    review.settle(quote=right, by=by, card=review.Card(new_person="Anna Example"))
    speaker.refresh_from_db()
    review.settle(quote=speaker, by=by, card=review.Card(new_person="Bert Sample"))
    card = review.Card(new_person="Bert Sample", spans=factories.spans(BODY, "Nobody will,"))
    words.refresh_from_db()
    review.settle(quote=words, by=by, card=card)
    wrong.refresh_from_db()
    review.turn_down(quote=wrong, by=by, reason="not-speech")
    return article


def test_counts_of_what_became_of_candidates(decided: Article) -> None:
    found = performance()

    whole = found.whole
    assert (found.decided, found.waiting) == (4, 1)
    assert [count for count, _ in whole.shares] == [3, 2, 2, 1]
    assert [percent for _, percent in whole.shares] == [75.0, 50.0, 50.0, 25.0]
    tables = {
        title: [(row.name, row.decided, row.right) for row in rows] for title, rows in found.tables
    }
    month = f"{timezone.now():%Y-%m}"
    assert tables == {
        "By rule or model": [("ranker-1", 4, 1)],
        "By kind": [("Direct", 4, 1)],
        "By how the speaker is told": [("By name", 3, 1), ("By a pronoun", 1, 0)],
        "By outlet": [("The Harbour Post", 4, 1)],
        "By month of the decision": [(month, 4, 1)],
    }
    assert [(row.name, row.decided, row.speaker) for row in found.calibration] == [
        ("90 to 95%", 4, 2)
    ]
    assert found.rejections == [("Nobody says it: a title, a name, scare quotes", 1)]
    assert sorted(found.fields) == [("speaker", 1), ("words", 1)]
    differences = [
        (each.field, each.machine, each.editor)
        for reading in found.differences
        for each in reading.differences
    ]
    assert differences == [
        ("words", "Nobody will", "Nobody will,"),
        ("speaker", "Anna Example", "Bert Sample"),
    ]


def test_a_quote_that_an_editor_added_says_nothing_of_the_machine(
    article: Article, by: User
) -> None:
    made = review.add(article=article, by=by, spans=factories.spans(BODY, "Twice."))
    review.settle(quote=made, by=by, card=review.Card())

    assert performance().decided == 0


def test_an_undone_decision_does_not_count(decided: Article, by: User) -> None:
    for _ in range(4):
        review.undo(article=decided, by=by)

    assert performance().decided == 0


def test_an_older_decision_is_outside_the_period(decided: Article) -> None:
    later = timezone.now() + timedelta(days=40)

    assert performance(period="30", now=later).decided == 0
    assert performance(period="90", now=later).decided == 4
    assert performance(period="all", now=later + timedelta(days=900)).decided == 4


def test_page_shows_machine_against_editor(decided: Article) -> None:
    viewer = client(factories.user("viewer"))

    content = viewer.get(reverse(PAGE)).content.decode()

    assert "machine is this sure" not in content
    for words in (
        "Nobody will",
        "Bert Sample",
        "ranker-1",
        "90 to 95%",
        "rejected: Nobody says it",
    ):
        assert words in content


def test_page_with_nothing_decided_says_so(article: Article) -> None:
    candidate(article, "Twice.", "She")
    viewer = client(factories.user("viewer"))

    content = viewer.get(reverse(PAGE), {"period": "30"}).content.decode()

    assert "No candidate of the machine was decided in this time; 1 wait" in content


@pytest.mark.parametrize("period", ["x", "-1", "9" * 50, "<script>"])
def test_unknown_period_is_named(decided: Article, period: str) -> None:
    response = client(factories.user("viewer")).get(reverse(PAGE), {"period": period})

    content = response.content.decode()
    assert response.status_code == 200
    assert "There is no period" in content
    assert "<script>”" not in content


def test_queries_do_not_grow_with_the_decisions(
    decided: Article, by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        performance()
    waiting = Quote.objects.select_related("article").get(status="candidate")
    review.settle(quote=waiting, by=by, card=review.Card(spans=factories.spans(BODY, "I doubt it")))

    with django_assert_num_queries(5):
        performance()
