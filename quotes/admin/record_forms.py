"""Forms of what happens to quotes that were published: merges, splits, replies, and their undoing.

Where an editor should look before it is done, the form has a preview; it is done when the form
comes back with what was seen.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.admin.forms import PlainTextField
from base.ids import canonical_id
from quotes import notices
from quotes.admin.forms import LONGEST_WORDS, StepForm
from quotes.admin.words import find_spans, lines_of
from quotes.choices import NoticeKind
from quotes.models import Quote
from quotes.spans import join_spans

AN_ID = re.compile(r"(?:^|/q/)([0-9A-Za-z]{8})(?:/v[0-9]+)?/?$")


@dataclass(frozen=True)
class Preview:
    """What will come of it, as (heading, words); `seen` names exactly this."""

    seen: str
    parts: tuple[tuple[str, str], ...]


class PreviewedForm(StepForm):
    """A step that is shown before it is taken."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)

    def preview(self) -> Preview:
        raise NotImplementedError


class MergeForm(PreviewedForm):
    into = forms.CharField(
        label="The quote that stays",
        max_length=300,
        help_text="Its id or its address. This quote’s address will lead there; its versions stay "
        "readable.",
    )
    field_order = ("into", "reason")

    def clean_into(self) -> Quote:
        found = AN_ID.search(self.cleaned_data["into"].strip())
        key = canonical_id(found[1]) if found else None
        into = Quote.objects.published().filter(public_id=key).first() if key else None
        if into is None:
            raise ValidationError("There is no published quote with that id.", code="unknown")
        if into.pk == self.quote.pk:
            raise ValidationError("That is this quote itself.", code="itself")
        return into

    def preview(self) -> Preview:
        into: Quote = self.cleaned_data["into"]
        return Preview(
            f"{into.pk}:{into.revision}",
            (
                (f"{self.quote.public_id} will lead to {into.public_id}", _described(self.quote)),
                (f"{into.public_id} stays as it is", _described(into)),
            ),
        )


class SplitForm(PreviewedForm):
    """Both halves as lines of the article's words, as on the quote's own form."""

    kept = PlainTextField(
        label="Words that stay at this address",
        max_length=LONGEST_WORDS,
        help_text="One line for each part, where the reporter interrupts or a paragraph ends.",
    )
    part = PlainTextField(
        label="Words that become a quote of their own",
        max_length=LONGEST_WORDS,
        help_text="It keeps speaker, date and stances, and can be corrected afterwards.",
    )
    field_order = ("kept", "part", "reason")
    spans: dict[str, list[tuple[int, int]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spans = {}
        self.initial.setdefault("kept", lines_of(self.quote))
        for name in ("kept", "part"):
            self.fields[name].widget.attrs["rows"] = 4

    def clean_kept(self) -> str:
        return self._find("kept")

    def clean_part(self) -> str:
        return self._find("part")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept, part = self.spans.get("kept", []), self.spans.get("part", [])
        if any(a < d and c < b for a, b in kept for c, d in part):
            self.add_error("part", "These words stay at this address already: leave them out.")
        return cleaned

    def preview(self) -> Preview:
        body = self.quote.article.body
        kept, part = (join_spans(body, self.spans[name]) for name in ("kept", "part"))
        return Preview(
            repr([self.spans["kept"], self.spans["part"]]),
            (
                (f"Stays at {self.quote.public_id}, in a new version", f"“{kept}”"),
                ("Gets an address of its own", f"“{part}”"),
            ),
        )

    def _find(self, name: str) -> str:
        typed = unicodedata.normalize("NFC", self.cleaned_data[name])
        spans = list(self.quote.spans.all())
        first, end = spans[0].start, spans[-1].end
        # A line may stand elsewhere in the article too; here it is the one in the quote.
        inside = find_spans(self.quote.article.body[first:end], typed)
        self.spans[name] = [(first + start, first + stop) for start, stop in inside]
        return typed


class NoticeForm(PreviewedForm):
    kind = forms.ChoiceField(
        label="What it is", choices=NoticeKind.choices, widget=forms.RadioSelect
    )
    text = PlainTextField(
        max_length=5_000, help_text="The reply or correction in its author’s words."
    )
    dated = forms.DateField(
        label="Given on",
        help_text="As 2024-03-14.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
    )
    url = forms.URLField(
        label="Where it can be read", required=False, max_length=1000, assume_scheme="https"
    )
    field_order = ("kind", "text", "dated", "url", "reason")

    def clean_dated(self) -> Any:
        dated = self.cleaned_data["dated"]
        if dated > timezone.localdate():
            raise ValidationError("A reply can’t be dated in the future.", code="future")
        return dated

    def preview(self) -> Preview:
        cleaned = self.cleaned_data
        said = (cleaned["kind"], cleaned["text"], cleaned["dated"].isoformat(), cleaned["url"])
        heading = f"{NoticeKind(cleaned['kind']).label}, {cleaned['dated']:%-d %B %Y}"
        shown = "\n".join(filter(None, (cleaned["text"], cleaned["url"])))
        return Preview(hash_of(said), ((f"Readers will see: {heading}", shown),))


class TakeBackForm(StepForm):
    notice = forms.ChoiceField(label="Which", widget=forms.RadioSelect)
    field_order = ("notice", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = {str(row.pk): row for row in notices.shown(self.quote)}
        self.fields["notice"].choices = [  # type: ignore[attr-defined]
            (key, f"{row}: {row.text[:80]}") for key, row in self.shown.items()
        ]

    def clean_notice(self) -> Any:
        return self.shown[self.cleaned_data["notice"]]


def hash_of(values: tuple[str, ...]) -> str:
    """Return a short name for some texts, the same in every process."""
    return hashlib.sha256("\x00".join(values).encode()).hexdigest()[:16]


def _described(quote: Quote) -> str:
    """Return a quote's words, and who says them where."""
    who = quote.speaker or quote.on_behalf_of or quote.speaker_text
    return f"“{quote.text}” {who}, {quote.article.headline}"
