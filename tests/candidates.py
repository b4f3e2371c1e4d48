"""Candidates as the machine leaves them: a quote for review, and what was said of it beside it."""

from typing import Any

from quotes import review
from quotes.models import Article, Quote, Suggestion
from tests import factories

BODY = (
    "“We will count every boat,” Anna Example told them. “All of them,” Example said. "
    "She added: “Twice.” “Nobody will,” Bert Sample said. “I doubt it,” he said."
)


def candidate(article: Article, words: str, text: str = "", name: str = "", **said: Any) -> Quote:
    """A candidate as the machine leaves it, with what it said beside it."""
    spans = factories.spans(article.body, words)
    basis = said.pop("basis", "named")
    quote = review.add_candidate(
        article=article,
        spans=spans,
        kind="direct",
        method="ranker-1",
        confidence=0.9,
        speaker_text=text,
        basis=basis,
        cue="said",
    )
    Suggestion.objects.create(
        quote=quote,
        spans=[list(span) for span in spans],
        kind="direct",
        speaker_text=text,
        name=name,
        basis=basis,
        cue="said",
        confidence=0.9,
        method="ranker-1",
        **said,
    )
    return quote
