"""Two editors, one record: what the other saved beside what this one typed, field by field.

The form keeps what was typed. A field that only the other changed takes their value, so that
saving once more undoes nothing unseen; where both changed one, this editor decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import formats
from django.utils.timezone import localtime

BASE = "base_revision"
NOT_MERGED = (BASE, "reason", "DELETE")


@dataclass(frozen=True)
class Clash:
    """One field in which the two differ."""

    label: str
    before: str
    theirs: str
    yours: str
    taken_over: bool
    """Only they changed it: the form now holds their value."""


@dataclass(frozen=True)
class Conflict:
    """A save made meanwhile, and where it differs from this form."""

    title: str
    who: str
    when: datetime | None
    why: str
    rows: tuple[Clash, ...]

    def __str__(self) -> str:
        moment = formats.date_format(localtime(self.when), "H:i, j F Y") if self.when else ""
        when = f" at {moment}" if moment else ""
        return (
            f"{self.who} saved “{self.title}”{when}, after you opened it. Nothing of yours is "
            "saved yet and nothing is lost: compare the two below, then save again."
        )


def find_conflict(form: Any, base: int | None) -> Conflict | None:
    """Compare a bound form with its row as it is now; None when both say the same.

    Changes the form's data: see the module. `base` is the revision that the form was made from.
    """
    row = form.instance
    opened = row.history.filter(revision=base).first()
    data = form.data.copy()
    rows = []
    for name, field in form.fields.items():
        if name in NOT_MERGED or field.disabled:
            continue
        typed, current = form[name].data, form.get_initial_for_field(field, name)
        if not field.has_changed(current, typed):
            continue
        before = _value(opened, row, name) if opened else None
        only_theirs = opened is not None and not field.has_changed(before, typed)
        rows.append(
            Clash(
                label=str(form[name].label),
                before=_shown(field, before) if opened else "",
                theirs=_shown(field, current),
                yours=_shown(field, typed),
                taken_over=only_theirs,
            )
        )
        if only_theirs:
            _put(data, form.add_prefix(name), field, current)
    if not rows:
        return None
    data[form.add_prefix(BASE)] = str(row.revision)
    form.data = data
    latest = row.history.latest()
    return Conflict(
        # A quote's own name is in quotation marks already.
        title=str(row).strip("“”"),
        who=latest.actor_name,
        when=latest.history_date,
        why=latest.history_change_reason or "",
        rows=tuple(rows),
    )


def _value(opened: Any, row: Any, name: str) -> Any:
    """Return what a history row has for a field of the form."""
    known = {field.name: field.attname for field in row._meta.concrete_fields}
    return getattr(opened, known.get(name, name), None)


def _put(data: Any, key: str, field: forms.Field, value: Any) -> None:
    if isinstance(field, forms.BooleanField):
        data.pop(key, None)
        if value:
            data[key] = "on"
        return
    prepared = field.prepare_value(value)
    data[key] = "" if prepared is None else str(prepared)


def _shown(field: forms.Field, value: Any) -> str:
    """Return a value in words: the name of a choice or a row, not its key."""
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        digits = str(value)
        if not (digits.isascii() and digits.isdigit()):
            return digits
        return str(field.queryset.filter(pk=digits).first() or digits)  # type: ignore[union-attr]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(value), value))  # type: ignore[arg-type]
    return str(field.prepare_value(value)).replace("\r\n", "\n")
