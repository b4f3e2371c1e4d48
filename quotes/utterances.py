"""3: reports of the same words: suggested by what they share, decided by an editor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from base.history import save_as
from quotes import review
from quotes.analysis.utterances import Pair, Report, find
from quotes.choices import Status, UtteranceState
from quotes.models import Quote, Utterance, UtteranceSuggestion
from quotes.search.words import stem, words

REVIEWED = (Status.ACCEPTED, Status.PUBLISHED)
AT_ONCE = 1_000
MOST = 5_000
LONGEST_TITLE = 200
# Words that any two English sentences share; whatever else is frequent goes by its frequency.
COMMON = frozenset(
    stem(word)
    for word in (
        "a an the and or but if of to in on at by for with from as that this these those it its is "
        "are was were be been being am do does did have has had will would can could should may "
        "might must not no nor so than then there here what which who whom whose when where why "
        "how i me my mine we us our ours you your yours he him his she her hers they them their "
        "theirs said say says about into over under up down out very just also all any some more "
        "most such only own same too because while during before after between against both each"
    ).split()
)


@dataclass(frozen=True)
class Outcome:
    """What a search for reports of the same words did."""

    quotes: int
    suggested: int
    new: int


def suggest(*, most: int = MOST) -> Outcome:
    """Look through all reviewed quotes and suggest pairs; what was decided stays decided.

    Suggestions that still wait are made anew. Pairs that belong to one utterance already are none.
    """
    reports = list(reports_of(Quote.objects.filter(status__in=REVIEWED)))
    pairs = find(reports, common=COMMON)
    with transaction.atomic():
        rows = UtteranceSuggestion.objects
        decided = set(rows.exclude(state=UtteranceState.OPEN).values_list("earlier_id", "later_id"))
        waiting = rows.filter(state=UtteranceState.OPEN)
        before = set(waiting.values_list("earlier_id", "later_id"))
        joined = dict(
            Quote.objects.filter(utterance__isnull=False).values_list("pk", "utterance_id")
        )
        wanted = [
            row
            for row in map(_row, pairs)
            if (row.earlier_id, row.later_id) not in decided
            and not (
                row.earlier_id in joined and joined[row.earlier_id] == joined.get(row.later_id)
            )
        ][:most]
        waiting.delete()
        rows.bulk_create(wanted, batch_size=AT_ONCE)
    new = sum((row.earlier_id, row.later_id) not in before for row in wanted)
    return Outcome(len(reports), len(wanted), new)


def reports_of(quotes: QuerySet[Quote]) -> Iterator[Report]:
    """Yield quotes as the search for reports of the same words sees them."""
    columns = ("pk", "text", "speaker_id", "article_id", "date_earliest", "date_latest")
    for pk, text, speaker, article, first, last in (
        quotes.order_by("pk").values_list(*columns).iterator(chunk_size=AT_ONCE)
    ):
        yield Report(
            pk,
            tuple(stem(word.folded) for word in words(text)),
            speaker,
            article,
            first.toordinal() if first else None,
            last.toordinal() if last else None,
        )


def _row(pair: Pair) -> UtteranceSuggestion:
    earlier, later = sorted((pair.one, pair.other))
    return UtteranceSuggestion(
        earlier_id=earlier,
        later_id=later,
        score=pair.score,
        reasons={
            "shared": list(pair.shared),
            "run": pair.run,
            "same_speaker": pair.same_speaker,
        },
    )


def confirm(*, suggestion: UtteranceSuggestion, by: User, why: str, title: str = "") -> Utterance:
    """Join both quotes into one utterance and return it; `title` names a new one.

    A quote that belongs to an utterance brings the other into it. Raises ValidationError without a
    reason, for a decided suggestion, and for quotes of two utterances: which one goes is decided on
    a quote's page.
    """
    with transaction.atomic():
        row = _open(suggestion, why)
        pair = [row.earlier, row.later]
        if any(quote.status not in REVIEWED for quote in pair):
            raise ValidationError("One of the quotes is not in the record any more.")
        utterances = {quote.utterance for quote in pair if quote.utterance}
        if len(utterances) > 1:
            raise ValidationError("Each belongs to another utterance. Change one on its page.")
        found = utterances.pop() if utterances else _new(title, pair, by, why)
        for quote in pair:
            if quote.utterance_id != found.pk:
                review.correct(quote=quote, by=by, why=why, utterance=found)
        _decide(row, UtteranceState.CONFIRMED, by, why)
    return found


def reject(*, suggestion: UtteranceSuggestion, by: User, why: str) -> None:
    """Say that two quotes are not of the same words; they are never suggested again."""
    with transaction.atomic():
        _decide(_open(suggestion, why), UtteranceState.REJECTED, by, why)


def usual_title(quotes: Sequence[Quote]) -> str:
    """Return a title for what quotes report: who, and how the longest begins."""
    longest = max(quotes, key=lambda quote: (len(quote.text), -quote.pk))
    who = longest.speaker.public_name if longest.speaker else longest.speaker_text
    start = " ".join(longest.text.split()[:12])
    return f"{who}: “{start}…”"[:LONGEST_TITLE]


def _open(suggestion: UtteranceSuggestion, why: str) -> UtteranceSuggestion:
    if not why.strip():
        raise ValidationError("Say why: the reason stands in the record's history.")
    # Locked, so that of two editors one decides.
    row = UtteranceSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if row.state != UtteranceState.OPEN:
        raise ValidationError("Somebody has decided this meanwhile.")
    return row


def _new(title: str, quotes: Sequence[Quote], by: User, why: str) -> Utterance:
    made = Utterance(title=(title.strip() or usual_title(quotes))[:LONGEST_TITLE])
    return save_as(made, by=by, why=why)


def _decide(row: UtteranceSuggestion, state: str, by: User, why: str) -> None:
    row.state, row.decided_by, row.decided_at, row.why = state, by, timezone.now(), why.strip()
    save_as(row, by=by, why=why)
