"""A stance value belongs to the kind of its target."""

from collections.abc import Iterable

from base.triggers import Refusal, Trigger
from base.undoing import decision_stays
from quotes.choices import VALUES_BY_KIND, StanceValue

WRITES = ("INSERT", "UPDATE")


def _listed(values: Iterable[StanceValue]) -> str:
    return ", ".join(f"'{value.value}'" for value in values)


def _wrong_kind() -> str:
    """Return SQL that holds when NEW.value is not one of the target kind's values."""
    cases = " ".join(
        f"WHEN '{kind}' THEN NEW.value NOT IN ({_listed(values)})"
        for kind, values in VALUES_BY_KIND.items()
    )
    kind = "(SELECT t.kind FROM quotes_target t WHERE t.id = NEW.target_id)"
    return f"(CASE {kind} {cases} ELSE 1 = 1 END)"


TRIGGERS: tuple[Trigger, ...] = (
    *(
        Refusal(
            name=f"{model}_fits_target_{event.lower()}",
            table=f"quotes_{model}",
            event=event,
            condition=_wrong_kind(),
            message="the value does not belong to a target of this kind",
        )
        for model in ("stance", "stancecoding", "stancesuggestion")
        for event in WRITES
    ),
    *(
        Refusal(
            name=f"{model}_target_in_force_{event.split()[0].lower()}",
            table=f"quotes_{model}",
            event=event,
            condition=(
                "(EXISTS (SELECT 1 FROM quotes_target t "
                "WHERE t.id = NEW.target_id AND t.merged_into_id IS NOT NULL))"
            ),
            message="a target that was merged into another is not coded",
        )
        for model in ("stance", "stancecoding")
        for event in ("INSERT", "UPDATE OF target_id, value")
    ),
    *decision_stays("quotes_targetmove", "kind", "target_id", "into_id", "why", "made_at"),
    *decision_stays("quotes_targetrelation", "kind", "claim_id", "other_id", "why", "made_at"),
    Refusal(
        name="target_kind_stays",
        table="quotes_target",
        event="UPDATE OF kind",
        condition=(
            "(NEW.kind <> OLD.kind AND (EXISTS (SELECT 1 FROM quotes_stancecoding c "
            "WHERE c.target_id = OLD.id) OR EXISTS (SELECT 1 FROM quotes_stance s "
            "WHERE s.target_id = OLD.id)))"
        ),
        message="the kind of a coded target can not change",
    ),
)
