"""A round of coding for tests, and its screen as a browser without a script uses it."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from quotes import coding
from quotes.models import CodingAssignment, CodingTask, Quote
from tests import factories
from tests.forms import form_with


def dealt(number: int = 1, **values: Any) -> CodingTask:
    """A round over `number` new quotes, a subject and a claim, two coders for each quote."""
    quotes = [factories.quote() for _ in range(number)]
    given = {
        "name": "Round 1",
        "quotes": Quote.objects.filter(pk__in=[quote.pk for quote in quotes]),
        "targets": [factories.target(), factories.target("claim")],
        "coders": [factories.user("coder") for _ in range(2)],
        "by": factories.user(),
    }
    return coding.make(**{**given, **values})


def first(task: CodingTask, at: int = 0) -> CodingAssignment:
    """The first quote of the round's first coder, or of another."""
    found = task.assignments.filter(position=1).order_by("coder").select_related("coder__user")
    return found[at]


def user_of(assignment: CodingAssignment) -> User:
    found = assignment.coder.user
    assert found
    return found


def address(task: CodingTask, place: int = 0) -> str:
    found = reverse("admin:quotes_codingtask_code", args=[task.pk])
    return f"{found}?n={place}" if place else found


def names(task: CodingTask) -> list[str]:
    """The prefixes of the form's fields, in the order of the targets."""
    return [f"t{key}" for key in task.targets.order_by("label").values_list("pk", flat=True)]


def press(browser: Client, task: CodingTask, action: str, place: int = 1, **typed: Any) -> Any:
    """Fill the form by "subject_value" and the like, and press one of its buttons."""
    data = form_with(browser.get(address(task, place)), "n", f"{names(task)[0]}-revision")
    prefixes = dict(zip(("subject", "claim"), names(task), strict=False))
    for name, value in typed.items():
        which, _, field = name.partition("_")
        data[f"{prefixes[which]}-{field}" if which in prefixes else name] = value
    return browser.post(address(task), {**data, "action": action}, follow=True)
