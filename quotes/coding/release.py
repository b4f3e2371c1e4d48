"""The end of blindness: all codings of a quote in a round are released together."""

from django.contrib.auth.models import User
from django.utils import timezone

from quotes import stances
from quotes.models import CodingTask, Quote

WHY = "All coders of the round finished"


def release(*, task: CodingTask, quote: Quote, by: User) -> None:
    """Release the codings of a quote and let its public stances follow, inside the caller's
    transaction."""
    task.assignments.filter(quote=quote, released_at__isnull=True).update(
        released_at=timezone.now()
    )
    stances.decide_all(quote=quote, targets=task.targets.order_by("label"), by=by, why=WHY)


def is_complete(*, task: CodingTask, quote: Quote) -> bool:
    """Say whether every coder of a quote in a round has finished it."""
    return not task.assignments.filter(quote=quote, finished_at__isnull=True).exists()
