"""The card of one candidate: what an editor may say of it, read and checked."""

import copy
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from base.admin.conflicts import Clash, Conflict
from base.admin.forms import PlainTextField
from people.models import LONGEST_NAME
from quotes.admin.forms import LONGEST_WORDS
from quotes.admin.screen.names import find_body, find_person, label
from quotes.admin.words import find_spans, lines_of
from quotes.models import Quote
from quotes.review import CORRECTABLE, Card, Proposal
from quotes.review.speakers import alias_offered

FIELDS = (
    "speaker_text",
    "speaker_role",
    "kind",
    "cue",
    "basis",
    "said",
    "said_basis",
    "said_note",
    "channel",
    "note",
)
LONGEST_NOTE = 10_000


class CardForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A quote's card. It checks; `quotes.review` writes: the quote itself is left alone here."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    speaker_name = forms.CharField(
        label="Speaker",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "rv-people", "autocomplete": "off"}),
    )
    new_person = forms.BooleanField(label="Add as a new person", required=False)
    alias = forms.CharField(required=False, max_length=LONGEST_NAME, widget=forms.CheckboxInput)
    body_name = forms.CharField(
        label="On behalf of",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "rv-bodies", "autocomplete": "off"}),
    )
    new_body = forms.BooleanField(label="Add as a new organisation", required=False)
    words = PlainTextField(label="Words", max_length=LONGEST_WORDS)
    after = PlainTextField(
        label="After these words", max_length=500, required=False,
        help_text="Only where the words stand in the article more than once.",
    )  # fmt: skip
    note = PlainTextField(required=False, max_length=LONGEST_NOTE)
    conflict: Conflict | None = None

    class Meta:
        model = Quote
        fields = FIELDS

    def __init__(self, data: Any = None, *, quote: Quote, proposal: Proposal) -> None:
        self.quote = quote
        self.offered_alias = _alias(quote, proposal)
        initial = starting_values(quote, proposal)
        # A copy: what is typed must not reach the quote before a step writes it.
        super().__init__(data, instance=copy.copy(quote), initial=initial, auto_id="card_%s")
        for name in ("speaker_text", "speaker_role", "cue", "said", "said_note"):
            self.fields[name].widget.attrs.update({"class": "rv-input", "autocomplete": "off"})
        for name, rows in (("words", 3), ("after", 1), ("note", 2)):
            self.fields[name].widget.attrs = {"rows": rows, "class": "rv-input"}
        self.fields["alias"].widget = forms.CheckboxInput(attrs={"value": self.offered_alias})

    def clean_alias(self) -> str:
        return self.offered_alias if self.cleaned_data.get("alias") else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.cleaned_data.get("base_revision") != self.quote.revision:
            self._merge_meanwhile()
        if not self.errors:
            self._find_words()
            self._find_names()
        return cleaned

    def card(self, *, deciding: bool) -> Card:
        """Return what changed. A speaker that was only proposed counts on acceptance."""
        cleaned = self.cleaned_data
        changes = {
            name: cleaned[name] for name in self.changed_data if name in CORRECTABLE & set(FIELDS)
        }
        news = {"new_person": "", "new_body": ""}
        for field, new, target in (
            ("speaker_name", "new_person", "speaker"),
            ("body_name", "new_body", "on_behalf_of"),
        ):
            if not deciding and field not in self.changed_data and new not in self.changed_data:
                continue
            if cleaned[field] and self.found[target] is None:
                news[new] = cleaned[field]
            elif self.found[target] != getattr(self.quote, target):
                changes[target] = self.found[target]
        return Card(changes=changes, spans=self.spans, alias=cleaned.get("alias", ""), **news)

    # --- What was typed, looked up ---------------------------------------------------------

    spans: list[tuple[int, int]] | None = None

    def _find_words(self) -> None:
        if "words" not in self.changed_data:
            return
        typed = {n: unicodedata.normalize("NFC", self.cleaned_data[n]) for n in ("words", "after")}
        try:
            self.spans = find_spans(self.quote.article.body, typed["words"], after=typed["after"])
        except ValidationError as error:
            self.add_error("words", error)

    def _find_names(self) -> None:
        self.found: dict[str, Any] = {"speaker": None, "on_behalf_of": None}
        for field, new, target, find in (
            ("speaker_name", "new_person", "speaker", find_person),
            ("body_name", "new_body", "on_behalf_of", find_body),
        ):
            typed = self.cleaned_data.get(field)
            if not typed:
                continue
            try:
                self.found[target] = find(typed)
            except ValidationError as error:
                self.add_error(field, error)
                continue
            if self.found[target] is None and not self.cleaned_data[new]:
                self.add_error(
                    field, f"Nobody here is called “{typed}” yet. Tick “{self[new].label}”."
                )

    # --- Saved by someone else meanwhile ---------------------------------------------------

    def _merge_meanwhile(self) -> None:
        """Keep what was typed, take over what only the other changed, and say both."""
        base = self.cleaned_data.get("base_revision")
        opened = self.quote.history.filter(revision=base).first() if base else None
        before = starting_values(opened.instance, Proposal()) if opened else {}
        if opened:
            before["words"] = opened.text.replace(" […] ", "\n")
        data = self.data.copy()  # type: ignore[attr-defined]
        rows = []
        for name in (*FIELDS, "words", "speaker_name", "body_name"):
            field, typed = self.fields[name], self[name].data
            theirs = self.get_initial_for_field(field, name)
            if not field.has_changed(theirs, typed):
                continue
            only_theirs = opened is not None and not field.has_changed(before.get(name), typed)
            shown = [str(value or "") for value in (before.get(name), theirs, typed)]
            rows.append(Clash(str(self[name].label), shown[0], shown[1], shown[2], only_theirs))
            if only_theirs:
                data[name] = theirs or ""
        data["base_revision"] = str(self.quote.revision)
        self.data = data
        latest = self.quote.history.latest()
        self.conflict = Conflict(
            str(self.quote),
            latest.actor_name,
            latest.history_date,
            latest.history_change_reason or "",
            tuple(rows),
        )
        self.add_error(None, ValidationError(str(self.conflict), code="stale"))


def starting_values(quote: Any, proposal: Proposal) -> dict[str, Any]:
    """Return what a card holds before anything is typed; a name that is proposed included."""
    person, body = quote.speaker or proposal.person, quote.on_behalf_of or proposal.body
    return {
        **{name: getattr(quote, name) for name in FIELDS},
        "base_revision": quote.revision,
        "words": lines_of(quote),
        "speaker_name": label(person) or proposal.new_person,
        "new_person": bool(proposal.new_person),
        "body_name": body.name if body else "",
    }


def _alias(quote: Quote, proposal: Proposal) -> str:
    person = quote.speaker or proposal.person
    known = [other.name for other in person.other_names.all()] if person else []
    return alias_offered(quote, person, known)
