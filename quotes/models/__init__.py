"""WHAT WAS SAID: articles, quotes, versions, stances."""

from quotes.models.article import Article, Outlet
from quotes.models.intake import ArticleShingle, NearDuplicate, Suggestion
from quotes.models.quote import Quote, QuoteSpan, Utterance
from quotes.models.review import Assignment, ReviewAction
from quotes.models.search import SearchRow
from quotes.models.stance import Coder, Stance, StanceCoding, Target, validate_value
from quotes.models.version import QuoteVersion, Withdrawal

__all__ = [
    "Article",
    "ArticleShingle",
    "Assignment",
    "Coder",
    "NearDuplicate",
    "Outlet",
    "Quote",
    "QuoteSpan",
    "QuoteVersion",
    "ReviewAction",
    "SearchRow",
    "Stance",
    "StanceCoding",
    "Suggestion",
    "Target",
    "Utterance",
    "Withdrawal",
    "validate_value",
]
