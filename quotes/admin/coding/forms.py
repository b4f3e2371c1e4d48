"""The part of the coding form that is about one target, and where its evidence stands."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from base.admin.forms import PlainTextField
from base.admin.lists import is_key
from quotes.admin.coding.keys import VALUE_KEYS
from quotes.admin.words import find_spans
from quotes.choices import Confidence, StanceValue
from quotes.coding import Entered
from quotes.models import Quote, StanceCoding, Target
from quotes.stances import evidence_window

LONGEST_MEMO = 5_000
LONGEST_EVIDENCE = 5_000


class TargetForm(forms.Form):
    """What a coder says of a quote on one target. Saves nothing: `quotes.coding` does."""

    value = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    confidence = forms.ChoiceField(choices=Confidence.choices, required=False)
    evidence = PlainTextField(
        label="Evidence",
        required=False,
        max_length=LONGEST_EVIDENCE,
        help_text="The words it rests on, as printed, a line for each part.",
    )
    memo = PlainTextField(
        required=False,
        max_length=LONGEST_MEMO,
        help_text="Why; for the adjudicator. Readers may see it with the stance.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        data: Any = None,
        *,
        target: Target,
        quote: Quote,
        own: StanceCoding | None,
        number: int,
    ) -> None:
        self.target, self.quote, self.own, self.number = target, quote, own, number
        initial = {
            "value": own.value if own else "",
            "confidence": own.confidence if own else "",
            "evidence": words_of(quote, own.evidence) if own else "",
            "memo": own.memo if own else "",
            "revision": own.revision if own else 0,
            "version": target.version,
        }
        super().__init__(data, initial=initial, prefix=f"t{target.pk}", auto_id="id_%s")
        raw = str(self.data.get(self.add_prefix("version"), ""))
        # The version of the entry that the page showed when this was sent.
        self.seen_version = int(raw) if is_key(raw) else 0
        self.fields["value"].choices = [  # type: ignore[attr-defined]
            (value.value, value.label) for value in target.values
        ]
        self.fields["evidence"].widget.attrs |= {"rows": 1}
        self.fields["memo"].widget.attrs |= {"rows": 1}

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """The radio buttons, each with its key."""
        return [(one, VALUE_KEYS[one.data["value"]]) for one in self["value"]]

    @property
    def is_stale(self) -> bool:
        """Whether the coding is from before the meaning of the entry changed."""
        return bool(self.own and self.own.codebook_version < self.target.meaning_version)

    def clean_evidence(self) -> list[tuple[int, int]]:
        typed = self.cleaned_data["evidence"]
        if self.own and typed == words_of(self.quote, self.own.evidence):
            return [(start, end) for start, end in self.own.evidence]
        low, high = evidence_window(self.quote)
        found = find_spans(self.quote.article.body[low:high], typed) if typed else []
        return [(low + start, low + end) for start, end in found]

    def entered(self, *, mark: tuple[int, int] | None = None) -> Entered:
        """Return what is given; `mark` is a further part of the evidence."""
        evidence = list(self.cleaned_data["evidence"])
        if mark:
            evidence = joined([*evidence, mark])
        return Entered(
            value=self.cleaned_data["value"],
            revision=self.cleaned_data["revision"],
            version=self.cleaned_data["version"],
            confidence=self.cleaned_data["confidence"],
            evidence=tuple(evidence),
            memo=self.cleaned_data["memo"],
        )

    def refuse(self, refusal: ValidationError) -> None:
        """Show a refusal beside the field it is about, with the state that is right now."""
        names = {"evidence": "evidence", "confidence": "confidence"}
        name = names.get(refusal.code or "", "value")
        self.add_error(name, refusal)
        self.keep_state()

    def keep_state(self) -> None:
        """Let the form be sent once more for the coding and the entry as they are now."""
        now = {
            self.add_prefix("revision"): str(self.own.revision if self.own else 0),
            self.add_prefix("version"): str(self.target.version),
        }
        self.data = {**self.data.dict(), **now}  # type: ignore[attr-defined]

    @property
    def faults(self) -> list[str]:
        return [str(fault) for name in self.errors for fault in self.errors[name]]

    @property
    def was(self) -> str:
        """What is saved, in words, for whoever sees a refusal."""
        return str(StanceValue(self.own.value).label) if self.own else "nothing"


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in their order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def words_of(quote: Quote, evidence: Any) -> str:
    """Return evidence as its field shows it: a line for each part."""
    body = quote.article.body
    return "\n".join(" ".join(body[start:end].split("\n")) for start, end in evidence)
