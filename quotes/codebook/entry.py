"""The codebook's entries: changed with a reason, numbered, and what a change does to codings."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from base.history import save_as
from quotes import versions
from quotes.choices import EntryChange
from quotes.models import Quote, Target

# What a coder goes by: a change of one is a new version of the entry, stamped on each coding.
ENTRY = (
    "proposition",
    "brief_definition",
    "full_definition",
    "when_to_use",
    "when_not_to_use",
    "value_definitions",
    "example",
    "counter_example",
)


def change_entry(*, target: Target, by: User, why: str, change: str, **entry: Any) -> Target:
    """Change a codebook entry and return it under its new version number.

    `change` says whether the wording or the meaning changed; after a change of meaning every
    earlier coding is stale (`StanceCoding.objects.stale()`) until its coder looks again. Nothing
    is recoded here. Raises ValidationError for no reason, no such field, or an unfit entry;
    entries that are as they were make no version.
    """
    if unknown := sorted(set(entry) - set(ENTRY)):
        raise ValidationError(f"Not part of an entry: {', '.join(unknown)}.", code="field")
    if not why.strip():
        raise ValidationError("Say why the entry changes: readers see it.", code="reason")
    changed = [name for name in entry if getattr(target, name) != entry[name]]
    if not changed:
        return target
    for name in changed:
        setattr(target, name, entry[name])
    number_change(target, changed, change=change)
    target.full_clean()
    with transaction.atomic():
        save_as(target, by=by, why=why)
        showing = Quote.objects.published().filter(stances__target=target).distinct()
        versions.record_each(quotes=showing, by=by, why=why)
    return target


def add(*, target: Target, by: User, why: str) -> Target:
    """Add a target with the entry that it comes with, and return it. Raises ValidationError."""
    target.full_clean()
    return save_as(target, by=by, why=why)


def number_change(target: Target, changed: Collection[str], *, change: str) -> None:
    """Give a changed entry its next number, before it is saved; other fields need none."""
    if not set(ENTRY).intersection(changed):
        return
    if change not in EntryChange.values:
        raise ValidationError("Say what changed: the wording or the meaning.", code="change")
    target.version += 1
    if change == EntryChange.MEANING:
        target.meaning_version = target.version


def rename(*, target: Target, label: str, by: User, why: str) -> Target:
    """Give a target another label and return it; codings, address and entry stay as they are.

    Each published quote that shows the label gets a version. Renaming it back undoes it. Raises
    ValidationError for no reason or a label that is unfit.
    """
    if not why.strip():
        raise ValidationError("Say why the target is renamed.", code="reason")
    if target.label == label:
        return target
    target.label = label
    target.full_clean()
    with transaction.atomic():
        save_as(target, by=by, why=why)
        showing = Quote.objects.published().filter(stances__target=target).distinct()
        versions.record_each(quotes=showing, by=by, why=why)
    return target
