"""How much of an article readers see beside its quotes: a share, on every channel."""

from typing import Any

import pytest
from django.test import Client

from quotes import review
from quotes.models import Quote
from quotes.review.excerpts import allowance, words_in
from tests import factories

pytestmark = pytest.mark.django_db
# Thirty sentences, each a quote between two of the reporter's of twelve words.
REPORTED = "Then the chair {n} read aloud from the long list before her: "
BODY = "".join(
    f"{REPORTED.format(n=f'canary{n}')}“Boat number {n} was counted.” Nobody objected to that "
    f"and the afternoon went on as before {n}. "
    for n in range(30)
)


@pytest.mark.parametrize(
    ("words", "allowed"), [(0, 100), (400, 100), (800, 200), (1_200, 300), (90_000, 300)]
)
def test_allowance(words: int, allowed: int) -> None:
    assert allowance(words) == allowed


def test_word_in_two_ranges_counts_once() -> None:
    assert words_in("one two three four", [(0, 7), (4, 13), (4, 7)]) == 3


def publish(article: Any, *numbers: int) -> list[Quote]:
    return [
        factories.quote(f"Boat number {number} was counted.", article=article) for number in numbers
    ]


def context_words(quotes: list[Quote]) -> int:
    return sum(len(part.split()) for quote in quotes for part in quote.shown_context)


def test_context_is_given_until_the_share_is_used_up(client: Client) -> None:
    article = factories.article(BODY)
    quotes = publish(article, *range(30))

    shown = [quote for quote in quotes if not quote.without_context]

    assert 0 < len(shown) < 30
    assert shown == quotes[: len(shown)]
    assert context_words(quotes) <= 2 * allowance(len(BODY.split()))
    hidden = quotes[-1]
    assert (
        "What stands around these words is not shown"
        in client.get(f"/q/{hidden.public_id}").content.decode()
    )
    for address in ("/q/{}", "/q/{}/v1", "/q/{}.json", "/q/{}.annotation.json", "/embed/q/{}"):
        content = client.get(address.format(hidden.public_id)).content.decode()
        assert "canary29" not in content, address
    for address in (f"/articles/{article.public_id}", "/quotes"):
        assert "canary29" not in client.get(address).content.decode(), address
    assert client.get("/quotes?q=canary29").context["listing"].count == 0
    assert client.get("/quotes?q=canary0").context["listing"].count == 1


def test_what_was_given_stays_given_while_versions_can_be_read() -> None:
    article = factories.article(BODY)
    quotes = publish(article, *range(30))
    for quote in quotes[:-1]:
        review.withdraw(quote=quote, by=factories.user(), reason="misquoted")
    last = quotes[-1]

    spans = [(span.start, span.end) for span in last.spans.all()]
    review.correct(quote=last, by=factories.user(), why="Looked again", spans=spans)

    assert last.without_context


def test_article_that_may_be_shown_whole_has_no_limit() -> None:
    article = factories.article(BODY, rights="full")

    assert not any(quote.without_context for quote in publish(article, *range(30)))


def test_corrected_words_lose_a_context_that_does_not_fit_any_more() -> None:
    article = factories.article(BODY)
    quotes = publish(article, *range(30))
    hidden = quotes[-1]
    assert hidden.without_context
    article.rights = "full"
    article.save()

    spans = [(span.start, span.end) for span in hidden.spans.all()]
    review.correct(quote=hidden, by=factories.user(), why="The rights changed", spans=spans)

    assert not hidden.without_context
    assert hidden.versions.count() == 1
