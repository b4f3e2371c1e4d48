"""Forms of the quote's page: the quote itself, the steps of its review, a stance."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from base.admin.forms import LONGEST_REASON, PlainTextField, ReasonedForm
from quotes.admin.words import find_spans, lines_of
from quotes.choices import Confidence, Exposure, WithdrawalReason
from quotes.models import Article, Quote, Target

LONGEST_WORDS = 20_000


def reason_field(**options: Any) -> forms.CharField:
    """Return the field that every change asks for."""
    return forms.CharField(
        label="Reason for the change",
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        **options,
    )


class QuoteForm(ReasonedForm):
    """What an editor says of a quote, and its words, found in the article."""

    words = PlainTextField(
        max_length=LONGEST_WORDS,
        help_text="The exact words of the article, without the quotation marks around them. "
        "One line for each part, where the reporter interrupts or a paragraph ends.",
    )
    after = PlainTextField(
        label="After these words",
        max_length=500,
        required=False,
        help_text="Only where the words stand in the article more than once: some words that "
        "stand before them, and only there.",
    )
    spans: list[tuple[int, int]] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = lines_of(self.instance)
        for name, rows in (("words", 4), ("after", 1), ("note", 3)):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        article = self._article()
        if article and self.cleaned_data.get("words") and "words" in self.changed_data:
            try:
                self.spans = find_spans(
                    article.body, self._typed("words"), after=self._typed("after")
                )
            except ValidationError as error:
                self.add_error("words", error)
        return cleaned

    def _post_clean(self) -> None:
        # A quote without its article can't be checked as a row; the form already says so.
        if self._article():
            super()._post_clean()  # type: ignore[misc]

    def _typed(self, name: str) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data.get(name) or "")

    def _article(self) -> Article | None:
        if self.instance.pk:
            return self.instance.article
        found: Article | None = self.cleaned_data.get("article")
        return found


class OnQuoteForm(forms.Form):
    """What a step needs, from the revision of the quote that the editor saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        self.quote = quote
        super().__init__(*args, **kwargs)


class StepForm(OnQuoteForm):
    reason = reason_field(help_text="Kept in the history for good, beside your name.")


class WithdrawForm(OnQuoteForm):
    reason = forms.ChoiceField(
        choices=[("", "Choose…"), *WithdrawalReason.choices],
        help_text="Readers see it in place of the quote.",
    )
    public_note = PlainTextField(
        required=False,
        max_length=2_000,
        help_text="What readers are told besides, where the page still shows the citation.",
    )
    exposes = forms.ChoiceField(
        label="What its page still shows",
        choices=Exposure.choices,
        initial=Exposure.CITATION,
        widget=forms.RadioSelect,
        help_text="Personal data, a court order and the protection of a child or a victim always "
        "show the reason alone.",
    )


class StanceForm(forms.Form):
    """One person's coding of a quote for one target; only the values of the target's kind."""

    stance_revision = forms.IntegerField(widget=forms.HiddenInput)
    coding_revision = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.ChoiceField(label="Your coding", widget=forms.RadioSelect)
    confidence = forms.ChoiceField(choices=Confidence.choices, required=False)
    rationale = PlainTextField(
        required=False, max_length=5_000, help_text="Why; readers may see it with the stance."
    )
    adjudicated = forms.BooleanField(
        required=False,
        label="This settles it",
        help_text="Your decision stands whatever others coded, or code later. Needs a rationale.",
    )
    reason = reason_field()

    def __init__(self, *args: Any, target: Target, may_adjudicate: bool, **kwargs: Any) -> None:
        # Several of these forms stand on one page.
        super().__init__(*args, **{**kwargs, "auto_id": f"id_{target.pk}_%s"})
        self.fields["value"].choices = [  # type: ignore[attr-defined]
            (value.value, value.label) for value in target.values
        ]
        self.fields["rationale"].widget.attrs["rows"] = 2
        if not may_adjudicate:
            del self.fields["adjudicated"]


class QuoteChoice(forms.Form):
    """The quotes of a bulk action as "key:revision", as they were on the page before."""

    reason = reason_field(help_text="Kept in the history of each quote.")


def again(data: Any, shown: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed, to be sent once more for what the page now shows."""
    return {**data.dict(), **{name: str(value) for name, value in shown.items()}}


def revision_keys(raw: list[str]) -> dict[int, int]:
    """Read "key:revision" pairs; what can't be read is left out."""
    pairs = (item.split(":") for item in raw)
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == 2 and all(p.isascii() and p.isdigit() and len(p) <= 18 for p in pair)
    }


def corrections(form: QuoteForm, allowed: frozenset[str]) -> dict[str, Any]:
    """Return the fields of the quote that the editor changed."""
    return {name: form.cleaned_data[name] for name in form.changed_data if name in allowed}
