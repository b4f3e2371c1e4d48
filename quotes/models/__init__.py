"""WHAT WAS SAID: articles, quotes, versions, stances."""

from quotes.models.address import PublishedAddress, QuoteRedirect, QuoteSplit
from quotes.models.article import Article, Outlet
from quotes.models.change import Change, ChangeCounter
from quotes.models.codebook import (
    CodingImport,
    StanceSuggestion,
    TargetMove,
    TargetRelation,
    Training,
)
from quotes.models.coding import (
    CodingAction,
    CodingAssignment,
    CodingTask,
    GoldAnswer,
    TrainingAnswer,
)
from quotes.models.intake import ArticleShingle, NearDuplicate, Suggestion
from quotes.models.notice import Notice, Report
from quotes.models.quote import Quote, QuoteSpan, Utterance
from quotes.models.responsibility import Responsibility
from quotes.models.review import Assignment, ReviewAction
from quotes.models.search import SearchRow, SearchWord
from quotes.models.stance import Coder, Stance, StanceCoding, Target, validate_value
from quotes.models.utterance import UtteranceSuggestion
from quotes.models.version import QuoteVersion, Withdrawal

__all__ = [
    "Article",
    "ArticleShingle",
    "Assignment",
    "Change",
    "ChangeCounter",
    "Coder",
    "CodingAction",
    "CodingAssignment",
    "CodingImport",
    "CodingTask",
    "GoldAnswer",
    "NearDuplicate",
    "Notice",
    "Outlet",
    "PublishedAddress",
    "Quote",
    "QuoteRedirect",
    "QuoteSpan",
    "QuoteSplit",
    "QuoteVersion",
    "Report",
    "Responsibility",
    "ReviewAction",
    "SearchRow",
    "SearchWord",
    "Stance",
    "StanceCoding",
    "StanceSuggestion",
    "Suggestion",
    "Target",
    "TargetMove",
    "TargetRelation",
    "Training",
    "TrainingAnswer",
    "Utterance",
    "UtteranceSuggestion",
    "Withdrawal",
    "validate_value",
]
