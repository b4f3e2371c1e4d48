"""The stances on a quote's page: what is public, who coded what, and this person's own form."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from quotes.admin.forms import StanceForm
from quotes.models import CodingAssignment, Quote, Stance, StanceCoding, Target

# A collection with more targets shows those that are coded; the others are chosen from a list.
MOST_TARGETS = 6
MOST_CHOICES = 300


@dataclass(frozen=True)
class Panel:
    target: Target
    stance: Stance | None
    codings: tuple[StanceCoding, ...]
    form: StanceForm | None
    own: StanceCoding | None
    may_untag: bool


def panels(request: HttpRequest, quote: Quote) -> list[Panel]:
    """Return a panel for each target that is coded, and for all while they are few."""
    codings = _codings(request, quote)
    stances = list(quote.stances.select_related("target", "decided_by"))
    targets = list(Target.objects.in_force().order_by("label")[: MOST_TARGETS + 1])
    if len(targets) > MOST_TARGETS:
        touched = {row.target_id: row.target for row in (*codings, *stances)}
        targets = sorted(touched.values(), key=lambda target: target.label)
    return [_panel(request, target, codings, stances) for target in targets]


def panel_of(request: HttpRequest, quote: Quote, target: Target) -> Panel:
    """Return the panel of one target."""
    codings = [one for one in _codings(request, quote) if one.target_id == target.pk]
    stances = list(quote.stances.filter(target=target).select_related("decided_by"))
    return _panel(request, target, codings, stances)


def round_of(request: HttpRequest, quote: Quote) -> CodingAssignment | None:
    """Return the round in which this account still codes a quote, blind to everybody else."""
    mine = CodingAssignment.objects.filter(
        coder__user=request.user.pk, quote=quote, released_at__isnull=True
    )
    return mine.select_related("task").first()


def other_targets(request: HttpRequest, quote: Quote) -> list[Target]:
    """Return the targets that have no panel on the quote's page, for its list."""
    if not may_code(request) or Target.objects.in_force().count() <= MOST_TARGETS:
        return []
    coded = quote.codings.values("target")
    return list(Target.objects.in_force().exclude(pk__in=coded).order_by("label")[:MOST_CHOICES])


def may_code(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("quotes.add_stancecoding"))


def may_adjudicate(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("quotes.change_stance"))


def stance_form(
    request: HttpRequest,
    target: Target,
    own: StanceCoding | None,
    stance: Stance | None,
    data: Any = None,
) -> StanceForm:
    """Return the form of this person's coding, filled with what they coded before."""
    initial = {
        **seen(own, stance),
        "value": own.value if own else None,
        "confidence": own.confidence if own else "",
        "rationale": own.memo if own else "",
        "reason": "" if own else "First coding",
    }
    return StanceForm(data, initial=initial, target=target, may_adjudicate=may_adjudicate(request))


def seen(own: StanceCoding | None, stance: Stance | None) -> dict[str, int]:
    """Return the revisions that a page shows: 0 stands for a row that is not there."""
    return {
        "stance_revision": stance.revision if stance else 0,
        "coding_revision": own.revision if own else 0,
    }


def _codings(request: HttpRequest, quote: Quote) -> list[StanceCoding]:
    """Return the codings that this account may see."""
    visible = quote.codings.visible_to(request.user)
    return list(visible.select_related("target", "coder").order_by("pk"))


def _panel(
    request: HttpRequest,
    target: Target,
    codings: list[StanceCoding],
    stances: list[Stance],
) -> Panel:
    here = tuple(coding for coding in codings if coding.target_id == target.pk)
    stance = next((found for found in stances if found.target_id == target.pk), None)
    own = next((coding for coding in here if coding.coder.user_id == request.user.pk), None)
    form = stance_form(request, target, own, stance) if may_code(request) else None
    may_untag = request.user.has_perm("quotes.delete_stance")
    return Panel(target, stance, here, form, own, bool(stance and may_untag))
