"""What waits for review: counted, ordered, narrowed, assigned."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from quotes.models import Article, Assignment
from tests import factories
from tests.forms import client

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return factories.user("editor", username="ada")


@pytest.fixture
def editor(ada: User) -> Client:
    return client(ada)


def queue(browser: Client, **parameters: Any) -> list[str]:
    response = browser.get(reverse("admin:quotes_article_queue"), parameters)
    assert response.status_code == 200
    return [article.headline for article in response.context["page"].object_list]


def waiting(headline: str, *, confidence: float = 0.5, **values: Any) -> Article:
    article = factories.article(headline=headline, **values)
    made = factories.quote(article=article, status="candidate", confidence=confidence)
    assert made.confidence == confidence
    return article


def test_queue_orders_narrows_and_counts(editor: Client, ada: User) -> None:
    first = waiting("First", confidence=0.9, outlet=factories.outlet(name="B"))
    second = waiting("Second", confidence=0.3, outlet=factories.outlet(name="A"))
    factories.quote(status="accepted")
    Assignment.objects.create(article=first, editor=ada)

    assert queue(editor) == ["Second", "First"]
    assert queue(editor, order="sure") == ["First", "Second"]
    assert queue(editor, order="unsure") == ["Second", "First"]
    assert queue(editor, order="outlet") == ["Second", "First"]
    assert queue(editor, who="me") == ["First"]
    assert queue(editor, who="nobody") == ["Second"]
    assert queue(editor, outlet=first.outlet_id) == ["First"]
    left = editor.get(reverse("admin:quotes_article_queue")).context["left"]
    assert (left.candidates, left.articles, left.mine, left.accepted) == (2, 2, 1, 1)
    response = editor.get(f"{reverse('admin:quotes_article_review', args=[second.pk])}?order=sure")
    assert response.context["next_article"] == first.pk


@pytest.mark.parametrize(
    "parameters", [{"order": "x"}, {"who": "x"}, {"outlet": "x"}, {"outlet": "9" * 40}]
)
def test_queue_names_a_parameter_that_can_not_be_used(
    editor: Client, parameters: dict[str, str]
) -> None:
    waiting("First")

    response = editor.get(reverse("admin:quotes_article_queue"), parameters)

    assert "There is no such" in response.content.decode()
    assert len(response.context["page"].object_list) == 1


def test_article_is_assigned_and_freed_with_history(editor: Client, ada: User) -> None:
    article = waiting("First")
    where = reverse("admin:quotes_article_assign", args=[article.pk])
    coder = factories.user("coder")

    response = editor.post(where, {"editor": ada.pk, "who": "me"}, follow=True)
    assert Assignment.objects.get().editor == ada
    assert response.redirect_chain[-1][0].endswith("?who=me")
    editor.post(where, {"editor": coder.pk})
    editor.post(where, {"editor": "abc"})
    assert Assignment.objects.get().editor == ada
    editor.post(where, {"editor": ""})
    assert Assignment.objects.count() == 0
    history = Assignment.history.order_by("history_id")  # type: ignore[attr-defined]
    assert [(row.history_type, row.actor_name) for row in history] == [("+", "ada"), ("-", "ada")]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_queue_do_not_grow(
    editor: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(count):
        waiting(f"Article {at}")
    editor.get(reverse("admin:quotes_article_queue"))

    with django_assert_num_queries(9):
        editor.get(reverse("admin:quotes_article_queue"))


def test_empty_queue_says_what_to_do(editor: Client) -> None:
    content = editor.get(reverse("admin:quotes_article_queue")).content.decode()

    assert "Nothing waits here" in content
