"""Whatever editors do, every address that was ever public answers in one hop."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.permanence import World, machine

SEQUENCES = 60


@pytest.mark.django_db
def test_every_address_ever_public_answers() -> None:
    """benchmarks/permanence.py runs ten thousand of these."""
    run_state_machine_as_test(
        machine(World.make()),
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
