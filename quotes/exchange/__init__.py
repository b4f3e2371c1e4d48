"""Codings to and from other programs: the record as a project, and a project into the record.

The formats themselves are `quotes.interchange`. docs/interchange.md says what each can carry.
"""

from quotes.exchange.files import FORMATS, Settings, read, write
from quotes.exchange.incoming import Plan, apply, plan
from quotes.exchange.outgoing import record_as_project

__all__ = ["FORMATS", "Plan", "Settings", "apply", "plan", "read", "record_as_project", "write"]
