"""Quote attribution: plain text in, attributed candidates out. Standard library only.

>>> from quotes.extraction import extract
>>> extract("“It rains,” Jane Doe said.").candidates[0].name
'Jane Doe'
"""

from quotes.extraction.engine import extract
from quotes.extraction.records import (
    Alternative,
    Candidate,
    Extraction,
    KnownPerson,
    Mention,
    Role,
    Span,
)

__all__ = [
    "Alternative",
    "Candidate",
    "Extraction",
    "KnownPerson",
    "Mention",
    "Role",
    "Span",
    "extract",
]
