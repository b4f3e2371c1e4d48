"""The steps of review as an editor takes them: which there are, who may, and what they need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest

from quotes import review
from quotes.admin.forms import StepForm, WithdrawForm
from quotes.choices import Status
from quotes.models import Quote


@dataclass(frozen=True)
class Step:
    """A button on the quote's page."""

    name: str
    label: str
    what: str
    done: str
    take: Callable[..., Any]
    permission: str = "quotes.change_quote"
    form: type[forms.Form] = StepForm
    usual_reason: str = ""
    """What the history says when the editor has nothing to add; none: the editor must say."""
    grave: bool = False

    def allowed(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))

    def obstacle(self, quote: Quote) -> str:
        return review.obstacle(quote=quote, step=self.name)


def _withdraw(*, quote: Quote, by: User, **fields: Any) -> None:
    review.withdraw(quote=quote, by=by, **fields)


ACCEPT = Step(
    "accept",
    "Accept",
    "You checked the words and the speaker against the article.",
    "accepted",
    review.accept,
    usual_reason="Checked against the article",
)
PUBLISH = Step(
    "publish",
    "Publish",
    "Readers see it under a permanent address.",
    "published",
    review.publish,
    usual_reason="Published",
)
REJECT = Step(
    "reject",
    "Reject",
    "It is no quote. It stays here, so that it is not found again.",
    "rejected",
    review.reject,
    grave=True,
)
REOPEN = Step("reopen", "Reopen", "It goes back among the candidates.", "reopened", review.reopen)
WITHDRAW = Step(
    "withdraw",
    "Withdraw",
    "It is taken back. Its address goes on to answer, with the reason.",
    "withdrawn",
    _withdraw,
    permission="quotes.add_withdrawal",
    form=WithdrawForm,
    grave=True,
)
RESTORE = Step(
    "restore",
    "Restore",
    "The withdrawal is lifted and the quote is public again.",
    "restored",
    review.restore,
    # Lifting it changes the withdrawal; the admin group alone may.
    permission="quotes.change_withdrawal",
)
STEPS = {step.name: step for step in (ACCEPT, PUBLISH, REJECT, REOPEN, WITHDRAW, RESTORE)}
IN_BULK = (ACCEPT, PUBLISH, REJECT)


def offered(request: HttpRequest, quote: Quote) -> list[Step]:
    """Return the steps that this person may take from where the quote stands."""
    return [
        step
        for step in STEPS.values()
        if Status(quote.status) in review.FROM[step.name] and step.allowed(request)
    ]


def arguments(step: Step, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what a step's form says, as the step takes it."""
    if step is WITHDRAW:
        return {name: cleaned[name] for name in ("reason", "public_note", "exposes")}
    return {"why": cleaned["reason"]}
