"""Codebook entries as readers see them: in force, and version by version with what changed.

Versions come from the target's history, which the database keeps append-only. A target is shown
once a published quote has a stance on it; an example is shown while its quote is published.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from base.differences import Pieces, word_pieces
from base.visible import visible
from quotes.choices import AddressKind, EntryChange, StanceValue, TargetMoveKind
from quotes.models import PublishedAddress, Quote, Target, TargetMove
from quotes.wording import VALUE_MEANINGS

LABELS = {
    "proposition": "Proposition",
    "brief_definition": "In brief",
    "full_definition": "Definition",
    "when_to_use": "When to use",
    "when_not_to_use": "When not to use",
    "example": "Example",
    "counter_example": "Counter-example",
}
QUOTED = {"example": "example_quote", "counter_example": "counter_example_quote"}


@dataclass(frozen=True)
class Line:
    """One part of an entry; `quote` is the public id of the real quote that it shows."""

    label: str
    text: str
    quote: str = ""


@dataclass(frozen=True)
class Meaning:
    """A value, and what it means for this target or else for every target of the kind."""

    value: str
    text: str
    is_own: bool


@dataclass(frozen=True)
class Entry:
    target: Target
    lines: tuple[Line, ...]
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True)
class Difference:
    label: str
    before: Pieces
    after: Pieces


@dataclass(frozen=True)
class EntryVersion:
    """One version as it stood. `change` is empty for the first that is on record."""

    number: int
    made_at: datetime
    change: str
    why: str
    lines: tuple[Line, ...]
    meanings: tuple[Meaning, ...]
    differences: tuple[Difference, ...] = ()
    is_latest: bool = False


@dataclass(frozen=True)
class Move:
    """Codings that went to or came from another target."""

    words: str
    label: str
    why: str
    made_at: datetime
    undone_at: datetime | None
    n_codings: int


def entries() -> list[Entry]:
    """Return every public entry in force, by label."""
    targets = list(Target.objects.published().order_by("label", "pk"))
    return entries_of(targets)


def entry(target: Target) -> Entry:
    """Return one entry in force."""
    return entries_of([target])[0]


def entries_of(targets: Collection[Target]) -> list[Entry]:
    """Return the entries in force of these targets, in their order."""
    public = _public_ids(targets)
    return [_entry(target, public) for target in targets]


def entry_versions(target: Target) -> list[EntryVersion]:
    """Return each version of an entry on record, newest first, with its difference from before."""
    history = list(target.history.order_by("history_date", "history_id"))
    public = _public_ids(history)
    rows: dict[int, list[Any]] = {}
    for row in history:
        rows.setdefault(row.version, []).append(row)
    found: list[EntryVersion] = []
    before: Mapping[str, str] | None = None
    for row, *later in rows.values():
        # An example may have been linked to its quote after the version was made.
        lines, meanings = _lines(row, public, later), _meanings(row)
        now = _texts(row, lines)
        found.append(
            EntryVersion(
                number=row.version,
                made_at=row.history_date,
                change=_change(row) if before is not None else "",
                # The reason of the first is how its row came to be, not written for readers.
                why=(row.history_change_reason or "") if before is not None else "",
                lines=lines,
                meanings=meanings,
                differences=_differences(before, now) if before is not None else (),
                is_latest=row.version == target.version,
            )
        )
        before = now
    return found[::-1]


def _entry(target: Target, public: Mapping[int, str]) -> Entry:
    return Entry(target, _lines(target, public), _meanings(target))


def moves(target: Target) -> list[Move]:
    """Return the merges and splits of a target on record, newest first, as readers see them."""
    found = TargetMove.objects.filter(Q(target=target) | Q(into=target))
    rows = list(found.select_related("target", "into"))
    if not rows:
        return []
    slugs = {slug for row in rows for slug in (row.target.slug, row.into.slug)}
    addresses = PublishedAddress.objects.filter(kind=AddressKind.TARGET, key__in=slugs)
    public = set(addresses.values_list("key", flat=True))
    # A label that no reader ever saw says what was being prepared.
    return [_move_of(row, target) for row in rows if {row.target.slug, row.into.slug} <= public]


def merged_here(target: Target) -> list[Move]:
    """Return the merges into a target that hold."""
    return [one for one in moves(target) if one.words == "merged here" and not one.undone_at]


def _move_of(row: TargetMove, target: Target) -> Move:
    here = row.into_id == target.pk
    words = {
        (TargetMoveKind.MERGE, True): "merged here",
        (TargetMoveKind.MERGE, False): "merged into",
        (TargetMoveKind.SPLIT, True): "split off from",
        (TargetMoveKind.SPLIT, False): "split off",
    }[TargetMoveKind(row.kind), here]
    other = row.target if here else row.into
    return Move(words, visible(other.label), row.why, row.made_at, row.undone_at, len(row.moved))


def _change(row: Any) -> str:
    meaning = row.meaning_version == row.version
    return EntryChange.MEANING if meaning else EntryChange.WORDING


def _lines(row: Any, public: Mapping[int, str], later: Collection[Any] = ()) -> tuple[Line, ...]:
    """Return the parts that say something; an example only while its quote is public."""
    found = []
    for name, label in LABELS.items():
        text = getattr(row, name)
        keys = (
            [getattr(one, f"{QUOTED[name]}_id") for one in (row, *later)] if name in QUOTED else []
        )
        quotes = [key for key in keys if key is not None]
        if text and all(key in public for key in quotes):
            found.append(Line(label, text, public[quotes[-1]] if quotes else ""))
    return tuple(found)


def _meanings(row: Any) -> tuple[Meaning, ...]:
    own = row.value_definitions or {}
    values = Target(kind=row.kind).values
    return tuple(
        Meaning(value, own.get(value) or VALUE_MEANINGS[value], bool(own.get(value)))
        for value in values
    )


def _texts(row: Any, lines: tuple[Line, ...]) -> dict[str, str]:
    """Return what is compared between versions, by label."""
    own = row.value_definitions or {}
    values = {
        f"Value: {StanceValue(value).label}": own[value]
        for value in Target(kind=row.kind).values
        if own.get(value)
    }
    return {line.label: line.text for line in lines} | values


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(label, *word_pieces(before.get(label, ""), now.get(label, "")))
        for label in dict.fromkeys([*now, *before])
        if before.get(label, "") != now.get(label, "")
    )


def _public_ids(rows: Collection[Any]) -> dict[int, str]:
    """Return the public ids of the examples' quotes that readers may see, by key."""
    keys = {getattr(row, f"{name}_id") for row in rows for name in QUOTED.values()} - {None}
    if not keys:
        return {}
    return dict(Quote.objects.published().filter(pk__in=keys).values_list("pk", "public_id"))
