"""1: a document in, an article with its candidates out. docs/intake.md is the guide."""

from quotes.intake.retext import retext
from quotes.intake.speakers import Directory
from quotes.intake.step import Ingested, Outcome, ingest
from quotes.intake.uploads import from_text, from_upload

__all__ = ["Directory", "Ingested", "Outcome", "from_text", "from_upload", "ingest", "retext"]
