"""What waits for an editor, on the first page of the admin."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse

from quotes.choices import StanceBasis, Status, UtteranceState
from quotes.models import CodingAssignment, Quote, Stance, StanceCoding, UtteranceSuggestion
from quotes.suggestions import reasons_in_words

register = template.Library()


@dataclass(frozen=True)
class NextStep:
    count: int
    label: str
    address: str


@register.simple_tag
def next_steps(user: AbstractBaseUser | AnonymousUser) -> list[NextStep]:
    """Return how much there is to review, to publish and to settle, with where to do it."""
    if not user.has_perm("quotes.view_quote"):  # type: ignore[union-attr]
        return []
    quotes, stances = (
        reverse("admin:quotes_quote_changelist"),
        reverse("admin:quotes_stance_changelist"),
    )
    queue = f"{quotes}?status__exact=candidate"
    if user.has_perm("quotes.change_quote"):  # type: ignore[union-attr]
        queue = reverse("admin:quotes_article_queue")
    waiting = Quote.objects.awaiting_review().count()
    accepted = Quote.objects.filter(status=Status.ACCEPTED).count()
    stale = StanceCoding.objects.stale().count()
    codings = reverse("admin:quotes_stancecoding_changelist")
    to_settle = f"{stances}?basis__exact=disputed"
    if user.has_perm("quotes.change_stance"):  # type: ignore[union-attr]
        to_settle = reverse("admin:quotes_stance_queue")
    mine = CodingAssignment.objects.filter(
        coder__user=user.pk, finished_at__isnull=True, task__closed_at__isnull=True
    ).count()
    disputed = Stance.objects.filter(basis=StanceBasis.DISPUTED).count()
    own = [NextStep(mine, "quotes of your rounds to code", reverse("admin:quotes_codingtask_mine"))]
    alike = UtteranceSuggestion.objects.filter(state=UtteranceState.OPEN).count()
    suggested = reverse("admin:quotes_utterancesuggestion_changelist")
    pairs = [NextStep(alike, "pairs that may report the same words", suggested)]
    return [
        *(own if user.has_perm("quotes.add_stancecoding") else []),  # type: ignore[union-attr]
        NextStep(waiting, "candidates to review", queue),
        NextStep(accepted, "accepted, not yet published", f"{quotes}?status__exact=accepted"),
        NextStep(disputed, "disputed stances", to_settle),
        *(pairs if user.has_perm("quotes.change_utterance") else []),  # type: ignore[union-attr]
        NextStep(
            stale, "codings from before a codebook entry changed meaning", f"{codings}?stale=1"
        ),
    ]


# What can be begun: label, page, the right that it asks for.
BEGINNINGS = (
    ("Add an article", "quotes_article_intake", "quotes.change_quote"),
    ("Deal a round of coding", "quotes_codingtask_make", "quotes.add_codingtask"),
    ("Take codings out or in", "quotes_codingimport_export", "quotes.add_codingtask"),
    ("How good is the machine?", "quotes_article_machine", "quotes.view_quote"),
)


@register.simple_tag
def beginnings(user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, str]]:
    """Return what the user may begin, each with the address of its page."""
    return [
        (label, reverse(f"admin:{page}"))
        for label, page, right in BEGINNINGS
        if user.has_perm(right)  # type: ignore[union-attr]
    ]


@register.filter
def share(value: float) -> str:
    """Return a probability in whole percent."""
    return f"{value:.0%}"


@register.filter
def reasons(found: list[str]) -> str:
    """Return a suggestion's reasons in words."""
    return reasons_in_words(found)
