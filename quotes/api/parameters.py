"""The parameters as OpenAPI describes them, read from the fields that read them."""

from typing import Any

from django.forms import Field
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from base.parameters import DayField, ManyField, PageField, WordField, WordsOfField
from quotes.api.base import MOST, USUAL
from quotes.api.serializers import ProblemRecord
from quotes.filters import NOT, QuoteForm
from quotes.listing import PLACES

WORDS = {
    "q": 'Words, “"a phrase"”, -not, OR, prefix*, "two words"~5; see /how-to-search.',
    "target": "Address of a target: the end of /targets/….",
    "stance": "A stance value, of any target (denies) or of one (media-pressure:denies).",
    "speaker": "Address of a person: the end of /people/….",
    "organization": "Address of a body, spoken for or with the speaker in it at the time.",
    "role": "The speaker's role as printed.",
    "outlet": "Address of an outlet: the end of /outlets/….",
    "year": "Said, or else published, in this year.",
    "kind": "How the words are reported.",
    "channel": "Where they were first said.",
    "language": "Language tag of the article.",
    "disputed": "Whether coders disagree, or speaker or outlet dispute it.",
    "date_of": "What the days are of: either (said, or else published), said, published.",
    "date_from": "First day, month or year: 2008, 2008-11, 2008-11-12.",
    "date_to": "Last day, month or year.",
    "sort": "The order; relevance only with words.",
    "page": "Page by number, from 1; for places far on, follow the Link header.",
    "after": "Take this from the Link header: the page after a quote.",
    "before": "The page before a quote.",
}


def described(name: str) -> str:
    """Return what a parameter of the list means."""
    if name.startswith(NOT):
        return f"Leave out: {WORDS[name.removeprefix(NOT)]}"
    return WORDS[name]


def _parameter(name: str, field: Field) -> OpenApiParameter:
    many = isinstance(field, ManyField)
    options: dict[str, Any] = {}
    if isinstance(field, WordField | WordsOfField):
        options["enum"] = list(field.words)
    if isinstance(field, DayField):
        options["pattern"] = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
    kind = int if isinstance(field, PageField) else str
    return OpenApiParameter(
        name,
        kind,
        required=False,
        many=many,
        explode=many or None,
        description=described(name),
        **options,
    )


_fields = QuoteForm.base_fields
# What narrows a search; and with it where a page of it begins.
OF_SEARCH = tuple(_parameter(name, field) for name, field in _fields.items() if name not in PLACES)
OF_LIST = (
    *OF_SEARCH,
    *(_parameter(name, _fields[name]) for name in PLACES),
    OpenApiParameter(
        "as_of",
        str,
        required=False,
        description="A moment in UTC, 2026-11-22T07:30:00Z: the rows as they stood then.",
    ),
)
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    required=False,
    description=f"Rows on a page: {USUAL}, at most {MOST}.",
)
AFTER = OpenApiParameter(
    "after", str, required=False, description="Take this from the Link header: the rows after one."
)


def page_of(record: type[serializers.BaseSerializer[Any]]) -> Any:
    """Return the description of a page of rows."""
    return inline_serializer(
        f"PageOf{record.__name__.removesuffix('Record')}s",
        {"count": serializers.IntegerField(), "results": record(many=True)},
    )


def problems(*codes: int) -> dict[int | tuple[int, str], Any]:
    """Return the descriptions of what can go wrong; any question may be too large."""
    return {(code, "application/problem+json"): ProblemRecord for code in (*codes, 503)}
