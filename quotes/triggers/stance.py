"""A stance value belongs to the kind of its target."""

from collections.abc import Iterable

from base.triggers import Refusal, Trigger
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
        for model in ("stance", "stancecoding")
        for event in WRITES
    ),
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
