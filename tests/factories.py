"""Rows for tests. Each call makes one row of plain values; a test names what matters."""

import hashlib
import itertools
from typing import Any

from django.contrib.auth.models import Group, User

from people.models import Organization, Person
from quotes import review, stances
from quotes.choices import Kind, TargetKind
from quotes.models import Article, Coder, Outlet, Quote, Stance, Target

_numbers = itertools.count(1)
BODY = (
    "Speaker A told the committee on Monday: “We will count every boat.” "
    "The chair thanked her. “And then,” Speaker A said, “we will count them again.” "
    "Others said little."
)
WORDS = "We will count every boat."


def number() -> int:
    return next(_numbers)


def user(group: str = "editor", **values: Any) -> User:
    made = User.objects.create_user(
        username=values.pop("username", f"{group}-{number()}"),
        password=values.pop("password", None),
        is_staff=values.pop("is_staff", True),
        **values,
    )
    made.groups.add(Group.objects.get(name=group))
    return made


def outlet(**values: Any) -> Outlet:
    return Outlet.objects.create(**{"name": f"Outlet {number()}", **values})


def article(body: str | None = None, **values: Any) -> Article:
    """An article whose body is BODY and a number, or the one given."""
    body = body if body is not None else f"{BODY} No. {number()}"
    defaults = {
        "headline": f"Headline {number()}",
        "published": "2008-12-07",
        "date_basis": "printed",
        "outlet": values.get("outlet") or outlet(),
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    return Article.objects.create(body=body, **{**defaults, **values})


def person(name: str | None = None, **values: Any) -> Person:
    return Person.objects.create(name=name or f"Speaker {number()}", **values)


def organization(name: str | None = None, **values: Any) -> Organization:
    return Organization.objects.create(name=name or f"Body {number()}", **values)


def spans(body: str, *words: str) -> list[tuple[int, int]]:
    """Return where each of the words stands in a body, one after the other."""
    found, at = [], 0
    for part in words:
        start = body.index(part, at)
        at = start + len(part)
        found.append((start, at))
    return found


def quote(*words: str, status: str = "published", by: User | None = None, **values: Any) -> Quote:
    """A quote of the given words (WORDS when none), taken to a status by the review steps."""
    where = values.pop("article", None) or article()
    by = by or user()
    made = review.add_candidate(
        article=where,
        spans=spans(where.body, *(words or (WORDS,))),
        kind=values.pop("kind", Kind.DIRECT),
        by=by,
        speaker=values.pop("speaker") if "speaker" in values else person(),
        **{"speaker_text": "Speaker A", "cue": "told", **values},
    )
    if status in ("accepted", "published", "withdrawn"):
        review.accept(quote=made, by=by)
    if status in ("published", "withdrawn"):
        review.publish(quote=made, by=by)
    if status == "rejected":
        review.reject(quote=made, by=by, why="Not a quote")
    if status == "withdrawn":
        review.withdraw(quote=made, by=by, reason="error")
    return made


def target(kind: str = TargetKind.SUBJECT, **values: Any) -> Target:
    label = f"Target {number()}"
    defaults = {"label": label, "slug": label.lower().replace(" ", "-")}
    if kind == TargetKind.CLAIM:
        defaults["proposition"] = "The boats were counted."
    return Target.objects.create(kind=kind, **{**defaults, **values})


def coder(**values: Any) -> Coder:
    name = f"coder-{number()}"
    return Coder.objects.create(**{"slug": name, "name": name, **values})


def stance(quote: Quote, target: Target, value: str, by: User | None = None) -> Stance:
    return stances.tag(quote=quote, target=target, value=value, by=by or user())
