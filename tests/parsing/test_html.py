"""Pages: the words are the page's own, and nothing is known that it does not print."""

import pytest

from tests.parsing.pages import saved_page

LONG = "These are words enough for a paragraph that any reader of pages takes for prose. "


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def test_words_come_through_unchanged(parse) -> None:
    words = (
        f"AT&amp;amp;T said &ldquo;it&#8217;s&#146; fine&rdquo; a\xa0b so\xadft x\u200by 😀 {LONG}"
    )

    document = parse("a.html", page(f"<h1>A title</h1><p>{words}</p>"))

    expected = f"AT&amp;T said “it’s’ fine” a\xa0b so\xadft x\u200by 😀 {LONG}".strip()
    assert document.text == f"A title\n\n{expected}"


def test_two_line_breaks_part_paragraphs_and_one_a_line(parse) -> None:
    document = parse("a.html", page(f"<p>{LONG}<br><br>Second <i>part</i>.<br>Line.</p>"))

    assert document.text == f"{LONG.strip()}\n\nSecond part.\nLine."


def test_headline_is_the_visible_one_and_the_logo_is_not(parse) -> None:
    head = '<title>A story | Gazette</title><meta property="og:title" content="A story">'

    document = parse("a.html", page(f"<h1>Gazette</h1><h1>A story</h1><p>{LONG}</p>", head))

    assert document.headline == "A story"
    assert document.text.startswith("A story\n\n") or "A story" in document.text


def test_linked_data_is_read(parse) -> None:
    data = (
        '{"@graph": [{"@type": "NewsArticle", "headline": "A story", "datePublished": '
        '"2009-03-11T10:00:00Z", "author": [{"name": "Reporter A"}, {"name": "Reporter B"}], '
        '"publisher": {"name": "Gazette"}}]}'
    )

    document = parse(
        "a.html",
        page(f"<p>{LONG}</p>", f'<script type="application/ld+json">{data}</script>'),
    )

    assert (document.headline, document.byline) == ("A story", "Reporter A, Reporter B")
    assert (document.outlet, document.published) == ("Gazette", "2009-03-11")


def test_date_of_the_address_and_of_a_copyright_line_is_no_date(parse) -> None:
    head = '<link rel="canonical" href="https://example.org/2009/03/11/a-story">'

    document = parse("a.html", page(f"<p>{LONG}</p><p>Copyright © 2020 Gazette.</p>", head))

    assert document.published == ""
    assert document.url == "https://example.org/2009/03/11/a-story"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/relative"])
def test_address_that_is_not_of_the_web_is_none(parse, address) -> None:
    head = f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'

    assert parse("a.html", page(f"<p>{LONG}</p>", head)).url == ""


def test_address_is_read_from_the_browser_s_own_note(parse) -> None:
    data = b"<!-- saved from url=(0030)https://example.org/a-long-story -->\n" + page(
        f"<p>{LONG}</p>"
    )

    assert parse("a.html", data).url == "https://example.org/a-long-story"


def test_page_without_an_article_is_refused(parse) -> None:
    assert parse.refusal("a.html", b"<html><body></body></html>") == "no_text"


def test_page_named_as_text_is_read_as_a_page(parse) -> None:
    text = saved_page("A story", [("p", LONG.strip())])

    assert parse("a.txt", text.encode()).format == "html"
