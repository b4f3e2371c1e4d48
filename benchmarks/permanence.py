"""Ten thousand sequences of publish, edit, merge, split, rename, withdraw and restore.

    python -m benchmarks.permanence [sequences] [seed]

After each, every address that was ever public is asked for and must answer 200, 410, or 301 to one
of these. A fault ends the run with the shortest sequence that shows it.
"""

import os
import sys
import time

os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.conf import settings as site  # noqa: E402
from django.core.management import call_command  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis import seed as seeded  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.permanence import World, machine  # noqa: E402


def main(sequences: int, seed: int) -> None:
    site.ALLOWED_HOSTS = [*site.ALLOWED_HOSTS, "testserver"]
    site.DEBUG = False
    call_command("migrate", verbosity=0)
    world = World.make()
    begun = time.monotonic()
    run_state_machine_as_test(
        seeded(seed)(machine(world)),  # type: ignore[arg-type]
        settings=settings(
            max_examples=sequences,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    seconds = time.monotonic() - begun
    print(f"{sequences} sequences (seed {seed}): no address failed, {seconds:.0f} s")


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :])))
