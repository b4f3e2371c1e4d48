"""Adding one article in the admin: taken in and opened for review, or refused with the reason."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from quotes.models import Article, Outlet
from tests import factories
from tests.browser.pages import FIRST, SAVED_PAGE
from tests.forms import client

pytestmark = pytest.mark.django_db
TEXT = (
    "Boats to be counted\n\n“We will count every boat in the harbour,” Anna Example said. "
    "The chair thanked her for it, and the committee went on to the costs of the lighthouse, which "
    "has not been painted for a long time and is to be painted in the spring of the next year.\n"
)


@pytest.fixture
def editor() -> Client:
    return client(factories.user("editor", username="ada"))


def send(browser: Client, **typed: Any) -> Any:
    return browser.post(reverse("admin:quotes_article_intake"), typed, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_saved_page_is_taken_in_and_opened_for_review(editor: Client) -> None:
    file = SimpleUploadedFile("boats.html", SAVED_PAGE.encode(), "text/html")

    response = send(editor, file=file, create_outlet="on")

    article = Article.objects.get()
    where = reverse("admin:quotes_article_review", args=[article.pk])
    assert response.redirect_chain == [(where, 302)]
    assert said(response)[0] == f"{article.quotes.count()} candidates found."
    assert article.headline == "Boats to be counted, committee hears"
    assert str(article.outlet) == "The Harbour Post"
    assert article.quotes.filter(text=FIRST).exists()
    assert article.history.get().actor_name == "ada"


def test_pasted_text_is_taken_in_with_what_is_known(editor: Client) -> None:
    send(editor, text=TEXT, headline="Boats", outlet="The Post", published="2021-03")

    article = Article.objects.get()
    assert (article.headline, article.published, article.outlet) == ("Boats", "2021-03", None)
    assert Outlet.objects.count() == 0


def test_the_same_text_again_leads_to_what_is_there(editor: Client) -> None:
    send(editor, text=TEXT)
    response = send(editor, text=TEXT)

    assert said(response) == ["This text was here already. Nothing was added; this is it."]
    assert Article.objects.count() == 1


def test_a_copy_is_told_and_linked(editor: Client) -> None:
    send(editor, text=TEXT)
    response = send(editor, text=f"From our correspondent.\n\n{TEXT}")

    assert any("the same words as" in message for message in said(response))
    assert "the same words as <a" in response.content.decode()
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", ""),
        ("a.exe", b"MZ\x00\x01", "This is none of the formats"),
        ("a.csv", b"text\nx\n", "a whole collection"),
        ("a.pdf", b"%PDF-1.4 broken", ""),
        ("a.txt", b"\x00" * 50, ""),
    ],
)
def test_refused_file_is_told_why_and_nothing_is_left(
    editor: Client, name: str, data: bytes, reason: str
) -> None:
    response = send(editor, file=SimpleUploadedFile(name, data or b" "), headline="What I typed")

    content = response.content.decode()
    assert response.status_code == 200
    assert "Not taken in: " in content
    assert reason in content
    assert 'value="What I typed"' in content
    assert Article.objects.count() == 0


def test_refused_text_is_still_there(editor: Client) -> None:
    response = send(editor, text="ab\x00c", headline="Kept", published="2021-03")

    assert response.context["form"]["headline"].value() == "Kept"
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"text": "   "},
        {"text": TEXT, "published": "tomorrow"},
        {"text": TEXT, "url": "javascript:alert(1)"},
        {"text": TEXT, "headline": "x" * 600},
        {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")},
    ],
)
def test_form_that_can_not_be_used_says_so(editor: Client, typed: dict[str, Any]) -> None:
    response = send(editor, **typed)

    assert response.context["form"].errors
    assert Article.objects.count() == 0


@pytest.mark.parametrize("group", ["viewer", "coder"])
def test_upload_is_for_editors(group: str) -> None:
    browser = client(factories.user(group))

    assert browser.get(reverse("admin:quotes_article_intake")).status_code == 403
    assert send(browser, text=TEXT).status_code == 403
    assert Article.objects.count() == 0
