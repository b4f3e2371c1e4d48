"""What the upload and paste screens call."""

import time

import pytest

from quotes.intake import Outcome, from_text, from_upload
from quotes.parsing import RefusedError
from tests import factories
from tests.intake.documents import text
from tests.parsing.pages import saved_page

pytestmark = pytest.mark.django_db


def test_saved_page_gives_candidates_soon() -> None:
    by = factories.user()
    headline, *paragraphs = text(1).split("\n\n")
    page = saved_page(
        headline,
        [("p", words) for words in paragraphs],
        byline="Reporter A",
        published="2009-03-11",
    )
    began = time.monotonic()

    done = from_upload("page.html", page.encode(), by=by)

    assert time.monotonic() - began < 10  # about one second on a machine that does nothing else
    assert done.article.body == text(1)
    assert (done.article.byline, done.article.published) == ("Reporter A", "2009-03-11")
    assert done.article.source_file == "page.html"
    assert len(done.quotes) >= 3
    assert done.quotes[0].history.get().actor_name == by.username


def test_pasted_text_takes_what_the_person_says() -> None:
    done = from_text(
        text(1), {"published": "2009-03", "url": "https://e.org/a", "headline": "  ", "byline": "B"}
    )

    assert done.article.headline == "Harbour counts the blue boat 1"
    assert (done.article.byline, done.article.published) == ("B", "2009-03")
    assert done.article.date_note == ""
    assert from_text(text(1)).outcome == Outcome.KNOWN


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.exe", b"MZ", "unsupported_format"),
        ("a.csv", b"text\nwords", "unsupported_format"),
        ("../../a.txt\0", b"words", "accepted"),
        ("a.txt", b"", "empty"),
        ("a.html", b"<a x=" * 10, "no_text"),
        ("no ending", b"words", "unsupported_format"),
    ],
)
def test_upload_that_is_refused_says_why(name, data, reason) -> None:
    try:
        from_upload(name, data)
    except RefusedError as refused:
        found: str = refused.reason
    else:
        found = "accepted"

    assert found == reason


@pytest.mark.parametrize(
    ("words", "metadata", "reason"),
    [
        ("words", {"rights": "full"}, "bad_metadata"),
        ("words", {"published": "tomorrow"}, "bad_metadata"),
        ("words", {"url": "javascript:alert(1)"}, "bad_metadata"),
        ("half \ud800", {}, "encoding"),
        ("a\0b", {}, "nul_character"),
        (" ", {}, "empty"),
    ],
)
def test_paste_that_is_refused_says_why(words, metadata, reason) -> None:
    with pytest.raises(RefusedError) as refused:
        from_text(words, metadata)

    assert refused.value.reason == reason
