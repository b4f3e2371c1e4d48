"""Making a round of coding from a list of quotes, and closing it."""

from collections.abc import Callable, Collection, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from base.history import save_as
from quotes import stances
from quotes.choices import Status
from quotes.coding.dealing import deal
from quotes.coding.release import release
from quotes.models import CodingAssignment, CodingTask, Quote, StanceCoding, Target
from quotes.models.coding import MOST_TARGETS

# Units are agreed on first, then coded: only reviewed quotes (stance-coding methodology, MedCon).
CODABLE = (Status.ACCEPTED, Status.PUBLISHED)
MOST_QUOTES = 20_000
BATCH = 500


def may_code() -> QuerySet[User]:
    """Return the accounts that may code: whom a round can be dealt to."""
    allowed = User.objects.filter(
        Q(is_superuser=True)
        | Q(groups__permissions__codename="add_stancecoding")
        | Q(user_permissions__codename="add_stancecoding")
    )
    return allowed.filter(is_active=True, is_staff=True).distinct().order_by("username")


def codable(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Keep the quotes that can be coded: reviewed, and not taken back."""
    return quotes.filter(status__in=CODABLE)


def make(
    *,
    name: str,
    quotes: QuerySet[Quote],
    targets: Collection[Target],
    coders: Sequence[User],
    by: User,
    overlap: int = 100,
    coders_each: int = 2,
    seed: int = 1,
    note: str = "",
    is_training: bool = False,
    order: Callable[[list[int]], list[int]] | None = None,
) -> CodingTask:
    """Make a round and deal the codable ones of `quotes` to the coders, for these targets.

    A quote that one of the coders has coded for one of the targets, or codes in another round
    now, is left out: it could not be coded blind again. In a training set every coder gets every
    quote. `order` puts the doubtful first in each coder's queue, which is random without it; who
    codes what, and the reliability sample, are drawn at random either way. Raises ValidationError
    when there is nothing to deal, or nobody to deal it to.
    """
    if not 1 <= len(targets) <= MOST_TARGETS:
        raise ValidationError(f"Choose one to {MOST_TARGETS} targets.", code="targets")
    if not coders:
        raise ValidationError("Choose who codes.", code="coders")
    if overlap and len(coders) < 2 and not is_training:
        raise ValidationError(
            "One coder alone makes no reliability sample: choose a second, or 0 percent.",
            code="coders",
        )
    who = {stances.coder_of(user).pk: user for user in coders}
    units = _units(codable(quotes), targets, list(who), is_training)
    task = CodingTask(
        name=name,
        note=note,
        is_training=is_training,
        overlap=overlap,
        coders_each=coders_each,
        seed=seed,
        doubtful_first=order is not None,
        created_by=by,
    )
    task.full_clean(exclude=["created_by"])
    shares = (
        dict.fromkeys(who, units)
        if is_training
        else deal(units, sorted(who), overlap=overlap, coders_each=coders_each, seed=seed)
    )
    if order is not None:
        shares = {coder: order(dealt) for coder, dealt in shares.items()}
    with transaction.atomic():
        save_as(task, by=by, why="Dealt")
        task.targets.set(targets)
        _assign(task, shares)
    return task


def close(*, task: CodingTask, by: User, why: str) -> CodingTask:
    """End a round: what is finished is compared, what is not finished is dropped from it.

    The codings that were made of unfinished quotes stay in the record. Raises ValidationError
    for no reason given or a round that is closed.
    """
    if not why.strip():
        raise ValidationError("Say why the round ends.", code="reason")
    with transaction.atomic():
        task.refresh_from_db()
        if task.closed_at:
            raise ValidationError("The round is closed already.", code="closed")
        task.closed_at = timezone.now()
        save_as(task, by=by, why=why)
        left = task.assignments.filter(released_at__isnull=True)
        for quote in Quote.objects.filter(pk__in=left.values("quote")).order_by("pk"):
            release(task=task, quote=quote, by=by)
    return task


def _units(
    quotes: QuerySet[Quote], targets: Collection[Target], coders: list[int], is_training: bool
) -> list[int]:
    if not is_training:
        known = StanceCoding.objects.filter(coder__in=coders, target__in=targets).values("quote")
        busy = CodingAssignment.objects.filter(coder__in=coders, released_at__isnull=True)
        quotes = quotes.exclude(pk__in=known).exclude(pk__in=busy.values("quote"))
    units = sorted(quotes.order_by().values_list("pk", flat=True).distinct()[: MOST_QUOTES + 1])
    if not units:
        raise ValidationError(
            "No quote of this list can be dealt: only accepted and published ones are, and none "
            "that one of the coders has coded for these targets or is coding now.",
            code="quotes",
        )
    if len(units) > MOST_QUOTES:
        raise ValidationError(f"Deal at most {MOST_QUOTES:,} quotes in a round.", code="quotes")
    return units


def _assign(task: CodingTask, shares: dict[int, list[int]]) -> None:
    # A training set is never compared, so nothing of it waits to be released.
    released = timezone.now() if task.is_training else None
    rows = [
        CodingAssignment(
            task=task, coder_id=coder, quote_id=quote, position=at, released_at=released
        )
        for coder, quotes in shares.items()
        for at, quote in enumerate(quotes, 1)
    ]
    CodingAssignment.objects.bulk_create(rows, batch_size=BATCH)
