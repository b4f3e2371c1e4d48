"""The steps of review as an editor takes them: which there are, who may, and what they need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from quotes import merging, notices, review
from quotes.admin.forms import OnQuoteForm, StepForm, WithdrawForm
from quotes.admin.record_forms import MergeForm, NoticeForm, SplitForm, TakeBackForm
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
    form: type[OnQuoteForm] = StepForm
    usual_reason: str = ""
    """What the history says when the editor has nothing to add; none: the editor must say."""
    grave: bool = False
    title: str = ""
    """The page's heading, where "label this quote" is none."""
    statuses: tuple[Status, ...] = (Status.PUBLISHED,)
    """Where a quote must stand; `review.FROM` says it of the steps that it knows."""
    fits: Callable[[Quote], bool] = lambda quote: True
    """Whether there is anything to do; asked of quotes that stand right."""

    @property
    def starts(self) -> tuple[Status, ...]:
        return review.FROM.get(self.name, self.statuses)

    def allowed(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))

    def obstacle(self, quote: Quote) -> str:
        if self.name in review.FROM:
            return review.obstacle(quote=quote, step=self.name)
        if Status(quote.status) in self.starts and self.fits(quote):
            return ""
        return f"This quote is {Status(quote.status).label.lower()}; there is nothing to do here."


def _take_back(*, quote: Quote, **arguments: Any) -> None:
    notices.take_back(**arguments)


def _unsplit(*, quote: Quote, by: User, why: str) -> None:
    merging.unsplit(part=quote, by=by, why=why)


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
REPLY = Step(
    "reply",
    "Add a reply or correction",
    "Readers see it beside the quote from now on, also in embeds and exports.",
    "given a reply or correction",
    notices.give_notice,
    permission="quotes.add_notice",
    form=NoticeForm,
    title="Add a reply or correction to this quote",
)
TAKE_BACK = Step(
    "take-back",
    "Take back a reply",
    "Readers do not see it any more; it stays in the record with your reason.",
    "freed of a reply or correction",
    _take_back,
    permission="quotes.change_notice",
    form=TakeBackForm,
    fits=lambda quote: bool(notices.shown(quote)),
    title="Take back a reply to this quote",
)
UNLIST = Step(
    "unlist",
    "Hide from search engines",
    "Search engines are asked to leave the page out. Readers see the quote as before.",
    "hidden from search engines",
    review.unlist,
    fits=lambda quote: not quote.unlisted,
    title="Hide this quote from search engines",
)
RELIST = Step(
    "relist",
    "Show to search engines",
    "Search engines may list the page again.",
    "shown to search engines",
    review.relist,
    fits=lambda quote: quote.unlisted,
    title="Show this quote to search engines",
)
MERGE = Step(
    "merge",
    "Merge",
    "Its address leads to another quote from now on. Old versions stay readable, and say so.",
    "merged",
    merging.merge,
    permission="quotes.add_quoteredirect",
    form=MergeForm,
)
UNMERGE = Step(
    "unmerge",
    "Undo the merge",
    "The quote is public again at its own address, and so is what was merged into it before.",
    "published again, its merge undone",
    merging.unmerge,
    permission="quotes.change_quoteredirect",
    statuses=(Status.MERGED,),
    title="Undo the merge of this quote",
)
SPLIT = Step(
    "split",
    "Split",
    "It becomes two quotes. This address keeps one; the other gets an address of its own.",
    "split",
    merging.split,
    permission="quotes.add_quotesplit",
    form=SplitForm,
)
UNSPLIT = Step(
    "unsplit",
    "Undo the split",
    "Its words go back to the quote that it was split from, and its address leads there.",
    "put together again with the quote that it was split from",
    _unsplit,
    permission="quotes.change_quotesplit",
    fits=lambda quote: quote.split_from.filter(undone_at__isnull=True).exists(),
    title="Undo the split of this quote",
)
STEPS = {
    step.name: step
    for step in (
        *(ACCEPT, PUBLISH, REJECT, REOPEN, WITHDRAW, RESTORE),
        *(REPLY, TAKE_BACK, UNLIST, RELIST, MERGE, UNMERGE, SPLIT, UNSPLIT),
    )
}
IN_BULK = (ACCEPT, PUBLISH, REJECT)


def offered(request: HttpRequest, quote: Quote) -> list[Step]:
    """Return the steps that this person may take from where the quote stands."""
    return [
        step
        for step in STEPS.values()
        if Status(quote.status) in step.starts and step.allowed(request) and step.fits(quote)
    ]


def arguments(step: Step, form: Any) -> dict[str, Any]:
    """Return what a step's form says, as the step takes it."""
    cleaned = dict(form.cleaned_data)
    if step is WITHDRAW:
        return {name: cleaned[name] for name in ("reason", "public_note", "exposes")}
    more = {name: cleaned[name] for name in TAKES.get(step.name, ())}
    if step is SPLIT:
        more = dict(form.spans)
    return {"why": cleaned["reason"], **more}


# What a step takes from its form besides the reason.
TAKES: dict[str, tuple[str, ...]] = {
    "reply": ("kind", "text", "dated", "url"),
    "take-back": ("notice",),
    "merge": ("into",),
}
