"""The engine on the founding collection, against the hand-made annotations, without seeing them."""

from pathlib import Path

import pytest

from quotes.collection import AnnotatedArticle, Collection, load_collection
from quotes.extraction import Candidate, extract

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
# Of 59 marked spans. Raising it is part of a change that makes it better.
RIGHT_SPANS = 58


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(SEEDS)


def found_at(candidates: list[Candidate], start: int, end: int) -> Candidate | None:
    """Return the candidate whose words overlap a stretch of the body."""
    return next(
        (c for c in candidates if any(s.start < end and start < s.end for s in c.spans)), None
    )


def right(article: AnnotatedArticle, names: dict[str, str]) -> list[bool]:
    """Say of each marked span of a document whether it was found with the right person."""
    candidates = [
        candidate
        for candidate in extract(
            article.body, boilerplate=[(part.start, part.end) for part in article.boilerplate]
        ).candidates
        if candidate.kind != "indirect"
    ]
    answers = []
    for quote in article.quotes:
        for span in quote.spans if quote.kind != "indirect" else ():
            candidate = found_at(candidates, span.start, span.end)
            wanted = names[quote.speaker] if quote.speaker else None
            answers.append(candidate is not None and (wanted is None or candidate.name == wanted))
    return answers


def test_marked_words_of_the_seeds_are_found_with_the_right_person(collection: Collection) -> None:
    names = {person.key: person.name for person in collection.people}

    answers = [answer for article in collection.articles for answer in right(article, names)]

    assert len(answers) == 59
    assert sum(answers) >= RIGHT_SPANS
