"""Forms that ask why, notice what was saved meanwhile, and give a text back as it was."""

import json
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from base.admin.conflicts import BASE, Conflict, find_conflict

REASON = "reason"
LONGEST_REASON = 500


class PlainTextField(forms.CharField):
    """A text given back as it was: browsers send CRLF, and Django's own field trims."""

    widget = AdminTextareaWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


class FlatDecoder(json.JSONDecoder):
    """Refuses what Python's own decoder breaks down on: a thousand brackets, endless digits."""

    def decode(self, s: str, *args: Any) -> Any:
        try:
            return super().decode(s, *args)
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError("not for Python's decoder", s, 0) from error


class WordsByNameField(forms.JSONField):
    """Words to words, as {"wikidata": "Q1"}: nothing nested."""

    longest = 5_000

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "decoder": FlatDecoder})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > self.longest:
            raise ValidationError(f"At most {self.longest} characters.", code="too_long")
        found = super().to_python(value)
        if found in (None, ""):
            return {}
        words = [*found.keys(), *found.values()] if isinstance(found, dict) else [None]
        if not all(isinstance(word, str) and "\x00" not in word for word in words):
            raise ValidationError(
                'Write names and words only, as {"wikidata": "Q1"}.', code="shape"
            )
        return found


class LinesField(PlainTextField):
    """A stored list of texts, typed one on each line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != lines(data)

    def clean(self, value: Any) -> Any:
        return lines(super().clean(value))


def lines(text: str | None) -> list[str]:
    """Return the lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


class RevisionedForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Refuses a save made from an old copy and shows both texts; see `base.admin.conflicts`."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and BASE in self.fields:
            self.initial[BASE] = self.instance.revision

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in (BASE, REASON)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get(BASE) != self.instance.revision:
            self.conflict = find_conflict(self, self.cleaned_data.get(BASE))
            if self.conflict:
                self.add_error(None, ValidationError(str(self.conflict), code="stale"))
        return cleaned


class ReasonedForm(RevisionedForm):
    """A form that is saved with a reason, kept in the history with who and when."""

    reason = forms.CharField(
        label="Reason for the change",
        max_length=LONGEST_REASON,
        help_text="Kept in the history for good, beside your name.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    # What a step or a trigger refused in the attempt just made.
    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal.messages)
        return cleaned


class RevisionedFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows within a page: none is deleted unseen, and none is silently left out.

    Django's own skips a row that was deleted meanwhile, or that belongs to another page.
    """

    def clean(self) -> None:
        super().clean()
        for form in cast(list[Any], self.initial_forms):
            if form.instance.pk is None:
                raise ValidationError(
                    "A row was deleted meanwhile or belongs elsewhere. Open the page anew; "
                    "what you typed stands below.",
                    code="gone",
                )
            is_stale = form.conflict or form[BASE].data != str(form.instance.revision)
            is_deleted = self._should_delete_form(form)  # type: ignore[attr-defined]
            if is_deleted and is_stale:
                raise ValidationError(
                    f"“{form.instance}” was changed by someone else meanwhile, so it was not "
                    "deleted. Look at it again.",
                    code="stale",
                )


def conflicts_of(forms_: Iterable[Any]) -> list[Conflict]:
    """Return the conflicts found in these forms, for the page that shows them."""
    return [form.conflict for form in forms_ if getattr(form, "conflict", None)]
