"""How far coders agree on what is published: what `/agreement` shows, and the same as data.

Taken from what each coder made of a quote before anything was settled: settling a stance changes
no coding, and a coding that is still blind is not there. Machine coders are measured against each
person, apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from quotes.agreement import report
from quotes.agreement.measure import OVER_ALL, disagreements, measure, measure_targets
from quotes.agreement.records import CLAIM, SUBJECT, Agreement, Coding, PairAgreement, Scale
from quotes.choices import CoderKind, TargetKind
from quotes.models import Coder, StanceCoding, Target
from quotes.querysets import CodingQuerySet

SCALES: Mapping[str, Scale] = {TargetKind.SUBJECT: SUBJECT, TargetKind.CLAIM: CLAIM}
COLUMNS = ("quote__public_id", "coder__slug", "value")
STAGE = "before adjudication"


@dataclass(frozen=True)
class TargetAgreement:
    target: Target
    found: Agreement
    stale: int
    """Codings from before the meaning of the entry changed; they are counted all the same."""

    @property
    def is_measured(self) -> bool:
        return self.found.n_pairable > 0

    @property
    def ordinal(self) -> Any:
        return self.found.alphas[1]


@dataclass(frozen=True)
class Reliability:
    """Every public target that was coded, and all together (None where there is nothing)."""

    targets: tuple[TargetAgreement, ...]
    overall: Agreement | None


@dataclass(frozen=True)
class Disagreement:
    """A quote on which coders differ, and how often each value was given; never by whom."""

    public_id: str
    values: tuple[tuple[str, int], ...]


def reliability() -> Reliability:
    """Measure every public target; the same codings are measured once."""
    targets = list(Target.objects.published().order_by("label", "pk"))
    keys = [target.pk for target in targets]
    state = f"reliability:{_state(keys)}"
    found: dict[str, Agreement] | None = cache.get(state)
    if found is None:
        found = _measured(targets)
        cache.set(state, found)
    people = _codings(CoderKind.PERSON).stale().order_by()
    stale = dict(people.values_list("target").annotate(count=Count("pk")))
    rows = tuple(
        TargetAgreement(
            target, replace(found[str(target.pk)], name=target.label), stale.get(target.pk, 0)
        )
        for target in targets
        if str(target.pk) in found
    )
    return Reliability(rows, found.get(OVER_ALL) if rows else None)


def disagreeing(target: Target) -> list[Disagreement]:
    """Return the published quotes on which coders differ, most divided first."""
    rows = disagreements(_of(target, CoderKind.PERSON), scale=SCALES[target.kind])
    return [Disagreement(unit, _counts([value for _, value in values])) for unit, values in rows]


def against_machines(target: Target) -> list[PairAgreement]:
    """Return each machine coder beside each person who coded the same quotes."""
    machines = set(Coder.objects.filter(kind=CoderKind.MACHINE).values_list("slug", flat=True))
    if not machines:
        return []
    rows = [*_of(target, CoderKind.PERSON), *_of(target, CoderKind.MACHINE)]
    pairs = measure(rows, scale=SCALES[target.kind], draws=0).pairs
    mixed = (pair for pair in pairs if (pair.first in machines) != (pair.second in machines))
    return [_person_first(pair, machines) for pair in mixed if pair.n_units]


def _person_first(pair: PairAgreement, machines: set[str]) -> PairAgreement:
    if pair.second in machines:
        return pair
    turned = tuple(zip(*pair.confusion, strict=True))
    return replace(pair, first=pair.second, second=pair.first, confusion=turned)


def as_dict(found: Reliability) -> dict[str, Any]:
    """Return the whole page as plain JSON values."""
    return {
        "stage": STAGE,
        "unit": "a published quote and a target",
        "targets": [
            {
                "target": row.target.slug,
                "label": row.target.label,
                "kind": row.target.kind,
                "codebook_version": row.target.version,
                "n_stale_codings": row.stale,
                **report.as_dict(row.found),
            }
            for row in found.targets
        ],
        "all": report.as_dict(found.overall) if found.overall else None,
    }


def table(found: Reliability) -> str:
    """Return the leading figures of each target, tab-separated."""
    return report.table({row.target.label: row.found for row in found.targets})


def _measured(targets: list[Target]) -> dict[str, Agreement]:
    """Return the measurement of each coded target by its key as text, and of all together."""
    scales = {str(target.pk): SCALES[target.kind] for target in targets}
    codings: dict[str, list[Coding]] = {}
    rows = _codings(CoderKind.PERSON).order_by("pk")
    for key, *coding in rows.values_list("target", *COLUMNS).iterator(chunk_size=5_000):
        if str(key) in scales:
            codings.setdefault(str(key), []).append(Coding(*coding))
    return measure_targets(codings, scales) if codings else {}


def _codings(kind: str) -> CodingQuerySet:
    codings: CodingQuerySet = StanceCoding.objects.published()
    return codings.filter(coder__kind=kind)


def _of(target: Target, kind: str) -> list[Coding]:
    rows = _codings(kind).filter(target=target).order_by("pk")
    return [Coding(*row) for row in rows.values_list(*COLUMNS)]


def _state(targets: list[int]) -> str:
    """Return what changes whenever the measurement would."""
    codings = (
        _codings(CoderKind.PERSON)
        .order_by()
        .aggregate(Count("pk"), Sum("pk"), Sum("revision"), Max("updated_at"))
    )
    return sha256(repr((targets, sorted(codings.items()))).encode()).hexdigest()


def _counts(values: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple(
        sorted(((v, values.count(v)) for v in set(values)), key=lambda row: (-row[1], row))
    )
