"""4: who codes what position a quote takes, and what the public sees of it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from base.history import save_as
from quotes import versions
from quotes.choices import CoderKind, ErrorType, StanceBasis, StanceValue
from quotes.models import (
    Coder,
    CodingAssignment,
    Quote,
    Stance,
    StanceCoding,
    Target,
    validate_value,
)

Evidence = Sequence[tuple[int, int]]


def code(
    *,
    quote: Quote,
    target: Target,
    coder: Coder,
    value: str,
    by: User,
    confidence: str = "",
    evidence: Evidence = (),
    memo: str = "",
    why: str = "Coded",
) -> StanceCoding:
    """Record what a coder makes of a quote for a target, and let the public stance follow.

    A coder has one coding for a quote and target: a second call changes it. `evidence` are
    (start, end) code points of the article's body within the quote or its shown context. Raises
    ValidationError for a value of the wrong kind or evidence elsewhere.
    """
    with transaction.atomic():
        coding = enter(
            quote=quote,
            target=target,
            coder=coder,
            value=value,
            confidence=confidence,
            evidence=evidence,
            memo=memo,
            by=by,
            why=why,
        )
        decide(quote=quote, target=target, by=by, why=why)
    return coding


def enter(
    *,
    quote: Quote,
    target: Target,
    coder: Coder,
    value: str,
    by: User,
    confidence: str = "",
    evidence: Evidence = (),
    memo: str = "",
    why: str = "Coded",
) -> StanceCoding:
    """Record a coding as `code` does and decide nothing: for codings that are still blind.

    What was compared with other coders' stays as it was then, unless the meaning of its codebook
    entry has changed since: refused with a ValidationError, code "released".
    """
    validate_value(target, value)
    if target.merged_into_id:
        raise ValidationError(
            f"“{target}” was merged into another: code that one.", code="merged_target"
        )
    check_evidence(quote, evidence)
    with transaction.atomic():
        coding = StanceCoding.objects.filter(quote=quote, target=target, coder=coder).first()
        if coding and coding.codebook_version >= target.meaning_version:
            _refuse_if_released(coding)
        coding = coding or StanceCoding(quote=quote, target=target, coder=coder)
        coding.value = value
        coding.confidence = confidence
        coding.evidence = [list(span) for span in evidence]
        coding.memo = memo
        coding.codebook_version = target.version
        coding.entry = coding.moved_at_version = None
        return save_as(coding, by=by, why=why)


def tag(
    *,
    quote: Quote,
    target: Target,
    value: str,
    by: User,
    rationale: str = "",
    confidence: str = "",
    evidence: Evidence = (),
    adjudicated: bool = False,
    why: str = "Tagged",
) -> Stance:
    """Tag a stance as an editor does on the quote, and return the public stance.

    The tag is the editor's own coding; where coders disagree the stance is shown as disputed.
    `adjudicated` says instead that this decision settles it, which needs a rationale and leaves
    every coding as it is, the editor's own too; only where nobody coded it is a coding as well.
    """
    with transaction.atomic():
        if not adjudicated or not _of_people(quote, target).exists():
            code(
                quote=quote,
                target=target,
                coder=coder_of(by),
                value=value,
                memo=rationale,
                confidence=confidence,
                evidence=evidence,
                by=by,
                why=why,
            )
        if not adjudicated:
            return Stance.objects.get(quote=quote, target=target)
        validate_value(target, value)
        _refuse_silence(rationale)
        stance = _write(
            quote, target, value, StanceBasis.ADJUDICATED, rationale=rationale, by=by, why=why
        )
        versions.record(quote=quote, by=by, why=why)
    return stance


def adjudicate(
    *,
    quote: Quote,
    target: Target,
    value: str,
    reason: str,
    error_type: str,
    by: User,
    note: str = "",
) -> Stance:
    """Settle what coders left disputed, and return the public stance: adjudicated from now on.

    No coding is added or changed: what the coders made of the quote stays as they made it. The
    reason is public; `note` stands in the history and is required where the value is nobody's.
    Raises ValidationError, also where fewer than two people coded or all gave one value.
    """
    validate_value(target, value)
    _refuse_silence(reason)
    if error_type not in ErrorType.values:
        raise ValidationError("Say why the coders differed.", code="error_type")
    given = set(_of_people(quote, target).values_list("value", flat=True))
    if len(given) < 2:
        raise ValidationError("Coders do not differ here: nothing to settle.", code="agreed")
    if value not in given and not note.strip():
        raise ValidationError("No coder gave this value: say in the note why.", code="note")
    why = note.strip() or "Adjudicated"
    with transaction.atomic():
        stance = _write(
            quote,
            target,
            value,
            StanceBasis.ADJUDICATED,
            rationale=reason,
            error_type=error_type,
            by=by,
            why=why,
        )
        versions.record(quote=quote, by=by, why="Adjudicated")
    return stance


def untag(*, stance: Stance, by: User, why: str) -> None:
    """Take a public stance away; the codings stay, as codings always do."""
    quote = stance.quote
    with transaction.atomic():
        stance._history_user = by
        stance._change_reason = why
        stance.delete()
        versions.record(quote=quote, by=by, why=why)


def decide(*, quote: Quote, target: Target, by: User, why: str) -> Stance | None:
    """Let the public stance follow the released codings of people; what was adjudicated stays.

    One coding: single. All alike: unanimous. Else disputed, with the value that more than half
    of the coders gave, or `unclear` where none has a majority.
    """
    with transaction.atomic():
        stance = _follow(quote, target, by=by, why=why)
        versions.record(quote=quote, by=by, why=why)
    return stance


def decide_all(*, quote: Quote, targets: Iterable[Target], by: User, why: str) -> None:
    """Let several stances of a quote follow its codings: one version for all of them."""
    with transaction.atomic():
        for target in targets:
            _follow(quote, target, by=by, why=why)
        versions.record(quote=quote, by=by, why=why)


def agreed(values: Sequence[str]) -> tuple[str, StanceBasis]:
    """Return the value and basis that the codings of one quote and target amount to."""
    value, count = Counter(values).most_common(1)[0]
    if count == len(values):
        return value, StanceBasis.SINGLE if count == 1 else StanceBasis.UNANIMOUS
    return value if count * 2 > len(values) else StanceValue.UNCLEAR, StanceBasis.DISPUTED


def coder_of(user: User) -> Coder:
    """Return the coder that an account codes as, made at its first coding."""
    coder, _ = Coder.objects.get_or_create(
        user=user, defaults={"slug": f"coder-{user.pk}", "name": user.get_username()}
    )
    return coder


def _follow(quote: Quote, target: Target, *, by: User, why: str) -> Stance | None:
    codings = list(_of_people(quote, target))
    stance = Stance.objects.filter(quote=quote, target=target).first()
    if not codings or (stance and stance.basis == StanceBasis.ADJUDICATED):
        return stance
    value, basis = agreed([coding.value for coding in codings])
    rationale = next((c.memo for c in codings if c.value == value and c.memo), "")
    return _write(quote, target, value, basis, rationale=rationale, by=by, why=why)


def _of_people(quote: Quote, target: Target) -> QuerySet[StanceCoding]:
    codings = StanceCoding.objects.released().filter(quote=quote, target=target)
    return codings.filter(coder__kind=CoderKind.PERSON).order_by("created_at", "pk")


def _write(
    quote: Quote,
    target: Target,
    value: str,
    basis: StanceBasis,
    *,
    rationale: str,
    by: User,
    why: str,
    error_type: str = "",
) -> Stance:
    stance = Stance.objects.filter(quote=quote, target=target).first()
    stance = stance or Stance(quote=quote, target=target)
    wanted = {
        "value": value,
        "basis": basis,
        "rationale": rationale,
        "error_type": error_type,
        "codebook_version": target.version,
    }
    if stance.pk and all(getattr(stance, name) == now for name, now in wanted.items()):
        return stance
    for name, now in wanted.items():
        setattr(stance, name, now)
    stance.decided_by, stance.decided_at = by, timezone.now()
    return save_as(stance, by=by, why=why)


def _refuse_silence(rationale: str) -> None:
    if not rationale.strip():
        raise ValidationError("An adjudicated stance needs its reason.", code="reason")


def _refuse_if_released(coding: StanceCoding) -> None:
    compared = CodingAssignment.objects.filter(
        quote=coding.quote_id,
        coder=coding.coder_id,
        task__targets=coding.target_id,
        task__is_training=False,
        released_at__isnull=False,
    )
    others = CodingAssignment.objects.filter(task=OuterRef("task"), quote=coding.quote_id)
    others = others.exclude(coder=coding.coder_id)
    if found := compared.filter(Exists(others)).select_related("task").first():
        raise ValidationError(
            f"This coding was compared with others’ in “{found.task}” and stays as it is: "
            "what coders differ on is settled by an adjudicator.",
            code="released",
        )


def evidence_window(quote: Quote) -> tuple[int, int]:
    """Return where evidence may stand in the article's body: the quote and its shown context."""
    spans = list(quote.spans.all())
    return spans[0].start - len(quote.prefix), spans[-1].end + len(quote.suffix)


def check_evidence(quote: Quote, evidence: Evidence) -> None:
    """Raise ValidationError for evidence outside the quote and its shown context."""
    if not evidence:
        return
    low, high = evidence_window(quote)
    for start, end in evidence:
        if not low <= start < end <= high:
            raise ValidationError(
                "Evidence must stand in the quote or its shown context.", code="evidence"
            )
