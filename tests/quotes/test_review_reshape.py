"""Where a quote begins and ends: split, joined, added, and selections made tidy."""

import pytest
from django.contrib.auth.models import User

from quotes import review
from quotes.choices import Status
from quotes.models import Article, Quote
from tests import factories
from tests.candidates import BODY, candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return factories.user(username="ada")


@pytest.fixture
def article() -> Article:
    return factories.article(BODY)


def statuses() -> list[str]:
    return list(Quote.objects.order_by("start", "pk").values_list("status", flat=True))


def test_split_makes_two_candidates_of_one(article: Article, by: User) -> None:
    quote = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")
    at = article.body.index("every boat")

    second = review.cut(quote=quote, by=by, at=at)

    assert (quote.text, second.text) == ("We will count", "every boat,")
    assert (second.speaker_text, second.method, second.status) == (
        "Anna Example",
        "editor",
        "candidate",
    )
    assert quote.suggestion.spans == [[1, 26]]
    review.undo(article=article, by=by)
    quote.refresh_from_db()
    assert quote.text == "We will count every boat,"
    assert Quote.objects.count() == 1


def test_split_between_the_parts_of_a_quote(by: User) -> None:
    quote = factories.quote("We will count every boat.", "And then,", status="accepted")
    at = quote.article.body.index("And then")

    second = review.cut(quote=quote, by=by, at=at)

    assert (quote.text, second.text) == ("We will count every boat.", "And then,")
    assert quote.status == Status.CANDIDATE


@pytest.mark.parametrize("at", [0, 1, 26, 10_000])
def test_split_that_leaves_nothing_is_refused(article: Article, by: User, at: int) -> None:
    quote = candidate(article, "We will count every boat,", "Anna Example")

    with pytest.raises(review.NotAllowedError, match="between two words"):
        review.cut(quote=quote, by=by, at=at)

    assert Quote.objects.count() == 1


def test_join_rejects_the_other_as_a_part(article: Article, by: User) -> None:
    first = candidate(article, "We will count every boat,", "Anna Example")
    second = candidate(article, "All of them,", "Example")

    review.unite(quote=first, other=second, by=by)

    second.refresh_from_db()
    assert first.text == "We will count every boat, […] All of them,"
    assert (second.status, second.rejected_as) == ("rejected", "part")
    review.undo(article=article, by=by)
    assert statuses() == ["candidate", "candidate"]


def test_join_of_overlapping_quotes_makes_one_span(article: Article, by: User) -> None:
    first = candidate(article, "We will count", "Anna Example")
    second = candidate(article, "count every boat,", "Anna Example")

    review.unite(quote=first, other=second, by=by)

    assert [(span.start, span.words) for span in first.spans.all()] == [
        (1, "We will count every boat,")
    ]


def test_join_with_a_published_quote_is_refused(by: User) -> None:
    public = factories.quote()
    quote = factories.quote("And then,", article=public.article, status="candidate")

    with pytest.raises(review.NotAllowedError, match="Only candidates and accepted"):
        review.unite(quote=quote, other=public, by=by)


def test_add_refuses_words_that_are_a_quote_already(article: Article, by: User) -> None:
    spans = factories.spans(article.body, "Twice.")
    made = review.add(article=article, by=by, spans=spans)
    assert (made.kind, made.method, made.status) == ("direct", "editor", "candidate")

    with pytest.raises(review.NotAllowedError, match="a quote already: it is candidate"):
        review.add(article=article, by=by, spans=spans)

    review.undo(article=article, by=by)
    assert Quote.objects.count() == 0


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ("“We will", "We will"),
        ("“We will count every boat,” ", "We will count every boat,"),
        ("e will cou", "We will count"),
        (" count ", "count"),
        ("boat,” Anna", "boat,” Anna"),
    ],
)
def test_tidy_takes_whole_words_without_marks(selected: str, words: str) -> None:
    start = BODY.index(selected)

    first, last = review.tidy(BODY, start, start + len(selected))

    assert BODY[first:last] == words


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10_000), (0, 1)])
def test_tidy_refuses_what_has_no_words(start: int, end: int) -> None:
    with pytest.raises(review.NotAllowedError):
        review.tidy(BODY, start, end)
