"""How claims are related: said with a reason, undone with a reason, never deleted."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from base.undoing import undo
from quotes.choices import RelationKind, TargetKind
from quotes.models import Target, TargetRelation


def relate(*, claim: Target, other: Target, kind: str, by: User, why: str) -> TargetRelation:
    """Say how a claim is related to another, and return the relation.

    Nothing is coded by it: what follows for a quote is shown as inferred (`quotes.inferred`).
    Raises ValidationError for a subject, for two that are related already, or without a reason.
    """
    if kind not in RelationKind.values:
        raise ValidationError("Say how the claims are related.", code="kind")
    if not why.strip():
        raise ValidationError("Say why: readers see it.", code="reason")
    if claim.pk == other.pk:
        raise ValidationError("A claim is not related to itself.", code="itself")
    for one in (claim, other):
        if one.kind != TargetKind.CLAIM:
            raise ValidationError(f"“{one}” is no claim: nothing follows from it.", code="claim")
        if one.merged_into_id:
            raise ValidationError(f"“{one}” is merged into another.", code="merged")
    both = Q(claim=claim, other=other) | Q(claim=other, other=claim)
    if TargetRelation.objects.filter(both, undone_at__isnull=True).exists():
        raise ValidationError("These two are related already: undo that first.", code="twice")
    return TargetRelation.objects.create(
        claim=claim, other=other, kind=kind, why=why, made_at=timezone.now(), made_by=by
    )


def unrelate(*, relation: TargetRelation, by: User, why: str) -> TargetRelation:
    """Take a relation back and return it. Raises ValidationError without a reason."""
    if not relation.in_force:
        raise ValidationError("This was undone already.", code="undone")
    undo(relation, by=by, why=why)
    return relation
