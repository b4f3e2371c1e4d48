"""The five documents of the founding collection, as text and as pages saved from a browser."""

from pathlib import Path

import pytest

from quotes.collection import AnnotatedArticle, load_collection
from tests.parsing.pages import saved_page

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLES = {article.key: article for article in load_collection(SEEDS).articles}


def data(article: AnnotatedArticle) -> bytes:
    return (SEEDS / article.file).read_bytes()


def paragraphs(article: AnnotatedArticle, *, kinds: set[str]) -> list[str]:
    """Return the lines of an article without the furniture of some kinds."""
    body, at, kept = article.body, 0, []
    for part in article.boilerplate:
        if part.kind in kinds:
            kept.append(body[at : part.start])
            at = part.end
    kept.append(body[at:])
    return [line.strip() for line in "\n".join(kept).split("\n") if line.strip()]


@pytest.mark.parametrize("key", ARTICLES)
def test_furniture_of_the_text_is_marked_where_a_person_marked_it(parse, key) -> None:
    article = ARTICLES[key]

    document = parse("a.txt", data(article))

    assert document.text == article.body
    assert document.boilerplate == tuple((b.start, b.end) for b in article.boilerplate)


@pytest.mark.parametrize("key", ARTICLES)
def test_metadata_of_the_text_is_what_it_prints(parse, key) -> None:
    article = ARTICLES[key]

    document = parse("a.txt", data(article))

    assert document.headline == article.headline
    assert (document.byline, document.url) == ("", "")
    printed = article.date_basis == "printed"
    assert document.published == (article.published if printed else "")
    assert document.outlet == ("BBC" if article.outlet_basis == "printed" else "")
    assert document.language == "en"


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
@pytest.mark.parametrize("key", ARTICLES)
def test_page_gives_the_paragraphs_of_the_text(parse, key, charset) -> None:
    article = ARTICLES[key]
    # What the site puts around an article is made by the page; what stands within it stays.
    headline, *words = [
        line
        for line in paragraphs(article, kinds={"dateline", "navigation", "related_links"})
        if line
    ]
    page = saved_page(
        headline,
        [("h3" if len(w) < 45 and w[-1] not in ".”" else "p", w) for w in words],
        outlet="The Example Gazette",
        byline="Reporter A",
        published="2009-03-11",
        charset=charset,
    )

    document = parse("a.html", page.encode(charset))

    assert document.text.split("\n\n") == [headline, *words]
    assert document.headline == article.headline
    assert document.byline == "Reporter A"
    assert document.outlet == "The Example Gazette"
    assert document.published == "2009-03-11"
    assert document.url == "https://www.example.org/news/2009/a-story"
    assert (document.language, document.encoding) == ("en-GB", charset)
