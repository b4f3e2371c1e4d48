"""How far coders agree on what is published: what `/agreement` shows, and the same as data.

Taken from what each coder made of a quote before anything was settled: settling a stance changes
no coding, and a coding that is still blind is not there. Machine coders are measured against each
person, apart.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum

from quotes.agreement import report
from quotes.agreement.measure import (
    OVER_ALL,
    disagreements,
    measure,
    measure_over_time,
    measure_targets,
)
from quotes.agreement.records import CLAIM, SUBJECT, Agreement, Coding, PairAgreement, Scale
from quotes.agreement.units import Span, UnitAgreement, unit_agreement
from quotes.choices import CoderKind, Status, TargetKind
from quotes.learning import validation
from quotes.machine_coder import people_said
from quotes.models import (
    Article,
    Coder,
    CodingAssignment,
    QuoteSpan,
    StanceCoding,
    StanceSuggestion,
    Target,
    Training,
)
from quotes.querysets import CodingQuerySet

SCALES: Mapping[str, Scale] = {TargetKind.SUBJECT: SUBJECT, TargetKind.CLAIM: CLAIM}
COLUMNS = ("quote__public_id", "coder__slug", "value")
STAGE = "before adjudication"
MARKED = "import"
"""The method of quotes whose words were marked by the coders themselves."""


@dataclass(frozen=True)
class TargetAgreement:
    target: Target
    found: Agreement
    stale: int
    """Codings from before the meaning of the entry changed; they are counted all the same."""
    blind: bool = False
    """Each coding was made in a round, where nobody could see another's."""

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
class MachineFigures:
    """The machine coder on published quotes that it had not seen, against what people made of them.

    `majority` is how often always giving the most frequent value would be right; `gain` the 95 %
    interval of the difference. `why_silent` says why it suggests nothing, where it does not.
    """

    n: int
    accuracy: float
    majority: float
    gain: tuple[float, float]
    trained_at: datetime
    why_silent: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "accuracy": round(self.accuracy, 6),
            "majority_baseline": round(self.majority, 6),
            "gain_95": [round(end, 6) for end in self.gain],
            "method": f"cross-validation, {validation.FOLDS} folds by words",
            "why_silent": self.why_silent or None,
        }


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
    seen = _not_blind()
    rows = tuple(
        TargetAgreement(
            target,
            replace(found[str(target.pk)], name=target.label),
            stale.get(target.pk, 0),
            blind=target.pk not in seen,
        )
        for target in targets
        if str(target.pk) in found
    )
    return Reliability(rows, found.get(OVER_ALL) if rows else None)


def disagreeing(target: Target) -> list[Disagreement]:
    """Return the published quotes on which coders differ, most divided first."""
    rows = disagreements(_of(target, CoderKind.PERSON), scale=SCALES[target.kind])
    return [Disagreement(unit, _counts([value for _, value in values])) for unit, values in rows]


def by_month(target: Target) -> dict[str, Agreement]:
    """Return the agreement on a target by the month in which its quotes were last coded.

    A quote belongs to the month of the last first coding of it, for only then could it be compared.
    Empty where all was coded in one month: there is no course of time to show.
    """
    rows = _codings(CoderKind.PERSON).filter(target=target).order_by("pk")
    codings = [
        Coding(unit, coder, value, made.date())
        for unit, coder, value, made in rows.values_list(*COLUMNS, "created_at")
    ]
    found = measure_over_time(codings, scale=SCALES[target.kind], period="month")
    return found if len(found) > 1 else {}


def units() -> UnitAgreement | None:
    """Return how far coders marked the same words, where they marked them themselves.

    Quotes of this record are reviewed before they are coded, so coders share their units. Only what
    came with an import was marked by its coders: of these articles, the published quotes. None
    where no two coders marked the same article.
    """
    rows = (
        StanceCoding.objects.published()
        .filter(quote__method=MARKED, coder__kind=CoderKind.PERSON)
        .order_by("quote_id", "coder_id")
        .values_list("quote__article__public_id", "coder__slug", "quote_id")
        .distinct()
    )
    marks = list(rows)
    coded: dict[str, set[str]] = {}
    for article, coder, _quote in marks:
        coded.setdefault(article, set()).add(coder)
    shared = {article: coders for article, coders in coded.items() if len(coders) > 1}
    if not shared:
        return None
    bodies = Article.objects.filter(public_id__in=shared).values_list("public_id", "body")
    places: dict[int, list[tuple[int, int]]] = {}
    quotes = {quote for article, _coder, quote in marks if article in shared}
    spans = QuoteSpan.objects.filter(quote__in=quotes).order_by("quote_id", "ordinal")
    for quote, start, end in spans.values_list("quote", "start", "end"):
        places.setdefault(quote, []).append((start, end))
    return unit_agreement(
        (
            Span(article, coder, start, end)
            for article, coder, quote in marks
            if article in shared
            for start, end in places[quote]
        ),
        texts=dict(bodies),
        coded=shared,
    )


def machine_figures(target: Target) -> MachineFigures | None:
    """Return how the machine coder does on a target, or None where it was not trained."""
    training = Training.objects.filter(target=target).first()
    if training is None:
        return None
    people = people_said(target)
    rows = _unseen(target).values_list("quote", "value")
    pairs = [(people[quote], value) for quote, value in rows if quote in people]
    # The count of codings in the reason may be of quotes that no reader sees.
    why = str(training.figures.get("why_silent", "")).partition(":")[0]
    if not pairs:
        return MachineFigures(0, 0.0, 0.0, (0.0, 0.0), training.trained_at, why)
    usual = Counter(value for value, _said in pairs).most_common(1)[0][0]
    right = np.array([value == said for value, said in pairs], dtype=float)
    baseline = np.array([value == usual for value, _said in pairs], dtype=float)
    return MachineFigures(
        len(pairs),
        float(right.mean()),
        float(baseline.mean()),
        validation.gain(right - baseline),
        training.trained_at,
        why,
    )


def _unseen(target: Target) -> QuerySet[StanceSuggestion]:
    """Return what the machine said of published quotes that it had not seen."""
    rows = StanceSuggestion.objects.filter(target=target, held_out=True)
    return rows.filter(quote__status=Status.PUBLISHED).order_by("pk")


def against_machines(target: Target) -> list[PairAgreement]:
    """Return each machine coder beside each person who coded the same quotes."""
    machines = set(Coder.objects.filter(kind=CoderKind.MACHINE).values_list("slug", flat=True))
    if not machines:
        return []
    said = _unseen(target).values_list("quote__public_id", "coder__slug", "value")
    rows = [*_of(target, CoderKind.PERSON), *_of(target, CoderKind.MACHINE)]
    rows += [Coding(str(unit), coder, value) for unit, coder, value in said]
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
                "by_month": {
                    month: {
                        "n_pairable": one.n_pairable,
                        "percent": one.percent.value,
                        "alpha_nominal": one.alpha.value,
                    }
                    for month, one in by_month(row.target).items()
                },
                "machine_coder": machine.as_dict()
                if (machine := machine_figures(row.target))
                else None,
            }
            for row in found.targets
        ],
        "all": report.as_dict(found.overall) if found.overall else None,
        "units": report.units_as_dict(marked) if (marked := units()) else None,
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


def _not_blind() -> set[int]:
    """Return the targets of which somebody could have seen another's coding before their own."""
    rounds = CodingAssignment.objects.filter(
        quote=OuterRef("quote"),
        coder=OuterRef("coder"),
        task__is_training=False,
        task__targets=OuterRef("target"),
    )
    outside = _codings(CoderKind.PERSON).filter(~Exists(rounds))
    return set(outside.order_by().values_list("target", flat=True).distinct())


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
