"""Two people who are one: the older row survives, nothing is lost, the younger's address leads on.

What becomes of each column and relation stands in COLUMNS and RELATIONS; a test compares them with
the model, so that a new one can't be forgotten. Rows of other apps are the caller's to move: it
passes their keys, and gets them back when the merge is undone.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from base.history import Recorded, save_as
from base.undoing import undo
from people.models import Membership, Person, PersonMerge, PersonName, PersonRedirect

Carried = Mapping[str, list[int]]


class MergeError(ValidationError):
    """These two can't be merged; the message says why."""


def _kept(older: Any, younger: Any) -> Any:
    return older


def _filled(older: Any, younger: Any) -> Any:
    return older or younger


def _either(older: bool, younger: bool) -> bool:
    return older or younger


def _both_texts(older: str, younger: str) -> str:
    if not younger or younger in older:
        return older
    return f"{older}\n{younger}" if older else younger


def _both_ids(older: dict[str, Any], younger: dict[str, Any]) -> dict[str, Any]:
    different = [key for key in older if key in younger and older[key] != younger[key]]
    if different:
        raise MergeError(
            f"They have different ids at {', '.join(different)}. Correct the wrong one first: "
            "two ids there mean two people."
        )
    return {**younger, **older}


# Each column of Person: what the survivor gets of (its own, the younger's).
COLUMNS: dict[str, Callable[[Any, Any], Any]] = {
    "id": _kept,
    "revision": _kept,
    "public_id": _kept,
    "name": _kept,  # the younger's becomes another name
    "sort_name": _kept,
    "slug": _kept,  # the younger's becomes a redirect
    "summary": _both_texts,
    "identifiers": _both_ids,
    "protected": _either,
    "public_role": _filled,
    "created_at": _kept,
}
# Each relation to Person: who moves its rows.
RELATIONS = {
    "other_names": "here",
    "memberships": "here",
    "redirects": "here",
    "merges": "here",
    "quotes": "caller",
    "held_responsible": "caller",
}


def merge(
    *, one: Person, other: Person, by: User, why: str, carried: Carried | None = None
) -> PersonMerge:
    """Merge two people into the older one; return the merge, whose `survivor` stands for both.

    `carried` are the keys of the rows of other apps that already point at the survivor. Raises
    MergeError without a reason, for one person twice and for ids elsewhere that contradict.
    """
    survivor, younger = older_first(one, other)
    if not why.strip():
        raise MergeError("Say why they are one person: the reason stands in the history.")
    values = {
        name: rule(getattr(survivor, name), getattr(younger, name))
        for name, rule in COLUMNS.items()
    }
    with transaction.atomic():
        before = {"survivor": _columns(survivor), "younger": _columns(younger)}
        moved = {
            "other_names": _move_names(survivor, younger, by, why),
            "memberships": _move_memberships(survivor, younger, by, why),
            "redirects": _move_plain(PersonRedirect, "person", survivor, younger),
            "merges": _keys(PersonMerge.objects.filter(survivor=younger)),
            **(carried or {}),
        }
        PersonMerge.objects.filter(survivor=younger).update(survivor=survivor)
        # Before the row goes, so that its address leads somewhere at every moment.
        PersonRedirect.objects.create(slug=younger.slug, person=survivor, reason=why[:300])
        younger._history_user, younger._change_reason = by, why
        younger.delete()
        for name, value in values.items():
            setattr(survivor, name, value)
        save_as(survivor, by=by, why=why)
        return PersonMerge.objects.create(
            survivor=survivor,
            slug=before["younger"]["slug"],
            before=before,
            moved=moved,
            why=why,
            made_at=timezone.now(),
            made_by=by,
        )


def older_first(one: Person, other: Person) -> tuple[Person, Person]:
    """Return the two with the one that was entered first in front."""
    if one.pk == other.pk:
        raise MergeError("A person can't be merged with themselves.")
    older, younger = sorted((one, other), key=lambda person: (person.created_at, person.pk))
    return older, younger


def unmerge(*, merge: PersonMerge, by: User, why: str) -> Person:
    """Undo a merge: the younger person stands again with all that was theirs; return them.

    What was added to the survivor since stays there. The caller takes back the rows that it
    carried. Only the newest merge of a survivor can be undone: those before it are part of it.
    """
    survivor = merge.survivor
    newest = survivor.merges.filter(undone_at__isnull=True).order_by("-pk").first()
    if newest is None or newest.pk != merge.pk:
        raise MergeError("Undo the newest merge of this person first.")
    with transaction.atomic():
        younger = _stand_again(merge, by, why)
        _move_back(merge, younger, by, why)
        for name in ("summary", "identifiers", "protected", "public_role"):
            merged = COLUMNS[name](merge.before["survivor"][name], merge.before["younger"][name])
            if getattr(survivor, name) == merged:
                setattr(survivor, name, merge.before["survivor"][name])
        save_as(survivor, by=by, why=why)
        undo(merge, by=by, why=why)
    return younger


def rename(*, person: Person, by: User, why: str, name: str = "", slug: str = "") -> Person:
    """Change a person's name, address or both, and return them; the old address leads to the new.

    The database keeps the redirect; the reason is written to it here.
    """
    if not why.strip():
        raise MergeError("Say why: the reason stands in the history.")
    old = person.slug
    with transaction.atomic():
        person.name, person.slug = name or person.name, slug or old
        person.full_clean(exclude=["public_id"])
        save_as(person, by=by, why=why)
        PersonRedirect.objects.filter(slug=old, person=person).update(reason=why[:300])
    return person


def _columns(person: Person) -> dict[str, Any]:
    """Return a row as JSON can hold it."""
    values = {name: getattr(person, name) for name in COLUMNS}
    return values | {"created_at": person.created_at.isoformat()}


def _keys(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _move_plain(model: Any, column: str, survivor: Person, younger: Person) -> list[int]:
    rows = model.objects.filter(**{column: younger})
    keys = _keys(rows)
    rows.update(**{column: survivor})
    return keys


def _move_names(survivor: Person, younger: Person, by: User, why: str) -> dict[str, Any]:
    """Move the other names and make the younger's own name one; doubles go, and are kept here."""
    known = {survivor.name, *survivor.other_names.values_list("name", flat=True)}
    moved, dropped = _move_rows(
        younger.other_names.order_by("pk"), survivor, lambda row: row.name in known, by, why
    )
    added = []
    if younger.name not in known | set(younger.other_names.values_list("name", flat=True)):
        taken = survivor.other_names.filter(name=younger.name).exists()
        if not taken:
            row = PersonName(person=survivor, name=younger.name)
            added.append(save_as(row, by=by, why=why).pk)
    return {"moved": moved, "dropped": dropped, "added": added}


def _move_memberships(survivor: Person, younger: Person, by: User, why: str) -> dict[str, Any]:
    own = {(m.organization_id, m.role, m.start) for m in survivor.memberships.all()}
    moved, dropped = _move_rows(
        younger.memberships.order_by("pk"),
        survivor,
        lambda row: (row.organization_id, row.role, row.start) in own,
        by,
        why,
    )
    return {"moved": moved, "dropped": dropped, "added": []}


def _move_rows(
    rows: Any, survivor: Person, doubled: Callable[[Any], bool], by: User, why: str
) -> tuple[list[int], list[dict[str, Any]]]:
    """Give rows to the survivor; a double is deleted. Return the keys moved and the doubles."""
    moved, dropped = [], []
    for row in rows:
        if doubled(row):
            dropped.append(model_to_dict(row, exclude=["id", "person"]))
            row._history_user, row._change_reason = by, why
            row.delete()
        else:
            row.person = survivor
            moved.append(save_as(row, by=by, why=why).pk)
    return moved, dropped


def _stand_again(merge: PersonMerge, by: User, why: str) -> Person:
    """Write the younger row anew, under its own address and ids."""
    values = dict(merge.before["younger"])
    created_at, slug, revision = values.pop("created_at"), values.pop("slug"), values["revision"]
    younger = Person(**values | {"revision": revision + 1, "slug": f"unmerged-{merge.pk}"})
    younger._history_user, younger._change_reason = by, why
    younger.save(force_insert=True)
    # Filled in anew by the line before.
    younger.created_at = datetime.fromisoformat(created_at)
    # The address is the redirect's until it leads to this row; then the row may take it.
    PersonRedirect.objects.filter(slug=slug).update(person=younger)
    younger.slug = slug
    save_as(younger, by=by, why=why)
    PersonRedirect.objects.filter(slug=f"unmerged-{merge.pk}").delete()
    return Person.objects.get(pk=younger.pk)


def _move_back(merge: PersonMerge, younger: Person, by: User, why: str) -> None:
    """Give back what the survivor took, as far as it still has it."""
    models: dict[str, Any] = {"other_names": PersonName, "memberships": Membership}
    for name, model in models.items():
        parts = merge.moved[name]
        for row in model._base_manager.filter(pk__in=parts["moved"], person=merge.survivor):
            row.person = younger
            save_as(row, by=by, why=why)
        for values in parts["dropped"]:
            values = {_column(model, key): value for key, value in values.items()}
            save_as(model(person=younger, **values), by=by, why=why)
        model._base_manager.filter(pk__in=parts["added"]).delete()
    PersonRedirect.objects.filter(pk__in=merge.moved["redirects"]).update(person=younger)
    PersonMerge.objects.filter(pk__in=merge.moved["merges"]).update(survivor=younger)


def _column(model: type[Recorded], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]
