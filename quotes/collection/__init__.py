"""A collection on disk: documents with hand-checked annotations, read into plain records.

Nothing here knows the database; `load_collection` either returns a sound collection or says
everything that is wrong with it.
"""

from quotes.collection.faults import CollectionError, Fault
from quotes.collection.format import load_collection
from quotes.collection.records import (
    AnnotatedArticle,
    AnnotatedQuote,
    AnnotatedStance,
    Boilerplate,
    CodebookExample,
    CoderEntry,
    Collection,
    MembershipEntry,
    NotQuote,
    OrganizationEntry,
    OutletEntry,
    PersonEntry,
    Span,
    TargetEntry,
    UtteranceEntry,
)

__all__ = [
    "AnnotatedArticle",
    "AnnotatedQuote",
    "AnnotatedStance",
    "Boilerplate",
    "CodebookExample",
    "CoderEntry",
    "Collection",
    "CollectionError",
    "Fault",
    "MembershipEntry",
    "NotQuote",
    "OrganizationEntry",
    "OutletEntry",
    "PersonEntry",
    "Span",
    "TargetEntry",
    "UtteranceEntry",
    "load_collection",
]
